/**
 * The RPC commands of the secfilter module.
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
import { SUBJECTS, type Subject } from './lists.ts';
import { type Counts, noCounts, type SecfilterState } from './state.ts';

type StateOf = (host: HostServices) => SecfilterState;

const TITLES: Readonly<Record<Subject, string>> = {
	ua: 'User-Agent',
	country: 'Country',
	domain: 'Domain',
	ip: 'IP-Address',
	user: 'Username',
};

const COLORS = { black: 'blacklist', white: 'whitelist' } as const;
type Color = keyof typeof COLORS;

/** The subject that a text begins, as Kamailio takes abbreviations. */
const subjectOf = (text: string) => SUBJECTS.find((subject) => subject.startsWith(text));

function print(call: RpcCall, { tables }: SecfilterState): RpcValue {
	const wanted = call.optionalStr() ?? '';
	const { black, white, destinations } = tables.content;
	const shown: Record<string, RpcValue> = {};
	if ('dst'.startsWith(wanted)) shown['Destinations'] = { Blacklisted: destinations };
	for (const subject of SUBJECTS)
		if (subject.startsWith(wanted))
			shown[TITLES[subject]] = { Blacklisted: black[subject], Whitelisted: white[subject] };
	return shown;
}

/** Adds the counts of all children. */
function sum(answers: readonly RpcValue[]): RpcValue {
	const total = noCounts();
	for (const counts of answers as unknown as Counts[])
		for (const [group, members] of Object.entries(counts))
			for (const [name, count] of Object.entries(members as Record<string, number>)) {
				const into = total[group as keyof Counts] as Record<string, number>;
				into[name] = (into[name] ?? 0) + count;
			}
	return total as unknown as RpcValue;
}

/** Takes what begins with a text off a list. False if nothing does. */
function remove(list: string[], text: string): boolean {
	const left = list.filter((item) => !item.startsWith(text));
	const removed = left.length < list.length;
	list.splice(0, list.length, ...left);
	return removed;
}

/** `add_bl`, `add_wl`, `del_bl`, `del_wl` */
function edit(stateOf: StateOf, verb: 'add' | 'del', color: Color): RpcCommand {
	const name = `secfilter.${verb}_${color[0]}l`;
	const list = COLORS[color];
	const usage = new RpcFault(500, `Invalid Parameters. Usage: ${name} type value`);
	return rpc(
		name,
		`${SUBJECTS.join('|')} TEXT`,
		`${verb === 'add' ? 'Puts a text on' : 'Takes texts that begin so off'} the ${list}, until the next reload.`,
		(call) => {
			const [type, text] = [call.str(usage), call.str(usage)];
			const subject = subjectOf(type);
			if (!subject) throw new RpcFault(500, 'Invalid type');
			const items = stateOf(call.host).tables.content[color][subject];
			if (verb === 'add') {
				items.push(text);
				return `Values (${type}, ${text}) inserted into ${list}`;
			}
			if (!remove(items, text)) throw new RpcFault(500, `Error removing value from ${list}`);
			return `Value (${type}, ${text}) removed from ${list}`;
		},
		sameEverywhere,
	);
}

/** The commands. */
export function secfilterCommands(stateOf: StateOf): readonly RpcCommand[] {
	const destination = (call: RpcCall, name: string) =>
		call.str(new RpcFault(500, `Invalid Parameters. Usage: ${name} number`));
	return [
		rpc(
			'secfilter.reload',
			'',
			'Reads all lists again.',
			async ({ host }) => {
				if (!(await stateOf(host).tables.reload(host)))
					throw new RpcFault(500, 'Error loading data from database');
				return 'Data reloaded';
			},
			sameEverywhere,
		),
		rpc('secfilter.print', `[dst|${SUBJECTS.join('|')}]`, 'What is on the lists.', (call) =>
			print(call, stateOf(call.host)),
		),
		rpc(
			'secfilter.stats',
			'',
			'How often each list has decided.',
			({ host }) => stateOf(host).counts as unknown as RpcValue,
			{ merge: sum },
		),
		rpc(
			'secfilter.stats_reset',
			'',
			'Counts from 0 again.',
			({ host }) => {
				stateOf(host).counts = noCounts();
				return 'The statistics has been reset';
			},
			sameEverywhere,
		),
		rpc(
			'secfilter.add_dst',
			'TEXT',
			'Puts a destination on the blacklist, until the next reload.',
			(call) => {
				const text = destination(call, 'secfilter.add_dst');
				stateOf(call.host).tables.content.destinations.push(text);
				return `Values (${text}) inserted into blacklist destinations`;
			},
			sameEverywhere,
		),
		rpc(
			'secfilter.del_dst',
			'TEXT',
			'Takes destinations that begin so off the blacklist, until the next reload.',
			(call) => {
				const text = destination(call, 'secfilter.del_dst');
				if (!remove(stateOf(call.host).tables.content.destinations, text))
					throw new RpcFault(500, 'Error removing value from blacklist destinations');
				return `Values (${text}) removed from blacklist destinations`;
			},
			sameEverywhere,
		),
		...(['add', 'del'] as const).flatMap((verb) =>
			(['black', 'white'] as const).map((color) => edit(stateOf, verb, color)),
		),
	];
}
