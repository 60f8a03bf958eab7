/**
 * The cfgutils module: chance, a hash, and what looks at the server itself (modules/cfgutils/cfgutils.c).
 *
 * @module
 */

import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, type KemiModule, str } from '../kemi/module.ts';
import { pause } from '../kemi/pause.ts';
import type { SharedTable } from '../store/store.ts';
import { configHashRpc, type HashedFile, hashFile } from './cfgutils/config-hash.ts';
import { coreHash } from './cfgutils/core-hash.ts';
import { GlobalFlags, globalFlagFunctions, globalFlagRpc } from './cfgutils/gflags.ts';
import { lockFunctions } from './cfgutils/locks.ts';
import { probabilityRpc } from './cfgutils/rpc.ts';
import { SharedLocks } from './shared-locks.ts';

/** What the module keeps. */
export interface CfgutilsState {
	/** In percent; what `rand_reset_prob` goes back to. */
	readonly initialProbability: number;
	/** Holds the probability that all children use. */
	readonly shared: SharedTable;
	readonly flags: GlobalFlags;
	readonly hashed: HashedFile | undefined;
	/** Undefined without lock_set_size. */
	readonly locks: SharedLocks | undefined;
}

/** The probability's key in the shared table. */
const PROBABILITY = 'probability';

function probability(ctx: RequestContext): number {
	return Number(ctx.state(cfgutils).shared.get(PROBABILITY));
}

function setProbability(ctx: RequestContext, percent: number): 1 {
	ctx.state(cfgutils).shared.set(PROBABILITY, percent);
	return 1;
}

/** Kamailio prints the state of its memory to the log; there is no such memory here. */
function memoryReport(name: string): KemiFunction {
	return fn(
		name,
		[],
		'int',
		'Does nothing: there is no memory of this kind to report on. Gives 1.',
		() => 1,
		{
			cfg: name,
		},
	);
}

/** A pause of the handler; nobody else waits. */
function sleeping(name: string, unit: string, milliseconds: (count: number) => number): KemiFunction {
	return fn(
		name,
		[int(unit)],
		'int',
		`Waits for so many ${unit}. Gives 1, or -1 for a negative number or where the request's end has cut it short.`,
		async (ctx: RequestContext, count: number) => {
			if (count < 0) return ctx.refuse(`KSR.cfgutils.${name}: ${count} ${unit} cannot be waited for`);
			return (await pause(ctx, milliseconds(count))) ? 1 : -1;
		},
		{ waits: true, cfg: name },
	);
}

/** The functions on KSR.cfgutils. */
export const cfgutils: KemiModule<CfgutilsState> = defineModule({
	name: 'cfgutils',
	doc: 'Chance, a hash, locks, and tests of the configuration.',
	params: [
		{
			name: 'initial_probability',
			type: 'int',
			default: 10,
			doc: 'The probability that rand_event uses at first, in percent.',
		},
		{
			name: 'lock_set_size',
			type: 'int',
			default: 0,
			doc: 'Makes locks available where it is above 0. In Kamailio it says how many there are; here each name is one.',
		},
		{
			name: 'initial_gflags',
			type: 'int',
			default: 0,
			doc: 'The flags of the host that are set at first, as bits.',
		},
		{
			name: 'hash_file',
			type: 'str',
			default: null,
			doc: 'The file about which cfgutils.check_config_hash tells whether it has changed.',
		},
	],
	rpc: [
		...probabilityRpc(({ host }) => {
			const { shared, initialProbability } = host.state(cfgutils);
			return {
				get: () => Number(shared.get(PROBABILITY)),
				set: (percent) => shared.set(PROBABILITY, percent),
				reset: () => shared.set(PROBABILITY, initialProbability),
			};
		}),
		...globalFlagRpc(({ host }) => host.state(cfgutils).flags),
		...configHashRpc(({ host }) => host.state(cfgutils).hashed),
	],
	init(params, { store }): CfgutilsState {
		const initialProbability = params.int('initial_probability');
		if (initialProbability > 100)
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter initial_probability of module cfgutils: ${initialProbability} is more than 100 percent`,
			);
		const shared = store.table('cfgutils');
		shared.declare(PROBABILITY, initialProbability);
		const locks = params.int('lock_set_size') > 0 ? new SharedLocks(store, 'cfgutils locks') : undefined;
		const flags = new GlobalFlags(shared, params.int('initial_gflags'));
		const hashed = hashFile(params.str('hash_file'));
		return { initialProbability, shared, flags, hashed, locks };
	},
	requestEnded: (ctx, { locks }) => locks?.release(ctx),
	cfgFunctions: globalFlagFunctions((ctx) => ctx.state(cfgutils).flags),
	functions: [
		sleeping('sleep', 'seconds', (count) => 1000 * count),
		sleeping('usleep', 'microseconds', (count) => count / 1000),
		fn(
			'rand_event',
			[],
			'int',
			'Happens by chance: 1 with the probability that is set, -1 otherwise.',
			(ctx) => (Math.random() * 100 < probability(ctx) ? 1 : -1),
			{ cfg: 'rand_event' },
		),
		fn('rand_get_prob', [], 'int', 'The probability of rand_event in percent.', probability, {
			cfg: 'rand_get_prob',
		}),
		fn(
			'rand_set_prob',
			[int('percent')],
			'int',
			'Sets the probability of rand_event, for all children. What is below 0 or above 100 means never or always.',
			setProbability,
			{ cfg: 'rand_set_prob' },
		),
		fn(
			'rand_reset_prob',
			[],
			'int',
			'Sets the probability of rand_event to its first value.',
			(ctx) => setProbability(ctx, ctx.state(cfgutils).initialProbability),
			{ cfg: 'rand_reset_prob' },
		),
		fn(
			'core_hash',
			[str('first'), str('second'), int('size')],
			'int',
			"Kamailio's hash of two texts, the second of which may be empty: a number from 1 to 2 to the power of size (of 1 if it is not above 0).",
			// The shift wraps at 32, as it does in Kamailio on the machines it was tried on.
			(_ctx, first, second, size) => ((coreHash(first, second) & ((size <= 0 ? 2 : 1 << size) - 1)) + 1) | 0,
			{ cfg: 'core_hash' },
		),
		fn(
			'check_route_exists',
			[str('route')],
			'int',
			'Whether the configuration has a route block of that name: 1, or -1.',
			(ctx, name) => (ctx.host.routes?.hasRoute(name) ? 1 : -1),
			{ cfg: 'check_route_exists' },
		),
		fn(
			'route_if_exists',
			[str('route')],
			'int',
			'Runs a route block where the configuration has one of that name: what it returns, or -1 if there is none.',
			(ctx, name) => ctx.host.routes?.route(name, ctx) ?? -1,
			{ cfg: 'route_if_exists' },
		),
		...lockFunctions(() => cfgutils),
		memoryReport('pkg_status'),
		memoryReport('pkg_summary'),
		memoryReport('shm_status'),
		memoryReport('shm_summary'),
		fn(
			'abort',
			[],
			'int',
			'Refused: in Kamailio it ends the whole server with a core dump. Gives -1.',
			(ctx) => ctx.refuse('KSR.cfgutils.abort: a script cannot end the host'),
			{ cfg: 'abort' },
		),
	],
});
