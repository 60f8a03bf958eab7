import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coalesced } from '../src/coalesced.ts';

test('who asks while it runs shares the next run, which begins when the first is over, well or not', async () => {
	const runs: PromiseWithResolvers<number>[] = [];
	const ask = coalesced(() => {
		const run = Promise.withResolvers<number>();
		runs.push(run);
		return run.promise;
	});
	const first = [ask(), ask()];
	await Promise.resolve();
	assert.equal(runs.length, 1);
	const second = Array.from({ length: 100 }, () => ask());
	runs[0]?.reject(new Error('refused'));
	for (const one of await Promise.allSettled(first)) assert.equal(one.status, 'rejected');
	assert.equal(runs.length, 2);
	runs[1]?.resolve(2);
	assert.deepEqual(new Set(await Promise.all(second)), new Set([2]));
	assert.equal(runs.length, 2);
	const third = ask();
	await Promise.resolve();
	runs[2]?.resolve(3);
	assert.equal(await third, 3);
});
