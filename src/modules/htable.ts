/**
 * The htable module: hash tables that all children share (modules/htable).
 *
 * @module
 */
import type { HostServices } from '../kemi/context.ts';
import { defineModule, type KemiModule } from '../kemi/module.ts';
import { nameParamOf, URL_FORMS } from './database-params.ts';
import { htableCfgFunctions } from './htable/cfg-functions.ts';
import { announce, sweep } from './htable/events.ts';
import { htableFunctions } from './htable/functions.ts';
import { loadTables, storeTables } from './htable/loading.ts';
import { htableRpc } from './htable/rpc.ts';
import { createState, type HtableState } from './htable/state.ts';
import { htableVariables } from './htable/variables.ts';

/** Sweeps over and over, each time so long after the one before has ended. */
function sweepInTurn(host: HostServices, state: HtableState): void {
	state.timer = setTimeout(async () => {
		try {
			await sweep(host, state);
		} catch (error) {
			host.log.log('error', `htable: expired items could not be removed: ${(error as Error).message}`);
		}
		if (state.timer) sweepInTurn(host, state);
	}, state.sweepInterval * 1000).unref();
}

const functions = htableFunctions(() => htable);

/** The functions on KSR.htable. */
export const htable: KemiModule<HtableState> = defineModule<HtableState>({
	name: 'htable',
	doc: 'Hash tables, which all children share.',
	params: [
		{
			name: 'htable',
			type: 'str',
			default: null,
			repeatable: true,
			doc: "Declares a table: name=>size=8;autoexpire=300;updateexpire=1;initval=0;dbtable=t;dbmode=1;cols='k,v'; every setting may be left out. autoexpire is in seconds; with updateexpire=0 writing an item does not renew them. dbtable is loaded at the start, and written at the end with dbmode=1; cols are the columns of the key and of the values, which are put together with commas.",
		},
		{
			name: 'event_callback',
			type: 'str',
			default: null,
			doc: 'The function that is called for the events of this module.',
		},
		{
			name: 'event_callback_mode',
			type: 'int',
			default: 0,
			doc: 'In Kamailio it says which process calls the function for htable:mod-init. Here it changes nothing.',
		},
		{
			name: 'timer_interval',
			type: 'int',
			default: 20,
			doc: 'Seconds from one search for expired items to the next.',
		},
		{ name: 'timer_procs', type: 'int', default: 0, doc: 'Changes nothing.' },
		{
			name: 'db_url',
			type: 'str',
			default: null,
			doc: `The database of tables that have a dbtable: ${URL_FORMS}.`,
		},
		nameParamOf('key_name_column', 'key_name', "The column of items' names."),
		nameParamOf(
			'key_type_column',
			'key_type',
			'The column that is 1 for items that share a name: they become name[0], name[1], ….',
		),
		nameParamOf('value_type_column', 'value_type', 'The column that is 1 for integers, 0 for texts.'),
		nameParamOf('key_value_column', 'key_value', "The column of items' values."),
		nameParamOf(
			'expires_column',
			'expires',
			'The column of when items end, in Unix seconds; see db_expires.',
		),
		{
			name: 'db_expires',
			type: 'int',
			default: 0,
			doc: '1 if tables with autoexpire have that column too: what has ended is not loaded.',
		},
		{
			name: 'array_size_suffix',
			type: 'str',
			default: '::size',
			doc: 'What follows the name in the item that tells how many items share it.',
		},
		{
			name: 'fetch_rows',
			type: 'int',
			default: 100,
			doc: 'Changes nothing: rows are loaded in one piece.',
		},
	],
	init: createState,
	async started(state, host) {
		await loadTables(state);
		await announce(host);
		if (host.leading && state.tables.size > 0) sweepInTurn(host, state);
	},
	requestEnded: (ctx, { locks }) => locks.release(ctx),
	async close(state) {
		clearTimeout(state.timer);
		state.timer = undefined;
		await storeTables(state);
	},
	functions,
	cfgFunctions: htableCfgFunctions(functions),
	variables: htableVariables(() => htable),
	rpc: htableRpc(({ host }) => host.state(htable)),
	events: [
		{
			name: 'htable:mod-init',
			callbackParam: 'event_callback',
			doc: 'The tables are there: told once, in one child.',
		},
		{
			name: 'htable:expired:TABLE',
			callbackParam: 'event_callback',
			doc: 'An item of the table has expired; $shtrecord(key) and $shtrecord(value) tell which.',
		},
	],
});
