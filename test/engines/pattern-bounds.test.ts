import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../support/host.ts';

/** What may stand in front of repetitions so that a reader who mistakes it takes them for a part of a set. */
const FRONTS = [
	'[]a]',
	'[^]]',
	'[%]a]',
	'[a[]',
	'[^%]]',
	'%f[%w]',
	'%f[]a]',
	'[a%]',
	'[a-]',
	'%b[]',
	'%[?',
	'%%?',
	'()',
];

/** Patterns that match a subject of twelve letters at once, with the captures that are expected. */
const QUICK: readonly (readonly [subject: string, pattern: string, result: string])[] = [
	['/notes/42?limit=20', '^([^?]*)%??(.*)$', '/notes/42|limit=20'],
	['a]b', '^[]a]+', 'a]'],
	['a%b', '[%%]', '%'],
	['x[y]z', '%b[]', '[y]'],
	['THE (quick) fox', '%f[%a]%a+%f[%A]', 'THE'],
	['k=v', '(%w+)%s*=%s*(%w+)', 'k|v'],
];

for (const engine of ['fengari', 'wasmoon']) {
	test(`${engine}: the deadline holds in patterns, whatever stands in front of their repetitions`, async (t) => {
		for (const front of FRONTS) {
			const { request } = await hostFor(
				t,
				`function ksr_xhttp_event()
					local found = string.find("[]" .. string.rep("a", 60), "${front}" .. string.rep(".-", 20) .. "b")
					KSR.xhttp.xhttp_reply(200, "OK", "", tostring(found))
				end`,
				{ engine, limits: { cpu: 50 } },
			);
			const { status } = await request();
			// a set that does not end is an error of the pattern
			assert.ok(status === 503 || (front === '[a%]' && status === 500), `${front}: ${status}`);
		}
	});

	test(`${engine}: patterns give what Lua gives`, async (t) => {
		for (const [subject, pattern, result] of QUICK) {
			const { request } = await hostFor(
				t,
				`function ksr_xhttp_event()
					KSR.xhttp.xhttp_reply(200, "OK", "", table.concat({ string.match("${subject}", "${pattern}") }, "|"))
				end`,
				{ engine },
			);
			assert.equal((await request()).body, result, pattern);
		}
	});
}
