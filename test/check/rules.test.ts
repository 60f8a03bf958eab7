/** Each rule both ways: it finds its mistake, on the line that is marked, and leaves alone what is good. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { checkScript } from '../../src/check/check.ts';
import { RULES } from '../../src/check/rules.ts';
import { folderWith } from '../support/host.ts';

/** What stands in front of the routes: all modules that the examples use, on one line. */
const LOADED = ['xhttp', 'sl', 'pv', 'xlog', 'textops', 'htable', 'jansson', 'tm', 'exec']
	.map((module) => `loadmodule "${module}.so"`)
	.join(' ');

/** A whole file of Kamailio's own language, with the lines of the code where they were. */
function configuration(code: string): string {
	if (/event_route/.test(code)) return `${LOADED} ${code}\n`;
	const handler = 'event_route[xhttp:request] {';
	return /^#!/.test(code) ? `${code}\n${LOADED} ${handler} exit; }\n` : `${LOADED} ${handler} ${code}\n}\n`;
}

async function findings(t: TestContext, code: string, name = 'h.lua'): Promise<string[]> {
	if (name.endsWith('.cfg')) {
		const script = join(folderWith(t, { [name]: configuration(code) }), name);
		return (await checkScript({ script })).map(({ rule, at }) => `${rule.name}:${at.line}`);
	}
	const callback = name.endsWith('.lua') ? 'function ksr_xhttp_event() end' : 'function ksr_xhttp_event() {}';
	const whole = /ksr_xhttp_ev/.test(code) ? code : `${code}\n${callback}\n`;
	const script = join(folderWith(t, { [name]: whole }), name);
	return (await checkScript({ script })).map(({ rule, at }) => `${rule.name}:${at.line}`);
}

for (const { code, name, bad, good, language = 'lua' } of RULES)
	test(`${code} ${name}: as documented`, async (t) => {
		const file = { lua: 'h.lua', javascript: 'h.js', native: 'h.cfg' }[language];
		const line = bad.slice(0, bad.indexOf('!!')).split('\n').length;
		const found = await findings(t, bad, file);
		if (name === 'compile' || name === 'callback') assert.match(found.join(), new RegExp(`^${name}:\\d+$`));
		else assert.ok(found.includes(`${name}:${line}`), `${found} has no ${name}:${line}`);
		assert.deepEqual(await findings(t, good, file), [], 'the good one');
	});

test('codes and names are there once', () => {
	assert.equal(new Set(RULES.map(({ code }) => code)).size, RULES.length);
	assert.equal(new Set(RULES.map(({ name }) => name)).size, RULES.length);
});

