/**
 * Metrics as Prometheus reads them, in the form of modules/xhttp_prom/prom.c: a time behind each value, six decimals
 * for all that is no count. Label values are escaped as the format demands, which Kamailio leaves out.
 *
 * @module
 */
import type { CounterListing } from '../statistics/counters.ts';
import type { Metric } from './declaration.ts';
import type { Series } from './series.ts';

/** What stands in front of every name; the labels of every series; and the time of the values in Unix milliseconds. */
export interface ExpositionOptions {
	readonly beginning: string;
	readonly tags: string;
	readonly now: number;
}

const escaped = (value: string) => value.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));

function line(
	options: ExpositionOptions,
	name: string,
	labels: readonly (readonly [name: string, value: string])[],
	value: string,
): string {
	const pairs = labels.map(([label, text]) => `${label}="${escaped(text)}"`);
	if (options.tags) pairs.push(options.tags);
	const braces = pairs.length > 0 ? `{${pairs.join(', ')}}` : '';
	return `${options.beginning}${name}${braces} ${value} ${options.now}\n`;
}

function seriesLines(metric: Metric, series: Series, options: ExpositionOptions): string {
	const labels = metric.labels.map((name, i) => [name, series.labels[i] ?? ''] as const);
	if (metric.kind !== 'histogram') {
		const value = metric.kind === 'counter' ? String(series.value) : series.value.toFixed(6);
		return line(options, metric.name, labels, value);
	}
	const bounds = [...metric.buckets.map((bound) => bound.toFixed(6)), '+Inf'];
	const buckets = bounds.map((bound, i) =>
		line(options, `${metric.name}_bucket`, [...labels, ['le', bound]], String(series.buckets[i] ?? 0)),
	);
	const sum = line(options, `${metric.name}_sum`, labels, series.value.toFixed(6));
	const count = line(options, `${metric.name}_count`, labels, String(series.buckets.at(-1) ?? 0));
	return buckets.join('') + sum + count;
}

/** The metrics of scripts. */
export function metricsText(
	metrics: ReadonlyMap<Metric, readonly Series[]>,
	options: ExpositionOptions,
): string {
	const lines = [...metrics].flatMap(([metric, all]) =>
		all.map((series) => seriesLines(metric, series, options)),
	);
	return metrics.size > 0 ? `# User defined metrics\n${lines.join('')}` : '# NO User defined metrics\n';
}

/**
 * The statistics of the host.
 * @param chosen `all`, or a group with a colon
 */
export function statisticsText(
	counters: readonly CounterListing[],
	chosen: string,
	options: ExpositionOptions,
): string {
	const title =
		chosen === 'all' ? 'Kamailio whole internal statistics' : `Kamailio statistics for group: ${chosen}`;
	const lines = counters
		.filter(({ group }) => chosen === 'all' || `${group}:` === chosen)
		.map(({ group, name, value }) =>
			line(options, `${group}_${name}`.replace(/[^a-zA-Z0-9_:]/g, '_'), [], String(value)),
		);
	return `\n# ${title}\n${lines.join('')}`;
}
