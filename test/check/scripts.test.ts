/** The repository's scripts and a large router: nothing is found that is not there, and what is broken is. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { checkScript } from '../../src/check/check.ts';
import { ROOT } from '../../tools/command.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const ROUTERS = ['sip-router.lua', 'sip-router.js', 'sip-router.cfg'];
const SCRIPTS = readdirSync(`${ROOT}scripts`).filter((name) => /\.(lua|js|cfg)$/.test(name));
const ROUTER = readFileSync(`${ROOT}test/fixtures/router/sip-router.lua`, 'utf8');

async function found(script: string): Promise<string[]> {
	const findings = await checkScript({ script });
	return findings.map(({ rule, at }) => `${rule.name}:${at.line}:${at.column}`);
}

for (const name of SCRIPTS)
	test(`${name} is clean but for its SIP part`, async () => {
		const all = await found(join(ROOT, 'scripts', name));
		assert.deepEqual(
			all.filter((one) => !one.startsWith('sip-only')),
			[],
		);
	});

/** Everything of the scripts' folder, with one script changed. */
function copy(t: TestContext, name: string, change: (code: string) => string): string {
	const files = Object.fromEntries(
		readdirSync(`${ROOT}scripts/lib`).map((lib) => [`lib/${lib}`, readFileSync(`${ROOT}scripts/lib/${lib}`)]),
	);
	const code = change(readFileSync(`${ROOT}scripts/${name}`, 'utf8'));
	return join(folderWith(t, { ...files, [name]: code }), name);
}

