/** Tests of kamailio.cfg files: what the file says of its host, mocks by the names of its functions, and line coverage. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHost } from '../../src/index.ts';
import { openTestHost } from '../../src/testing/index.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const CFG = `#!KAMAILIO
loadmodule "xhttp.so"
loadmodule "pv.so"
loadmodule "htable.so"
loadmodule "http_client.so"
loadmodule "textops.so"
loadmodule "tm.so"
loadmodule "xlog.so"
modparam("htable", "htable", "seen=>initval=7")
include_file "lib/answer.cfg"

event_route[htable:expired:seen] {
	$shv(gone) = $shv(gone) + 1;
	xlog("L_INFO", "an item is gone\\n");
}

route[TICK] {
	$shv(ticks) = $shv(ticks) + 1;
}

event_route[xhttp:request] {
	switch ($rm) {
		case "PUT":
			$var(code) = 201; break;
		default:
			$var(code) = 200;
	}
	if ($hu == "/ask") {
		http_client_query("http://directory/", "$var(text)");
		if ($rc == 200) {
			append_to_reply("X-Asked: yes\\r\\n");
		}
	} else if ($hu == "/relay") {
		if (t_relay()) $var(code) = 202;
	}
	route(ANSWER);
}
`;

const ANSWER = `route[ANSWER] {
	if ($hu == "/never")
		exit;
	xhttp_reply("$var(code)", "OK", "text/plain", "seen $sht(seen=>it)");
	exit;
}
`;

const LUA = `local t = require "kemihost.testing"

t.test("the table of the file is there", function()
	t.equal(t.request("/").body, "seen 7")
	t.set("$sht(seen=>it)", 8)
	t.equal(t.request("/").body, "seen 8")
end)

t.test("functions are mocked by their names in the file, known to this host or not", function()
	local query = t.mock("http_client_query", function() return 200 end)
	local relay = t.mock("t_relay", 1)
	t.equal(t.request("/ask").headers["x-asked"], "yes")
	t.equal(query.calls[1][1], "http://directory/")
	t.equal(t.request("/relay").status, 202)
	t.equal(#relay.calls, 1)
	relay.restore()
	t.equal(t.request("/relay").status, 200)
	t.contains(t.logs("error")[1].text, "t_relay of module tm needs a SIP server")
end)

t.test("events run their routes", function()
	t.equal(t.event("htable:expired:seen")[1].text, "an item is gone")
	t.equal(t.pv("$shv(gone)"), 1)
	t.event("timer", "TICK")
	t.equal(t.pv("$shv(ticks)"), 1)
	t.raises(function() t.event("htable:expired:other") end, "no handler for htable:expired:other")
end)

t.test("and by those that other languages have", function()
	local append = t.spy("KSR.hdr.append_to_reply")
	t.mock("KSR.http_client.query", 200)
	t.request("/ask")
	t.equal(append.calls[1][1], "X-Asked: yes\\r\\n")
	t.raises(function() t.mock("t_rely", 1) end, "did you mean t_relay")
end)
`;

test('a configuration is tested in Lua, with its settings, and its lines are counted', async (t) => {
	const folder = folderWith(t, { 'h.cfg': CFG, 'lib/answer.cfg': ANSWER, 'test_h.lua': LUA });
	const run = kemihost(t, ['test', '--coverage', '--lcov', 'lcov.info'], { cwd: folder });
	assert.equal(await run.ended, 0, run.stdout() + run.stderr());
	assert.match(run.stdout(), /\n4 passed, 0 failed/);
	assert.match(run.stdout(), /\nh\.cfg +92\.3% {2}24\nlib\/answer\.cfg +75\.0% {2}3\n$/);
	const lcov = readFileSync(join(folder, 'lcov.info'), 'utf8');
	assert.match(lcov, /SF:.*\/h\.cfg\n(DA:1\d,1\n)+DA:22,1\nDA:24,0\nDA:26,1\n/);
	assert.match(lcov, /SF:.*\/lib\/answer\.cfg\nDA:2,1\nDA:3,0\nDA:4,1\nDA:5,1\nLF:4\nLH:3\n/);
});

test('a library host takes what a configuration says, also of a script that it names', async (t) => {
	const folder = folderWith(t, {
		'h.cfg': CFG,
		'lib/answer.cfg': ANSWER,
		'h.lua':
			'function on_request() KSR.xhttp.xhttp_reply(200, "OK", "", "seen " .. KSR.pv.get("$sht(seen=>it)")) end',
	});
	const script = join(folder, 'lua.cfg');
	writeFileSync(
		script,
		`#!KAMAILIO
loadmodule "xhttp.so"
loadmodule "htable.so"
loadmodule "app_lua.so"
cfgengine "lua"
modparam("app_lua", "load", "${join(folder, 'h.lua')}")
modparam("htable", "htable", "seen=>initval=7")
modparam("xhttp", "event_callback", "on_request")
`,
	);
	await using host = await createHost({ script: join(folder, 'h.cfg'), logLevel: 0 });
	assert.equal(await (await host.fetch(new Request('http://localhost/'))).text(), 'seen 7');
	await using lua = await openTestHost({ script });
	assert.equal((await lua.request('/')).body, 'seen 7');
	await using more = await openTestHost({
		script,
		params: { htable: { htable: 'other=>size=4' } },
	});
	assert.equal((await more.request('/')).body, 'seen 7');
	assert.deepEqual(more.htable('other'), {});
	await assert.rejects(openTestHost({ script, engine: 'native' }), { code: 'KH_ENGINE_MISMATCH' });
});

test('what is wrong with a configuration fails its tests, at its place', async (t) => {
	const folder = folderWith(t, {
		'h.cfg': CFG.replace('"htable", "htable"', '"htable", "htabel"'),
		'lib/answer.cfg': ANSWER,
		'test_h.lua': LUA,
	});
	const run = kemihost(t, ['test'], { cwd: folder });
	assert.equal(await run.ended, 1);
	assert.match(
		run.stdout(),
		/h\.cfg:9:1: module htable has no parameter htabel\n(.*\n)+.*did you mean htable/,
	);
});
