/**
 * Handles refusals of the shared store (no room, or another child holds it) in a script's calls.
 *
 * @module
 */
import { StoreRefusal } from '../store/store.ts';
import type { RequestContext } from './context.ts';

/**
 * Does something that the store may refuse: true, or false after an error line.
 * @param caller the function or variable as scripts write it, for the line
 */
export function tryStore(ctx: RequestContext, caller: string, action: () => void): boolean {
	try {
		action();
		return true;
	} catch (error) {
		if (!(error instanceof StoreRefusal)) throw error;
		ctx.report('error', `${caller}: ${error.message}`);
		return false;
	}
}
