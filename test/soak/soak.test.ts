/** The soak itself, for some seconds: `npm run soak` goes on for longer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soak } from './soak.ts';

for (const engine of ['fengari', 'quickjs'])
	test(`under good and hostile traffic, with children killed, ${engine} gives no wrong answer`, async (t) => {
		const report = await soak(8, engine, 3);
		t.diagnostic(`${report.requests} requests, ${report.restarts} children replaced, ${report.lost} lost`);
		assert.deepEqual([report.wrong, report.examples], [0, []]);
		assert.equal(report.exitCode, 0);
		assert.ok(report.right > 50, `${report.right} were answered`);
	});