/** What stands in a handler, and what is found there; `-` for nothing. */
const LUA: [code: string, found: string][] = [
	['local pv = KSR.pv\npv.gett("x")', 'unknown-function:3'],
	['local reply = KSR.xhttp.xhttp_reply\nreply(200)', 'argument-count:3'],
	['local pv = KSR.pv\npv = other\npv.gett("x")', 'undeclared-global:3'],
	['if KSR.nothing then KSR.pv.get("$hu") end', 'unknown-function:2'],
	['KSR.pv.get("$hu", "a", "b", "c", "d", "e", "f")', 'argument-count:2'],
	['KSR.pv.get(...)', '-'],
	['KSR.pv.sets(unpack({}))', '-'],
	['KSR.pv.get(nil)', 'argument-type:2'],
	['KSR.pv.sets("$vra(x)", "a")', 'unknown-variable:2'],
	['KSR.pv.get("$(hu{s.lenn})")', 'unknown-variable:2'],
	['KSR.pv.get("$" .. "hu")', '-'],
	['KSR.pv.get("$T_branch_idx")', 'sip-only:2'],
	['KSR.pv.sets("$mct(key)", "x")', 'not-available:2'],
	['KSR.http_client.query("http://a/", "var(x)")', 'unknown-variable:2'],
	['KSR.pv.get(function() end)', 'argument-type:2'],
	['KSR.pv.seti("$var(x)", "12")', '-'],
	['KSR.pv.seti("$var(x)", "twelve")', 'argument-type:2'],
	['KSR.pv.sets("$var(x)", 12)', '-'],
	['KSR.pv.seti("$var(x)", 3000000000)', 'int-overflow:2'],
	['KSR.pv.seti("$var(x)", KSR.pv.get("$TS") * 1000 + 5)', 'int-overflow:2'],
	['KSR.pv.seti("$var(x)", os.time() + 1000)', '-'],
	['local agent = KSR.hdr.get("User-Agent")\nKSR.info("a " .. agent)', 'concat-null:3'],
	['local agent = KSR.hdr.get("User-Agent")\nif agent then KSR.info("a " .. agent) end', '-'],
	['local agent = KSR.hdr.get("User-Agent")\nif agent == nil then return end\nKSR.info("a " .. agent)', '-'],
	['KSR.info("a " .. KSR.pv.get("$hu") .. KSR.pv.get("$var(x)"))', '-'],
	['KSR.info("a " .. KSR.pv.get("$hdr(X)"))', 'concat-null:2'],
	['local ct = KSR.pv.get("$cT")\nif ct ~= "text/plain" then return end', 'exact-content-type:3'],
	['x = 1', 'undeclared-global:2'],
	['return undeclared', 'undeclared-global:2'],
	['goto out\nx.y = 1\n::out::', 'undeclared-global:3'],
	['for i, v in ipairs({}) do print(i, v) end', '-'],
	['pcall(KSR.x.exit)', 'exit-caught:2'],
	['local ok, err = pcall(function()\nif KSR.is_GET() then KSR.x.drop() end\nend)', 'exit-caught:3'],
	['KSR.x.exit()', '-'],
	['local R = KSR.xhttp.xhttp_reply\nR(200, "a", "", "")\nR(201, "b", "", "")', 'reply-without-return:3'],
	['if a() then\nKSR.sl.send_reply(200, "a")\nelse\nKSR.sl.send_reply(201, "b")\nend', '-'],
	['if KSR.is_GET() then\nKSR.sl.send_reply(200, "a")\nreturn\nend\nKSR.sl.send_reply(201, "b")', '-'],
	['if KSR.is_GET() then\nKSR.sl.send_reply(200, "a")\nKSR.x.exit()\nend\nKSR.sl.send_reply(201, "b")', '-'],
	[
		'for i = 1, 3 do\nif i == 2 then\nKSR.sl.send_reply(200, "a")\nbreak\nend\nend\nKSR.sl.send_reply(201, "b")',
		'reply-without-return:4',
	],
	['while KSR.is_GET() do\nKSR.sl.send_reply(200, "a")\nreturn\nend\nKSR.sl.send_reply(201, "b")', '-'],
	['KSR.pv.gett("x") -- kemihost-disable-line unknown-function -- on purpose', '-'],
	['-- kemihost-disable-next-line KC101, KC111\nKSR.pv.gett("x")', '-'],
	['--[[ kemihost-disable ]]\nKSR.pv.gett("x")', '-'],
	['KSR.pv.gett("x") -- kemihost-disable-line sip-only', 'unknown-function:2'],
];

test('Lua is read right, case by case', async (t) => {
	for (const [code, expected] of LUA) {
		const found = await findings(t, `local function a() end function ksr_xhttp_event(...)\n${code}\nend`);
		const wanted = found.filter(
			(one) => !one.startsWith('undeclared-global') || expected.startsWith('undeclared'),
		);
		assert.deepEqual(wanted, expected === '-' ? [] : [expected], code);
	}
});

