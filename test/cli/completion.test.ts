/** `kemihost completion`: its scripts in real shells. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allCommands } from '../../src/cli/commands.ts';
import { folderWith } from '../support/host.ts';

const COMMANDS = await allCommands();

const BIN = fileURLToPath(new URL('../../bin/kemihost.js', import.meta.url));

const script = (shell: string) =>
	execFileSync(process.execPath, [BIN, 'completion', shell], { encoding: 'utf8' });

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What bash offers for a command line whose last word is being typed. */
function bashOffers(path: string, words: readonly string[]): string[] {
	const code = `source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_kemihost
printf '%s\\n' "\${COMPREPLY[@]}"`;
	const text = execFileSync('bash', ['--norc', '-c', code, 'bash', path, ...words], { encoding: 'utf8' });
	return text.split('\n').filter((line) => line !== '');
}

test('bash completes commands, flags, values and RPC commands', { skip: !has('bash') && 'no bash' }, (t) => {
	const path = join(folderWith(t, { completion: script('bash') }), 'completion');
	const offers = (...words: string[]) => bashOffers(path, ['kemihost', ...words]);
	assert.equal(offers('').length, COMMANDS.length);
	assert.deepEqual(offers('re'), ['request', 'record', 'replay']);
	assert.deepEqual(offers('run', '--log-f'), ['--log-format']);
	assert.deepEqual(offers('h.lua', '--log-f'), ['--log-format'], 'run is the command without one');
	assert.deepEqual(offers('types', '--for', 'ja'), ['javascript']);
	assert.deepEqual(offers('types', '--for', '=', 'ja'), ['javascript']);
	assert.ok(offers('types', '--for', '=').includes('lua'));
	assert.deepEqual(offers('run', '--engine', 'q'), ['quickjs']);
	assert.deepEqual(offers('run', '--log-level', 'd'), ['debug']);
	assert.deepEqual(offers('run', '--access-log', 'c'), ['common', 'combined']);
	assert.deepEqual(offers('rpc', 'htable.du'), ['htable.dump']);
	assert.deepEqual(offers('completion', 'z'), ['zsh']);
	assert.deepEqual(offers('run', './ha'), [], 'files are left to bash');
	assert.deepEqual(offers('run', '--tls-cert', ''), [], 'so are those of flags');
});

test('a script with quotes in its texts is a script for zsh and fish', async (t) => {
	for (const [shell, flag] of [
		['zsh', '-n'],
		['fish', '--no-execute'],
	] as const)
		await t.test(shell, { skip: !has(shell) && `no ${shell}` }, () => {
			execFileSync(shell, [flag, join(folderWith(t, { completion: script(shell) }), 'completion')]);
		});
});

test('every flag of every command is in the scripts', () => {
	const [bash, fish] = [script('bash'), script('fish')];
	for (const { options } of COMMANDS)
		for (const [name, { hidden }] of Object.entries(options))
			if (!hidden && name.length > 1) {
				assert.match(bash, new RegExp(`--${name}[ ']`));
				assert.match(fish, new RegExp(`-l ${name} `));
			}
});
