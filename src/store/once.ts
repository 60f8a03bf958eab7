/**
 * Decides which child does what may happen only once in the life of a host.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedStore, SharedTable } from './store.ts';

/** How long a claim lasts whose owner does not end what it has begun, in milliseconds. */
const CLAIM_TIME = 60_000;
/** From one look at another's claim to the next. */
const PAUSE = 50;

/** The table's name. */
export const ONCE_TABLE = 'core:once';

/** True for the first that asks, over all children. */
export function once(store: SharedStore, what: string): boolean {
	return store.table(ONCE_TABLE).declare(what, 1);
}

/**
 * Does something just once in that life, and lets all others wait until it is done. Where it fails, the next that asks does it.
 * @throws what the action throws, for the one that did it
 */
export async function onceFinished(
	store: SharedStore,
	what: string,
	action: () => Promise<void>,
): Promise<void> {
	const table = store.table(ONCE_TABLE);
	const claim = `${what} claimed`;
	while (table.get(what) === undefined) {
		if (!table.declare(claim, 1, Date.now() + CLAIM_TIME)) {
			await sleep(PAUSE);
			continue;
		}
		try {
			if (table.get(what) === undefined) await action();
			table.declare(what, 1);
		} finally {
			table.delete(claim);
		}
	}
}

/** A table whose items go when a new life begins with a store that was kept: what administrators change until the next start. */
export function tableOfLife(store: SharedStore, name: string): SharedTable {
	const table = store.table(name);
	if (once(store, `${name} begun`)) table.clear();
	return table;
}

/** Begins a new life with a store that was kept: what was done once is to be done again. */
export function beginLife(store: SharedStore): void {
	store.table(ONCE_TABLE).clear();
}
