/**
 * The metrics of the primary: it runs no script, so they are not its children's. A host without children has them
 * too.
 *
 * @module
 */
import type { Registry } from 'prom-client';
import { late, library } from '../late.ts';
import { readCounters } from './read-counters.ts';

const prometheus = library('prom-client');

/** What the primary is asked when its metrics are. */
export interface PrimaryFigures {
	/** Connections that no child has taken yet. */
	queueLength(): number;
	/** Connections that got 503 since too many waited already. */
	connectionsRefused(): number;
}

/** The metrics of the primary. What counts is here; what prints it is loaded when somebody asks. */
export class PrimaryMetrics {
	readonly #figures: PrimaryFigures;
	readonly #registry = late(() => this.#register());
	#restarts = 0;
	/** Both are there from the start, so that a first refusal is an increase. */
	readonly #reloads = { done: 0, refused: 0 };

	constructor(figures: PrimaryFigures) {
		this.#figures = figures;
	}

	/** A child serves in the place of another. */
	restarted(): void {
		this.#restarts++;
	}

	/** A reload has ended. */
	reloaded(result: 'done' | 'refused'): void {
		this.#reloads[result]++;
	}

	/** All of them, to be put together with those of the children (`mergeSnapshots`). */
	async snapshot(): Promise<string> {
		return JSON.stringify(await this.#registry().getMetricsAsJSON());
	}

	#register(): Registry {
		const { Counter, Gauge, Registry } = prometheus();
		const registry = new Registry();
		const registers = [registry];
		const figures = this.#figures;
		new Gauge({
			name: 'kemihost_queue_length',
			help: 'Connections that wait for a child to take them.',
			registers,
			collect() {
				this.set(figures.queueLength());
			},
		});
		const counter = readCounters(prometheus(), registers);
		counter(
			'kemihost_connections_refused_total',
			'Connections that got 503 since too many waited for a child.',
			() => figures.connectionsRefused(),
		);
		counter(
			'kemihost_restarts_total',
			'Children that took the place of one that had ended.',
			() => this.#restarts,
		);
		const reloads = this.#reloads;
		new Counter({
			name: 'kemihost_reloads_total',
			help: 'Reloads of the script: done in every child, or refused, so that the old one stayed in use.',
			labelNames: ['result'],
			registers,
			collect() {
				this.reset();
				for (const [result, count] of Object.entries(reloads)) this.inc({ result }, count);
			},
		});
		return registry;
	}
}
