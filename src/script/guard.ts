/**
 * The interface of whoever watches the entries into a script's engine.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';

/** How long it may take to load a file, which is compiled then: by a busy machine, in the worst case. Milliseconds. */
export const LOADING_TIME = 10_000;

/** Told of every call into an engine. */
export interface EntryGuard {
	/** A callback begins for a request; or a file to be loaded, without one. */
	enter(callback: string, ctx?: RequestContext): void;
	/** It has returned, or waits. */
	leave(): void;
}
