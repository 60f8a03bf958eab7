import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CfgParser } from '../../src/config/kamailio/parser.ts';
import { goldenNames, readGolden, resultOf } from './golden.ts';

for (const name of goldenNames())
	test(`${name} is read as expected`, () => {
		const { input, expected } = readGolden(name);
		assert.equal(resultOf(input), expected, `see it, then run: node test/config/golden.ts ${name}`);
	});

test('the grammar is sound', () => {
	assert.doesNotThrow(() => new CfgParser(true));
});
