/**
 * What variables keep from request to request: the state of the pv module.
 *
 * @module
 */

import { KemihostError } from '../../errors.ts';
import { ChildValues } from '../../kemi/child-values.ts';
import type { HostServices, RequestContext } from '../../kemi/context.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { MemoryStore } from '../../store/memory.ts';
import type { SharedStore, SharedTable, SharedValue } from '../../store/store.ts';

/** The values that outlive a request. There is one state for each host, in each child. */
export interface PvState {
	/** `$var` and `$vz`, which Kamailio keeps in one list. */
	readonly vars: ChildValues<SharedValue>;
	/** `$vn` */
	readonly nullVars: ChildValues<SharedValue>;
	/** `$shv` */
	readonly shared: SharedTable;
	/** The last number given out by `$mi`. */
	messageCount: number;
	/** The last number given out by `$sruid`. */
	uniqueIdCount: number;
}

/** `name=s:text` or `name=i:number`, as the parameters shvset and varset have it. */
function declaration(param: string, text: string): [name: string, value: SharedValue] {
	const [, name, type, value = ''] = /^([^=]+)=([si]):(.*)$/is.exec(text) ?? [];
	const integer = type?.toLowerCase() === 'i';
	if (name === undefined || (integer && !/^[+-]?\d{1,15}$/.test(value)))
		throw new KemihostError(
			'KH_MODPARAM',
			`parameter ${param} of module pv: "${text}" declares no variable`,
			{
				hint: 'write name=s:text or name=i:number',
			},
		);
	return [name, integer ? Number(value) : value];
}

/**
 * Makes the state, with what `modparam("pv", "varset", …)` and `shvset` declare.
 * @param params the pv module's; without them nothing is declared
 * @param store where `$shv` lives; by default in this process
 * @throws KemihostError `KH_MODPARAM`
 */
export function createPvState(params?: ParamValues, store: SharedStore = new MemoryStore()): PvState {
	const shared = store.table('pv:shv');
	const vars = new ChildValues<SharedValue>();
	for (const text of params?.all('varset') ?? []) vars.kept.set(...declaration('varset', String(text)));
	for (const text of params?.all('shvset') ?? []) shared.declare(...declaration('shvset', String(text)));
	return { vars, nullVars: new ChildValues(), shared, messageCount: 0, uniqueIdCount: 0 };
}

/** By host, so that variables need not know the module whose `init` makes the state. */
const states = new WeakMap<HostServices, PvState>();

/** Makes a state the one of a host. */
export function keepPvState(host: HostServices, state: PvState): PvState {
	states.set(host, state);
	state.vars.copyFor(host.waiting);
	state.nullVars.copyFor(host.waiting);
	return state;
}

function stateOf(host: HostServices): PvState {
	return states.get(host) ?? keepPvState(host, createPvState());
}

/** The state of the request's host. */
export function pvState({ host }: RequestContext): PvState {
	return stateOf(host);
}

/** The values of all `$shv` of a host, by name. */
export function sharedVariables(host: HostServices): SharedTable {
	return stateOf(host).shared;
}
