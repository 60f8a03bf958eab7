/**
 * `npm run bench`: what a request costs in CPU time, side by side with other servers that do the same.
 *
 *     npm run bench -- [--workloads reply,rest] [--servers fengari,nginx-lua] [--children 1] [--seconds 3] [--rounds 3]
 *                      [--json FILE] [--compare FILE] [--stages] [--profile ENGINE] [--growth] [--docs [--out FOLDER]] [--quick]
 *
 * Figures drift with the machine; ratios within a run hold. So the servers take turns, round by round, and the median
 * of a server's rounds counts.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareServers, type Result } from './compare.ts';
import { DOCS, writeDocs } from './docs.ts';
import { FULL_GROWTH, QUICK_GROWTH, SUBJECTS, steepest } from './growth.ts';
import { short } from './plot.ts';
import { profile } from './profile.ts';
import { SERVERS } from './servers.ts';
import { measureStages } from './stages.ts';
import { startUpstream } from './upstream.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

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
		growth: { type: 'boolean', default: false },
		docs: { type: 'boolean', default: false },
		quick: { type: 'boolean', default: false },
		out: { type: 'string', default: DOCS },
	},
});

function chosen<T extends { readonly name: string }>(all: readonly T[], names: string): T[] {
	return names.split(',').map((name) => {
		const found = all.find((one) => one.name === name);
		if (!found) throw new Error(`there is no ${name}: ${all.map((one) => one.name).join(', ')}`);
		return found;
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

/** The growth of the cost of a request, a row for each size. */
async function printGrowth(quick: boolean): Promise<void> {
	for (const subject of SUBJECTS) {
		const series = await subject.measure(quick ? QUICK_GROWTH : FULL_GROWTH);
		console.log(`\n${subject.title}: ${subject.y}`);
		for (const { name, points } of series)
			console.log(
				`${name.padEnd(14)}${points.map(([x, y]) => `${short(x)}: ${short(y)}`.padStart(16)).join('')}   at most n^${steepest(points).toFixed(2)}`,
			);
	}
}

async function main(): Promise<void> {
	if (flags.profile !== undefined) {
		const [workload] = chosen(WORKLOADS, flags.workloads.split(',')[0] ?? '');
		const path = await profile(flags.profile, workload as Workload, Number(flags.seconds));
		console.log(`flame graph: ${path}`);
		return;
	}
	if (flags.docs) {
		await writeDocs(flags.out, flags.quick);
		return;
	}
	if (flags.growth) {
		await printGrowth(flags.quick);
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
			{
				children: Number(flags.children),
				seconds: Number(flags.seconds),
				rounds: Number(flags.rounds),
				upstream: upstream.url,
			},
		);
		results.push(...some);
		console.log(`\n${workload.name}: ${workload.doc}\n${table(some, earlier)}`);
	}
	upstream.close();
	if (flags.json) writeFileSync(flags.json, `${JSON.stringify(results, undefined, '\t')}\n`);
}

await main();
