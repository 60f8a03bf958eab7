/**
 * `npm run bench -- --docs`: measures everything and writes docs/performance.md with its plots. Takes about ten minutes,
 * and wants a machine that has nothing else to do.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, release } from 'node:os';
import { join } from 'node:path';
import { table } from '../tools/markdown.ts';
import { type CompareOptions, compareServers, type Result } from './compare.ts';
import { footprints } from './footprint.ts';
import { FULL_GROWTH, QUICK_GROWTH, SUBJECTS, steepest } from './growth.ts';
import { barPlot, linePlot, short } from './plot.ts';
import { FINDINGS, INTRODUCTION } from './prose.ts';
import { FLOOR, SERVERS } from './servers.ts';
import { startUpstream } from './upstream.ts';
import { benchFile, WORKLOADS, type Workload } from './workloads.ts';

/** Where the page goes where nothing else is said. */
export const DOCS = benchFile('../docs/');

const ratio = (value: number | undefined) => (value === undefined ? '' : value.toFixed(2));

/** One table of the comparison: all servers for one kind of work. */
async function comparison(
	workload: Workload,
	options: CompareOptions,
	only?: readonly string[],
): Promise<string> {
	const kinds = SERVERS.filter(
		(kind) => !kind.missing() && kind.does(workload) && (!only || only.includes(kind.name)),
	);
	const results = await compareServers(workload, kinds, options);
	const haproxy = results.find(({ server }) => server === 'haproxy-lua')?.sample.cpu;
	const rows = results.map(({ server, sample, toKamailio, toFloor }: Result) => [
		server === FLOOR ? '`node:http`' : server,
		sample.cpu.toFixed(1),
		ratio(toKamailio),
		ratio(toFloor),
		...(haproxy === undefined ? [] : [ratio(sample.cpu / haproxy)]),
		sample.rate.toFixed(0),
		sample.p99,
	]);
	const head = ['server', 'µs CPU', '÷ Kamailio', '÷ node:http', 'requests/s', 'p99'];
	if (haproxy !== undefined) head.splice(4, 0, '÷ HAProxy');
	const children = options.children === 1 ? 'one child' : `${options.children} children`;
	return `### ${workload.doc[0]?.toUpperCase()}${workload.doc.slice(1)} (\`${workload.name}\`), ${children}\n\n${table(head, rows)}\n`;
}

async function comparisons(quick: boolean): Promise<string> {
	const upstream = await startUpstream(50);
	const options = { children: 1, seconds: quick ? 1 : 2, rounds: quick ? 1 : 3, upstream: upstream.url };
	const only = quick ? ['quickjs'] : undefined;
	let text = '';
	for (const workload of quick ? WORKLOADS.slice(0, 1) : WORKLOADS) {
		text += await comparison(workload, options, only);
		if (!quick && workload.name === 'reply') text += await comparison(workload, { ...options, children: 2 });
	}
	upstream.close();
	return text;
}

async function growth(quick: boolean, plots: string): Promise<string> {
	let text = '';
	for (const subject of SUBJECTS) {
		const series = await subject.measure(quick ? QUICK_GROWTH : FULL_GROWTH);
		writeFileSync(join(plots, `${subject.name}.svg`), linePlot(subject, series));
		const head = [subject.x, ...(series[0]?.points.map(([x]) => short(x)) ?? []), 'steepest'];
		const rows = series.map(({ name, points }) => [
			name,
			...points.map(([, y]) => short(y)),
			`n^${steepest(points).toFixed(2)}`,
		]);
		text += `### ${subject.title}\n\n${subject.doc} In ${subject.y}.\n\n${table(head, rows)}\n![${subject.title}](performance/${subject.name}.svg)\n\n`;
	}
	return text;
}

async function footprint(quick: boolean, plots: string): Promise<string> {
	const all = await footprints(quick ? 2 : 4);
	const bars = (title: string, unit: string, what: 'start' | 'child') =>
		barPlot(
			title,
			unit,
			all.map((one) => [one.engine, one[what]]),
		);
	writeFileSync(join(plots, 'start.svg'), bars('From the command to the first answer', 'ms', 'start'));
	writeFileSync(join(plots, 'memory.svg'), bars('Memory of a child', 'MB', 'child'));
	const rows = all.map(({ engine, start, child, further }) => [
		engine,
		start.toFixed(0),
		child.toFixed(0),
		further.toFixed(0),
	]);
	return `Measured from the sources, whose types Node strips while it loads them; the package is compiled, and starts sooner.

${table(['engine', 'ms to the first answer', 'MB of one child', 'MB of each child more'], rows)}
![From the command to the first answer](performance/start.svg)

![Memory of a child](performance/memory.svg)
`;
}

/**
 * Writes the page and its plots.
 * @param folder where `performance.md` and a folder of plots go
 * @param quick takes half a minute, and what it writes is worth nothing but to see that it works
 */
export async function writeDocs(folder: string, quick: boolean): Promise<void> {
	const plots = join(folder, 'performance');
	mkdirSync(plots, { recursive: true });
	const system = `${process.platform} ${release().replace(/^(\d+\.\d+).*/, '$1')}`;
	const machine = `${availableParallelism()} cores (${process.arch}), ${system}, Node ${process.versions.node}`;
	const compared = await comparisons(quick);
	const grown = await growth(quick, plots);
	const taken = await footprint(quick, plots);
	const text = `${INTRODUCTION}
Measured on ${new Date().toISOString().slice(0, 10)}, on a machine with ${machine}.

## Beside other servers

${compared}## Growth

${grown}## Start and memory

${taken}
${FINDINGS}`;
	const page = join(folder, 'performance.md');
	writeFileSync(page, text);
	console.log(`written: ${page}`);
}
