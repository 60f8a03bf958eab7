/** Scripts that write more lines than anybody reads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloodGate } from '../../src/log/flood.ts';
import { hostFor } from '../support/host.ts';

const DROPPED = /^(\d+) lines of the script were dropped: it wrote more than 10 in a second$/;

const HANDLERS = {
	'handler.lua': `function ksr_xhttp_event()
	for i = 1, 50 do KSR.info("line " .. i) end
	KSR.xhttp.xhttp_reply(200, "OK", "", "")
end`,
	'handler.js': `function ksr_xhttp_event() {
	for (let i = 1; i <= 50; i++) KSR.info("line " + i);
	KSR.xhttp.xhttp_reply(200, "OK", "", "");
}`,
};

for (const [name, code] of Object.entries(HANDLERS))
	test(`lines of ${name} beyond the limit are dropped and counted, at the end too`, async (t) => {
		const { host, request, lines } = await hostFor(t, code, { name, limits: { logLines: 10 } });
		assert.equal((await request()).status, 200);
		await host.close();
		const dropped = lines('core').map((line) => Number(DROPPED.exec(line)?.[1] ?? 0));
		const sum = dropped.reduce((total, count) => total + count, 0);
		assert.ok(sum > 0);
		assert.equal(lines('script').length + sum, 50);
		assert.deepEqual(
			lines('script').slice(0, 10),
			Array.from({ length: 10 }, (_, i) => `line ${i + 1}`),
		);
	});

test('each second lets its lines through, and tells of those of the one before', () => {
	const said: number[] = [];
	const gate = new FloodGate(2, (dropped) => said.push(dropped));
	const pass = (...times: number[]) => times.map((time) => gate.passes(time));
	assert.deepEqual(pass(5000, 5001, 5002, 5999), [true, true, false, false]);
	assert.deepEqual(said, []);
	assert.deepEqual(pass(6000, 6001, 6002), [true, true, false]);
	assert.deepEqual(said, [2]);
	assert.deepEqual(pass(1000), [true], 'a clock that was set back');
	assert.deepEqual(said, [2, 1]);
	gate.flush();
	assert.deepEqual(said, [2, 1]);
});
