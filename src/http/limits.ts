/**
 * What a client may send, and how long it may take.
 *
 * @module
 */

/** Sizes in bytes, times in milliseconds. */
export interface HttpLimits {
	readonly url: number;
	readonly headers: number;
	readonly body: number;
	readonly headerTime: number;
	readonly bodyTime: number;
	readonly keepAlive: number;
}
