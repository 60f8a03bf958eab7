/**
 * The console samples of the documents, executed: each command prints what stands below it.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { outputOf, ROOT } from '../../tools/command.ts';
import { type Command, kemihost } from './command.ts';

/** The samples of one language in a document. */
export function samples(document: string, language: string): string[] {
	return [
		...readFileSync(ROOT + document, 'utf8').matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs')),
	].map(([, code = '']) => code);
}

/** The commands of a console sample, each with the output that stands below it. */
function commands(sample: string): { command: string; output: string }[] {
	return sample
		.split(/^\$ /m)
		.slice(1)
		.map((part) => {
			const end = part.indexOf('\n');
			return { command: part.slice(0, end), output: part.slice(end + 1) };
		});
}

/** Splits a command at blanks outside of quotes. */
function words(command: string): string[] {
	return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
		([, one, two, bare]) => one ?? two ?? bare ?? '',
	);
}

/** What curl would print. */
async function curl(args: string[], port: string): Promise<string> {
	const headers: Record<string, string> = {};
	let body: string | undefined;
	let url = '';
	for (let i = 0; i < args.length; i++) {
		const arg = args[i] ?? '';
		if (arg === '-H') {
			const [name = '', value = ''] = (args[++i] ?? '').split(': ');
			headers[name] = value;
		} else if (arg === '-d') body = args[++i] ?? '';
		else url = arg.replace(':8080', `:${port}`);
	}
	const init = body === undefined ? { headers } : { headers, method: 'POST', body };
	return (await fetch(url, init)).text();
}

/** Ports, times, memory and process ids differ from run to run. */
const masked = (text: string) =>
	text
		.replace(/(127\.0\.0\.1:)\d+/g, '$1PORT')
		.replace(/\d+(\.\d+)? (ms|MB|µs)\b/g, 'N $2')
		.replace(/ +(?=N (ms|µs))/g, ' ')
		.replace(/^( *\d+)\(\d+\) /gm, '$1(PID) ');

/** What a command prints on a terminal: both outputs in their order. */
async function printed(args: string[], cwd: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-console-'));
	try {
		const file = openSync(join(folder, 'output'), 'a');
		const child = spawn(process.execPath, [`${ROOT}bin/kemihost.js`, ...args], {
			cwd,
			env: { ...process.env, NO_COLOR: '1' },
			stdio: ['ignore', file, file],
		});
		await new Promise((resolve) => child.once('close', resolve));
		closeSync(file);
		return readFileSync(join(folder, 'output'), 'utf8');
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** True for what serves: `kemihost run …`, and `kemihost -f …` unless it only checks or prints the file. */
const serves = (args: readonly string[]) =>
	(args[0] === 'run' || args.includes('-f')) && !args.some((arg) => arg === '-c' || arg === '--cfg-print');

/** Plays a sample. What serves does so until the next command that is no curl. */
async function play(t: TestContext, sample: string, cwd = ROOT): Promise<void> {
	let server: Command | undefined;
	let port = '';
	for (const { command, output } of commands(sample)) {
		const [program, ...args] = words(command);
		if (program === 'curl') {
			const body = (await curl(args, port)).replace(/(?<!\n)$/, '\n'); // the next prompt stands on its own line
			assert.equal(masked(body), masked(output), command);
			continue;
		}
		assert.deepEqual([program, args.shift()], ['npx', 'kemihost'], command);
		server?.child.kill('SIGTERM');
		if (args[0] === 'debug') {
			const waiting = kemihost(
				t,
				args.map((arg) => arg.replace(/:\d+$/, ':0')),
				{ cwd },
			);
			await waiting.until(/waits for an editor/);
			assert.equal(masked(waiting.stdout()), masked(output), command);
			continue;
		}
		if (!serves(args)) {
			assert.equal(masked(await printed(args, cwd)), masked(output), command);
			continue;
		}
		server = kemihost(t, [...args, '--listen', '127.0.0.1:0'], { cwd });
		if (output.startsWith('kemihost serves')) {
			[, port = ''] = await server.until(/on http:\/\/127\.0\.0\.1:(\d+)/);
			assert.equal(masked(server.stdout()), masked(output), command);
		} else {
			await server.ended;
			assert.equal(server.stderr(), output, command);
		}
	}
}

/** A test for each console sample of a document. */
export function playDocument(document: string): void {
	for (const [i, sample] of samples(document, 'console').entries())
		test(`${document}: console sample ${i + 1}`, (t) => play(t, sample));
}

/**
 * A test that follows a guide in a folder of its own: console samples are played, and a block of code that names a file
 * (`\`\`\`lua hello/handler.lua`) is put into that file.
 */
export function followGuide(document: string): void {
	test(document, async (t) => {
		const folder = mkdtempSync(join(tmpdir(), 'kemihost-guide-'));
		t.after(() => rmSync(folder, { recursive: true }));
		const text = readFileSync(ROOT + document, 'utf8');
		for (const [, language, file, code = ''] of text.matchAll(/```(\w+)(?: (\S+))?\n(.*?)```/gs))
			if (language === 'console') await play(t, code, folder);
			else if (file) writeFileSync(join(folder, file), code);
	});
}

/** Plays the programs of a document: each prints what stands in its comments. */
export function playPrograms(document: string): void {
	const programs = samples(document, 'js').filter((sample) => sample.includes("from 'kemihost'"));
	for (const [i, program] of programs.entries())
		test(`${document}: program ${i + 1}`, async (t) => {
			const file = `${ROOT}sample-${process.pid}-${i}.ts`;
			t.after(() => rmSync(file));
			writeFileSync(file, program.replaceAll("'kemihost'", "'./src/index.ts'"));
			const expected = [...program.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line).join('\n');
			assert.equal((await outputOf(process.execPath, [file])).trimEnd().replace(/,$/, ','), expected);
		});
}
