/**
 * The host's own metrics: one registry in each child; they are added up when they are read.
 *
 * @module
 */
import type { Counter, Histogram, Registry } from 'prom-client';
import type { HttpReply } from '../http/reply.ts';
import type { HostServices, RequestContext } from '../kemi/context.ts';
import type { HostObserver } from '../kemi/observer.ts';
import { library } from '../late.ts';
import { readCounters } from './read-counters.ts';

const prometheus = library('prom-client');

/** The RPC command that gives them: every child's, put together. */
export const METRICS_COMMAND = 'kemihost.metrics';

/** Seconds; what a handler takes that waits for nothing is far below the first. */
const LATENCIES = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the host tells that no service of it counts. */
export interface HostFigures {
	/** Bytes that the engine's heap holds. */
	engineMemory(): number;
	/** Requests that have no reply yet. */
	requestsInFlight(): number;
}

/** The metrics of one child. */
export class HostMetrics implements HostObserver {
	readonly #registry: Registry;
	readonly #requests: Counter<'callback' | 'code'>;
	readonly #latency: Histogram;
	readonly #cpu: Counter<'callback'>;
	readonly #limits: Counter<'limit'>;

	constructor(host: HostServices, figures: HostFigures) {
		const { Counter, Gauge, Histogram, Registry } = prometheus();
		this.#registry = new Registry();
		const registers = [this.#registry];
		this.#requests = new Counter({
			name: 'kemihost_requests_total',
			help: 'Requests that were answered, by the function of the script and the status.',
			labelNames: ['callback', 'code'],
			registers,
		});
		this.#latency = new Histogram({
			name: 'kemihost_request_duration_seconds',
			help: 'Time from a request to its reply, waiting included.',
			buckets: LATENCIES,
			registers,
		});
		this.#cpu = new Counter({
			name: 'kemihost_script_seconds_total',
			help: 'Time that the engine ran, by the function of the script.',
			labelNames: ['callback'],
			registers,
		});
		this.#limits = new Counter({
			name: 'kemihost_limit_hits_total',
			help: 'Scripts that were stopped and requests that were turned away, by the limit.',
			labelNames: ['limit'],
			registers,
		});
		const child = String(host.childIndex);
		const gauge = (name: string, help: string, read: () => number, perChild = false) =>
			new Gauge({
				name,
				help,
				registers,
				labelNames: perChild ? ['child'] : [],
				collect() {
					if (perChild) this.set({ child }, read());
					else this.set(read());
				},
			});
		gauge('kemihost_requests_in_flight', 'Requests that have no reply yet.', () =>
			figures.requestsInFlight(),
		);
		gauge('kemihost_waiting_handlers', 'Handlers that wait for something.', () => host.waiting.counters.now);
		gauge('kemihost_connections', 'Connections that are open.', () => host.connections().length);
		gauge('kemihost_engine_bytes', "Memory of the script's engine.", () => figures.engineMemory(), true);
		gauge('kemihost_process_bytes', 'Memory of the child.', () => process.memoryUsage.rss(), true);
		gauge('kemihost_start_time_seconds', 'When the child started, as Unix time.', () => host.startTime, true);
		gauge(
			'kemihost_store_reachable',
			'1 while the store that hosts share can be reached, and for a store that is always there; else 0.',
			() => Number(host.store.reachable ?? true),
			true,
		);
		new Gauge({
			name: 'kemihost_store_bytes',
			help: 'Room that shared tables and queues take up, with a store on a server as that estimates it.',
			registers,
			// every child sees the same store
			aggregator: 'max',
			collect() {
				const { bytes } = host.store;
				// no value is better than a wrong one
				if (bytes === undefined) this.remove();
				else this.set(bytes);
			},
		});
		const counter = readCounters(prometheus(), registers);
		counter('kemihost_waits_total', 'Handlers that have waited.', () => host.waiting.counters.total);
		counter(
			'kemihost_waits_refused_total',
			'Handlers that were turned away since too many waited.',
			() => host.waiting.counters.refused,
		);
	}

	answered(ctx: RequestContext, reply: HttpReply, took: number): void {
		this.#requests.inc({ callback: ctx.callback ?? '', code: reply.upgrade ? 101 : reply.status });
		this.#latency.observe(took / 1000);
	}

	ran(callback: string, took: number): void {
		this.#cpu.inc({ callback }, took / 1000);
	}

	stopped(limit: string): void {
		this.#limits.inc({ limit });
	}

	/** All of them, to be put together with those of other children. */
	async snapshot(): Promise<string> {
		return JSON.stringify(await this.#registry.getMetricsAsJSON());
	}
}

/** Puts the metrics of several children together, as Prometheus reads them. */
export async function mergeSnapshots(snapshots: readonly string[]): Promise<string> {
	return prometheus()
		.AggregatorRegistry.aggregate(snapshots.map((text) => JSON.parse(text)))
		.metrics();
}
