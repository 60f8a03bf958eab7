/**
 * Scripts that go on behind promises without end: the event loop turns meanwhile, so that others are served and time limits are
 * looked at. They end at some time, so that a host that does not turn fails its test and does not hang in it.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { KSR_ENGINES } from '../../engines/list.ts';
import { hostFor } from '../support/host.ts';

/** So often a script goes on. */
const TIMES = 300;

/** What a script does, by its language: `/begin` begins it, and each step counts. */
interface Way {
	readonly lua?: string;
	readonly javascript: string;
}

const WAYS: Readonly<Record<string, Way>> = {
	'a task that begins the next one': {
		lua: `function STEP() count = count + 1 if count < ${TIMES} then KSR.async.task_data("STEP", "") end end
			function begin() KSR.async.task_data("STEP", "") end`,
		javascript: `function STEP() { if (++count < ${TIMES}) KSR.async.task_data("STEP", ""); }
			function begin() { KSR.async.task_data("STEP", ""); }`,
	},
	'tasks that are begun all at once': {
		lua: `function STEP() count = count + 1 end
			function begin() for i = 1, ${TIMES} do KSR.async.task_data("STEP", "") end end`,
		javascript: `function STEP() { count++; }
			function begin() { for (let i = 0; i < ${TIMES}; i++) KSR.async.task_data("STEP", ""); }`,
	},
	'a request that is refused, whose answer begins the next one': {
		lua: `function STEP() count = count + 1 if count < ${TIMES} then begin() end end
			function begin() KSR.http_async_client.send("gopher://nowhere", "STEP") end`,
		javascript: `function STEP() { if (++count < ${TIMES}) begin(); }
			function begin() { KSR.http_async_client.send("gopher://nowhere", "STEP"); }`,
	},
	'a loop that waits for calls that are refused': {
		javascript: `async function begin() {
				for (; count < ${TIMES}; count++) await KSR.http_client.query("", "$var(answer)");
			}`,
	},
};

const HANDLERS = {
	lua: `count = 0
		function ksr_xhttp_event()
			if KSR.pv.get("$hu") == "/begin" then begin() end
			KSR.xhttp.xhttp_reply(200, "OK", "text/plain", count)
		end`,
	javascript: `let count = 0;
		async function ksr_xhttp_event() {
			if (KSR.pv.get("$hu") === "/begin") await begin();
			KSR.xhttp.xhttp_reply(200, "OK", "text/plain", count);
		}`,
};

async function letsOthersIn(t: TestContext, engine: string, name: string, code: string): Promise<void> {
	const { request } = await hostFor(t, code, { engine, name });
	const begun = request('/begin');
	let turns = 0;
	for (let count = 0; count < TIMES; turns++) {
		await new Promise(setImmediate);
		count = Number((await request('/count')).body);
	}
	assert.ok(turns >= TIMES / 2, `${TIMES} steps in ${turns} turns`);
	await begun;
}

for (const { name: engine, language } of KSR_ENGINES) {
	if (language === 'native') continue;
	describe(engine, () => {
		for (const [what, way] of Object.entries(WAYS)) {
			const code = way[language];
			if (code === undefined) continue;
			const file = language === 'lua' ? 'handler.lua' : 'handler.js';
			test(what, (t) => letsOthersIn(t, engine, file, `${HANDLERS[language]}\n${code}`));
		}
	});
}
