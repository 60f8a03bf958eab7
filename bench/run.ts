/**
 * `npm run bench`: what a request costs in CPU time, side by side with other servers that do the same.
 *
 *     npm run bench -- [--workloads reply,rest] [--servers fengari,nginx-lua] [--children 1] [--seconds 3] [--rounds 3]
 *                      [--json FILE] [--compare FILE] [--stages] [--profile ENGINE]
 *
 * Figures drift with the machine; ratios within a run hold. So the servers take turns, round by round, and the median
 * of a server's rounds counts.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measure, type Sample } from './load.ts';
import { profile } from './profile.ts';
import { FLOOR, type Running, SERVERS, type ServerKind, start } from './servers.ts';
import { measureStages } from './stages.ts';
import { startUpstream } from './upstream.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

/** The result of one server for one kind of work. */
interface Result {
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

const { values: flags } = parseArgs({
	options: {
		workloads: { type: 'string', default: WORKLOADS.map(({ name }) => name).join(',') },
		servers: { type: 'string', default: SERVERS.map(({ name }) => name).join(',') },
		children: { type: 'string', default: '1' },
		seconds: { type: 'string', default: '3' },
		rounds: { type: 'string', default: '3' },
		json: { type: 'string' },
		compare: { type: 'string' },
		stages: { type: 'boolean', default: false },
		profile: { type: 'string' },
	},
});

function chosen<T extends { readonly name: string }>(all: readonly T[], names: string): T[] {
	return names.split(',').map((name) => {
		const found = all.find((one) => one.name === name);
		if (!found) throw new Error(`there is no ${name}: ${all.map((one) => one.name).join(', ')}`);
		return found;
	});
}

function median(samples: readonly Sample[]): Sample {
	return samples.toSorted((a, b) => a.cpu - b.cpu)[samples.length >> 1] as Sample;
}

/** All servers for one kind of work: started together, loaded in turns. */
async function compareServers(
	workload: Workload,
	kinds: readonly ServerKind[],
	upstream: string,
): Promise<Result[]> {
	const running = new Map<ServerKind, Running>();
	const samples = new Map<ServerKind, Sample[]>();
	try {
		for (const kind of kinds)
			running.set(kind, await start(kind, { workload, children: Number(flags.children), upstream }));
		for (let round = 0; round < Number(flags.rounds); round++)
			for (const [kind, { port, pid, output }] of running) {
				const sample = await measure(workload, port, pid, Number(flags.seconds)).catch((error: Error) => {
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

const show = (value: number | undefined) => (value === undefined ? '' : value.toFixed(2));

function table(results: readonly Result[], earlier: readonly Result[]): string {
	const rows = results.map(({ workload, server, sample, toKamailio, toFloor }) => {
		const before = earlier.find((one) => one.workload === workload && one.server === server);
		const change =
			before?.toFloor !== undefined && toFloor !== undefined
				? toFloor / before.toFloor
				: before && sample.cpu / before.sample.cpu;
		return [
			server,
			sample.cpu.toFixed(1),
			show(toKamailio),
			show(toFloor),
			sample.rate.toFixed(0),
			sample.p99,
			sample.bad > 0 ? `${sample.bad} bad` : '',
			...(earlier.length > 0 ? [show(change)] : []),
		];
	});
	const head = ['server', 'µs/request', '÷ Kamailio', '÷ floor', 'requests/s', 'p99', ''];
	if (earlier.length > 0) head.push('÷ earlier');
	const all = [head, ...rows];
	const widths = head.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
	return all
		.map((row) => row.map((cell, i) => cell[i === 0 ? 'padEnd' : 'padStart'](widths[i] ?? 0)).join('  '))
		.join('\n');
}

async function main(): Promise<void> {
	if (flags.profile !== undefined) {
		const [workload] = chosen(WORKLOADS, flags.workloads.split(',')[0] ?? '');
		const path = await profile(flags.profile, workload as Workload, Number(flags.seconds));
		console.log(`flame graph: ${path}`);
		return;
	}
	if (flags.stages) {
		await measureStages();
		return;
	}
	const earlier = flags.compare ? (JSON.parse(readFileSync(flags.compare, 'utf8')) as Result[]) : [];
	const kinds = chosen(SERVERS, flags.servers).filter((kind) => {
		const missing = kind.missing();
		if (missing) console.log(`left out: ${kind.name}, ${missing}`);
		return !missing;
	});
	const upstream = await startUpstream(50);
	const results: Result[] = [];
	for (const workload of chosen(WORKLOADS, flags.workloads)) {
		const some = await compareServers(
			workload,
			kinds.filter((kind) => kind.does(workload)),
			upstream.url,
		);
		results.push(...some);
		console.log(`\n${workload.name}: ${workload.doc}\n${table(some, earlier)}`);
	}
	upstream.close();
	if (flags.json) writeFileSync(flags.json, `${JSON.stringify(results, undefined, '\t')}\n`);
}

await main();
