import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENGINES } from '../../engines/list.ts';
import { runCorpus } from './run.ts';

for (const { name } of ENGINES)
	test(`${name} answers as Kamailio 5.6.3 did`, async (t) => {
		const { passed, failed, listedButPassing } = await runCorpus(name);
		t.diagnostic(`${passed.length} cases passed`);
		assert.deepEqual(Object.fromEntries(failed), {}, 'cases that fail');
		assert.deepEqual(listedButPassing, [], 'cases that pass although later.ts lists them');
	});
