/** The API of tests, the same in Lua and in JavaScript, over every engine. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTestHost } from '../../src/testing/index.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const LUA = `function ksr_xhttp_event()
	local pv, say = KSR.pv.get, KSR.xhttp.xhttp_reply
	if pv("$hu") == "/raise" then return say(200, "OK", "", tostring(pcall(KSR.http_client.query, "u", "v"))) end
	KSR.hdr.append_to_reply("X-A: 1\\r\\n")
	KSR.hdr.append_to_reply("X-A: ü\\r\\n")
	KSR.warn("für " .. pv("$si"))
	KSR.pv.sets("$avp(seen)", pv("$rb") .. pv("$avp(given)"))
	local answer = KSR.http_client.query("ü", "v")
	say(201, "Created", "text/plain", pv("$rm") .. " " .. tostring(answer) .. " " .. KSR.hdr.get("X-B"))
end`;
const JS = `function ksr_xhttp_event() {
	const pv = KSR.pv.get, say = KSR.xhttp.xhttp_reply;
	if (pv("$hu") === "/raise") {
		try { KSR.http_client.query("u", "v"); say(200, "OK", "", "true"); } catch (e) { say(200, "OK", "", "false" + e.message); }
		return;
	}
	KSR.hdr.append_to_reply("X-A: 1\\r\\n");
	KSR.hdr.append_to_reply("X-A: ü\\r\\n");
	KSR.warn("für " + pv("$si"));
	KSR.pv.sets("$avp(seen)", pv("$rb") + pv("$avp(given)"));
	const answer = KSR.http_client.query("ü", "v");
	say(201, "Created", "text/plain", pv("$rm") + " " + answer + " " + KSR.hdr.get("X-B"));
}`;

for (const [engine, name, code] of [
	['fengari', 'h.lua', LUA],
	['wasmoon', 'h.lua', LUA],
	['quickjs', 'h.js', JS],
	['isolated-vm', 'h.js', JS],
] as const) {
	test(`${engine}: requests, replies, logs, variables and mocks from a program`, async (t) => {
		const folder = folderWith(t, { [name]: code });
		await using host = await openTestHost({ script: join(folder, name), engine });
		const query = host.mock('KSR.http_client.query', (url) => `${url}!`);
		const reply = await host.request('PUT', '/x', {
			headers: { 'X-B': 'ä' },
			body: 'bödy',
			from: '192.0.2.1:7',
			set: { '$avp(given)': 'é' },
		});
		assert.deepEqual(
			[reply.status, reply.reason, reply.headers['x-a'], reply.body],
			[201, 'Created', '1, ü', 'PUT ü! ä'],
		);
		assert.deepEqual(reply.logs, [{ level: 'warning', origin: 'script', text: 'für 192.0.2.1' }]);
		assert.equal(host.pv('$avp(seen)'), 'bödyé');
		assert.deepEqual(query.calls, [['ü', 'v']]);

		host.mock('KSR.http_client.query', () => {
			throw new Error('no network');
		});
		assert.match((await host.request('/raise')).body, /^false/);
		query.restore();
		const watched = host.mock('KSR.pv.get');
		assert.equal((await host.request('/raise')).body, 'true', 'the function itself again');
		assert.deepEqual(watched.calls, [['$hu']]);
	});
}

test('a Lua test mocks, watches, sets and reads what a test in JavaScript does', async (t) => {
	const folder = folderWith(t, {
		'h.lua': LUA,
		'fixtures/data.txt': 'bödy',
		'test_h.lua': `local t = require "kemihost.testing"
local steps = {}
t.before_each(function() steps[#steps + 1] = "before" end)
t.after_each(function() steps[#steps + 1] = "after" end)
t.test("everything", function()
	local query = t.mock("KSR.http_client.query", function(url, name) return url .. "!" end)
	local reply = t.request("PUT", "/x", {
		headers = { ["X-B"] = "ä" }, body = t.fixture("data.txt"), from = "192.0.2.1:7", set = { ["$avp(given)"] = "é" },
	})
	t.equal({ reply.status, reply.reason, reply.headers["x-a"], reply.body }, { 201, "Created", "1, ü", "PUT ü! ä" })
	t.equal(reply.logs, { { level = "warning", origin = "script", text = "für 192.0.2.1" } })
	t.equal(t.pv("$avp(seen)"), "bödyé")
	t.equal(query.calls, { { "ü", "v", n = 2 } })
	t.mock("KSR.http_client.query", function() error("no network") end)
	t.match(t.request("/raise").body, "^false")
	query.restore()
	local watched = t.spy("KSR.pv.get")
	t.equal(t.request("/raise").body, "true")
	t.equal(watched.calls, { { "$hu", n = 1 } })
	t.mock("KSR.hdr.get", nil)
	t.equal(steps, { "before" })
end)
t.test("before and after, and a clock of its own", function()
	t.equal(steps, { "before", "after", "before" })
	t.freeze(1000)
	t.advance(1.5)
	t.equal(t.now(), 1001)
	t.equal(t.pv("$TS"), 1001)
	t.unfreeze()
	t.raises(function() t.freeze("yesterday") end, "is no time")
	t.raises(function() t.pv("$nonsense") end)
	t.raises(function() t.htable("none") end, "no hash table none")
end)`,
	});
	for (const engine of ['fengari', 'wasmoon']) {
		const run = kemihost(t, ['test', '--engine', engine], { cwd: folder });
		assert.equal(await run.ended, 0, run.stdout() + run.stderr());
		assert.match(run.stdout(), /2 passed, 0 failed/);
	}
});

test("without kemihost test, the tests run under Node's own runner", async (t) => {
	const api = new URL('../../src/testing/index.ts', import.meta.url).href;
	const folder = folderWith(t, {
		'h.js': JS,
		'h.test.js': `import { test, beforeEach } from '${api}';
beforeEach((t) => t.freeze(5));
test('under node', async (t) => { if (t.now() !== 5) throw new Error('no'); });
test('skipped', { skip: true }, () => { throw new Error('no'); });`,
	});
	const { NODE_TEST_CONTEXT: _, ...env } = process.env; // it would report to this test's runner
	const child = spawn(process.execPath, ['--test', '--test-reporter=tap', join(folder, 'h.test.js')], {
		env,
	});
	let said = '';
	for await (const chunk of child.stdout) said += chunk;
	assert.match(said, /^ok 1 - under node$/m);
	assert.match(said, /# pass 1\n[\s\S]*# skipped 1/);
});
