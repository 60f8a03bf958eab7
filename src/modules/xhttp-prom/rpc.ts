/**
 * The commands `xhttp_prom.*` that change metrics (modules/xhttp_prom/xhttp_prom.c).
 *
 * @module
 */
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';
import { StoreRefusal } from '../../store/store.ts';
import type { Metric, MetricKind } from './declaration.ts';
import type { PromState } from './state.ts';

/** Kamailio's number for `%f`, as its messages have it. */
const fixed = (value: number) => value.toFixed(6);

/** Makes the commands; they work on the metrics that `stateOf` finds. */
export function metricsRpc(stateOf: (call: RpcCall) => PromState): readonly RpcCommand[] {
	/** Does something with the series that the arguments name. Throws `failed` where it is not there. */
	const change = (
		call: RpcCall,
		kind: MetricKind,
		failed: (name: string, value: number) => string,
		run: (state: PromState, metric: Metric, labels: readonly string[], value: number) => void,
		takesValue = true,
	) => {
		const state = stateOf(call);
		const name = call.str(new RpcFault(400, `required ${kind} identifier`));
		const value = takesValue ? toNumber(call.str(new RpcFault(400, 'required number argument'))) : 0;
		const labels = call.rest().map(String);
		const metric = state.metrics.get(name);
		const refusal = new RpcFault(500, failed(name, value));
		if (metric?.kind !== kind || metric.labels.length !== labels.length) throw refusal;
		try {
			run(state, metric, labels, value);
		} catch (error) {
			throw error instanceof StoreRefusal ? refusal : error;
		}
		return undefined;
	};
	const reset = (kind: 'counter' | 'gauge') =>
		rpc(`xhttp_prom.${kind}_reset`, 'METRIC LABEL...', `Sets a ${kind} to 0.`, (call) =>
			change(
				call,
				kind,
				(name) => `Failed to reset ${kind}: ${name}`,
				({ series }, metric, labels) => series.reset(metric, labels),
				false,
			),
		);
	return [
		reset('counter'),
		reset('gauge'),
		rpc('xhttp_prom.counter_inc', 'METRIC NUMBER LABEL...', 'Adds to a counter.', (call) =>
			change(
				call,
				'counter',
				(name, by) => `Failed to add ${Math.trunc(by)} to counter: ${name}`,
				({ series }, metric, labels, by) => {
					// Kamailio makes it smaller, which no reader of counters expects
					if (by < 0) throw new RpcFault(400, 'a counter cannot go down');
					series.count(metric, labels, Math.trunc(by));
				},
			),
		),
		rpc('xhttp_prom.gauge_set', 'METRIC NUMBER LABEL...', 'Sets a gauge.', (call) =>
			change(
				call,
				'gauge',
				(name, value) => `Failed to assign ${fixed(value)} gauge: ${name}`,
				({ series }, metric, labels, value) => series.set(metric, labels, value),
			),
		),
		rpc('xhttp_prom.histogram_observe', 'METRIC NUMBER LABEL...', 'Puts a number into a histogram.', (call) =>
			change(
				call,
				'histogram',
				(name, value) => `Failed to observe ${fixed(value)} in histogram: ${name}`,
				({ series }, metric, labels, value) => series.observe(metric, labels, value),
			),
		),
	];
}

function toNumber(text: string): number {
	const number = Number.parseFloat(text);
	return Number.isFinite(number) ? number : 0;
}
