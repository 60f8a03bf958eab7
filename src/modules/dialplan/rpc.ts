/**
 * The RPC commands of the dialplan module.
 *
 * @module
 */
import type { HostServices } from '../../kemi/context.ts';
import { type RpcCall, type RpcCommand, RpcFault, rpc, sameEverywhere } from '../../kemi/rpc.ts';
import type { Plan } from './plans.ts';
import type { DialplanState } from './state.ts';

/** What lets a reload begin, however short ago the last one was: `dp_reload` of a script is not held back. */
export const RELOAD_NOW = 'now';

type StateOf = (host: HostServices) => DialplanState;

function planOf(state: DialplanState, id: number): Plan {
	const plan = state.tables.content.get(id);
	if (plan) return plan;
	throw new RpcFault(500, 'Dialplan ID not matched');
}

async function reload(host: HostServices, state: DialplanState, now: boolean): Promise<undefined> {
	const time = host.clock.now();
	if (!now && time - state.reloaded < state.reloadDelta * 1000) throw new RpcFault(500, 'ongoing reload');
	state.reloaded = time;
	if (!(await state.tables.reload(host))) throw new RpcFault(500, 'Dialplan Reload Failed');
}

/** The text of a column, null if it is empty: so Kamailio says it. */
const shown = (text: string) => text || null;

function translate(call: RpcCall, state: DialplanState) {
	const missing = new RpcFault(500, 'Invalid parameters');
	const id = call.int(missing);
	const text = call.str(missing);
	const plan = planOf(state, id);
	if (text === '') throw new RpcFault(500, 'Empty input parameter');
	const rule = plan.find(text, undefined);
	const translation = rule?.translate(text, undefined);
	if (!rule || !translation || 'why' in translation) throw new RpcFault(500, 'No translation');
	return { Output: translation.output, Attributes: rule.row.attributes };
}

/** The commands. */
export function dialplanCommands(stateOf: StateOf): readonly RpcCommand[] {
	return [
		rpc(
			'dialplan.reload',
			`[${RELOAD_NOW}]`,
			`Reads the rules again. A few seconds after another reload it is refused, unless it says ${RELOAD_NOW}.`,
			(call) => reload(call.host, stateOf(call.host), call.optionalStr() === RELOAD_NOW),
			sameEverywhere,
		),
		rpc(
			'dialplan.translate',
			'DIALPLAN TEXT',
			'What a text becomes by a dialplan, and the attributes of the rule. There is no request: variables stand for themselves.',
			(call) => translate(call, stateOf(call.host)),
		),
		rpc(
			'dialplan.dump',
			'DIALPLAN',
			'All rules of a dialplan, in the order in which they are tried.',
			(call) => {
				const id = call.int(new RpcFault(500, 'Missing parameter'));
				const entries = planOf(stateOf(call.host), id).rules.map(({ row }) => ({
					ENTRY: {
						PRIO: row.priority,
						MATCHOP: row.operator,
						MATCHEXP: shown(row.match),
						MATCHLEN: row.length,
						SUBSTEXP: shown(row.find),
						REPLEXP: shown(row.replacement),
						ATTRS: shown(row.attributes),
					},
				}));
				return { DPID: id, ENTRIES: entries };
			},
		),
	];
}
