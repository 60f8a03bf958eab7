/**
 * The thread that holds a child's connection to the store. It reconnects when the connection breaks, and tells the
 * other hosts that this one is alive.
 *
 * @module
 */
import { type MessagePort, workerData } from 'node:worker_threads';
import { RedisConnection } from '../../redis/connection.ts';
import {
	ANSWERED,
	type Change,
	CONNECTED,
	OFFSET,
	type Question,
	type ThreadData,
	type Told,
} from './shared-memory.ts';
import { parseStoreUrl } from './url.ts';

/** Milliseconds between attempts to connect, at first and at the most. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1000;
/** How often the host says that it lives, and that the connection is looked at. */
const HEARTBEAT = 3000;
/** A difference of clocks below this is the network's. */
const CLOCK_NOISE = 100;

const { url, memory, host, questions, changes } = workerData as ThreadData & {
	questions: MessagePort;
	changes: MessagePort;
};
const { target, prefix } = parseStoreUrl(url);

let connection: RedisConnection | undefined;
let pause = 0;
let ended = false;
let timer: NodeJS.Timeout | undefined;

function tell(message: Told): void {
	questions.postMessage(message);
	Atomics.add(memory.integers, ANSWERED, 1);
	Atomics.notify(memory.integers, ANSWERED);
}

function say(connected: boolean, why: string): void {
	if (ended) return;
	Atomics.store(memory.integers, CONNECTED, connected ? 1 : 0);
	changes.postMessage({ connected, why } satisfies Change);
}

/** The server's clock counts: hosts whose clocks differ agree on when an item is over. */
async function lookAround(open: RedisConnection): Promise<void> {
	const began = Date.now();
	const [time] = await open.send([
		['TIME'],
		['ZADD', `${prefix}:hosts`, String(began + memory.numbers[OFFSET]!), host],
	]);
	const [seconds, micros] = time?.elements ?? [];
	const theirs = Number(seconds?.text) * 1000 + Math.floor(Number(micros?.text) / 1000);
	const offset = theirs - Math.round((began + Date.now()) / 2);
	if (Math.abs(offset - memory.numbers[OFFSET]!) > CLOCK_NOISE) memory.numbers[OFFSET] = offset;
}

async function connect(): Promise<void> {
	try {
		const open = await RedisConnection.open(target);
		await lookAround(open);
		connection = open;
		pause = 0;
		say(true, '');
		beat(open);
	} catch (error) {
		lose((error as Error).message);
	}
}

/** Finds out that a server has gone although nobody asks it. */
function beat(open: RedisConnection): void {
	timer = setTimeout(async () => {
		try {
			await lookAround(open);
			beat(open);
		} catch (error) {
			if (connection === open) lose((error as Error).message);
		}
	}, HEARTBEAT);
}

function lose(why: string): void {
	if (ended) return;
	connection?.close();
	connection = undefined;
	clearTimeout(timer);
	say(false, why);
	pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, pause * 2));
	timer = setTimeout(() => void connect(), pause);
}

questions.on('message', async (question: Question | 'end') => {
	if (question === 'end') {
		ended = true;
		clearTimeout(timer);
		connection?.close();
		questions.close();
		changes.close();
		return;
	}
	const { id, commands } = question;
	const open = connection;
	try {
		if (!open) throw new Error('it is not connected');
		tell({ id, replies: await open.send(commands) });
	} catch (error) {
		const { message } = error as Error;
		// first, so that whoever gets the answer sees what it means
		if (open && open === connection) lose(message);
		tell({ id, error: message });
	}
});

void connect();
