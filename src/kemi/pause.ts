/**
 * A pause, for functions that wait for time to pass.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from './context.ts';

/** The longest time that a timer of Node takes, in milliseconds: above, it fires at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Waits, while the request is there.
 * @returns false if its end has cut the time short
 */
export async function pause(ctx: RequestContext, milliseconds: number): Promise<boolean> {
	try {
		await sleep(Math.min(milliseconds, LONGEST), undefined, { signal: ctx.signal });
		return true;
	} catch {
		return false;
	}
}