for (const name of SCRIPTS)
	test(`a broken copy of ${name}: a misspelt function, and a file that ends too early`, async (t) => {
		const misspelt = copy(t, name, (code) => code.replace(/xhttp_reply\(/, 'xhttp_replay('));
		const all = await found(misspelt);
		assert.deepEqual(
			all.filter((one) => !one.startsWith('sip-only')).map((one) => one.split(':')[0]),
			readFileSync(misspelt, 'utf8').includes('xhttp_replay') ? ['unknown-function'] : [],
		);
		const cut = copy(t, name, (code) =>
			code.slice(0, code.lastIndexOf('end' === code.trim().slice(-3) ? 'end' : '}')),
		);
		assert.match((await found(cut)).join(), /compile:\d+:\d+/);
	});

test('large routers: only their SIP functions are remarked, of a configuration not even those', async () => {
	for (const router of ROUTERS) {
		const all = await found(join(ROOT, 'test/fixtures/router', router));
		const kinds = [...new Set(all.map((one) => one.split(':')[0]))];
		assert.deepEqual(kinds, router.endsWith('.cfg') ? [] : ['sip-only'], router);
	}
});

/** Changes to the router, and what comes of each. */
const BROKEN: [from: string, to: string, finding: RegExp][] = [
	['local agent = hdr.get', 'local agent = hdr.gett', /^unknown-function:\d+:16$/],
	['not authorized() then', 'not authorised() then', /^undeclared-global:\d+:26$/],
	['local left = KSR', 'left = KSR', /^undeclared-global:\d+:2/],
	['KSR.htable.sht_rm("ipban", address)', 'KSR.htable.sht_rm("ipban")', /^argument-count:\d+:2$/],
	['config.blocked_for)\n\tanswer', 'true)\n\tanswer', /^argument-type:\d+:44$/],
	[
		'local key = hdr.get("X-Api-Key")\n',
		'local key = hdr.get("X-Api-Key")\n\tKSR.dbg("key " .. hdr.get("X-Api-Key"))\n',
		/^concat-null:\d+:20$/,
	],
	[
		'if not hdr.match_content("Content-Type", "sw", "application/x-www-form-urlencoded", "f") then',
		'if hdr.get("Content-Type") ~= "application/x-www-form-urlencoded" then',
		/^exact-content-type:\d+:5$/,
	],
	[
		'pv.seti("$shv(dials)", waiting + 1)',
		'pv.seti("$shv(dials)", os.time() * 1000)',
		/^int-overflow:\d+:25$/,
	],
	[
		'\t\tKSR.sl.sl_send_reply(484, "Address Incomplete")\n\t\treturn 1\n\tend\n',
		'\t\tKSR.sl.sl_send_reply(484, "Address Incomplete")\n\tend\n\tKSR.sl.sl_send_reply(404, "x")\n',
		/^reply-without-return:\d+:3$/,
	],
	[
		'\tksr_route_natdetect()\n',
		'\tpcall(function() ksr_route_natdetect() KSR.x.exit() end)\n',
		/^exit-caught:\d+:41$/,
	],
];

test('a broken copy of the router for each kind of mistake', async (t) => {
	for (const [from, to, finding] of BROKEN) {
		const code = ROUTER.replace(from, to);
		assert.ok(code !== ROUTER, `${from} is not in the router`);
		const script = join(folderWith(t, { 'router.lua': code }), 'router.lua');
		const all = (await found(script)).filter((one) => !/^(sip-only|not-available)/.test(one));
		assert.match(all[0] ?? '', finding, `${to}: ${all}`);
	}
});

test('the same tests pass for the router in every language and engine', async (t) => {
	const run = kemihost(t, ['test', 'test/fixtures/router', '--engine', 'all']);
	assert.equal(await run.ended, 0, run.stdout());
	assert.match(run.stdout(), /\n27 passed, 0 failed/);
});

test('findings are printed in each format, with the exit code for them', async (t) => {
	const folder = folderWith(t, {
		'h.lua': 'local lib = require "lib"\nfunction ksr_xhttp_event()\n\tKSR.pv.gett("a, 50%")\nend',
		'lib.lua': 'return { f = function() KSR.x.y() end }',
		'good.js': 'function ksr_xhttp_event() {}',
		'native.cfg': '#!KAMAILIO\nloadmodule "xhttp.so"\nevent_route[xhttp:request] { xhttp_replay("200"); }\n',
	});
	const run = async (...args: string[]) => {
		const command = kemihost(t, ['check', ...args], { cwd: folder });
		return { code: await command.ended, said: command.stdout(), error: command.stderr() };
	};
	const pretty = await run('h.lua', 'good.js');
	assert.equal(pretty.code, 1);
	assert.match(
		pretty.said,
		/^h\.lua:3:2: error: there is no KSR\.pv\.gett \[KC101 unknown-function\]\n {2}3 \| \tKSR/,
	);
	assert.match(pretty.said, /\nlib\.lua:1:25: error: there is no KSR\.x\.y/);
	assert.match(pretty.said, /\n2 scripts: 2 errors, 0 warnings\n$/);
	const json = JSON.parse((await run('h.lua', '--format', 'json')).said);
	assert.deepEqual(
		{ ...json[0], hint: undefined },
		{
			...{ file: 'h.lua', line: 3, column: 2, severity: 'error', code: 'KC101', rule: 'unknown-function' },
			...{ message: 'there is no KSR.pv.gett', hint: undefined },
		},
	);
	const github = await run('h.lua', '--format', 'github');
	assert.match(
		github.said,
		/^::error file=h\.lua,line=3,col=2,title=KC101 unknown-function::there is no KSR\.pv\.gett/,
	);
	assert.deepEqual(await run('good.js'), { code: 0, said: '1 script: 0 errors, 0 warnings\n', error: '' });
	const native = await run('native.cfg');
	assert.equal(native.code, 1);
	assert.match(native.said, /native\.cfg:3:\d+: error: .*xhttp_replay/);
	assert.equal((await run('none.lua')).code, 3);
});

test('a folder stands for the scripts with a handler in it, and only errors fail', async (t) => {
	const handler = (body: string) =>
		`local lib = require "lib.text"\nfunction ksr_xhttp_event() ${body} end\n`;
	const folder = folderWith(t, {
		'a/h.lua': handler('KSR.tm.t_relay()'),
		'a/lib/text.lua': 'return {}\n',
		'a/test_h.lua': 'local t = require "kemihost.testing"\nt.test("ksr_xhttp_event", function() end)\n',
		'a/ksr.d.ts': 'declare function ksr_xhttp_event(): void;\n',
		'a/node_modules/x/index.js': 'function ksr_xhttp_event( {\n',
		'a/named.js': '// kemihost-disable callback\nfunction f() {}\n',
		'bad.cfg': '#!KAMAILIO\nloadmodule "xhttp.so"\nevent_route[xhttp:request] { xhttp_replay("200"); }\n',
	});
	const run = async (...args: string[]) => {
		const command = kemihost(t, ['check', ...args], { cwd: folder });
		return { code: await command.ended, said: command.stdout(), error: command.stderr() };
	};
	const warned = await run('a');
	assert.equal(warned.code, 0, warned.error);
	assert.match(warned.said, /^a\/h\.lua:2:28: warning: .*sip-only/);
	assert.match(warned.said, /\n2 scripts: 0 errors, 1 warning\n$/);
	assert.match(warned.error, /^note: a: 1 file without a handler/);
	assert.equal((await run('a', '--max-warnings', '0')).code, 1);
	assert.equal((await run('a', '--max-warnings', '1')).code, 0);
	const both = await run('a/lib', 'bad.cfg');
	assert.equal(both.code, 1);
	assert.match(both.said, /\n1 script: 1 error, 0 warnings\n$/);
	const none = await run('a/lib');
	assert.equal(none.code, 2);
	assert.match(none.error, /no script with a handler in a\/lib/);
});

test('all that is wrong with a native script is found, in the file it is in', async (t) => {
	const folder = folderWith(t, {
		'h.cfg': `#!KAMAILIO
loadmodule "xhttp.so"
include_file "part.cfg"
event_route[xhttp:request] {
	xhttp_replly("200");
	route(PART);
	xhttp_reply("200", "OK");
}
`,
		'part.cfg': 'route[PART] {\n\t$avp(x) = 1; t_relayy();\n}\n',
	});
	const command = kemihost(t, ['check', 'h.cfg'], { cwd: folder });
	assert.equal(await command.ended, 1);
	const said = command.stdout();
	assert.match(
		said,
		/^h\.cfg:5:2: error: there is no function xhttp_replly.*\n.*xhttp_replly\("200"\);\n.*\| \t\^\n/m,
	);
	assert.match(said, /^h\.cfg:7:2: error: xhttp_reply takes /m);
	assert.match(said, /^part\.cfg:2:15: error: there is no function t_relayy/m);
	assert.match(said, /\n1 script: 3 errors, 0 warnings\n$/);
});

test('what is wrong with the settings of a configuration, and in the scripts that it loads', async (t) => {
	const folder = folderWith(t, {
		'sub/h.cfg': `#!KAMAILIO
loadmodule "xhttp.so"
modparam("xhttp", "url_matchh", "^/x")
event_route[xhttp:request] {
	xhttp_replly("200");
}
`,
		'lua.cfg': `#!KAMAILIO
loadmodule "xhttp.so"
loadmodule "app_lua.so"
cfgengine "lua"
modparam("app_lua", "load", "h.lua")
modparam("xhttp", "event_callback", "on_request")
route[NOTE] { xinfo("$nothing"); }
`,
		'h.lua': 'function on_request()\n\tKSR.pv.gett("$hu")\nend\n',
	});
	const run = async (...args: string[]) => {
		const command = kemihost(t, ['check', ...args], { cwd: folder });
		return { code: await command.ended, said: command.stdout(), error: command.stderr() };
	};
	const pretty = await run('sub/h.cfg');
	assert.equal(pretty.code, 1, pretty.error);
	assert.match(
		pretty.said,
		/^sub\/h\.cfg:3:1: error: module xhttp has no parameter url_matchh \[KC001 compile\]$/m,
	);
	assert.match(pretty.said, /^sub\/h\.cfg:5:2: error: .*xhttp_replly \[KC101 unknown-function\]$/m);
	assert.match(pretty.said, /\n1 script: 2 errors, 0 warnings\n$/);
	const json = JSON.parse((await run('sub/h.cfg', '--format', 'json')).said);
	assert.deepEqual(
		json.map(({ file, line, column, code }: Record<string, unknown>) => [file, line, column, code]),
		[
			['sub/h.cfg', 3, 1, 'KC001'],
			['sub/h.cfg', 5, 2, 'KC101'],
		],
	);
	const github = await run('sub/h.cfg', '--format', 'github');
	assert.match(
		github.said,
		/^::error file=sub\/h\.cfg,line=5,col=2,title=KC101 unknown-function::there is no/m,
	);
	const lua = await run('lua.cfg');
	assert.match(lua.said, /^h\.lua:2:2: error: there is no KSR\.pv\.gett/m);
	assert.match(lua.said, /^lua\.cfg:7:\d+: error: /m);
});
