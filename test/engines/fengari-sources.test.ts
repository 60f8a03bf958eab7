import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import '../../engines/fengari/library.ts';
import { CHANGES } from '../../engines/fengari/sources.ts';

const require = createRequire(import.meta.url);

test('each change to the sources of fengari finds its place in every file it names', () => {
	for (const { files, from } of CHANGES)
		for (const file of files) {
			const source = readFileSync(require.resolve(`fengari/src/${file}.js`), 'utf8');
			assert.match(source, new RegExp(from), `${file}.js: ${from}`);
		}
});

test('fengari is loaded with the changes', () => {
	const { adjust_top } = require('fengari/src/ldo.js') as { adjust_top: () => void };
	const { luaS_hash } = require('fengari/src/lstring.js') as { luaS_hash: (text: Uint8Array) => string };
	assert.doesNotMatch(String(adjust_top), /delete/);
	assert.notEqual(luaS_hash(Uint8Array.of(1, 0x23)), luaS_hash(Uint8Array.of(0x12, 3)));
});
