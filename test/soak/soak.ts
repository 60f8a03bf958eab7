/**
 * Loads a host with good and hostile traffic for a while, kills its children at random, loads its script anew now and
 * then, and says what became of it: `npm run soak -- --seconds 900 [--engine NAME] [--children N] [--json]`.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { ENGINES, KSR_ENGINES } from '../../engines/list.ts';
import { outputOf } from '../../tools/command.ts';
import { Ledger } from './ledger.ts';
import { Traffic } from './traffic.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const CLIENTS = 8;
/** So many of the last lines of the host's log are printed where the soak fails. */
const TAIL = 60;

/** What a soak came to. */
export interface SoakReport {
	readonly engine: string;
	readonly seconds: number;
	readonly children: number;
	readonly requests: number;
	readonly right: number;
	readonly wrong: number;
	/** Answered by 503 with Retry-After. */
	readonly turnedAway: number;
	/** Stopped though they do not ask for much: the machine was busy, or another request broke the engine. The log names them. */
	readonly limited: number;
	/** Lost with their child. */
	readonly lost: number;
	/** Children that were killed by the soak, and all that were replaced. */
	readonly killed: number;
	readonly restarts: number;
	/** The script reloaded, and refused since the child that tried first ended while it did. */
	readonly reloads: readonly [done: number, refused: number];
	/** Counted in the shared table, answered and asked for: the first is between the others. */
	readonly counted: readonly [total: number, answered: number, asked: number];
	/** Resident memory in MiB of the primary and of all children together: after the start, and at the end. */
	readonly memory: { readonly start: Memory; readonly end: Memory };
	readonly exitCode: number | null;
	readonly examples: readonly string[];
	/** Where the host's log is. */
	readonly log: string;
}

interface Memory {
	readonly primary: number;
	readonly children: number;
}

/** Resident memory of a process and of its children. */
async function memoryOf(pid: number): Promise<Memory> {
	const rows = (await outputOf('ps', ['-A', '-o', 'pid=,ppid=,rss=']))
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number));
	const sum = (column: number) =>
		rows.filter((row) => row[column] === pid).reduce((total, row) => total + (row[2] ?? 0), 0);
	return { primary: Math.round(sum(0) / 1024), children: Math.round(sum(1) / 1024) };
}

/** The last lines of a log. */
function tailOf(path: string): string {
	return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-TAIL).join('\n');
}

/** A running host, and what its log says. */
function startHost(engine: string, children: number, ledger: Ledger, logFile: string) {
	const language = ENGINES.find(({ name }) => name === engine)?.language;
	if (!language) throw new Error(`there is no engine ${engine}`);
	const params = ['htable:htable:s:soak=>initval=0', 'mqueue:mqueue:s:name=q'];
	const args = [
		here('../../bin/kemihost.js'),
		'run',
		here(language === 'lua' ? 'handler.lua' : 'handler.js'),
		`--engine=${engine}`,
		`--children=${children}`,
		'--listen=127.0.0.1:0',
		'--log-format=kamailio',
		...params.map((param) => `--modparam=${param}`),
	];
	const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let [reloads, refused] = [0, 0];
	const url = new Promise<string>((resolve, reject) => {
		process_.stdout.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			const found = /on (http:\S+)/.exec(output)?.[1];
			if (found) resolve(found.replace(/\/$/, ''));
		});
		process_.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
	});
	const log = createWriteStream(logFile);
	let line = '';
	process_.stderr.on('data', (bytes: Buffer | string) => void log.write(bytes)).once('end', () => log.end());
	process_.stderr.setEncoding('utf8').on('data', (text: string) => {
		const lines = (line + text).split('\n');
		line = lines.pop() ?? '';
		for (const each of lines) {
			if (/child \d+ \(\d+\) ended/.test(each)) ledger.childEnded();
			const stopped = /was stopped for (\S+ \S+): (?:the CPU limit|the engine was lost)/.exec(each)?.[1];
			if (stopped) ledger.stoppedByLimit(stopped);
			if (/reloaded in/.test(each)) reloads++;
			if (/not reloaded/.test(each)) refused++;
			if (/ (BUG|CRITICAL): /.test(each)) ledger.bad(`the log says: ${each}`);
		}
	});
	return { process: process_, url, reloads: () => [reloads, refused] as const };
}

/** Kills a child, again and again; gives how many. */
async function killChildren(traffic: Traffic): Promise<number> {
	let killed = 0;
	while (!traffic.stopped) {
		await sleep(randomInt(2000, 6000));
		const pid = Number(await traffic.ask({ path: '/pid', right: ({ text }) => /^\d+$/.test(text) }));
		if (!(pid > 1)) continue;
		try {
			process.kill(pid, 'SIGKILL');
			killed++;
		} catch {
			// it has ended by itself meanwhile
		}
	}
	return killed;
}