const JS: [code: string, found: string][] = [
	['const { pv } = KSR;\nKSR.pv.gett("x");', 'unknown-function:3'],
	['const { pv, hdr: h } = KSR;\nh.gett("x");', 'unknown-function:3'],
	['const { pvx } = KSR, { gete } = KSR.pv;\ngete();', 'argument-count:3'],
	['const { pvvv } = KSR;', 'unknown-function:2'],
	['const reply = KSR.xhttp.xhttp_reply;\nreply(200);', 'argument-count:3'],
	['KSR.tm.t_relay();', 'sip-only:2'],
	['KSR.pv.sets(...[]);', '-'],
	['KSR.pv.get(null);', 'argument-type:2'],
	['KSR.pv.get([1]);', '-'],
	['KSR.pv.get({});', 'argument-type:2'],
	['KSR.pv.seti("$var(x)", Date.now());', 'int-overflow:2'],
	['KSR.pv.seti("$var(x)", Math.floor(Date.now() / 1000));', '-'],
	[`KSR.info(\`a \${KSR.hdr.get("X")}\`);`, 'concat-null:2'],
	['KSR.info("a " + KSR.hdr.get("X"));', 'concat-null:2'],
	['KSR.info("a " + (KSR.hdr.get("X") ?? ""));', '-'],
	['const x = KSR.hdr.get("X");\nif (x !== null) KSR.info("a " + x);', '-'],
	['if (KSR.hdr.get("Content-Type") === "text/plain") return;', 'exact-content-type:2'],
	['y = 1;', 'undeclared-global:2'],
	['if (typeof nothing === "undefined") return;', '-'],
	['undeclared();', 'undeclared-global:2'],
	['for (const [a, { b = 1, ...c }] of []) console.log(a, b, c);', '-'],
	['try { KSR.x.exit(); } catch {}', 'exit-caught:2'],
	['try { KSR.x.exit(); } finally { KSR.info("a"); }', '-'],
	['try { KSR.pv.get("$hu"); } catch { KSR.x.exit(); }', '-'],
	['if (KSR.is_GET()) KSR.sl.send_reply(200, "a");\nKSR.sl.send_reply(201, "b");', 'reply-without-return:2'],
	['if (KSR.is_GET()) return KSR.sl.send_reply(200, "a");\nKSR.sl.send_reply(201, "b");', '-'],
	[
		'switch (KSR.pv.get("$rm")) {\ncase "GET": KSR.sl.send_reply(200, "a"); break;\ndefault: KSR.sl.send_reply(201, "b");\n}',
		'-',
	],
	['KSR.is_GET() ? KSR.sl.send_reply(200, "a") : KSR.sl.send_reply(405, "b");', '-'],
	['KSR.is_GET() ? KSR.sl.send_reply(200, "a") : 5;\nKSR.sl.send_reply(405, "b");', 'reply-without-return:2'],
	['try { KSR.sl.send_reply(200, "a"); } catch { KSR.sl.send_reply(500, "b"); }', '-'],
	['const f = () => KSR.http_client.query("u", "$var(v)");\nf();', '-'],
	['KSR.http_client.query("u", "$var(v)");', 'missing-await:2'],
	['(async () => { await KSR.http_client.query("u", "$var(v)"); })();', '-'],
	['KSR.pv.gett("x"); // kemihost-disable-line', '-'],
];

/** The same with promises: `wait()` is a call that waits, and the handler is async. */
const PROMISES: [code: string, found: string][] = [
	['if (wait() < 0) return;', 'missing-await:2'],
	['if (wait()) return;', 'missing-await:2'],
	['if (!wait()) return;', 'missing-await:2'],
	['return wait() ? 1 : 2;', 'missing-await:2'],
	['return wait() && 1;', 'missing-await:2'],
	['return wait() === 1;', 'missing-await:2'],
	['switch (wait()) { case 1: return; }', 'missing-await:2'],
	['switch (1) { case wait(): return; }', 'missing-await:2'],
	['while (wait()) KSR.info("a");', 'missing-await:2'],
	[`KSR.info(\`a \${wait()}\`);`, 'missing-await:2'],
	['KSR.pv.seti("$var(x)", wait());', 'missing-await:2'],
	['KSR.info(wait().name);', 'missing-await:2'],
	['let code;\nif ((code = wait()) < 0) return code;', 'missing-await:3'],
	['const p = wait();', 'missing-await:2'],
	['let p;\np = wait();\nif (p) return;', 'missing-await:3'],
	['const p = wait();\nif (p) return;\nawait p;', 'missing-await:3'],
	['const p = wait();\nif ((await p) < 0) return;\nif (p === 1) return;', 'missing-await:4'],
	['const allowed = async () => (await wait()) > 0;\nif (!allowed()) return;', 'missing-await:3'],
	['function allowed() { return wait(); }\nif (allowed() === 1) return;', 'missing-await:3'],
	['if (wait().then((code) => code > 0)) return;', 'missing-await:2'],
	['const p = wait();\nawait p;', '-'],
	['const p = wait();\nreturn p;', '-'],
	['await Promise.all([wait(), wait()]);', '-'],
	['const all = ["a"].map(() => wait());\nawait Promise.all(all);', '-'],
	['const cache = {};\nawait (cache.a ??= wait());', '-'],
	['wait().then((code) => KSR.info("got " + code));', '-'],
	['const code = await (KSR.is_GET() ? wait() : 5);\nKSR.info("got " + code);', '-'],
	['void wait();', '-'],
	['const allowed = async () => (await wait()) > 0;\nif (!(await allowed())) return;\nallowed();', '-'],
	['const f = () => { const p = wait(); return p; };\nconst g = (p) => p > 1;\nreturn g(await f());', '-'],
	['const p = 1;\n{ const p = wait(); await p; }\nif (p) return;', '-'],
	['if (again()) return;\nfunction again() { return again(); }', '-'],
];

