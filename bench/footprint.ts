/**
 * What a host takes before it has done much: the time until it answers, and the memory of a child.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { ENGINES } from '../engines/list.ts';
import { type Running, SERVERS, start } from './servers.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

/** What one engine takes. */
export interface Footprint {
	readonly engine: string;
	/** Milliseconds from the start of the command to the first answer, with one child. */
	readonly start: number;
	/** Megabytes of a child that has answered some thousand requests, and of each child more. */
	readonly child: number;
	readonly further: number;
}

const REQUESTS = 3000;

/** The processes below a process. */
function childrenOf(pid: number): number[] {
	const all: number[] = [];
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		try {
			const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
			if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) all.push(Number(name));
		} catch {} // it has ended
	}
	return all;
}

/** Megabytes of a process, of which what it shares with others is counted in part. */
function memoryOf(pid: number): number {
	const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
	return Number(/^Pss: +(\d+)/m.exec(text)?.[1]) / 1024;
}

/** Megabytes of all children of a server, after some requests. */
async function memoryAfter({ port, pid }: Running): Promise<number> {
	const ask = async () => {
		for (let i = 0; i < REQUESTS / 8; i++) await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer();
	};
	await Promise.all(Array.from({ length: 8 }, ask));
	return childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), 0);
}

/** Measures all engines. */
export async function footprints(rounds: number): Promise<Footprint[]> {
	const workload = WORKLOADS.find(({ name }) => name === 'reply') as Workload;
	const all: Footprint[] = [];
	for (const { name } of ENGINES) {
		const kind = SERVERS.find((server) => server.name === name);
		if (!kind) continue;
		const times: number[] = [];
		const memory: Record<number, number> = {};
		for (let round = 0; round < Math.max(2, rounds); round++) {
			const children = round === 1 ? 3 : 1;
			const began = performance.now();
			const server = await start(kind, { workload, children, upstream: '' });
			if (children === 1) times.push(performance.now() - began);
			memory[children] ??= await memoryAfter(server);
			await server.stop();
		}
		const { 1: one = 0, 3: three = 0 } = memory;
		times.sort((a, b) => a - b);
		all.push({ engine: name, start: times[times.length >> 1] ?? 0, child: one, further: (three - one) / 2 });
	}
	return all;
}
