/**
 * What the htable module keeps in each child: its tables, whose items all children share.
 *
 * @module
 */

import { KemihostError } from '../../errors.ts';
import type { HostServices } from '../../kemi/context.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { SharedLocks } from '../shared-locks.ts';
import { HtableDatabase } from './database.ts';
import { parseDefinition } from './definition.ts';
import { HashTable } from './table.ts';

/** The module's state. */
export interface HtableState {
	/** By name, in the order of their definitions. */
	readonly tables: ReadonlyMap<string, HashTable>;
	readonly locks: SharedLocks;
	/** Where tables are loaded from; undefined without one. */
	readonly database: HtableDatabase | undefined;
	readonly host: HostServices;
	/** True once this child has its tables: before that there is nothing to be written back. */
	loaded: boolean;
	/** The timer of the sweeps. */
	timer: NodeJS.Timeout | undefined;
	/** Seconds from one sweep to the next. */
	readonly sweepInterval: number;
}

/**
 * Makes the state.
 * @throws KemihostError `KH_MODPARAM`
 */
export function createState(params: ParamValues, host: HostServices): HtableState {
	const { clock, store } = host;
	const tables = new Map<string, HashTable>();
	for (const text of params.all('htable')) {
		const definition = parseDefinition(String(text));
		if (tables.has(definition.name))
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter htable of module htable: table ${definition.name} is defined twice`,
			);
		tables.set(definition.name, new HashTable(definition, store.table(`htable:${definition.name}`), clock));
	}
	const interval = params.int('timer_interval');
	return {
		tables,
		locks: new SharedLocks(store, 'htable locks'),
		database: HtableDatabase.of(params),
		host,
		loaded: false,
		timer: undefined,
		sweepInterval: interval > 0 ? interval : 20,
	};
}
