/**
 * Runs the corpus over every engine: `npm run conformance [-- NAME]`. A case that needs what is not there yet stands
 * in `later.ts`; it has to fail, so that the list stays honest.
 *
 * @module
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINES } from '../../engines/list.ts';
import { GAPS, LATER } from './later.ts';

/** The path of a file beside this one. */
export const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The outcome of the corpus on one engine. */
export interface Outcome {
	engine: string;
	passed: string[];
	/** Failed cases that are not listed, with the runner's lines about them. */
	failed: Map<string, string>;
	/** Listed cases that pass. */
	listedButPassing: string[];
}

/** A text as one word of a shell. */
export function shellWord(text: string): string {
	return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Runs the corpus on one engine. The runner gives most requests one second, which a busy machine may need for itself: a
 * case that fails is asked again, alone, and then with more patience.
 */
export async function runCorpus(engine: string, only?: string): Promise<Outcome> {
	const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
	const socket = join(folder, 'hosts.sock');
	const hosts = fork(here('hosts.ts'), [socket]);
	await Promise.race([once(hosts, 'message'), once(hosts, 'exit')]);
	try {
		return await runOn(socket, engine, only);
	} finally {
		hosts.kill();
		rmSync(folder, { recursive: true });
	}
}

async function runOn(socket: string, engine: string, only?: string): Promise<Outcome> {
	const outcome = await runOnce(socket, engine, only);
	for (const patience of ['1', '10'])
		for (const name of outcome.failed.keys()) {
			const again = await runOnce(socket, engine, `^${name}$`, ['--patience', patience]);
			if (!again.passed.includes(name)) continue;
			outcome.failed.delete(name);
			outcome.passed.push(name);
		}
	return outcome;
}

async function runOnce(
	socket: string,
	engine: string,
	only?: string,
	more: readonly string[] = [],
): Promise<Outcome> {
	const language = ENGINES.find((e) => e.name === engine)?.language;
	const variant = language === 'javascript' ? 'js' : (language ?? 'native');
	const script = language === 'native' ? '{cfg}' : '{script}';
	const words = [process.execPath, here('target.ts'), socket, engine].map(shellWord).join(' ');
	const target = `${words} ${script} {port} {debug} {modparams} {case}`;
	const args = [here('conformance.mjs'), 'check', here('cases'), '--variants', variant];
	args.push('--target', target, '--log-format', 'json');
	if (only) args.push('--only', only);
	args.push(...more);
	const output = await collect(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }));

	const outcome: Outcome = { engine, passed: [], failed: new Map(), listedButPassing: [] };
	for (const [, verdict, name = '', details = ''] of output.matchAll(
		/^(pass|FAIL) (\S+)\/\w+(.*(?:\n {5}.*)*)/gm,
	)) {
		const listed = LATER[name] !== undefined || GAPS[engine]?.[name] !== undefined;
		if (verdict === 'FAIL' && !listed) outcome.failed.set(name, details.trim());
		if (verdict === 'pass') (listed ? outcome.listedButPassing : outcome.passed).push(name);
	}
	// a single case need not have a handler in every language
	const none = only !== undefined && /^0 passed, 0 failed$/m.test(output);
	if (outcome.passed.length === 0 && !none) outcome.failed.set('(the corpus)', `nothing passed:\n${output}`);
	return outcome;
}

/** What a command prints. */
export async function collect(child: ReturnType<typeof spawn>): Promise<string> {
	let output = '';
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	await new Promise((resolve) => child.once('close', resolve));
	return output;
}

if (import.meta.main) {
	let bad = 0;
	for (const { name } of ENGINES) {
		const { passed, failed, listedButPassing } = await runCorpus(name, process.argv[2]);
		console.log(
			`${name}: ${passed.length} passed, ${failed.size} failed, ${listedButPassing.length} wrongly listed`,
		);
		for (const [which, details] of failed) console.log(`  FAIL ${which}\n     ${details}`);
		for (const which of listedButPassing) console.log(`  passes but is listed in later.ts: ${which}`);
		bad += failed.size + listedButPassing.length;
	}
	process.exitCode = bad > 0 ? 1 : 0;
}
