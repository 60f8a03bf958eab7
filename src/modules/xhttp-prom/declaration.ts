/**
 * Metrics as `modparam("xhttp_prom", "prom_counter", "name=calls; label=method:code")` declares them
 * (modules/xhttp_prom/prom_metric.c).
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import type { ParamValues } from '../../kemi/module.ts';

/** What a metric measures. */
export type MetricKind = 'counter' | 'gauge' | 'histogram';

/** A metric. */
export interface Metric {
	readonly kind: MetricKind;
	readonly name: string;
	/** The names of its labels, three at the most. */
	readonly labels: readonly string[];
	/** The upper bounds of a histogram's buckets, ascending, without the infinite one. */
	readonly buckets: readonly number[];
}

/** Kamailio's functions take up to three. */
const MOST_LABELS = 3;
const DEFAULT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

function wrong(kind: MetricKind, source: string, why: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `parameter prom_${kind} of module xhttp_prom: "${source}" ${why}`, {
		hint: 'write name=NAME, then ;label=A:B:C and, for a histogram, ;buckets=1:2.5:10',
	});
}

function parse(kind: MetricKind, source: string): Metric {
	const known = kind === 'histogram' ? ['name', 'label', 'buckets'] : ['name', 'label'];
	const values = new Map<string, string>();
	for (const part of source.split(';').filter((text) => text.trim() !== '')) {
		const [, key = '', value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
		if (!known.includes(key)) throw wrong(kind, source, `holds "${part.trim()}"`);
		values.set(key, value);
	}
	const name = values.get('name') ?? '';
	if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) throw wrong(kind, source, 'has no good name');
	const labels = values.get('label')?.split(':') ?? [];
	if (labels.length > MOST_LABELS) throw wrong(kind, source, `has more than ${MOST_LABELS} labels`);
	if (labels.some((label) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)))
		throw wrong(kind, source, 'has a label without a good name');
	const buckets = values.get('buckets')?.split(':').map(Number) ?? DEFAULT_BUCKETS;
	if (buckets.some((bound, i) => !Number.isFinite(bound) || bound <= (buckets[i - 1] ?? -Infinity)))
		throw wrong(kind, source, 'has buckets that do not ascend');
	return { kind, name, labels, buckets };
}

/**
 * Reads all metrics, in the order counters, gauges, histograms.
 * @throws KemihostError `KH_MODPARAM`
 */
export function declaredMetrics(params: ParamValues): Map<string, Metric> {
	const metrics = new Map<string, Metric>();
	for (const kind of ['counter', 'gauge', 'histogram'] as const)
		for (const source of params.all(`prom_${kind}`)) {
			const metric = parse(kind, String(source));
			if (metrics.has(metric.name)) throw wrong(kind, String(source), 'declares a metric a second time');
			metrics.set(metric.name, metric);
		}
	return metrics;
}
