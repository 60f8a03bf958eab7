/**
 * The interface of whoever counts what a host does, such as its metrics. A host without an observer pays nothing
 * for it.
 *
 * @module
 */
import type { HttpReply } from '../http/reply.ts';
import type { RequestContext } from './context.ts';

/** Told of requests and of the script's slices. Times are in milliseconds. */
export interface HostObserver {
	/** A request has its reply. */
	answered(ctx: RequestContext, reply: HttpReply, took: number): void;
	/** The engine ran for a request: once, or each time it went on. */
	ran(callback: string, took: number): void;
	/** A limit has stopped a callback. */
	stopped(limit: string): void;
}
