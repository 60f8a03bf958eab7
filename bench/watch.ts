/**
 * How long it takes from saving a file to the first answer of the new code, with `kemihost run --watch`. Prints a row
 * for each engine: the median and the range over the rounds, in milliseconds.
 *
 *   node bench/watch.ts [ROUNDS]
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROUNDS = Number(process.argv[2] ?? 15);
const BIN = fileURLToPath(new URL('../bin/kemihost.js', import.meta.url));

const lua = (n: number) => `function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", "${n}") end`;
const js = (n: number) => `function ksr_xhttp_event() { KSR.xhttp.xhttp_reply(200, "OK", "", "${n}"); }`;

const CASES = [
	['fengari', 'h.lua', lua],
	['wasmoon', 'h.lua', lua],
	['quickjs', 'h.js', js],
	['isolated-vm', 'h.js', js],
] as const;

/** Starts a server; gives its URL and how to end it. */
async function serve(script: string, engine: string): Promise<{ url: string; end: () => Promise<void> }> {
	const args = ['run', script, '--engine', engine, '--watch', '--children', '1', '--listen', '127.0.0.1:0'];
	const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	let said = '';
	for await (const chunk of child.stdout) {
		said += chunk;
		const [, url] = /on (http:\S+)/.exec(said) ?? [];
		if (!url) continue;
		return {
			url,
			end: async () => {
				child.kill('SIGTERM');
				await ended;
			},
		};
	}
	throw new Error('the server ended');
}

/** Saves the script, and asks until the new code answers. */
async function round(url: string, script: string, code: string, expected: string): Promise<number> {
	const saved = performance.now();
	writeFileSync(script, code);
	while ((await (await fetch(url)).text()) !== expected) await sleep(1);
	return performance.now() - saved;
}

console.log('| engine | median | range |\n| --- | --- | --- |');
for (const [engine, name, code] of CASES) {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-bench-'));
	const script = join(folder, name);
	writeFileSync(script, code(0));
	const { url, end } = await serve(script, engine);
	const times: number[] = [];
	for (let n = 1; n <= ROUNDS; n++) {
		times.push(await round(url, script, code(n), String(n)));
		await sleep(100);
	}
	await end();
	rmSync(folder, { recursive: true });
	times.sort((a, b) => a - b);
	const at = (index: number) => `${(times[index] ?? 0).toFixed(0)} ms`;
	console.log(`| \`${engine}\` | ${at(times.length >> 1)} | ${at(0)} to ${at(times.length - 1)} |`);
}
