/**
 * The watchdog's thread: see `watchdog.ts`.
 *
 * @module
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { textOf } from '../bytes.ts';
import { plainReply, RETRY_AFTER, serialize } from '../http/reply.ts';
import { stderrSink } from '../log/formats.ts';
import { LAYOUT, type WatchdogData } from './watchdog.ts';

/** How often it looks, in milliseconds. */
const INTERVAL = 25;
/** Memory is looked at every so many times. */
const MEMORY_EVERY = 2;

const { memory, index, logFormat, maxRss } = workerData as WatchdogData;
const numbers = new Int32Array(memory, 0, 4);
const nameBytes = Buffer.from(memory, LAYOUT.name);
const log = stderrSink(logFormat, index);

/** A script that uses no CPU time, since its process does not get any or since it is stuck in a call, has so many times as long. */
const IDLE_FACTOR = 8;

let seen = 0;
/** When the entry was seen that runs now, on the clock and in CPU time of the process. */
let since = 0;
let cpuSince = process.cpuUsage();
let round = 0;

function currentRequest(): { request: string; callback: string } {
	const name = textOf(nameBytes.toString('latin1', 0, numbers[LAYOUT.nameLength]));
	const at = name.indexOf(' ');
	return { callback: name.slice(0, at), request: name.slice(at + 1) };
}

/** The client of the lost request gets an answer all the same, where nothing else was to be written before it. */
function answerClient(): void {
	const socket = numbers[LAYOUT.socket] ?? -1;
	if (socket < 0) return;
	const framing = { head: false, keepAlive: false, http10: false, server: '' };
	try {
		writeSync(socket, serialize(plainReply(503, { headers: RETRY_AFTER }), framing), null, 'latin1');
	} catch {
		// the client has gone, or its socket is full
	}
}

/** Milliseconds of CPU time that the process has used since the entry was seen. */
function cpuTime(): number {
	const { user, system } = process.cpuUsage(cpuSince);
	return (user + system) / 1000;
}

function end(running: boolean, why: string): void {
	const { request, callback } = currentRequest();
	const what = running ? `${callback} was stopped for ${request}` : 'no script was running';
	log({ level: 'error', text: `${why}: ${what}; the child ends`, origin: 'core', time: Date.now() });
	if (running) answerClient();
	process.kill(process.pid, 'SIGKILL');
}

setInterval(() => {
	const entries = Atomics.load(numbers, LAYOUT.entries);
	const running = entries % 2 !== 0;
	if (!running || entries !== seen) {
		if (running) cpuSince = process.cpuUsage();
		seen = entries;
		since = performance.now();
	} else {
		const patience = numbers[LAYOUT.patience] ?? 0;
		const took = performance.now() - since;
		if (took > patience && (cpuTime() > patience || took > IDLE_FACTOR * patience))
			end(true, `a script ran for more than ${Math.round(patience)} ms and its engine could not stop it`);
	}
	if (++round % MEMORY_EVERY === 0) {
		const rss = process.memoryUsage.rss();
		if (rss > maxRss) end(running, `the child holds ${Math.round(rss / 2 ** 20)} MiB, more than its limit`);
	}
}, INTERVAL);
