/**
 * Puts load on a server by wrk, and reads what the server's processes took for it.
 *
 * @module
 */
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { benchFile, type Workload } from './workloads.ts';

const run = promisify(execFile);

/** What one round of load has shown. */
export interface Sample {
	/** CPU time of all of the server's processes, user and system, in microseconds for each request. */
	readonly cpu: number;
	/** Requests in a second. */
	readonly rate: number;
	/** The 99th percentile of the time to an answer, as wrk writes it. */
	readonly p99: string;
	/** Answers that were no 2xx or 3xx, and errors of sockets. */
	readonly bad: number;
}

/** A clock tick of /proc, in microseconds. */
const TICK = 1e6 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Parent and CPU ticks of every process. */
function processes(): Map<number, { parent: number; ticks: number }> {
	const all = new Map<number, { parent: number; ticks: number }>();
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		try {
			const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			all.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
		} catch {} // it has ended
	}
	return all;
}

/** CPU time of a process and all below it, in microseconds. */
function cpuOf(root: number): number {
	const all = processes();
	const belongs = (pid: number): boolean => pid === root || (pid > 1 && belongs(all.get(pid)?.parent ?? 0));
	let ticks = 0;
	for (const [pid, one] of all) if (belongs(pid)) ticks += one.ticks;
	return ticks * TICK;
}

async function wrk(workload: Workload, port: number, seconds: number): Promise<string> {
	const script = workload.script ? ['-s', benchFile(`wrk/${workload.script}`)] : [];
	const args = ['-t1', `-c${workload.connections}`, `-d${seconds}`, '--latency', ...script];
	return (await run('wrk', [...args, `http://127.0.0.1:${port}/`])).stdout;
}

const number = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);

/**
 * One round.
 * @param pid the server's first process
 * @param seconds of load that count, behind a shorter time to warm up
 */
export async function measure(
	workload: Workload,
	port: number,
	pid: number,
	seconds: number,
): Promise<Sample> {
	await wrk(workload, port, 1);
	const before = cpuOf(pid);
	const said = await wrk(workload, port, seconds);
	const cpu = cpuOf(pid) - before;
	const requests = number(said, /(\d+) requests in/);
	const socketErrors = [...(/Socket errors: (.*)/.exec(said)?.[1] ?? '').matchAll(/\d+/g)];
	return {
		cpu: requests > 0 ? cpu / requests : Number.NaN,
		rate: number(said, /Requests\/sec: +([\d.]+)/),
		p99: /99% +(\S+)/.exec(said)?.[1] ?? '',
		bad:
			number(said, /Non-2xx or 3xx responses: (\d+)/) + socketErrors.reduce((sum, [n]) => sum + Number(n), 0),
	};
}
