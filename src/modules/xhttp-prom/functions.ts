/**
 * The functions that change metrics. There is one for each number of labels, `_l0` to `_l3`, as in Kamailio.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { int, type KemiFunction, type Parameter, str } from '../../kemi/module.ts';
import { StoreRefusal } from '../../store/store.ts';
import type { Metric, MetricKind } from './declaration.ts';
import type { PromState } from './state.ts';

/** What a function does with a series once it is found. */
type Change = (state: PromState, metric: Metric, labels: readonly string[], value: string | number) => void;

/** One function in its four forms. */
interface Family {
	readonly name: string;
	readonly cfg?: string;
	readonly kind: MetricKind;
	/** What stands between the metric's name and the labels. */
	readonly value?: Parameter;
	readonly doc: string;
	readonly change: Change;
}

/** The number that a text begins with, as C's strtod reads it: 0 without one. */
function toNumber(value: string | number): number {
	const number = Number.parseFloat(String(value));
	return Number.isFinite(number) ? number : 0;
}

const FAMILIES: readonly Family[] = [
	{
		name: 'counter_reset',
		cfg: 'prom_counter_reset',
		kind: 'counter',
		doc: 'Sets a counter to 0.',
		change: ({ series }, metric, labels) => series.reset(metric, labels),
	},
	{
		name: 'gauge_reset',
		cfg: 'prom_gauge_reset',
		kind: 'gauge',
		doc: 'Sets a gauge to 0.',
		change: ({ series }, metric, labels) => series.reset(metric, labels),
	},
	{
		name: 'counter_inc',
		cfg: 'prom_counter_inc',
		kind: 'counter',
		value: int('by'),
		doc: 'Adds to a counter; a negative number is refused.',
		change: ({ series }, metric, labels, by) => series.count(metric, labels, by as number),
	},
	{
		name: 'gauge_set',
		cfg: 'prom_gauge_set',
		kind: 'gauge',
		value: str('value'),
		doc: 'Sets a gauge to a number, which may have a fraction; 0 for a text that is none.',
		change: ({ series }, metric, labels, value) => series.set(metric, labels, toNumber(value)),
	},
	{
		name: 'gauge_inc',
		cfg: 'prom_gauge_inc',
		kind: 'gauge',
		value: str('by'),
		doc: 'Adds a number to a gauge, which may be negative and have a fraction.',
		change: ({ series }, metric, labels, by) => series.add(metric, labels, toNumber(by)),
	},
	{
		name: 'histogram_observe',
		cfg: 'prom_histogram_observe',
		kind: 'histogram',
		value: str('value'),
		doc: 'Puts a number into a histogram.',
		change: ({ series }, metric, labels, value) => series.observe(metric, labels, toNumber(value)),
	},
];

function change(
	ctx: RequestContext,
	family: Family,
	state: PromState,
	args: readonly (string | number)[],
): 1 | -1 {
	const [name, ...rest] = args;
	const labels = (family.value ? rest.slice(1) : rest).map(String);
	const path = `KSR.xhttp_prom.${family.name}_l${labels.length}`;
	const metric = state.metrics.get(String(name));
	if (metric?.kind !== family.kind) return ctx.refuse(`${path}: there is no ${family.kind} "${name}"`);
	if (metric.labels.length !== labels.length)
		return ctx.refuse(`${path}: ${name} has ${metric.labels.length} labels, not ${labels.length}`);
	const value = rest[0] ?? 0;
	if (family.name === 'counter_inc' && (value as number) < 0)
		return ctx.refuse(`${path}: a counter cannot go down (${value})`);
	try {
		family.change(state, metric, labels, value);
		return 1;
	} catch (error) {
		if (error instanceof StoreRefusal) return ctx.refuse(`${path}: ${error.message}`);
		throw error;
	}
}

/** All of them. */
export function metricFunctions(stateOf: (ctx: RequestContext) => PromState): KemiFunction[] {
	return FAMILIES.flatMap((family) =>
		[0, 1, 2, 3].map((count): KemiFunction => {
			const labels = Array.from({ length: count }, (_, i) => str(`label${i + 1}`));
			return {
				name: `${family.name}_l${count}`,
				params: [str('metric'), ...(family.value ? [family.value] : []), ...labels],
				returns: 'int',
				doc: `${family.doc} For a metric with ${['no labels', 'one label', 'two labels', 'three labels'][count]}. 1, or -1 if there is no such metric.`,
				...(family.cfg ? { cfg: family.cfg } : {}),
				run: (ctx: RequestContext, ...args: (string | number)[]) => change(ctx, family, stateOf(ctx), args),
			} as KemiFunction;
		}),
	);
}
