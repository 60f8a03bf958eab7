/**
 * The commands `stats.*` and `cnt.*`: counters from outside (core/counters.c, modules/kex/core_stats.c,
 * modules/counters).
 *
 * @module
 */
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';
import type { CounterListing, Counters } from './counters.ts';

const noNames = new RpcFault(400, 'Please provide which stats to retrieve');

/** The counters that arguments name: `all`, a group with a colon, or a counter. */
function chosen(call: RpcCall, counters: Counters): CounterListing[] {
	const names = call.rest().map(String);
	if (names.length === 0) throw noNames;
	const all = counters.list();
	return names.flatMap((name) => {
		if (name === 'all') return all;
		if (name.endsWith(':')) return all.filter(({ group }) => `${group}:` === name);
		return all.filter((counter) => counter.name === name);
	});
}

const line = ({ group, name, value }: CounterListing) => `${group}:${name} = ${value}`;

/** Makes the commands; they work on the counters that `countersOf` finds. */
export function statisticsRpc(countersOf: (call: RpcCall) => Counters): readonly RpcCommand[] {
	const all = (call: RpcCall) => countersOf(call).list();
	const names = (call: RpcCall) => {
		const group = call.optionalStr();
		return all(call)
			.filter((counter) => counter.group === group)
			.map(({ name }) => name);
	};
	const groups = (call: RpcCall) => [...new Set(all(call).map(({ group }) => group))].sort();
	/** The counter that two arguments name; undefined if there are no arguments. */
	const named = (call: RpcCall): CounterListing | undefined => {
		const [group, name] = [call.optionalStr(), call.optionalStr()];
		if (name === undefined) return undefined;
		const counter = all(call).find((other) => other.group === group && other.name === name);
		if (!counter) throw new RpcFault(400, `non-existent counter ${group}.${name}`);
		return counter;
	};
	return [
		rpc('stats.get_statistics', 'all|GROUP:|NAME...', 'Counters with their values, one a line.', (call) =>
			chosen(call, countersOf(call)).map(line),
		),
		rpc('stats.fetch', 'all|GROUP:|NAME...', 'Counters with their values as texts.', (call) =>
			Object.fromEntries(
				chosen(call, countersOf(call)).map(({ group, name, value }) => [`${group}.${name}`, String(value)]),
			),
		),
		rpc('stats.fetchn', 'all|GROUP:|NAME...', 'Counters with their values as numbers.', (call) =>
			Object.fromEntries(
				chosen(call, countersOf(call)).map(({ group, name, value }) => [`${group}.${name}`, value]),
			),
		),
		rpc('stats.reset_statistics', 'all|GROUP:|NAME...', 'Sets counters to 0.', (call) => {
			const counters = countersOf(call);
			for (const { group, name } of chosen(call, counters)) counters.resetIn(group, name);
			return undefined;
		}),
		rpc(
			'stats.clear_statistics',
			'all|GROUP:|NAME...',
			'Sets counters to 0 and says what they were.',
			(call) => {
				const counters = countersOf(call);
				const lines = chosen(call, counters).map((counter) => {
					counters.resetIn(counter.group, counter.name);
					return line(counter);
				});
				return lines.length === 1 ? lines[0] : lines;
			},
		),
		rpc('cnt.get', 'GROUP NAME', 'The value of a counter.', (call) => named(call)?.value),
		rpc('cnt.get_raw', 'GROUP NAME', 'The value of a counter.', (call) => named(call)?.value),
		rpc('cnt.reset', 'GROUP NAME', 'Sets a counter to 0.', (call) => {
			const counter = named(call);
			if (counter) countersOf(call).resetIn(counter.group, counter.name);
			return undefined;
		}),
		rpc('cnt.help', 'GROUP NAME', 'What a counter counts.', (call) => {
			const counter = named(call);
			return counter && (counter.description ?? 'kamailio statistic (no description)');
		}),
		rpc('cnt.grps_list', '', 'The groups of counters.', groups),
		rpc('cnt.list_groups', '', 'The groups of counters.', groups),
		rpc('cnt.var_list', 'GROUP', 'The counters of a group.', names),
		rpc('cnt.list_vars', 'GROUP', 'The counters of a group.', names),
		...['cnt.grp_get_all', 'cnt.get_vars'].map((command) =>
			rpc(command, 'GROUP', 'The counters of a group with their values.', (call) => {
				const group = call.optionalStr();
				return Object.fromEntries(
					all(call)
						.filter((counter) => counter.group === group)
						.map(({ name, value }) => [name, value]),
				);
			}),
		),
	];
}
