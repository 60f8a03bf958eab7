/**
 * Handles refusals of the shared store (no room, or another child holds it) in a script's calls.
 *
 * @module
 */
import { StoreRefusal } from '../store/store.ts';
import type { RequestContext } from './context.ts';

/**
 * Does something that the store may refuse: gives what it gives, or undefined after an error line.
 * @param caller the function or variable as scripts write it, for the line
 */
export function fromStore<T>(ctx: RequestContext, caller: string, action: () => T): T | undefined {
	try {
		return action();
	} catch (error) {
		if (!(error instanceof StoreRefusal)) throw error;
		ctx.report('error', `${caller}: ${error.message}`);
		return undefined;
	}
}

/** The same for what gives nothing: true, or false after an error line. */
export function tryStore(ctx: RequestContext, caller: string, action: () => void): boolean {
	const done = () => {
		action();
		return true;
	};
	return fromStore(ctx, caller, done) ?? false;
}
