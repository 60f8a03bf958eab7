/**
 * The memory that a child shares with the thread that talks to the server.
 *
 * @module
 */

/** Positions in the integers. */
export const ANSWERED = 0;
export const CONNECTED = 1;
/** Positions in the numbers. */
export const OFFSET = 0;

/** The memory. */
export interface SharedMemory {
	/** How many answers there have been, for Atomics.wait; and whether the server is connected. */
	readonly integers: Int32Array<SharedArrayBuffer>;
	/** Milliseconds that the server's clock is ahead of this machine's. */
	readonly numbers: Float64Array<SharedArrayBuffer>;
}

/** Makes it. */
export function createSharedMemory(): SharedMemory {
	return {
		integers: new Int32Array(new SharedArrayBuffer(8)),
		numbers: new Float64Array(new SharedArrayBuffer(8)),
	};
}

/** What the thread is started with. */
export interface ThreadData {
	readonly url: string;
	readonly memory: SharedMemory;
	/** Which host this is, among those that share the store. */
	readonly host: string;
}

/** What the child asks. */
export interface Question {
	readonly id: number;
	readonly commands: readonly (readonly string[])[];
}

/** What the thread tells: an answer, or that something about the connection has changed. */
export type Told =
	| { readonly id: number; readonly replies: readonly import('../../redis/reply.ts').Reply[] }
	| { readonly id: number; readonly error: string };

/** What the thread tells outside of questions. */
export type Change = { readonly connected: boolean; readonly why: string };
