import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { hostFor } from './support/host.ts';

const { cache } = createRequire(import.meta.url);

/** What Lua's engine consists of, and what every host needs. */
const NEEDED = ['fengari', 'readline-sync', 'sprintf-js', 'tmp', 'fastest-levenshtein', 'ipaddr.js'];

test('a host loads no library that its script has no use for', async (t) => {
	const host = await hostFor(
		t,
		'function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", "hello") end',
	);
	assert.equal((await host.request()).status, 200);
	const loaded = Object.keys(cache).flatMap(
		(path) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
	);
	assert.deepEqual(
		[...new Set(loaded)].filter((name) => !NEEDED.includes(name)),
		[],
	);
});
