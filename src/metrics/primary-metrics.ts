/**
 * What the primary counts: it runs no script, so these are not its children's. A host without children counts them too.
 *
 * @module
 */
import type { Counter, Registry } from 'prom-client';
import { library } from '../late.ts';

const prometheus = library('prom-client');

/** What the primary is asked when its metrics are. */
export interface PrimaryFigures {
	/** Connections that no child has taken yet. */
	queueLength(): number;
	/** Connections that got 503 since too many waited already. */
	connectionsRefused(): number;
}

/** The metrics of the primary. */
export class PrimaryMetrics {
	readonly #registry: Registry;
	readonly #restarts: Counter;
	readonly #reloads: Counter<'result'>;

	constructor(figures: PrimaryFigures) {
		const { Counter, Gauge, Registry } = prometheus();
		this.#registry = new Registry();
		const registers = [this.#registry];
		new Gauge({
			name: 'kemihost_queue_length',
			help: 'Connections that wait for a child to take them.',
			registers,
			collect() {
				this.set(figures.queueLength());
			},
		});
		new Counter({
			name: 'kemihost_connections_refused_total',
			help: 'Connections that got 503 since too many waited for a child.',
			registers,
			collect() {
				this.reset();
				this.inc(figures.connectionsRefused());
			},
		});
		this.#restarts = new Counter({
			name: 'kemihost_restarts_total',
			help: 'Children that took the place of one that had ended.',
			registers,
		});
		this.#reloads = new Counter({
			name: 'kemihost_reloads_total',
			help: 'Times that the script was to be loaded anew: done in every child, or refused and the old one went on.',
			labelNames: ['result'],
			registers,
		});
		// both are there from the start, so that a first refusal is an increase
		for (const result of ['done', 'refused']) this.#reloads.inc({ result }, 0);
	}

	/** A child serves in the place of another. */
	restarted(): void {
		this.#restarts.inc();
	}

	/** A reload has ended. */
	reloaded(result: 'done' | 'refused'): void {
		this.#reloads.inc({ result });
	}

	/** All of them, to be put together with those of the children (`mergeSnapshots`). */
	async snapshot(): Promise<string> {
		return JSON.stringify(await this.#registry.getMetricsAsJSON());
	}
}
