/** What an older Node.js says, here one that only says to be older: the command, and npm before it installs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ROOT } from '../../tools/command.ts';
import { folderWith } from '../support/host.ts';

const OLD = `data:text/javascript,
	Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } });
	Object.defineProperty(process, 'version', { value: 'v20.1.0' });`;

/** Runs a program with a Node.js that says to be version 20. */
function run(program: string, event?: string) {
	const env = { ...process.env, ...(event && { npm_lifecycle_event: event }) };
	const { status, stderr } = spawnSync(process.execPath, ['--import', OLD, program], {
		env,
		encoding: 'utf8',
	});
	return { status, stderr };
}

/** The package in a folder of packages, with the others beside it. */
function installed(t: TestContext, ...others: string[]): string {
	const folder = folderWith(t, {});
	mkdirSync(join(folder, 'kemihost/bin'), { recursive: true });
	for (const other of others) {
		mkdirSync(join(folder, other));
		writeFileSync(join(folder, other, 'package.json'), '{}');
	}
	for (const name of ['package.json', 'bin/node-version.js'])
		copyFileSync(join(ROOT, name), join(folder, 'kemihost', name));
	return join(folder, 'kemihost/bin/node-version.js');
}

test('the command says which Node.js it needs, before it loads anything', () => {
	const { status, stderr } = run(join(ROOT, 'bin/kemihost.js'));
	assert.equal(status, 2);
	assert.match(
		stderr,
		/^kemihost needs Node\.js 24 or newer; this is v20\.1\.0 \[KH_NODE_VERSION\]\n {2}hint: /,
	);
});

test('npm is told before it builds what does not build there, unless it is about to bring a newer one', (t) => {
	assert.equal(run(installed(t), 'preinstall').status, 2);
	assert.deepEqual(run(installed(t, 'node'), 'preinstall'), { status: 0, stderr: '' });
	assert.equal(run(installed(t, 'node')).status, 2);
});
