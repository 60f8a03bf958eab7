/** The README's samples, executed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { ROOT } from '../tools/command.ts';
import { playDocument, playPrograms, samples as samplesOf } from './support/console.ts';

const samples = (language: string) => samplesOf('README.md', language);

playDocument('README.md');

playPrograms('README.md');

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

test('the first handler of the README runs', async (t) => {
	const { hostFor } = await import('./support/host.ts');
	const host = await hostFor(t, samples('lua')[0] ?? '');
	assert.equal((await host.request()).body, 'hello 127.0.0.1');
});
