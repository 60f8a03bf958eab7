/**
 * The values of metrics, which all children share: one series for each metric and its labels' values.
 *
 * Counters and buckets are counted by the store, so that no child's step is lost. The store counts integers; gauges and
 * sums are kept in millionths, which is as exact as Kamailio prints them (`%f`).
 *
 * @module
 */
import type { SharedTable } from '../../store/store.ts';
import type { Metric } from './declaration.ts';

/** Where a gauge's millionths no longer fit into an integer, it is kept as a text, and cannot be counted in one step. */
const SCALE = 1e6;

/** One series. */
export interface Series {
	readonly labels: readonly string[];
	/** The value; of a histogram its sum. */
	readonly value: number;
	/** A histogram's buckets, each with all below it, and last the infinite one, which is the count. */
	readonly buckets: readonly number[];
}

/** What a part of a series is called in its key: its value, one of its buckets, or its place among the others. */
type Part = 'value' | 'place' | number;

/** How many series are remembered to have a place. */
const MOST_PLACED = 10_000;
/** How many times longer than a series its place is kept; a series that outlives it goes to the end. */
const PLACE_LIFETIMES = 100;
/** The key that counts the places. */
const PLACES = '[""]';

const keyOf = (metric: Metric, labels: readonly string[], part: Part) =>
	JSON.stringify([metric.name, part, ...labels]);

/** The series of all metrics. */
export class SeriesStore {
	readonly #table: SharedTable;
	readonly #lifetime: number;
	/** The series that have a place, as far as this child has seen. */
	readonly #placed = new Set<string>();

	/** @param lifetime milliseconds after which a series goes that nobody has touched */
	constructor(table: SharedTable, lifetime: number) {
		this.#table = table;
		this.#lifetime = lifetime;
	}

	/** Adds to a counter. */
	count(metric: Metric, labels: readonly string[], by: number): void {
		this.#place(metric, labels);
		this.#add(keyOf(metric, labels, 'value'), by);
	}

	/** Sets a gauge. */
	set(metric: Metric, labels: readonly string[], value: number): void {
		this.#place(metric, labels);
		this.#set(keyOf(metric, labels, 'value'), value);
	}

	/** Adds to a gauge. */
	add(metric: Metric, labels: readonly string[], by: number): void {
		this.#place(metric, labels);
		const key = keyOf(metric, labels, 'value');
		const scaled = Math.round(by * SCALE);
		if (Number.isSafeInteger(scaled) && this.#add(key, scaled) !== undefined) return;
		this.#set(key, unscaled(this.#table.get(key)) + by);
	}

	/** Sets a counter or a gauge to 0. */
	reset(metric: Metric, labels: readonly string[]): void {
		this.#place(metric, labels);
		this.#table.set(keyOf(metric, labels, 'value'), 0, this.#expiry);
	}

	/** Puts a value into a histogram. */
	observe(metric: Metric, labels: readonly string[], value: number): void {
		// all of them, so that a series is whole from its first value on
		metric.buckets.forEach((bound, i) => {
			this.#add(keyOf(metric, labels, i), value <= bound ? 1 : 0);
		});
		this.#add(keyOf(metric, labels, metric.buckets.length), 1);
		this.add(metric, labels, value);
	}

	/** The series of each metric, as they are now, in the order in which they came. */
	all(metrics: ReadonlyMap<string, Metric>): Map<Metric, Series[]> {
		const parts = [...this.#table.items()].map(({ key, value }) => {
			const [name, part, ...labels] = JSON.parse(key) as [string, Part, ...string[]];
			return { name, part, labels, value };
		});
		const byMetric = Map.groupBy(parts, ({ name }) => name);
		return new Map(
			[...metrics.values()].map((metric) => {
				const own = Map.groupBy(byMetric.get(metric.name) ?? [], ({ labels }) => JSON.stringify(labels));
				const all = [...own.values()].map((found) => seriesOf(metric, found));
				return [metric, all.filter((series) => series !== undefined).sort((a, b) => a.place - b.place)];
			}),
		);
	}

	/** Gives a new series the place behind all others. */
	#place(metric: Metric, labels: readonly string[]): void {
		const key = keyOf(metric, labels, 'place');
		if (this.#placed.has(key)) return;
		if (this.#table.get(key) === undefined)
			this.#table.declare(
				key,
				this.#table.increment(PLACES, 1, { initial: 0 }) ?? 0,
				Date.now() + PLACE_LIFETIMES * this.#lifetime,
			);
		if (this.#placed.size >= MOST_PLACED) this.#placed.clear();
		this.#placed.add(key);
	}

	get #expiry() {
		return { at: Date.now() + this.#lifetime };
	}

	#add(key: string, by: number): number | undefined {
		return this.#table.increment(key, by, { initial: 0, ...this.#expiry });
	}

	#set(key: string, value: number): void {
		const scaled = Math.round(value * SCALE);
		this.#table.set(key, Number.isSafeInteger(scaled) ? scaled : String(value), this.#expiry);
	}
}

function unscaled(stored: string | number | undefined): number {
	return typeof stored === 'number' ? stored / SCALE : Number(stored ?? 0);
}

/** Puts a series together; undefined if only its place is left of it. */
function seriesOf(
	{ kind }: Metric,
	parts: readonly { part: Part; labels: readonly string[]; value: string | number }[],
): (Series & { place: number }) | undefined {
	const buckets: number[] = [];
	let place = Number.POSITIVE_INFINITY;
	let total: number | undefined;
	for (const { part, value } of parts) {
		if (part === 'place') place = Number(value);
		else if (part === 'value') total = kind === 'counter' ? Number(value) : unscaled(value);
		else buckets[part] = Number(value);
	}
	return total === undefined ? undefined : { labels: parts[0]?.labels ?? [], value: total, buckets, place };
}
