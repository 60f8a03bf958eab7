/**
 * What an administrator sees and changes of hash tables: the work of the RPC commands `htable.*` (htable.c). Each
 * function takes the module's state, and throws a KemihostError where there is no such table.
 *
 * @module
 */

import { KemihostError } from '../../errors.ts';
import type { SharedItem, SharedValue } from '../../store/store.ts';
import { coreHash } from '../cfgutils/core-hash.ts';
import type { HtableState } from './state.ts';
import type { HashTable } from './table.ts';

/** A line of `htable.listTables`. */
export interface TableListing {
	readonly name: string;
	/** The database's table; empty for none. */
	readonly dbtable: string;
	readonly dbmode: number;
	readonly expire: number;
	readonly updateexpire: 0 | 1;
	/** The slots that Kamailio would have. */
	readonly size: number;
	readonly dmqreplicate: 0;
}

/** A line of `htable.stats`. */
export interface TableStatistics {
	readonly name: string;
	readonly slots: number;
	readonly all: number;
	/** Items of the emptiest and of the fullest slot. */
	readonly min: number;
	readonly max: number;
}

/** A slot of `htable.dump`. */
export interface TableSlot {
	readonly entry: number;
	readonly size: number;
	readonly slot: { readonly name: string; readonly value: SharedValue; readonly type: 'str' | 'int' }[];
}

function tableOf({ tables }: HtableState, name: string): HashTable {
	const table = tables.get(name);
	if (!table) throw new KemihostError('KH_USAGE', `there is no hash table ${name}`);
	return table;
}

/** Kamailio's hash of a key, which does not regard case: its last bits are the slot. */
function hashOf(key: string): number {
	return (
		coreHash(
			key.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
			'',
		) >>> 0
	);
}

/** All tables: `htable.listTables`. The table defined last comes first. */
export function listTables({ tables }: HtableState): TableListing[] {
	const list = [...tables.values()].map(({ definition }): TableListing => {
		const { name, autoexpire, updateexpire, slots, source, dbmode } = definition;
		return {
			name,
			dbtable: source?.table ?? '',
			dbmode,
			expire: autoexpire,
			updateexpire: updateexpire ? 1 : 0,
			size: slots,
			dmqreplicate: 0,
		};
	});
	return list.reverse();
}

/** How full the tables are: `htable.stats`. */
export function tableStatistics(state: HtableState): TableStatistics[] {
	return listTables(state).map(({ name, size: slots }) => {
		const sizes = dumpTable(state, name).map(({ size }) => size);
		const all = sizes.reduce((sum, size) => sum + size, 0);
		const min = sizes.length < slots ? 0 : Math.min(...sizes);
		return { name, slots, all, min, max: Math.max(0, ...sizes) };
	});
}

/** A table's items by slots, in both in the order of their hashes as in Kamailio: `htable.dump`. */
export function dumpTable(state: HtableState, name: string): TableSlot[] {
	const table = tableOf(state, name);
	const items = [...table.items()].map((item) => ({ ...item, hash: hashOf(item.key) }));
	const slots = Map.groupBy(
		items.sort((a, b) => a.hash - b.hash),
		({ hash }) => hash & (table.definition.slots - 1),
	);
	return [...slots]
		.sort(([a], [b]) => a - b)
		.map(([entry, members]) => ({
			entry,
			size: members.length,
			slot: members.map(({ key, value }) => ({
				name: key,
				value,
				type: typeof value === 'string' ? 'str' : 'int',
			})),
		}));
}

/** One item; undefined if there is none: `htable.get`. */
export function getItem(state: HtableState, name: string, key: string): SharedItem | undefined {
	return tableOf(state, name).item(key);
}

/**
 * Sets an item: `htable.sets`, `htable.seti`, `htable.setxs`, `htable.setxi`.
 * @param seconds how long it lives; 0 for what the table says
 * @throws StoreRefusal if there is no room for it
 */
export function setItem(
	state: HtableState,
	name: string,
	key: string,
	value: SharedValue,
	seconds = 0,
): void {
	tableOf(state, name).set(key, value, seconds);
}

/** Changes how many seconds an item lives: `htable.setex`. */
export function setItemExpire(state: HtableState, name: string, key: string, seconds: number): void {
	tableOf(state, name).expireIn(key, seconds);
}

/** Removes an item. False if there is none: `htable.delete`. */
export function deleteItem(state: HtableState, name: string, key: string): boolean {
	return tableOf(state, name).remove(key);
}

/** Removes all items of a table: `htable.flush`. */
export function flushTable(state: HtableState, name: string): void {
	tableOf(state, name).reset();
}
