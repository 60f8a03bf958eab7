/**
 * What happens just once in the life of a host, whichever child is first.
 *
 * @module
 */
import type { SharedStore } from './store.ts';

/** The table's name. */
export const ONCE_TABLE = 'core:once';

/** True for the first that asks, over all children. */
export function once(store: SharedStore, what: string): boolean {
	return store.table(ONCE_TABLE).declare(what, 1);
}

/** Begins a new life with a store that was kept: what was done once is to be done again. */
export function beginLife(store: SharedStore): void {
	store.table(ONCE_TABLE).clear();
}