test('promises are followed to where their value is needed', async (t) => {
	for (const [code, expected] of PROMISES) {
		const body = code.replaceAll('wait()', 'KSR.http_client.query("u", "$var(v)")');
		const found = await findings(t, `async function ksr_xhttp_event(e) {\n${body}\n}`, 'h.js');
		assert.deepEqual(found, expected === '-' ? [] : [expected], code);
	}
});

for (const name of ['h.js', 'h.ts'])
	test(`${name}, case by case`, async (t) => {
		for (const [code, expected] of JS) {
			const typed = name === 'h.ts' ? 'const t: string = "x" as string;' : '';
			const found = await findings(t, `function ksr_xhttp_event(e) { ${typed}\n${code}\n}`, name);
			assert.deepEqual(found, expected === '-' ? [] : [expected], code);
		}
	});

/** What stands in the route for requests; `-` for nothing. */
const NATIVE: [code: string, found: string][] = [
	['xhttp_replly("200");', 'unknown-function:1'],
	['ds_select_dst("1", "0");', 'unknown-function:1'], // its module is not loaded
	['xhttp_reply("200", "OK");', 'argument-count:1'],
	['xhttp_reply("two", "OK", "", "");', 'argument-type:1'],
	['route(NOWHERE);', 'unknown-route:1'],
	['xinfo("$nothing");', 'unknown-variable:1'],
	['$hu = "x";', 'argument-type:1'],
	['t_relay();', 'sip-only:1'],
	['if ($dlg(callid) == $null) exit;', 'sip-only:1'],
	['exec_msg("ls");', 'not-available:1'],
	['xhttp_reply("200", "OK", "", "");\nxhttp_reply("200", "OK", "", "");', 'reply-without-return:1'],
	['if ($rm == "PUT") {\nsend_reply("200", "a");\n}\nsend_reply("201", "b");', 'reply-without-return:2'],
	['if ($rm == "PUT") {\nsend_reply("200", "a");\nexit;\n}\nsend_reply("201", "b");', '-'],
	['if ($rm == "PUT") {\nsend_reply("200", "a");\nreturn;\n}\nsend_reply("201", "b");', '-'],
	[
		'while ($rm == "PUT") {\nsend_reply("200", "a");\nbreak;\n}\nsend_reply("201", "b");',
		'reply-without-return:2',
	],
	['switch ($rm) {\ncase "A":\nsend_reply("200", "a");\nbreak;\ndefault:\nsend_reply("201", "b");\n}', '-'],
	[
		'switch ($rm) {\ncase "A":\nsend_reply("200", "a");\ndefault:\nsend_reply("201", "b");\n}',
		'reply-without-return:3',
	],
	['send_reply("200", "a");\nexit;\nxinfo("never");', 'unreachable:3'],
	['$var(x) = $hdr(X-A);\nif ($var(x) == 0) exit;', '-'],
	['if (is_present_hf("X-A")) {\n$var(x) = $hdr(X-A);\n}\nxinfo("$var(x)");', '-'],
	['$var(x) = $(hdr(X-A){s.len});\nxinfo("$var(x)");', '-'],
	['xinfo("$hdr(X-A)");', '-'],
	['append_to_reply("X-B: $hdr(X-A)\\r\\n");', 'null-in-text:1'],
	['append_to_reply("X-B: $(hdr(X-A){s.tolower})\\r\\n");', '-'],
	['if ($hdr(X-A) != $null)\nappend_to_reply("X-B: $hdr(X-A)\\r\\n");', '-'],
	['if ($hu == "$si") exit;', 'text-not-expanded:1'],
	['if ($hu == "costs 5$") exit;', '-'],
	['if ($cT == "application/json") exit;', 'exact-content-type:1'],
	['if ($hdr(Content-Type) =~ "^application/json") exit;', '-'],
	['switch ($cT) {\ncase "application/json":\nexit;\n}', 'exact-content-type:2'],
	['$var(x) = 3000000000;\nxinfo("$var(x)");', 'int-overflow:1'],
	['$var(x) = 0xffffffff;\nxinfo("$var(x)");', 'int-overflow:1'],
	['$var(x) = 2147483647 - 017;\nxinfo("$var(x)");', '-'],
	['$var(x) = $TS * 1000;\nxinfo("$var(x)");', 'int-overflow:1'],
	['$var(x) = 1;', 'unused-variable:1'],
	['$var(x) = 1; $var($rm) = 2; xinfo("$var($si) $var(y)");', '-'],
	['$var(x) = "a"; $sht(t=>$var(x)) = 1;', '-'],
	['xinfo("$var(x)");', 'unset-variable:1'],
	['$avp(x) = 1; append_to_reply("X-B: $avp(x)\\r\\n");', '-'],
	['if ($var(x) = 1 || !($var(y) = 2)) xinfo("$var(x)$var(y)");', 'assignment-as-condition:1'],
	['jansson_get("a", "$rb", "$var(x)"); xinfo("$var(x)");', '-'],
	['t_relay(); # kemihost-disable-line sip-only -- on purpose', '-'],
	['# kemihost-disable-next-line KC102, KC103\nt_relay();', '-'],
	['/* kemihost-disable */ t_relay();', '-'],
	['// kemihost-disable-line sip-only\nt_relay();', 'sip-only:2'],
	['/* kemihost-disable */ append_to_repli("X-A: b\\r\\n");', 'unknown-function:1'],
];

