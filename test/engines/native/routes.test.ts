/** What a host does with route blocks: their way, their limits, their errors, and how they wait. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, fn, str } from '../../../src/kemi/module.ts';
import { ScriptThrow } from '../../../src/kemi/throw.ts';
import { folderWith, hostFor, type TestHostOptions } from '../../support/host.ts';
import { Waits } from '../../support/waits.ts';

const MODULES = ['sl', 'pv', 'xhttp', 'xlog', 'textops', 'cfgutils'];
const LOAD = MODULES.map((name) => `loadmodule "${name}.so"`).join('\n');

/** A configuration whose handler is these statements; the first of them is on line 8. */
const withHandler = (statements: string, routes = '') =>
	`${LOAD}\nevent_route[xhttp:request] {\n${statements}\n}\n${routes}`;

const NATIVE: TestHostOptions = { name: 'kamailio.cfg' };

test('an event route replies with variables in the texts of its functions', async (t) => {
	const { request } = await hostFor(
		t,
		withHandler(`append_to_reply("X-Path: $hu\\r\\n");
			xhttp_reply("201", "Made $rm", "text/plain", "for $si");`),
		NATIVE,
	);
	const reply = await request('/x', { method: 'PUT' });
	assert.equal(`${reply.status} ${reply.reason} ${reply.body}`, '201 Made PUT for 127.0.0.1');
	assert.match(reply.headers, /X-Path: \/x\r\n/);
});

test('a reply is refused that the native function refuses, and the client gets 500', async (t) => {
	const { request, lines } = await hostFor(
		t,
		withHandler('xhttp_reply("$var(code)", "$var(reason)", "", "x"); xlog("L_INFO", "rc $rc\\n");'),
		NATIVE,
	);
	assert.equal((await request()).status, 500);
	assert.deepEqual(lines(), ['kamailio.cfg:8: xhttp_reply: 0 is no status', 'rc -1']);
});

test('a route that returns below 0 without a reply is a failure', async (t) => {
	const { request, lines } = await hostFor(t, withHandler('return -1;'), NATIVE);
	assert.equal((await request()).status, 500);
	assert.deepEqual(lines(), [
		'kamailio.cfg:8: event_route[xhttp:request] ended in failure (-1) and without a reply',
	]);
});

test('log lines have the line of the file in front where the function says so', async (t) => {
	const { request, lines } = await hostFor(
		t,
		withHandler('\nxlogl("L_INFO", "here\\n"); if (1 / $var(z)) { exit; } xhttp_reply("200", "OK", "", "");'),
		NATIVE,
	);
	await request();
	assert.deepEqual(lines(), ['9:here', 'kamailio.cfg:9: the condition has no value: division by 0']);
});

test('a while loop ends after max_while_loops, and the route goes on', async (t) => {
	const code = `max_while_loops=7\n${withHandler('while (1) { $var(n) = $var(n) + 1; } xhttp_reply("200", "OK", "", "$var(n)");')}`;
	const { request, lines } = await hostFor(t, code, NATIVE);
	assert.equal((await request()).body, '7');
	assert.deepEqual(lines(), ['kamailio.cfg:9: the while loop is stopped after 7 rounds (max_while_loops)']);
});

test('routes that call each other without end stop at the depth of Kamailio', async (t) => {
	const { request, lines } = await hostFor(
		t,
		withHandler(
			'route(A); xhttp_reply("200", "OK", "", "$var(n)");',
			'route[A] { $var(n) = $var(n) + 1; route(A); }',
		),
		NATIVE,
	);
	assert.equal((await request()).body, '255');
	assert.match(
		lines()[0] ?? '',
		/^kamailio\.cfg:10: route\[A\]: 256 routes and blocks are inside each other$/,
	);
});

test('a handler that computes too long is stopped, and the next request is served', async (t) => {
	const loop = (inner: string) => `while ($hu == "/long") { ${inner} }`;
	const { request, lines } = await hostFor(
		t,
		withHandler(`${loop(loop(loop(loop(loop(loop('$var(n) = $var(n) + 1;'))))))}
			xhttp_reply("200", "OK", "", "ok");`),
		{ ...NATIVE, limits: { cpu: 30 }, logLevel: -1 },
	);
	assert.equal((await request('/long')).status, 503);
	assert.match(
		lines().at(-1) ?? '',
		/was stopped for GET \/long: the CPU limit of 30 ms was reached at kamailio\.cfg:8$/,
	);
	assert.equal((await request('/short')).body, 'ok');
});

test('a function that waits parks the route, within statements and within conditions', async (t) => {
	const waits = new Waits();
	const asking = defineModule({
		name: 'asking',
		doc: 'Waits for a test.',
		functions: [],
		cfgFunctions: waits.module.functions?.map((it) => ({ ...it, name: `test_${it.name}` })) ?? [],
	});
	const { request } = await hostFor(
		t,
		withHandler(
			`$avp(mine) = $hu;
			test_wait("$hu");
			$var(first) = $rc;
			while (test_wait("$hu") > 0 && $avp(rounds) < 9) { $avp(rounds) = (int)$avp(rounds) + 1; }
			switch (test_wait("$hu")) { case 1: $avp(case) = "one"; break; default: $avp(case) = "default"; }
			$avp(sum) = route(ASK) + 1;
			if (route(ASK)) { xhttp_reply("200", "OK", "", "$avp(mine) $avp(rounds) $avp(case) $avp(sum)"); }`,
			'route[ASK] { test_wait("$hu"); return $rc; }',
		),
		{ ...NATIVE, modules: [asking] },
	);
	const a = request('/a');
	const b = request('/b');
	for (const value of [5, 1, 1, -1, 1, 4, 1]) await waits.answer('/b', value);
	assert.equal((await b).body, '/b 2 one 2');
	for (const value of [5, -1, -3, -2, 1]) await waits.answer('/a', value);
	assert.equal((await a).body, '/a <null> default 1');
});

