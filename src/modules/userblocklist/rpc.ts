/**
 * The RPC commands of the userblocklist module.
 *
 * @module
 */
import type { HostServices } from '../../kemi/context.ts';
import {
	type RpcCall,
	type RpcCommand,
	RpcFault,
	type RpcValue,
	rpc,
	sameEverywhere,
} from '../../kemi/rpc.ts';
import { SqlError } from '../../sql/sql.ts';
import { Prefixes, type Verdict } from './prefixes.ts';
import { type UserblocklistState, userQuery } from './state.ts';

type StateOf = (host: HostServices) => UserblocklistState;

function globalList({ lists, globalTable }: UserblocklistState): Prefixes {
	const list = lists.content.get(globalTable);
	if (!list) throw new RpcFault(500, 'Check failed');
	return list;
}

function check(call: RpcCall, state: UserblocklistState, wanted: Verdict, member: string): RpcValue {
	const missing = new RpcFault(500, 'Check failed: 1 argument needed ("prefix")');
	const number = call.str(missing);
	if (number === '') throw missing;
	return { prefix: number, [member]: String(globalList(state).verdict(number) === wanted) };
}

async function checkUser(
	call: RpcCall,
	state: UserblocklistState,
	wanted: Verdict,
	member: string,
): Promise<RpcValue> {
	const missing = new RpcFault(
		500,
		'Check failed: 2 or 3 arguments needed ("prefix" "user" "domain"(optional))',
	);
	const [number, user, domain = ''] = [call.str(missing), call.str(missing), call.optionalStr()];
	if (number === '' || user === '') throw missing;
	const { text, params } = userQuery(state, state.userTable, user, domain || undefined);
	try {
		const { rows } = await state.database.ask(text, params);
		const list = new Prefixes(rows, state.characters, state.leftOut);
		return { prefix: number, user, domain, [member]: String(list.verdict(number) === wanted) };
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		call.host.log.log('error', `userblocklist: ${error.message}`);
		throw new RpcFault(500, 'Check failed');
	}
}

/** The commands. */
export function userblocklistCommands(stateOf: StateOf): readonly RpcCommand[] {
	const command = (
		name: string,
		usage: string,
		doc: string,
		run: (call: RpcCall, state: UserblocklistState) => RpcValue | Promise<RpcValue>,
		more?: typeof sameEverywhere,
	) => rpc(`userblocklist.${name}`, usage, doc, (call) => run(call, stateOf(call.host)), more);
	return [
		command(
			'reload_blocklist',
			'',
			'Reads the kept lists again.',
			async ({ host }, { lists }) => {
				if (!(await lists.reload(host))) throw new RpcFault(500, 'Reload failed');
				return '200 ok';
			},
			sameEverywhere,
		),
		command('dump_blocklist', '', 'All prefixes of the global list.', (_call, state) =>
			globalList(state).entries.map(({ prefix, allows }) => ({
				prefix,
				[state.userColumns[1]]: allows ? '1' : '0',
			})),
		),
		command('check_blocklist', 'NUMBER', 'Whether the global list blocks a number.', (call, state) =>
			check(call, state, 'blocked', 'blocklisted'),
		),
		command('check_allowlist', 'NUMBER', 'Whether the global list allows a number.', (call, state) =>
			check(call, state, 'allowed', 'allowlisted'),
		),
		command(
			'check_userblocklist',
			'NUMBER USER [DOMAIN]',
			'Whether the list of a user blocks a number.',
			(call, state) => checkUser(call, state, 'blocked', 'blocklisted'),
		),
		command(
			'check_userallowlist',
			'NUMBER USER [DOMAIN]',
			'Whether the list of a user allows a number.',
			(call, state) => checkUser(call, state, 'allowed', 'allowlisted'),
		),
	];
}
