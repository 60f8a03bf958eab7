/**
 * The second line of defence: a thread that ends the process when a script does not return.
 *
 * No engine can stop every script (the comment at the top of each `engines/NAME/engine.ts` says which). So each
 * entry into the engine is counted in shared memory, together with the request's name. The thread
 * (`watchdog-thread.ts`) checks the counter and the memory of the process, and ends the process when one of them
 * is out of bounds. The primary starts another in its place.
 *
 * @module
 */
import { Worker } from 'node:worker_threads';
import type { RequestContext } from '../kemi/context.ts';
import { type LimitKey, withDefaults } from '../limits.ts';
import type { LogFormat } from '../log/formats.ts';
import { type EntryGuard, LOADING_TIME } from '../script/guard.ts';

/** The shared memory: numbers first, then the request's name. */
export const LAYOUT = {
	/** Counts entries: odd while a script runs. */
	entries: 0,
	/** The length of the name in bytes. */
	nameLength: 1,
	/** The socket that waits for the answer, while nothing else waits to be written to it; -1 for none. */
	socket: 2,
	/** How long it may run, in milliseconds. */
	patience: 3,
	/** Where the name begins, in bytes. */
	name: 16,
	size: 16 + 1024,
} as const;

/** An engine's own limit comes first: it may take twice the CPU time until a script is stopped by it. */
function hardLimit(cpuMs: number): number {
	return 2 * cpuMs + 250;
}

/** Up to this length a loop beats the call into Node's native code. */
const SHORT = 64;

/** What the thread is given. */
export interface WatchdogData {
	readonly memory: SharedArrayBuffer;
	readonly index: number;
	readonly logFormat: LogFormat;
	readonly maxRss: number;
}

/** The child's side of the watchdog. */
export class Watchdog implements EntryGuard {
	readonly #numbers: Int32Array;
	readonly #name: Buffer;
	readonly #data: WatchdogData;
	readonly #hardMs: number;
	#depth = 0;

	constructor(options: {
		index: number;
		logFormat: LogFormat;
		limits?: Partial<Record<LimitKey, number>> | undefined;
	}) {
		const limits = withDefaults(options.limits);
		const memory = new SharedArrayBuffer(LAYOUT.size);
		this.#numbers = new Int32Array(memory, 0, 4);
		this.#name = Buffer.from(memory, LAYOUT.name);
		this.#hardMs = hardLimit(limits.cpu);
		this.#data = {
			memory,
			index: options.index,
			logFormat: options.logFormat,
			maxRss: limits.childMemory,
		};
	}

	/** Starts the thread. It does not keep the process alive. */
	start(): void {
		const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
		const thread = new Worker(new URL(`./watchdog-thread.${ending}`, import.meta.url), {
			workerData: this.#data,
		});
		thread.unref();
	}

	enter(callback: string, ctx?: RequestContext): void {
		if (this.#depth++ > 0) return;
		const subject = ctx ? ctx.subject : 'its loading';
		this.#numbers[LAYOUT.nameLength] = this.#writeName(`${callback} ${subject}`);
		this.#numbers[LAYOUT.socket] = ctx?.request.connection.socket ?? -1;
		this.#numbers[LAYOUT.patience] = ctx ? this.#hardMs : Math.max(this.#hardMs, LOADING_TIME);
		Atomics.add(this.#numbers, LAYOUT.entries, 1);
	}

	/** Writes what runs into the shared memory, as much of it as there is room for; gives the length. */
	#writeName(text: string): number {
		const { length } = text;
		if (length > SHORT) return this.#name.write(text, 'latin1');
		for (let i = 0; i < length; i++) this.#name[i] = text.charCodeAt(i);
		return length;
	}

	leave(): void {
		if (--this.#depth === 0) Atomics.add(this.#numbers, LAYOUT.entries, 1);
	}
}
