/** Variables that are longer, or stand deeper in each other, than anybody writes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../support/host.ts';

const nested = (depth: number) => `${'$var('.repeat(depth)}x${')'.repeat(depth)}`;

const TOO_MUCH: readonly (readonly [source: string, message: RegExp])[] = [
	[nested(101), /variables stand in each other more than 100 deep/],
	[`$(hu${'{s.len}'.repeat(10_000)})`, /a variable has at most 65536 bytes/],
	[`$var(${'x'.repeat(70_000)})`, /"\(" is not closed within 65536 bytes/],
	[`$(hu{s.${'x'.repeat(70_000)}})`, /"\{" is not closed within 65536 bytes/],
];

test('a variable that is too long or nested too deep is refused in so many words', async (t) => {
	const { request, logs } = await hostFor(
		t,
		`function ksr_xhttp_event()
			KSR.xhttp.xhttp_reply(200, "OK", "text/plain", tostring(KSR.pv.get(KSR.hdr.get("Wanted"))))
		end`,
		{ limits: { logLine: 1 << 20 } },
	);
	const ask = async (source: string) => (await request('/', { headers: [['Wanted', source]] })).body;
	assert.equal(await ask('$(hu{s.len})'), '1');
	assert.equal(await ask(nested(100)), '0');
	assert.ok(!logs.some(({ level }) => level === 'error'));
	for (const [source, message] of TOO_MUCH) {
		const from = logs.length;
		assert.equal(await ask(source), 'nil');
		assert.match(logs[from]?.text ?? '', message);
	}
});
