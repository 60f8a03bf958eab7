/**
 * Whoever watches over the entries into a script's engine.
 *
 * @module
 */
import type { HttpRequest } from '../http/request.ts';

/** Told of every call into an engine. */
export interface EntryGuard {
	/** A callback begins for a request. */
	enter(callback: string, request: HttpRequest): void;
	/** It has returned, or waits. */
	leave(): void;
}
