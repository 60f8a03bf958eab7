/**
 * The statistics module: counters of one's own, and `$stat` (modules/statistics, modules/pv/pv_stats.c,
 * modules/kex/core_stats.c).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule, str } from '../kemi/module.ts';
import { literalVariable } from '../pv/variables/names.ts';
import { CORE_COUNTERS, Counters } from './statistics/counters.ts';
import { statisticsRpc } from './statistics/rpc.ts';

/** Declares a counter as `modparam("statistics", "variable", "name/no_reset")` has it. */
function declareOwn(counters: Counters, declared: Set<string>, source: string): void {
	const [name = '', flag] = source.split(/\/(.*)/s, 2);
	const why =
		name === ''
			? 'names no counter'
			: flag !== undefined && flag.toLowerCase() !== 'no_reset'
				? `has the flag "${flag}"; there is only no_reset`
				: declared.has(name)
					? 'declares a counter a second time'
					: undefined;
	if (why)
		throw new KemihostError('KH_MODPARAM', `parameter variable of module statistics: "${source}" ${why}`);
	declared.add(name);
	counters.declare('script', name, { resets: flag === undefined });
}

const noCounter = (ctx: RequestContext, name: string) =>
	ctx.refuse(`KSR.statistics: there is no counter "${name}"`);

const variable = literalVariable(
	['stat'],
	'A counter, as an integer of 32 bits: one of your own or rcv_requests; null without it.',
	(name) => ({
		get(ctx) {
			const value = ctx.state(statistics).get(name);
			if (value !== undefined) return value | 0;
			ctx.report('warning', `$stat(${name}): there is no such counter`);
			return null;
		},
	}),
);

/** The functions on KSR.statistics. */
export const statistics: KemiModule<Counters> = defineModule({
	name: 'statistics',
	doc: 'Counters, which all children share.',
	params: [
		{
			name: 'variable',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Declares a counter: its name, or name/no_reset for one that reset_stat leaves alone.',
		},
	],
	init(params, { store, log }) {
		const counters = new Counters(store.table('statistics'), log);
		for (const name of CORE_COUNTERS) counters.declare('core', name);
		const declared = new Set<string>();
		for (const source of params.all('variable')) declareOwn(counters, declared, String(source));
		return counters;
	},
	functions: [
		fn(
			'update_stat',
			[str('name'), int('by')],
			'int',
			'Adds to a counter, or takes away with a negative number: 1, or -1 if there is no such counter.',
			(ctx, name, by) => (ctx.state(statistics).add(name, by) ? 1 : noCounter(ctx, name)),
			{ cfg: 'update_stat' },
		),
		fn(
			'reset_stat',
			[str('name')],
			'int',
			'Sets a counter to 0, unless it was declared with no_reset: 1, or -1 if there is no such counter.',
			(ctx, name) => (ctx.state(statistics).reset(name) ? 1 : noCounter(ctx, name)),
			{ cfg: 'reset_stat' },
		),
	],
	variables: [variable],
	rpc: statisticsRpc(({ host }) => host.state(statistics)),
	/** Counts every request, also one that url_match keeps from the script; that is why the module stands before xhttp. */
	request(_ctx, counters) {
		counters.countRequest();
		return false;
	},
	close: (counters) => counters.share(),
});
