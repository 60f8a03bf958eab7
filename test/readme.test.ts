/** The README's samples, executed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { outputOf, ROOT } from '../tools/command.ts';
import { type Command, kemihost } from './support/command.ts';

const README = readFileSync(`${ROOT}README.md`, 'utf8');

function samples(language: string): string[] {
	return [...README.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(
		([, code = '']) => code,
	);
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

/** Splits a command at blanks outside of single quotes. */
function words(command: string): string[] {
	return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
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

/** Ports differ from run to run. */
const masked = (text: string) => text.replace(/(127\.0\.0\.1:)\d+/g, '$1PORT');

async function play(t: TestContext, sample: string): Promise<void> {
	let server: Command | undefined;
	let port = '';
	for (const { command, output } of commands(sample)) {
		const [program, ...args] = words(command);
		if (program === 'curl') {
			assert.equal(masked(await curl(args, port)), masked(output), command);
			continue;
		}
		assert.deepEqual([program, args.shift()], ['npx', 'kemihost'], command);
		server?.child.kill('SIGTERM');
		server = kemihost(t, [...args, '--listen', '127.0.0.1:0']);
		if (output.startsWith('kemihost serves')) {
			[, port = ''] = await server.until(/on http:\/\/127\.0\.0\.1:(\d+)/);
			assert.equal(masked(server.stdout()), masked(output), command);
		} else {
			await server.ended;
			assert.equal(server.stderr(), output, command);
		}
	}
}

for (const [i, sample] of samples('console').entries())
	test(`console sample ${i + 1}`, (t) => play(t, sample));

for (const [i, sample] of samples('js').entries())
	test(`program ${i + 1}`, async (t) => {
		const file = `${ROOT}readme-sample-${process.pid}-${i}.ts`;
		t.after(() => rmSync(file));
		writeFileSync(file, sample.replaceAll("'kemihost'", "'./src/index.ts'"));
		const expected = [...sample.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line).join('\n');
		assert.equal((await outputOf(process.execPath, [file])).trimEnd().replace(/,$/, ','), expected);
	});

test('npm start serves a handler', async (t) => {
	const child = spawn('npm', ['start'], {
		cwd: ROOT,
		env: { ...process.env, KEMIHOST_LISTEN: '127.0.0.1:0' },
		stdio: ['ignore', 'pipe', 'inherit'],
		detached: true,
	});
	t.after(() => process.kill(-(child.pid ?? 0), 'SIGKILL'));
	let said = '';
	for await (const chunk of child.stdout) {
		said += chunk;
		const [, url] = /on (http:\S+)/.exec(said) ?? [];
		if (!url) continue;
		assert.match(await (await fetch(url)).text(), /OK - \[127\.0\.0\.1:\d+\]/);
		return;
	}
	assert.fail(said);
});

test('the first handler is one', async (t) => {
	const { hostFor } = await import('./support/host.ts');
	const host = await hostFor(t, samples('lua')[0] ?? '');
	assert.equal((await host.request()).body, 'hello 127.0.0.1');
});