test("Kamailio's own language, case by case", async (t) => {
	for (const [code, expected] of NATIVE)
		assert.deepEqual(await findings(t, code, 'h.cfg'), expected === '-' ? [] : [expected], code);
});

test('every variable of a text is told', async (t) => {
	const twice = 'append_to_reply("X-B: $hdr(X-A) $hdr(X-B)\\r\\n");';
	assert.deepEqual(await findings(t, twice, 'h.cfg'), ['null-in-text:1', 'null-in-text:1']);
});

test('a finding about a variable in a text points at the variable', async (t) => {
	const code =
		'append_to_reply("X-\\"B: $uac $ua\\r\\n");\nif ($hu == "a $si") xinfo("ö $var(x)\n$var(y)\n");';
	const script = join(
		folderWith(t, { 'h.cfg': `${LOADED}\nevent_route[xhttp:request] {\n${code} }\n` }),
		'h.cfg',
	);
	assert.deepEqual(
		(await checkScript({ script })).map(({ rule, at, source }) => [rule.name, source.slice(at.column - 1)]),
		[
			// what the compiler says names the character itself
			['unknown-variable', '"X-\\"B: $uac $ua\\r\\n");'],
			['null-in-text', '$ua\\r\\n");'],
			['text-not-expanded', '$si") xinfo("ö $var(x)'],
			['unset-variable', '"ö $var(x)'],
			['unset-variable', '$var(x)'],
		],
	);
});

test('routes are followed: what they send, where they end, and which of them nothing calls', async (t) => {
	const found = (routes: string, body: string) =>
		findings(t, `${routes}\nevent_route[xhttp:request] {\n${body}\n}`, 'h.cfg');
	const answer = 'route[A] { xhttp_reply("200", "OK", "", "");';
	assert.deepEqual(await found(`${answer} exit; }`, 'route(A);\nsend_reply("201", "b");'), []);
	assert.deepEqual(await found(`${answer} return 0; }`, 'route(A);\nsend_reply("201", "b");'), []);
	assert.deepEqual(await found(`${answer} return; }`, 'route(A);\nsend_reply("201", "b");'), [
		'reply-without-return:1',
	]);
	assert.deepEqual(await found(`${answer} route(A); }`, 'route(A);'), ['reply-without-return:1']);
	assert.deepEqual(await found(`${answer} }`, 'exit;'), ['unused-route:1']);
	assert.deepEqual(await found(`${answer} }`, 'route($rm);'), []);
	assert.deepEqual(await found(`${answer} } modparam("rtimer", "exec", "timer=t;route=A")`, 'exit;'), []);
	// a route of SIP is none of this host's business
	assert.deepEqual(
		await found('request_route { t_relay(); send_reply("404", "x"); send_reply("404", "x"); }', 'exit;'),
		[],
	);
});
