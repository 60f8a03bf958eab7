/**
 * The commands `htable.*` (modules/htable/htable.c), with the texts and codes of its answers.
 *
 * @module
 */

import { KemihostError } from '../../errors.ts';
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';
import { SqlConnectionError } from '../../sql/session.ts';
import { SqlError } from '../../sql/sql.ts';
import { type SharedValue, StoreRefusal } from '../../store/store.ts';
import { breakDown, strftime } from '../../strftime.ts';
import * as admin from './admin.ts';
import { reloadTable, storeTable } from './loading.ts';
import type { HtableState } from './state.ts';
import type { HashTable } from './table.ts';

const noKey = new RpcFault(500, 'Not enough parameters (htable name and key name)');
const noValue = new RpcFault(500, 'Not enough parameters (htable name, key name and value)');
const noName = new RpcFault(500, 'No htable name given');
const noTable = new RpcFault(500, 'No such htable');
const noSource = new RpcFault(500, 'No database htable');
const noConnection = new RpcFault(500, 'Failed to open htable db connection');
const noDatabase = new RpcFault(500, 'No htable db_url');

/** Does something with a table; what the table or the store refuses becomes a fault, and so does a store that is away. */
function withTable<T>({ host }: RpcCall, action: () => T): T {
	if (host.store.reachable === false) throw new RpcFault(500, 'the shared store cannot be reached');
	try {
		return action();
	} catch (error) {
		if (error instanceof StoreRefusal) throw new RpcFault(500, error.message);
		if (error instanceof KemihostError) throw noTable;
		throw error;
	}
}

/** An item's end as `htable.get` shows it. */
function expiryText(expires: number): string {
	return expires === 0 ? 'NEVER' : strftime('%Y-%m-%d %H:%M:%S', breakDown(expires, false));
}

/** Makes the commands; they work on the state that `stateOf` finds. */
export function htableRpc(stateOf: (call: RpcCall) => HtableState): readonly RpcCommand[] {
	const set = (call: RpcCall, name: string, key: string, value: SharedValue, seconds: number) => {
		withTable(call, () => admin.setItem(stateOf(call), name, key, value, seconds));
		return 'Ok. Key set to new value.';
	};
	const setters = [
		{ name: 'htable.sets', type: 'str', timed: false },
		{ name: 'htable.seti', type: 'int', timed: false },
		{ name: 'htable.setxs', type: 'str', timed: true },
		{ name: 'htable.setxi', type: 'int', timed: true },
	] as const;
	const withDatabase = (
		command: string,
		doc: string,
		failure: string,
		action: (call: RpcCall, table: HashTable) => Promise<string>,
	) =>
		rpc(command, 'TABLE', doc, (call) => {
			const { database, tables } = stateOf(call);
			if (!database) throw noDatabase;
			const table = tables.get(call.str(noName));
			if (!table) throw noTable;
			if (!table.definition.source) throw noSource;
			// what is refused is refused at once: only what waits has to be awaited
			return action(call, table).catch((error: unknown) => {
				if (!(error instanceof SqlError || error instanceof StoreRefusal)) throw error;
				call.host.log.log('error', `${command} ${table.definition.name}: ${error.message}`);
				throw error instanceof SqlConnectionError ? noConnection : new RpcFault(500, failure);
			});
		});
	return [
		rpc('htable.get', 'TABLE KEY', 'One item.', (call) => {
			const name = call.str(noKey);
			const key = call.str(noKey);
			const item = withTable(call, () => admin.getItem(stateOf(call), name, key));
			if (!item) throw new RpcFault(500, "Key name doesn't exist in htable.");
			const { value, expires } = item;
			const flags = typeof value === 'string' ? 2 : 0;
			return { item: { name: key, value, flags, expire: expiryText(expires) } };
		}),
		...setters.map(({ name: command, type, timed }) =>
			rpc(
				command,
				`TABLE KEY VALUE${timed ? ' SECONDS' : ''}`,
				`Sets an item to ${type === 'str' ? 'a text' : 'an integer'}${timed ? ', which lives for so many seconds' : ''}.`,
				(call) => {
					const name = call.str(noValue);
					const key = call.str(noValue);
					const value = type === 'str' ? call.str(noValue) : call.int(noValue);
					return set(call, name, key, value, timed ? call.int(noValue) : 0);
				},
			),
		),
		rpc('htable.setex', 'TABLE KEY SECONDS', 'Changes how long an item lives.', (call) => {
			const name = call.str(noValue);
			const key = call.str(noValue);
			const seconds = call.int(noValue);
			withTable(call, () => admin.setItemExpire(stateOf(call), name, key, seconds));
			return 'Ok';
		}),
		rpc('htable.delete', 'TABLE KEY', 'Removes an item.', (call) => {
			const name = call.str(noKey);
			const key = call.str(noKey);
			if (!withTable(call, () => admin.deleteItem(stateOf(call), name, key)))
				throw new RpcFault(404, 'Key not found in htable.');
			return 'Ok. Key deleted.';
		}),
		rpc('htable.dump', 'TABLE', 'All items of a table, by slots.', (call) => {
			const name = call.str(noName);
			return withTable(call, () => admin.dumpTable(stateOf(call), name)).map((slot) => ({ ...slot }));
		}),
		rpc('htable.flush', 'TABLE', 'Removes all items of a table.', (call) => {
			const name = call.str(noName);
			withTable(call, () => admin.flushTable(stateOf(call), name));
			return 'Ok. Htable flushed.';
		}),
		rpc('htable.listTables', '', 'All tables.', (call) =>
			admin.listTables(stateOf(call)).map((listing) => ({ ...listing })),
		),
		rpc('htable.stats', '', 'How full the tables are.', (call) =>
			admin.tableStatistics(stateOf(call)).map((statistics) => ({ ...statistics })),
		),
		withDatabase(
			'htable.reload',
			'Loads a table from the database again.',
			'Htable reload failed',
			async (call, table) => {
				await reloadTable(stateOf(call), table);
				return 'Ok. Htable reloaded.';
			},
		),
		withDatabase(
			'htable.store',
			"Writes a table's items to the database.",
			'Storing htable failed',
			async (call, table) => {
				await storeTable(stateOf(call), table);
				return 'Ok. Htable successfully stored to DB.';
			},
		),
	];
}
