/**
 * The statsc module: counters over time (modules/statsc).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { HostServices } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, param } from '../kemi/module.ts';
import { type RpcCall, RpcFault, type RpcValue, rpc } from '../kemi/rpc.ts';
import { StoreRefusal } from '../store/store.ts';
import { parseParams } from './pvx/params.ts';
import { Ticker } from './rtimer/ticker.ts';
import { statistics } from './statistics.ts';

/** A counter that is followed, under a name of its own. */
interface Tracked {
	readonly name: string;
	readonly counter: string;
}

/** The values of all that is followed, at one time. */
interface Sample {
	/** Unix seconds. */
	readonly time: number;
	readonly values: readonly number[];
}

interface StatscState {
	readonly tracked: readonly Tracked[];
	readonly items: number;
	readonly ticker: Ticker;
}

/** Where the children of a host keep the samples, the newest first. */
const KEY = 'samples';
const samplesTable = (host: HostServices) => host.localStore.table('statsc');

function samples(host: HostServices): Sample[] {
	return JSON.parse(String(samplesTable(host).get(KEY) ?? '[]')) as Sample[];
}

/** Takes a sample, in one process of the host. */
function collect(host: HostServices, { tracked, items }: Pick<StatscState, 'tracked' | 'items'>): void {
	if (!host.leading) return;
	const counters = host.state(statistics);
	const sample: Sample = {
		time: Math.floor(host.clock.now() / 1000),
		values: tracked.map(({ counter }) => counters.get(counter) ?? 0),
	};
	try {
		samplesTable(host).set(KEY, JSON.stringify([sample, ...samples(host)].slice(0, items)));
	} catch (error) {
		if (!(error instanceof StoreRefusal)) throw error;
		host.log.log('error', `statsc: ${error.message}`);
	}
}

function report(call: RpcCall): RpcValue {
	const { host } = call;
	const { tracked, items } = host.state(statsc);
	const all = samples(host);
	if (all.length === 0) throw new RpcFault(500, 'Nothing collected yet - try later');
	const command = call.str(new RpcFault(500, 'Missing command parameter'));
	if (command !== 'list' && command !== 'diff') throw new RpcFault(500, 'Invalid command');
	const name = call.optionalStr() ?? 'all';
	const range = call.optionalInt() ?? 0;
	const count = range > 0 && range <= items ? range : items;
	const differs = command === 'diff';
	// there is nothing before the oldest
	const shown = (differs ? all.slice(0, -1) : all).slice(0, count);
	return {
		timestamp: Math.floor(host.clock.now() / 1000),
		stats: tracked.flatMap((one, i) =>
			name !== 'all' && name !== one.name
				? []
				: [
						{
							name: one.name,
							data: shown.map(({ time, values }, index) => ({
								timestamp: time,
								value: (values[i] ?? 0) - (differs ? (all[index + 1]?.values[i] ?? 0) : 0),
								index,
							})),
						},
					],
		),
	};
}

function readTracked(source: string): Tracked[] {
	const params = parseParams(source.replace(/;\s*$/, ''));
	if (params) return params.map(([name, counter]) => ({ name, counter }));
	throw new KemihostError('KH_MODPARAM', `parameter track of module statsc: "${source}"`, {
		hint: 'names, each with a counter: modparam("statsc", "track", "requests=rcv_requests;orders=orders")',
	});
}

/** The functions on KSR.statsc. */
export const statsc: KemiModule<StatscState> = defineModule<StatscState>({
	name: 'statsc',
	doc: 'Counters of KSR.statistics over time.',
	depends: [statistics.name],
	params: [
		{
			name: 'track',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Counters to follow, each under a name: "requests=rcv_requests;orders=orders".',
		},
		param('interval', 540, 'Seconds between two samples.'),
		param('items', 100, 'How many samples are kept.'),
	],
	functions: [
		fn(
			'statsc_reset',
			[],
			'int',
			'Forgets all samples: 1. Kamailio 5.6.3 logs that it cannot yet.',
			({ host }) => {
				samplesTable(host).delete(KEY);
				return 1;
			},
			{ cfg: 'statsc_reset' },
		),
	],
	rpc: [
		rpc(
			'statsc.report',
			'list|diff [NAME|all [COUNT]]',
			'The samples of counters, the newest first: list their values, diff what was added since the sample before.',
			report,
		),
	],

	init(params, host) {
		const tracked = params.all('track').flatMap((source) => readTracked(String(source)));
		const items = Math.max(1, params.int('items'));
		const ticker = new Ticker(Math.max(1, params.int('interval')) * 1000, async () =>
			collect(host, { tracked, items }),
		);
		return { tracked, items, ticker };
	},

	started(state, host) {
		if (state.tracked.length === 0) return;
		const counters = host.state(statistics);
		for (const { name, counter } of state.tracked)
			if (counters.get(counter) === undefined)
				host.log.log('warning', `statsc: ${name} follows the counter ${counter}, which is not there`);
		if (samples(host).length === 0) collect(host, state);
		state.ticker.start();
	},

	close: ({ ticker }) => ticker.stop(),
});