async function reloadNowAndThen(host: ChildProcess, traffic: Traffic): Promise<void> {
	while (!traffic.stopped) {
		await sleep(randomInt(3000, 9000));
		host.kill('SIGHUP');
	}
}

/** Runs a soak. */
export async function soak(seconds: number, engine: string, children: number): Promise<SoakReport> {
	const ledger = new Ledger();
	const logFile = join(tmpdir(), `kemihost-soak-${engine}.log`);
	const host = startHost(engine, children, ledger, logFile);
	const ended = new Promise<number | null>((resolve) => host.process.once('close', resolve));
	const pid = host.process.pid ?? 0;
	try {
		const traffic = new Traffic(await host.url, ledger, CLIENTS + 2);
		const ears = setInterval(() => ledger.settle(), 1000);
		const work = [
			...Array.from({ length: CLIENTS }, () => traffic.good()),
			traffic.badScripts(),
			traffic.badClient(),
			traffic.badClient(),
			reloadNowAndThen(host.process, traffic),
		];
		const kills = killChildren(traffic);
		const warm = Math.min(20, seconds / 3);
		await Promise.race([sleep(warm * 1000), ended]);
		const start = await memoryOf(pid);
		await Promise.race([sleep((seconds - warm) * 1000), ended]);
		traffic.stopped = true;
		// What is asked of a host that is not there any more would be counted as wrong by the thousand.
		const { exitCode, signalCode } = host.process;
		if (exitCode !== null || signalCode !== null)
			ledger.bad(`the host ended in the middle of it, with ${signalCode ?? exitCode}`);
		await Promise.all(work);
		const killed = await kills;
		await sleep(3500); // the last ones to be killed are back
		clearInterval(ears);
		const end = await memoryOf(pid);
		const total = Number(await traffic.ask({ path: '/total', right: ({ text }) => /^\d+$/.test(text) }));
		await traffic.close();
		ledger.settle(true);
		if (!(total >= traffic.counted && total <= traffic.asked))
			ledger.bad(`${total} were counted, ${traffic.counted} answered, ${traffic.asked} asked for`);
		host.process.kill('SIGTERM');
		return {
			engine,
			seconds,
			children,
			requests: ledger.sent,
			right: ledger.right,
			wrong: ledger.wrong,
			turnedAway: ledger.turnedAway,
			limited: ledger.limited,
			lost: ledger.lost,
			killed,
			restarts: ledger.restarts,
			reloads: host.reloads(),
			counted: [total, traffic.counted, traffic.asked],
			memory: { start, end },
			exitCode: await ended,
			examples: ledger.examples,
			log: logFile,
		};
	} finally {
		host.process.kill('SIGKILL');
	}
}

function print(report: SoakReport): void {
	const { memory, counted, examples } = report;
	const rows: [string, string | number][] = [
		['engine', `${report.engine}, ${report.children} children`],
		['time', `${report.seconds} s`],
		['requests', report.requests],
		['answered as they should be', report.right],
		['wrong answers', report.wrong],
		['503 with Retry-After', report.turnedAway],
		['stopped by a limit, as the log says', report.limited],
		['lost with their child', report.lost],
		['children killed by the soak', report.killed],
		['children replaced in all', report.restarts],
		['reloads: done, refused', report.reloads.join(', ')],
		['counted: in the table, answered, asked for', counted.join(', ')],
		['memory at start', `${memory.start.primary} MiB primary, ${memory.start.children} MiB children`],
		['memory at end', `${memory.end.primary} MiB primary, ${memory.end.children} MiB children`],
		['exit code', `${report.exitCode}`],
		['the log of the host', report.log],
	];
	for (const [name, value] of rows) console.log(`${name.padEnd(44)}${value}`);
	for (const example of examples) console.log(`wrong: ${example}`);
}

if (import.meta.main) {
	const values = await yargs(process.argv.slice(2))
		.scriptName('npm run soak --')
		.usage(
			'$0 [options]\n\nGives a host trouble for a time, and counts what became of its requests (docs/soak.md).',
		)
		.options({
			seconds: { type: 'number', default: 60, describe: 'how long' },
			engine: {
				choices: KSR_ENGINES.map(({ name }) => name),
				default: 'fengari',
				describe: 'the engine of the script',
			},
			children: { type: 'number', default: 4, describe: 'child processes of the host' },
			json: { type: 'boolean', default: false, describe: 'the report for programs' },
		})
		.strict()
		.version(false)
		.parseAsync();
	const report = await soak(values.seconds, values.engine, values.children);
	if (values.json) console.log(JSON.stringify(report, null, '\t'));
	else print(report);
	if (report.wrong > 0 || report.exitCode !== 0) {
		console.error(`the log ends with:\n${tailOf(report.log)}`);
		process.exitCode = 1;
	}
}
