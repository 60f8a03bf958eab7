/**
 * The test that each engine has in a file of its own, so that the engines are tested side by side.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCorpus } from './run.ts';

/** Every case of the corpus has the answer that Kamailio gave. */
export function testCorpus(engine: string): void {
	test(`${engine} answers as Kamailio 5.6.3 did`, async (t) => {
		const { passed, failed, listedButPassing } = await runCorpus(engine);
		t.diagnostic(`${passed.length} cases passed`);
		assert.deepEqual(Object.fromEntries(failed), {}, 'cases that fail');
		assert.deepEqual(listedButPassing, [], 'cases that pass although later.ts lists them');
	});
}
