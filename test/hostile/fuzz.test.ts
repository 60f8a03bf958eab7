/** Each fuzzer for a second, with a fixed seed; `fuzz.ts` runs them for longer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FUZZERS } from './fuzz.ts';

for (const [name, fuzzer] of Object.entries(FUZZERS))
	test(`fuzz: ${name}`, async (t) => {
		const runs = await fuzzer({ milliseconds: 1000, seed: 20_260_131 });
		t.diagnostic(`${runs} runs`);
		assert.ok(runs > 0);
	});
