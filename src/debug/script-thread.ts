/**
 * The editor's end of the connection to the thread in which the script runs.
 *
 * @module
 */
import { extname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { ChildSettings } from '../children/messages.ts';
import type { ListenEndpoint } from '../http/request.ts';
import { ask, sharedCount } from './channel.ts';
import type { Message, Question, Questions } from './messages.ts';
import type { WorkerOptions } from './worker.ts';

/** What is debugged. */
export interface DebugTarget {
	readonly settings: ChildSettings;
	readonly listen: readonly ListenEndpoint[];
}

/** What the script's side says by itself. */
type Notice = Exclude<Message, { readonly kind: 'answer' | 'refusal' }>;

interface Asked {
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: Error) => void;
}

/** One thread. */
export class ScriptThread {
	readonly #worker: Worker;
	readonly #port: MessagePort;
	readonly #count = sharedCount();
	readonly #asked = new Map<number, Asked>();
	#questions = 0;

	/**
	 * @param onNotice told of what the script's side says by itself
	 * @param onEnd told when the thread has ended, with why where it was an error
	 */
	constructor(
		{ settings, listen }: DebugTarget,
		onNotice: (notice: Notice) => void,
		onEnd: (error?: Error) => void,
	) {
		const { port1, port2 } = new MessageChannel();
		this.#port = port1;
		port1.on('message', (message: Message) => this.#hear(message, onNotice));
		const options: WorkerOptions = { settings, listen, port: port2, count: this.#count };
		const url = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
		this.#worker = new Worker(url, { workerData: options, transferList: [port2] });
		let failure: Error | undefined;
		this.#worker.on('error', (error: Error) => {
			failure = error;
		});
		this.#worker.on('exit', () => {
			port1.close();
			for (const { reject } of this.#asked.values()) reject(new Error('the script has ended'));
			this.#asked.clear();
			onEnd(failure);
		});
	}

	/**
	 * Asks the script's side.
	 * @throws Error with a text for the reader, where it refuses
	 */
	ask<K extends keyof Questions>(
		what: K,
		...given: Parameters<Questions[K]>
	): Promise<ReturnType<Questions[K]>> {
		const id = ++this.#questions;
		return new Promise((resolve, reject) => {
			this.#asked.set(id, { resolve: resolve as Asked['resolve'], reject });
			ask(this.#port, this.#count, { id, ask: what, with: given } as unknown as Question);
		});
	}

	/** Ends it, also in the middle of a statement. */
	async end(): Promise<void> {
		await this.#worker.terminate();
	}

	#hear(message: Message, onNotice: (notice: Notice) => void): void {
		if (message.kind !== 'answer' && message.kind !== 'refusal') {
			onNotice(message);
			return;
		}
		const asked = this.#asked.get(message.id);
		this.#asked.delete(message.id);
		if (message.kind === 'answer') asked?.resolve(message.value);
		else asked?.reject(new Error(message.error));
	}
}
