/**
 * The module's events: `htable:mod-init` once, and `htable:expired:TABLE` for each item that has expired, when a sweep
 * removes it.
 *
 * @module
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type HostServices, requestLocal } from '../../kemi/context.ts';
import type { SharedItem } from '../../store/store.ts';
import type { HtableState } from './state.ts';

/** Items that go at a time where nobody is told. */
const BATCH = 500;

/** Events that are told before others get a turn. */
const EVENTS_PER_TURN = 20;

/** The item that an event is about; `$shtrecord` reads it. */
export const expiredItem = requestLocal((): { item: SharedItem | undefined } => ({ item: undefined }));

/** The event that tells of the tables being there. */
const MOD_INIT = 'htable:mod-init';

/** The events that tell of a table's expired items; the table's name follows. */
const EXPIRED = 'htable:expired:';

/**
 * Removes what has expired from all tables. Any child may do so, at any time: each item is told of by the one child
 * that removed it. A child that dies in between takes the one event with it that it was about to tell.
 * @returns how many items went
 */
export async function sweep(host: HostServices, state: HtableState): Promise<number> {
	let count = 0;
	for (const table of state.tables.values()) {
		const event = EXPIRED + table.definition.name;
		const told = host.events.handles(event);
		for (;;) {
			const items = table.takeExpired(told ? 1 : BATCH);
			if (items.length === 0) break;
			count += items.length;
			if (told) await host.events.raise(event, { prepare: (ctx) => (ctx.get(expiredItem).item = items[0]) });
			if (!told || count % EVENTS_PER_TURN === 0) await nextTurn();
		}
	}
	return count;
}

/**
 * Tells the script that the tables are there, so that it can fill them: in the first child that asks, and never again
 * while the store lives.
 * @returns true if this child told it
 */
export async function announce(host: HostServices): Promise<boolean> {
	if (!host.events.handles(MOD_INIT) || !host.once(MOD_INIT)) return false;
	await host.events.raise(MOD_INIT);
	return true;
}
