/** What requests see of an engine that the memory limit has broken, and of the one that takes its place. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostFor, type TestHostOptions } from '../support/host.ts';

/** Engines that the memory limit breaks, and a handler for each: it says its version, or fills the memory. */
const HANDLERS = {
	quickjs: (version: string) => `export function ksr_xhttp_event() {
		if (KSR.pv.get("$hu") === "/bomb") { const all = []; for (;;) all.push("x".repeat(1e6) + all.length); }
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "${version}");
	}`,
	wasmoon: (version: string) => `function ksr_xhttp_event()
		if KSR.pv.get("$hu") == "/bomb" then local all = {} while true do all[#all + 1] = ("x"):rep(1000000) .. #all end end
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "${version}")
	end`,
};

type Breakable = keyof typeof HANDLERS;

function start(t: TestContext, engine: Breakable, code: string, options: TestHostOptions = {}) {
	const name = engine === 'wasmoon' ? 'handler.lua' : 'handler.js';
	return hostFor(t, code, { engine, name, limits: { memory: 32 << 20, cpu: 20_000 }, ...options });
}

for (const engine of Object.keys(HANDLERS) as Breakable[]) {
	test(`${engine}: requests wait while a broken engine is replaced`, async (t) => {
		const host = await start(t, engine, HANDLERS[engine]('one'));
		const [bomb, ...others] = await Promise.all(['/bomb', '/a', '/b'].map((path) => host.request(path)));
		assert.equal(bomb?.status, 503);
		assert.deepEqual(
			others.map(({ status, body }) => [status, body]),
			[
				[200, 'one'],
				[200, 'one'],
			],
		);
		assert.equal((await host.request('/bomb')).status, 503);
		assert.equal((await host.request()).body, 'one');
	});

	test(`${engine}: a reload that ends while a broken engine is replaced stays`, async (t) => {
		const host = await start(t, engine, HANDLERS[engine]('one'));
		writeFileSync(host.script, HANDLERS[engine]('two'));
		const prepared = await host.host.prepare();
		const bomb = host.request('/bomb');
		const during = host.request();
		prepared.commit();
		assert.equal((await bomb).status, 503);
		assert.equal((await during).body, 'two');
		assert.equal((await host.request()).body, 'two');
	});
}

test('an engine that cannot be rebuilt is tried again', async (t) => {
	let loads = 0;
	const host = await start(t, 'quickjs', HANDLERS.quickjs('one'), {
		transform: (source) => {
			if (++loads === 2) throw new Error('not now');
			return source;
		},
	});
	const [bomb, next] = await Promise.all([host.request('/bomb'), host.request()]);
	assert.deepEqual([bomb?.status, next?.status], [503, 503]);
	assert.match(next?.headers ?? '', /Retry-After/);
	assert.match(
		host.lines('core').join('\n'),
		/the engine cannot be rebuilt \(.*not now.*\); next attempt in 1000 ms/,
	);
	while ((await host.request()).status === 503) await sleep(50);
	assert.equal((await host.request()).body, 'one');
});