test('what a function raises later ends the handler, and exit does without an error', async (t) => {
	const late = defineModule({
		name: 'late',
		doc: 'Raises.',
		cfgFunctions: [
			fn('late_error', [str('text')], 'int', 'Raises.', async (_ctx, text) => {
				throw new ScriptThrow(text);
			}),
		],
	});
	const { request, lines } = await hostFor(t, withHandler('if (late_error("no luck")) { exit; }'), {
		...NATIVE,
		modules: [late],
	});
	assert.equal((await request()).status, 500);
	assert.match(lines().at(-1) ?? '', /failed for GET \/: kamailio\.cfg:8: no luck/);
});

test('a configuration answers as it is written anew after a reload, included files too', async (t) => {
	const { writeFileSync } = await import('node:fs');
	const { dirname, join } = await import('node:path');
	const { host, request, script } = await hostFor(t, `${LOAD}\ninclude_file "routes.cfg"\n`, {
		...NATIVE,
		files: { 'routes.cfg': 'event_route[xhttp:request] { xhttp_reply("200", "OK", "", "old"); }' },
	});
	assert.equal((await request()).body, 'old');
	const included = join(dirname(script), 'routes.cfg');
	writeFileSync(included, 'event_route[xhttp:request] { xhttp_repl("200", "OK", "", "new"); }');
	await assert.rejects(host.reload(), { message: /there is no function xhttp_repl/ });
	assert.equal((await request()).body, 'old');
	writeFileSync(included, 'event_route[xhttp:request] { xhttp_reply("200", "OK", "", "new"); }');
	await host.reload();
	assert.equal((await request()).body, 'new');
});

test('SIP-only blocks are kept and never run, whatever variables they use', async (t) => {
	const { request } = await hostFor(
		t,
		`loadmodule "tm.so"\n${withHandler('xhttp_reply("200", "OK", "", "ok");')}
		request_route { if ($T_branch_idx > 0) { route(RELAY); } }
		route[RELAY] { t_on_failure("MANAGE"); t_relay(); }
		failure_route[MANAGE] { if (t_is_canceled()) { exit; } }`,
		NATIVE,
	);
	assert.equal((await request()).body, 'ok');
});

test('variables of a module that is loaded and not here are null, and the log says why', async (t) => {
	const { request, lines } = await hostFor(
		t,
		`loadmodule "dialog.so"\nloadmodule "uac.so"\n${withHandler(`
			$dlg_var(reason) = "none";
			$uac_req(hdrs) = $uac_req(hdrs) + "X-A: b";
			if ($dlg(callid) == $null) xhttp_reply("200", "OK", "", "$(dlg(callid){s.len})|$DLG_count");`)}`,
		NATIVE,
	);
	assert.equal((await request()).body, '|<null>');
	assert.match(lines().join('\n'), /\$dlg_var of module dialog needs a SIP server/);
});

test('functions of modules that KEMI has nothing of are known', async (t) => {
	const handler = withHandler(
		'erl_send("pid", "text"); file_out("name", "$si"); xhttp_reply("200", "OK", "", "ok");',
	);
	const { request, lines } = await hostFor(
		t,
		`loadmodule "erlang"\nloadmodule "file_out"\n${handler}`,
		NATIVE,
	);
	assert.equal((await request()).body, 'ok');
	assert.match(lines().join('\n'), /erl_send of module erlang .*\n.*file_out of module file_out /);
	const misspelt = hostFor(t, `loadmodule "erlang.so"\n${withHandler('erl_sned("pid", "text");')}`, NATIVE);
	await assert.rejects(misspelt, { message: /there is no function erl_sned/ });
});

test('route blocks call functions, texts and files in Lua and JavaScript, and those call routes', async (t) => {
	const { writeFileSync } = await import('node:fs');
	const { join } = await import('node:path');
	const folder = folderWith(t, {
		'lib.lua': `function note(a, b) KSR.pv.sets("$avp(lua)", a .. b .. KSR.route("R7")) end
			function wrong() error("no luck") end`,
		'lib.js': 'function note(a) { KSR.pv.sets("$avp(js)", a + KSR.pv.get("$hu")); }',
	});
	writeFileSync(join(folder, 'file.lua'), 'KSR.pv.sets("$avp(file)", "a file")');
	const { request, lines } = await hostFor(
		t,
		`loadmodule "app_lua.so"\nloadmodule "app_jsdt.so"\n${withHandler(
			`lua_run("note", "x", "$rm");
			jsdt_run("note", "js ");
			lua_dostring("KSR.pv.sets('$$avp(text)', KSR.pv.get('$$hu'))");
			lua_dofile("${folder}/file.lua");
			if (!lua_run("wrong")) { $avp(wrong) = $rc; }
			xhttp_reply("200", "OK", "", "$avp(lua) $avp(js) $avp(text) $avp(file) $avp(wrong)");`,
			'route[R7] { return 7; }',
		)}`,
		{ ...NATIVE, guests: { lua: [join(folder, 'lib.lua')], javascript: [join(folder, 'lib.js')] } },
	);
	const expected = 'xGET7 js /p /p a file -1';
	assert.equal((await request('/p')).body, expected);
	assert.equal((await request('/p')).body, expected);
	assert.match(lines().at(-1) ?? '', /^kamailio\.cfg:14: .*lib\.lua:2: no luck$/);
});
