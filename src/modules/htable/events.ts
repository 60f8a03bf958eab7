/**
 * The module's events: `htable:mod-init` once, and `htable:expired:TABLE` for each item that has expired, when a sweep
 * removes it.
 *
 * @module
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SharedItem } from '../../children/store.ts';
import { makeRequest } from '../../http/request.ts';
import { type HostServices, RequestContext, requestLocal } from '../../kemi/context.ts';
import type { HtableState } from './state.ts';

/** Items that go at a time where nobody is told. */
const BATCH = 500;

/** Events that are told before others get a turn. */
const EVENTS_PER_TURN = 20;

/** The item that an event is about; `$shtrecord` reads it. */
export const expiredItem = requestLocal((): { item: SharedItem | undefined } => ({ item: undefined }));

/**
 * Removes what has expired from all tables. Any child may do so, at any time: each item is told of by the one child
 * that removed it. A child that dies in between takes the one event with it that it was about to tell.
 * @returns how many items went
 */
export async function sweep(host: HostServices, state: HtableState): Promise<number> {
	const { eventCallback } = state;
	let count = 0;
	for (const table of state.tables.values()) {
		for (;;) {
			const items = table.takeExpired(eventCallback === null ? BATCH : 1);
			if (items.length === 0) break;
			count += items.length;
			const [item] = items;
			if (eventCallback !== null && item)
				await fire(host, eventCallback, `htable:expired:${table.definition.name}`, item);
			if (eventCallback === null || count % EVENTS_PER_TURN === 0) await nextTurn();
		}
	}
	return count;
}

/**
 * Tells the script that the tables are there, so that it can fill them: in the first child that asks, and never again
 * while the store lives.
 * @returns true where this child told it
 */
export async function announce(host: HostServices, state: HtableState): Promise<boolean> {
	if (state.eventCallback === null || !state.locks.declare('htable:mod-init', 1)) return false;
	await fire(host, state.eventCallback, 'htable:mod-init');
	return true;
}

/** Kamailio's events that belong to no request show the script an OPTIONS request to itself; so do these. */
async function fire(host: HostServices, callback: string, event: string, item?: SharedItem): Promise<void> {
	const request = makeRequest({ method: 'OPTIONS', target: 'sip:you@kamailio.org', version: 'SIP/2.0' });
	const ctx = new RequestContext(host, request);
	ctx.get(expiredItem).item = item;
	await host.callback(callback, event, ctx);
}
