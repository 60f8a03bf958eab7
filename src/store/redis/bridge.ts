/**
 * Asks the server and waits for the answer synchronously: the connection lives in a thread of its own, and the
 * child sleeps until that thread has the answer. While the server cannot be reached, every question fails at once.
 *
 * @module
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { KemihostError } from '../../errors.ts';
import { nameOfTarget } from '../../redis/connection.ts';
import { REPLY, type Reply } from '../../redis/reply.ts';
import { type StoreLimits, StoreRefusal, storeFull } from '../store.ts';
import type { Script } from './scripts.ts';
import {
	ANSWERED,
	type Change,
	CONNECTED,
	createSharedMemory,
	OFFSET,
	type Question,
	type Told,
} from './shared-memory.ts';
import { parseStoreUrl } from './url.ts';

/** The thread gives up before this, in milliseconds; it stands for a thread that does not run. */
const PATIENCE = 2000;

const THREAD = new URL(`./thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Told when the store is lost and when it is back. */
export type OnChange = (reachable: boolean, text: string) => void;

/** A child's way to the server. */
export class Bridge {
	readonly prefix: string;
	readonly host: string;
	readonly #limits: StoreLimits;
	readonly #where: string;
	readonly #memory = createSharedMemory();
	readonly #port: MessagePort;
	readonly #changes: MessagePort;
	readonly #worker: Worker;
	#id = 0;

	/** Use `Bridge.open`. */
	private constructor(url: string, host: string, limits: StoreLimits) {
		const { prefix, target } = parseStoreUrl(url);
		this.prefix = prefix;
		this.host = host;
		this.#limits = limits;
		this.#where = nameOfTarget(target);
		const questions = new MessageChannel();
		const changes = new MessageChannel();
		this.#port = questions.port1;
		this.#changes = changes.port1;
		this.#worker = new Worker(THREAD, {
			workerData: { url, memory: this.#memory, host, questions: questions.port2, changes: changes.port2 },
			transferList: [questions.port2, changes.port2],
			execArgv: [],
		});
	}

	/**
	 * Connects.
	 * @throws KemihostError `KH_STATE` if that fails
	 */
	static async open(url: string, host: string, limits: StoreLimits, onChange: OnChange): Promise<Bridge> {
		const bridge = new Bridge(url, host, limits);
		const first = await new Promise<Change>((resolve, reject) => {
			bridge.#changes.once('message', resolve);
			bridge.#worker.once('error', reject);
		});
		if (!first.connected) {
			bridge.close();
			throw new KemihostError('KH_STATE', `the store cannot be used: ${first.why}`, {
				hint: 'see that the server of --store runs and takes connections from here',
			});
		}
		let reachable = true;
		bridge.#changes.on('message', ({ connected, why }: Change) => {
			if (connected === reachable) return;
			reachable = connected;
			onChange(connected, connected ? `the store is back: ${bridge.#where}` : `the store is lost: ${why}`);
		});
		bridge.#worker.unref();
		bridge.#changes.unref();
		return bridge;
	}

	/** False while the server is away. */
	get reachable(): boolean {
		return Atomics.load(this.#memory.integers, CONNECTED) === 1;
	}

	/** The difference of the server's clock, in milliseconds. */
	get offset(): number {
		return this.#memory.numbers[OFFSET] as number;
	}

	/**
	 * Runs a script on the server.
	 * @throws StoreRefusal if the server is away, or takes no more
	 */
	run({ sha, source }: Script, keys: readonly string[], args: readonly string[]): Reply {
		const rest = [String(keys.length), ...keys, ...args];
		const reply = this.#ask([['EVALSHA', sha, ...rest]]);
		if (reply.type !== REPLY.error) return reply;
		if (!reply.text?.startsWith('NOSCRIPT')) return this.#refuse(reply);
		const again = this.#ask([['EVAL', source, ...rest]]);
		return again.type === REPLY.error ? this.#refuse(again) : again;
	}

	/**
	 * Runs a command.
	 * @throws StoreRefusal
	 */
	command(...parts: readonly string[]): Reply {
		const reply = this.#ask([parts]);
		return reply.type === REPLY.error ? this.#refuse(reply) : reply;
	}

	/** Ends the thread. */
	close(): void {
		this.#port.postMessage('end');
		this.#port.close();
		this.#changes.close();
	}

	#refuse({ text = '' }: Reply): never {
		if (/^OOM|maxmemory/.test(text)) throw storeFull(this.#limits);
		throw new StoreRefusal(`the shared store refused: ${text.slice(0, 200)}`);
	}

	#ask(commands: Question['commands']): Reply {
		const { integers } = this.#memory;
		if (!this.reachable) throw new StoreRefusal(`the shared store (${this.#where}) cannot be reached`);
		const id = ++this.#id;
		this.#port.postMessage({ id, commands } satisfies Question);
		const deadline = performance.now() + PATIENCE;
		for (;;) {
			const answered = Atomics.load(integers, ANSWERED);
			const received = receiveMessageOnPort(this.#port)?.message as Told | undefined;
			if (received?.id === id) {
				if ('error' in received)
					throw new StoreRefusal(`the shared store does not answer: ${received.error}`);
				return received.replies[0] as Reply;
			}
			// an answer to what was given up before
			if (received) continue;
			const left = deadline - performance.now();
			if (left <= 0) throw new StoreRefusal(`the shared store (${this.#where}) does not answer`);
			Atomics.wait(integers, ANSWERED, answered, left);
		}
	}
}
