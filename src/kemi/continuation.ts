/**
 * Requests that continue after their handler has ended: `KSR.async.route("LATER", 1)` ends a handler, and a second
 * later the function LATER continues with the request. In Kamailio that is a suspended transaction.
 *
 * @module
 */
import { type RequestContext, requestLocal } from './context.ts';

/** What a request goes on with. */
const continuations = requestLocal((): Promise<unknown>[] => []);

/**
 * Has a request go on later.
 * @param work what it waits for and then does; it does not reject
 */
export function goOnLater(ctx: RequestContext, work: Promise<unknown>): void {
	ctx.get(continuations).push(work);
}

/** True if a request goes on after its handler. */
export function goesOn(ctx: RequestContext): boolean {
	return (ctx.peek(continuations)?.length ?? 0) > 0;
}

/** Waits for all that a request goes on with. */
export async function untilDone(ctx: RequestContext): Promise<void> {
	const list = ctx.get(continuations);
	while (list.length > 0) await list.shift();
}
