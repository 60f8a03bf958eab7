/**
 * The htable module: hash tables that all children share (modules/htable).
 *
 * @module
 */
import type { HostServices } from '../kemi/context.ts';
import { defineModule, type KemiModule } from '../kemi/module.ts';
import { htableCfgFunctions } from './htable/cfg-functions.ts';
import { announce, sweep } from './htable/events.ts';
import { htableFunctions } from './htable/functions.ts';
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
			doc: 'Declares a table: name=>size=8;autoexpire=300;updateexpire=1;initval=0; every setting may be left out. autoexpire is in seconds; with updateexpire=0 writing an item does not renew them.',
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
		{ name: 'db_url', type: 'str', default: null, doc: 'Refused: tables are not loaded from a database.' },
	],
	init: createState,
	async started(state, host) {
		await announce(host);
		if (host.leading && state.tables.size > 0) sweepInTurn(host, state);
	},
	requestEnded: (ctx, { locks }) => locks.release(ctx),
	close(state) {
		clearTimeout(state.timer);
		state.timer = undefined;
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
