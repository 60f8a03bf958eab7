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
import { MemoryStore } from '../store/memory.ts';
import type { SharedTable } from '../store/store.ts';

/** The core's counters. The first counts requests; the others belong to SIP and stay 0, unless a script counts. */
const CORE_COUNTERS = [
	'rcv_requests',
	'rcv_replies',
	'fwd_requests',
	'fwd_replies',
	'drop_requests',
	'drop_replies',
	'err_requests',
	'err_replies',
	'bad_URIs_rcvd',
	'unsupported_methods',
	'bad_msg_hdr',
] as const;

/** A counter by its name. */
interface Counter {
	/** Its key in the shared table: behind its group, since a script's counter may have the name of the core's. */
	readonly key: string;
	/** False where `reset_stat` leaves it as it is. */
	readonly resets: boolean;
}

/** All counters. Their number is fixed at the start. */
class Counters {
	readonly #byName = new Map<string, Counter>();
	readonly #shared: SharedTable;

	/** @param shared where the values live; by default in this process */
	constructor(shared: SharedTable = new MemoryStore().table('statistics')) {
		this.#shared = shared;
	}

	declare(group: string, name: string, resets = true): void {
		const key = `${group}.${name}`;
		this.#byName.set(name, { key, resets });
		this.#shared.declare(key, 0);
	}

	/** The value; undefined where there is no such counter. */
	get(name: string): number | undefined {
		const counter = this.#byName.get(name);
		return counter && Number(this.#shared.get(counter.key));
	}

	/** Adds to a counter. False where there is none of that name. */
	add(name: string, by: number): boolean {
		const counter = this.#byName.get(name);
		if (counter) this.#shared.increment(counter.key, by);
		return counter !== undefined;
	}

	/** Counts a request. */
	countRequest(): void {
		this.#shared.increment('core.rcv_requests', 1);
	}

	/** Sets a counter to 0, where it may be. False where there is none of that name. */
	reset(name: string): boolean {
		const counter = this.#byName.get(name);
		if (counter?.resets) this.#shared.set(counter.key, 0);
		return counter !== undefined;
	}
}

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
	counters.declare('script', name, flag === undefined);
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
	doc: 'Counters.',
	params: [
		{
			name: 'variable',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Declares a counter: its name, or name/no_reset for one that reset_stat leaves alone.',
		},
	],
	init(params) {
		const counters = new Counters();
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
			'Adds to a counter, or takes away with a negative number: 1, or -1 where there is no such counter.',
			(ctx, name, by) => (ctx.state(statistics).add(name, by) ? 1 : noCounter(ctx, name)),
			{ cfg: 'update_stat' },
		),
		fn(
			'reset_stat',
			[str('name')],
			'int',
			'Sets a counter to 0, unless it was declared with no_reset: 1, or -1 where there is no such counter.',
			(ctx, name) => (ctx.state(statistics).reset(name) ? 1 : noCounter(ctx, name)),
			{ cfg: 'reset_stat' },
		),
	],
	variables: [variable],
	/** Counts every request, also one that url_match keeps from the script; that is why the module stands before xhttp. */
	request(_ctx, counters) {
		counters.countRequest();
		return false;
	},
});
