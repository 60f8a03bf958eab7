/**
 * Servers side by side: started together, loaded in turns, round by round; the median of a server's rounds counts.
 *
 * @module
 */
import { measure, type Sample } from './load.ts';
import { FLOOR, type Running, type ServerKind, start } from './servers.ts';
import type { Workload } from './workloads.ts';

/** The result of one server for one kind of work. */
export interface Result {
	readonly workload: string;
	readonly server: string;
	/** The round with the median CPU time. */
	readonly sample: Sample;
	/** CPU time of all rounds. */
	readonly all: readonly number[];
	/** CPU time divided by that of Kamailio with the same language, and by the floor's. */
	readonly toKamailio: number | undefined;
	readonly toFloor: number | undefined;
}

/** How servers are compared. */
export interface CompareOptions {
	readonly children: number;
	/** Of load, for each round. */
	readonly seconds: number;
	readonly rounds: number;
	/** URL of the upstream. */
	readonly upstream: string;
}

function median(samples: readonly Sample[]): Sample {
	return samples.toSorted((a, b) => a.cpu - b.cpu)[samples.length >> 1] as Sample;
}

/** All servers for one kind of work: started together, loaded in turns. */
export async function compareServers(
	workload: Workload,
	kinds: readonly ServerKind[],
	options: CompareOptions,
): Promise<Result[]> {
	const { children, seconds, rounds, upstream } = options;
	const running = new Map<ServerKind, Running>();
	const samples = new Map<ServerKind, Sample[]>();
	try {
		for (const kind of kinds) running.set(kind, await start(kind, { workload, children, upstream }));
		for (let round = 0; round < rounds; round++)
			for (const [kind, { port, pid, output }] of running) {
				const sample = await measure(workload, port, pid, seconds).catch((error: Error) => {
					throw new Error(`${kind.name}: ${error.message}\n${output()}`);
				});
				samples.set(kind, [...(samples.get(kind) ?? []), sample]);
			}
	} finally {
		await Promise.all([...running.values()].map((one) => one.stop()));
	}
	const cpuOf = (test: (kind: ServerKind) => boolean) => {
		const kind = kinds.find(test);
		return kind && median(samples.get(kind) ?? []).cpu;
	};
	const floor = cpuOf(({ name }) => name === FLOOR);
	return kinds.map((kind) => {
		const all = samples.get(kind) ?? [];
		const sample = median(all);
		const same = cpuOf(({ name, language }) => name.startsWith('kamailio') && language === kind.language);
		return {
			workload: workload.name,
			server: kind.name,
			sample,
			all: all.map(({ cpu }) => cpu),
			toKamailio: kind.language && same ? sample.cpu / same : undefined,
			toFloor: floor ? sample.cpu / floor : undefined,
		};
	});
}
