/**
 * Tables and their database: what is loaded at the start and anew, and what is written back (htable.c, ht_api.c).
 *
 * @module
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { KemihostError } from '../../errors.ts';
import { SqlError } from '../../sql/sql.ts';
import { onceFinished } from '../../store/once.ts';
import { StoreRefusal } from '../../store/store.ts';
import type { StoredItem } from './rows.ts';
import type { HtableState } from './state.ts';
import type { HashTable } from './table.ts';

/** Items that are set before others get a turn. */
const PER_TURN = 500;

/**
 * Puts items into a table and removes all others. Who reads meanwhile finds an item as it was or as it will be. What the store
 * refuses leaves the table as it was.
 * @throws StoreRefusal
 */
async function fill(table: HashTable, items: readonly StoredItem[]): Promise<void> {
	const before = [...table.items()];
	const given = new Set<string>();
	try {
		for (const { key, value, expires } of items) {
			table.load(key, value, expires);
			given.add(key);
			if (given.size % PER_TURN === 0) await nextTurn();
		}
	} catch (error) {
		for (const { key } of before) given.delete(key);
		for (const key of given) table.remove(key);
		for (const item of before) table.restore(item);
		throw error;
	}
	for (const { key } of table.items()) if (!given.has(key)) table.remove(key);
}

/**
 * Loads a table anew: `htable.reload`.
 * @throws SqlError, StoreRefusal; the table is as it was then
 */
export async function reloadTable({ database, host }: HtableState, table: HashTable): Promise<void> {
	if (database) await fill(table, await database.load(table, host.clock.now()));
}

/**
 * Writes a table's items to the database: `htable.store`. One of columns that were chosen for it stays in the database as it is.
 * @throws SqlError; the database is as it was then
 */
export async function storeTable({ database, host }: HtableState, table: HashTable): Promise<void> {
	const { name, source } = table.definition;
	if (!database || !source) return;
	if (source.columns) {
		host.log.log('warning', `htable: ${name} has cols, so it is not written to ${source.table}`);
		return;
	}
	await database.store(table, source, (key, why) =>
		host.log.log('error', `htable: ${name}=>${key} is not written to ${source.table}: ${why}`),
	);
}

/**
 * Loads all tables, once for all children.
 * @throws KemihostError `KH_DATABASE`
 */
export async function loadTables(state: HtableState): Promise<void> {
	const { database, host, tables } = state;
	if (!database) return;
	await onceFinished(host.store, 'htable:load', async () => {
		await database.check().catch((error: unknown) => refuseStart(error, 'htable'));
		for (const table of tables.values())
			if (table.definition.source)
				await reloadTable(state, table).catch((error: unknown) =>
					refuseStart(error, `htable ${table.definition.name} cannot be loaded`),
				);
	});
	state.loaded = true;
}

function refuseStart(error: unknown, what: string): never {
	if (!(error instanceof SqlError || error instanceof StoreRefusal)) throw error;
	throw new KemihostError('KH_DATABASE', `${what}: ${error.message}`, {
		hint: 'modparam("htable", "db_url", …) names the database, dbtable in modparam("htable", "htable", …) a table of it',
		cause: error,
	});
}

/** Writes back what is to outlive the host. Errors become lines of the log. */
export async function storeTables(state: HtableState): Promise<void> {
	const { database, host, loaded, tables } = state;
	const kept = [...tables.values()].filter(
		({ definition: { source, dbmode } }) => dbmode !== 0 && source && !source.columns,
	);
	if (!database || !loaded || kept.length === 0 || host.ephemeral || !(await host.processes.last())) return;
	for (const table of kept)
		await storeTable(state, table).catch((error: unknown) => {
			if (!(error instanceof SqlError || error instanceof StoreRefusal)) throw error;
			host.log.log('error', `htable: ${table.definition.name} is not written back: ${error.message}`);
		});
}
