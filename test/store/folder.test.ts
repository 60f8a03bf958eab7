/**
 * The folder of the shared store.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { createStateDir, removeStateDir } from '../../src/store/folder.ts';

test('a folder is made for one user, and removed with what is in it', () => {
	const folder = createStateDir();
	assert.equal(statSync(folder).mode & 0o777, 0o700);
	writeFileSync(join(folder, 'state.db'), 'x');
	removeStateDir(folder);
	assert.equal(existsSync(folder), false);
	removeStateDir(folder);
});

test('folders of hosts that were killed are removed, those of others are not', (t) => {
	const base = mkdtempSync(join(tmpdir(), 'kemihost-test-'));
	t.after(() => rmSync(base, { recursive: true, force: true }));
	const mine = createStateDir(base);
	const [, namespace] = /^kemihost-(\d+)-/.exec(basename(mine)) ?? [];
	const { pid: dead } = spawnSync(process.execPath, ['--version']);
	const others = [
		`kemihost-${namespace}-1-abcdef`,
		`kemihost-7-${dead}-abcdef`,
		'kemihost-test-x',
		'something',
	];
	for (const name of [`kemihost-${namespace}-${dead}-abcdef`, ...others]) mkdirSync(join(base, name));
	const next = createStateDir(base);
	assert.deepEqual(readdirSync(base).sort(), [basename(mine), basename(next), ...others].sort());
});
