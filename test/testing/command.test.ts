/** `kemihost test` over folders of tests that pass and fail. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HANDLER = `function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/boom" then
		local x = nil
		return x.y
	end
	if KSR.pv.get("$hu") == "/never" then
		KSR.info("never")
	end
	for _, word in ipairs({ "a", "b" }) do
		if word == "a" then goto continue end
		KSR.pv.sets("$shv(word)", word)
		::continue::
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "ok\\0\\xff")
end`;

const FAILING = `local t = require "kemihost.testing"
t.test("fails in an assertion", function()
	t.equal({ a = { 1, "x" } }, { a = { 1, "y" } }, "tables")
end)
t.test("fails in the script", function() t.equal(t.request("/boom").status, 200) end)
t.test("fails by itself", function()
	local function inner() error("broken") end
	inner()
end)
t.test("an unknown function", function() t.mock("KSR.pv.gett", 1) end)
t.test("is skipped", { skip = true }, function() error("never") end)
t.test("contains # and <xml>", function() t.contains("abc", "b") end)
`;

test('failures say what, where, and what the log says; the exit code is 1', async (t) => {
	const folder = folderWith(t, { 'h.lua': HANDLER, 'test_h.lua': FAILING });
	const run = kemihost(t, ['test'], { cwd: folder });
	assert.equal(await run.ended, 1);
	const said = run.stdout();
	assert.match(
		said,
		/✗ fails in an assertion.*\n +tables: expected \{ a = \{ 1, "y" \} \}, got \{ a = \{ 1, "x" \} \}\n +at test_h\.lua:3\n/,
	);
	assert.match(
		said,
		/expected 200, got 500\n +at test_h\.lua:5\n +the log says\n.*h\.lua:4: attempt to index/,
	);
	assert.match(said, /broken\n +at test_h\.lua:7\n +at inner \(test_h\.lua:7\)/);
	assert.match(said, /there is no KSR\.pv\.gett; did you mean KSR\.pv\.\w+\?\n +at test_h\.lua:10/);
	assert.match(said, /- is skipped \(skipped\)\n.*✓ contains/);
	assert.match(said, /\n1 passed, 4 failed, 1 skipped, in \d+ ms\n$/);
	assert.doesNotMatch(said, /kemihost\/testing\.lua/);
});

test('results are written as TAP and as JUnit', async (t) => {
	const folder = folderWith(t, { 'h.lua': HANDLER, 'test_h.lua': FAILING });
	const tap = kemihost(t, ['test', '--reporter', 'tap', '--engine', 'wasmoon'], { cwd: folder });
	assert.equal(await tap.ended, 1);
	assert.match(
		tap.stdout(),
		/^TAP version 13\n1\.\.6\nnot ok 1 - test_h\.lua: fails in an assertion\n {2}---\n/,
	);
	assert.match(
		tap.stdout(),
		/\nok 5 - test_h\.lua: is skipped # SKIP\nok 6 - test_h\.lua: contains \\# and <xml>\n/,
	);
	const junit = kemihost(t, ['test', '--reporter', 'junit'], { cwd: folder });
	assert.equal(await junit.ended, 1);
	assert.match(junit.stdout(), /<testsuites tests="6" failures="4" skipped="1" time="[\d.]+">/);
	assert.match(junit.stdout(), /name="contains # and &lt;xml&gt;" time="[\d.]+"\/>/);
	assert.match(junit.stdout(), /<failure message="expected 200, got 500">/);
});

test('line coverage as text and as lcov, over required files too', async (t) => {
	const folder = folderWith(t, {
		'h.lua': `local lib = require "lib"\n${HANDLER}`,
		'lib.lua': '#!/usr/bin/lua\nlocal M = {}\nfunction M.f()\n\treturn 1\nend\nreturn M',
		'h.js': `'use strict';
import { f } from './lib.js';
export function ksr_xhttp_event() {
	if (f() > 1) KSR.info('never');
	else if (f() < 1) return; else KSR.info('once');
	switch (f()) {
		case 1: KSR.info('a'); break;
		default: KSR.info('never');
	}
	for (const x of [1]) if (x) KSR.xhttp.xhttp_reply(200, 'OK', '', 'js');
}`,
		'lib.js': 'export const f = () => {\n\treturn 1;\n};\nexport function g() {\n\treturn 2;\n} // end',
		'test_h.lua': `local t = require "kemihost.testing"
t.use { script = "h.lua" }
t.test("ok", function() t.equal(t.request("/").body, "ok\\0\\255") end)`,
		'h.test.js': `import { test, use } from 'kemihost/testing';
use({ script: 'h.js' });
test('ok', async (t) => { if ((await t.request('/')).body !== 'js') throw new Error('no'); });`,
	});
	const run = kemihost(t, ['test', '--coverage', '--lcov', 'lcov.info'], { cwd: folder });
	assert.equal(await run.ended, 0, run.stdout() + run.stderr());
	assert.match(
		run.stdout(),
		/\nh\.js +\d+\.\d% {2}8\nh\.lua +\d+\.\d% {2}4-5, 8\nlib\.js +\d+\.\d% {2}5\nlib\.lua +\d+\.\d% {2}4\n/,
	);
	const lcov = readFileSync(join(folder, 'lcov.info'), 'utf8');
	assert.match(lcov, /SF:.*h\.lua\n(DA:\d+,[01]\n)*DA:8,0\n(DA:\d+,1\n)*LF:\d+\nLH:\d+\nend_of_record/);
});

test('many files run side by side; one that does not load fails alone', async (t) => {
	const one = `local t = require "kemihost.testing"
t.test("ok", function() t.equal(t.request("/").status, 200) end)`;
	const names = Array.from({ length: 8 }, (_, i) => `test_h${i}.lua`);
	const files = Object.fromEntries(
		names.map((name) => [name, one.replace('\nt.test', '\nt.use { script = "h.lua" }\nt.test')]),
	);
	const folder = folderWith(t, {
		...files,
		'h.lua': HANDLER,
		'test_h2.lua': 'local t = require(',
		'a.test.js': "import './none.js';",
		'orphan-of-none.test.js': "import { test } from 'kemihost/testing';\ntest('x', () => {});",
	});
	const run = kemihost(t, ['test', '--jobs', '3'], { cwd: folder });
	assert.equal(await run.ended, 1);
	assert.match(run.stdout(), /\n7 passed, 3 failed/);
	assert.match(run.stdout(), /test_h2\.lua\n +✗ test_h2\.lua:1: unexpected symbol/);
	assert.match(run.stdout(), /a\.test\.js\n +✗ Cannot find module/);
	assert.match(
		run.stdout(),
		/no script is named like orphan-of-none\.test\.js[\s\S]*put orphan-of-none\.lua/,
	);
});

test('--watch runs the tests again when a file is saved', async (t) => {
	const folder = folderWith(t, {
		'h.js': "function ksr_xhttp_event() { KSR.xhttp.xhttp_reply(200, 'OK', '', 'one'); }",
		'h.test.js': `import { test } from 'kemihost/testing';
test('says one', async (t) => { const { body } = await t.request('/'); if (body !== 'one') throw new Error('got ' + body); });`,
	});
	const run = kemihost(t, ['test', '--watch'], { cwd: folder });
	await run.until(/1 passed[\s\S]*waiting for a change/);
	writeFileSync(
		join(folder, 'h.js'),
		"function ksr_xhttp_event() { KSR.xhttp.xhttp_reply(200, 'OK', '', 'two'); }",
	);
	await run.until(/got two[\s\S]*waiting for a change/);
	writeFileSync(
		join(folder, 'h.test.js'),
		"import { test } from 'kemihost/testing';\ntest('new', () => {});",
	);
	await run.until(/✓ new/);
});

test('a wrong command line is reported', async (t) => {
	const folder = folderWith(t, { 'h.lua': HANDLER });
	for (const [args, message] of [
		[['test'], /there are no tests in \./],
		[['test', 'none'], /there is no none/],
		[['test', '--jobs', '0'], /--jobs wants/],
		[['test', '--reporter', 'xml'], /reporter/],
	] as const) {
		const run = kemihost(t, args, { cwd: folder });
		assert.equal(await run.ended, 2);
		assert.match(run.stderr(), message);
	}
});

test('a loop without an end in a test of JavaScript is stopped, and the error says in which test it was', async (t) => {
	const folder = folderWith(t, {
		'h.lua': HANDLER,
		'h.test.mjs': `import { test } from 'kemihost/testing';
test('passes', async (t) => { await t.request('/'); });
test('loops', () => { for (;;); });
test('comes behind', () => {});`,
		'top.test.mjs': 'for (;;);',
	});
	const run = kemihost(t, ['test', '--timeout', '4000'], { cwd: folder });
	assert.equal(await run.ended, 1);
	assert.match(
		run.stdout(),
		/✓ passes.*\n.*✗ loops.*\n +the test took longer than 4000 ms and was stopped.*a loop without an end\?/,
	);
	assert.match(run.stdout(), /top\.test\.mjs\n +✗ reading the file took longer than 4000 ms and was stopped/);
	assert.match(run.stdout(), /\n1 passed, 2 failed, in/);
});

test('a loop without an end in a test of Lua is stopped by --timeout, and the tests behind it run', async (t) => {
	const folder = folderWith(t, {
		'h.lua': HANDLER,
		'test_h.lua': `local t = require "kemihost.testing"
t.test("loops", function() while true do end end)
t.test("comes behind", function() t.equal(t.request("/").status, 200) end)`,
		'test_top.lua': 'while true do end',
	});
	const run = kemihost(t, ['test', '--timeout', '3000'], { cwd: folder });
	assert.equal(await run.ended, 1);
	assert.match(run.stdout(), /✗ loops.*\n.*test_h\.lua:2: .*3000 ms.*\n[\s\S]*✓ comes behind/);
	assert.match(run.stdout(), /test_top\.lua\n +✗ .*3000 ms/);
});

test('a file without tests is noted', async (t) => {
	const folder = folderWith(t, {
		'h.lua': HANDLER,
		'test_helper.lua': 'return {}',
		'helper.test.js': 'export const x = 1;',
	});
	const run = kemihost(t, ['test'], { cwd: folder });
	assert.equal(await run.ended, 0, run.stderr());
	assert.match(run.stdout(), /test_helper\.lua\n +- declares no tests; t\.test\(/);
	assert.match(run.stdout(), /helper\.test\.js\n +- declares no tests; test\(/);
	const tap = kemihost(t, ['test', '--reporter', 'tap'], { cwd: folder });
	assert.equal(await tap.ended, 0);
	assert.match(tap.stdout(), /^TAP version 13\n1\.\.0\n# helper\.test\.js declares no tests/);
});

test('with all engines each test runs in every engine that can, test files in Lua in the same one', async (t) => {
	const folder = folderWith(t, {
		'h.lua': 'function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", _VERSION .. " " .. 10 / 2) end',
		'test_h.lua': `local t = require "kemihost.testing"
t.test("says the version", function() t.equal(t.request("/").body, _VERSION .. " " .. 10 / 2) end)
t.test("in Lua 5.1's numbers", { engine = "fengari" }, function() t.match(t.request("/").body, " 5$") end)
`,
		'j.js': 'function ksr_xhttp_event() { KSR.xhttp.xhttp_reply(200, "OK", "", "js"); }',
		'j.test.js': `import assert from 'node:assert/strict';
import { test } from 'kemihost/testing';
test('answers', async (t) => assert.equal((await t.request('/')).body, 'js'));
`,
		'none.test.js': `import { test } from 'kemihost/testing';
test('has no script', () => {});
`,
	});
	const all = kemihost(t, ['test', '--engine', 'all'], { cwd: folder });
	assert.equal(await all.ended, 1);
	const names = [...all.stdout().matchAll(/^ +([✓✗] .*) \d+ ms$/gm)].map(([, name]) => name);
	assert.deepEqual(names, [
		'✓ answers (quickjs)',
		'✓ answers (isolated-vm)',
		'✗ has no script',
		'✓ says the version (fengari)',
		"✓ in Lua 5.1's numbers (fengari)",
		'✓ says the version (wasmoon)',
	]);
	const one = kemihost(t, ['test', 'test_h.lua', '--engine', 'lua54'], { cwd: folder });
	assert.equal(await one.ended, 0, one.stdout());
	const unknown = kemihost(t, ['test', '--engine', 'wasmon'], { cwd: folder });
	assert.equal(await unknown.ended, 2);
	assert.match(unknown.stderr(), /no engine "wasmon" \[KH_ENGINE_UNKNOWN\]\n.*did you mean wasmoon/);
});
