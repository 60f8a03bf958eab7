import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Command, kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HEAD = `#!KAMAILIO
debug=2
log_stderror=yes
children=1
listen=tcp:127.0.0.1:0
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "xhttp.so"
loadmodule "xlog.so"
loadmodule "tm.so"
modparam("tm", "fr_timer", 5000)
sip_warning=no
`;

const LUA = `${HEAD}loadmodule "app_lua.so"
modparam("app_lua", "load", "handler.lua")
modparam("xhttp", "event_callback", "on_request")
cfgengine "lua"
`;

const HANDLER = `function on_request(evname)
	KSR.info("seen " .. KSR.pv.get("$hu") .. "\\n")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "site " .. KSR.pv.getw("$def(SITE)"))
end
`;

/** Starts it in a folder of its own, and waits until it serves. */
async function start(
	t: TestContext,
	files: Record<string, string>,
	args: readonly string[] = [],
): Promise<{ run: Command; url: string; folder: string }> {
	const folder = folderWith(t, files);
	const run = kemihost(t, ['-f', 'kamailio.cfg', ...args], { cwd: folder });
	const [, url = ''] = await run.until(/serves kamailio\.cfg \(.*\) on (http:\S+)/);
	return { run, url, folder };
}

const textAt = async (url: string) => (await fetch(url)).text();

test("Kamailio's own command line serves a Lua handler as its configuration says", async (t) => {
	const folder = folderWith(t, { 'kamailio.cfg': LUA, 'handler.lua': HANDLER });
	const pidFile = join(folder, 'kamailio.pid');
	const args = ['-f', 'kamailio.cfg', '-m', '64', '-M', '8', '-DD', '-E', '-Y', folder, '-P', pidFile];
	const run = kemihost(t, args, { cwd: folder });
	const [, url = ''] = await run.until(/serves kamailio\.cfg \(fengari\) on (http:\S+)/);
	assert.equal(await textAt(`${url}x`), 'site <null>');
	await run.until(/^ 1\(\d+\) INFO: <script>: seen \/x$/m);
	assert.equal(Number(readFileSync(pidFile, 'latin1')), run.child.pid);
	assert.doesNotMatch(run.stderr(), /sip_warning/, 'what does nothing is named at level debug only');
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0);
	assert.equal(existsSync(pidFile), false);
});

test('a JavaScript handler, in the engine that a flag names', async (t) => {
	const cfg = `${HEAD}loadmodule "app_jsdt.so"
modparam("app_jsdt", "load", "handler.js")
modparam("xhttp", "event_callback", "ksr_xhttp_event")
cfgengine "jsdt"
`;
	const handler = `function ksr_xhttp_event() { KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', 'from JavaScript'); }`;
	const { run, url } = await start(t, { 'kamailio.cfg': cfg, 'handler.js': handler }, [
		'--engine',
		'isolated-vm',
	]);
	assert.match(run.stdout(), /\(isolated-vm\)/);
	assert.equal(await textAt(url), 'from JavaScript');
});

test('the command line wins over the file', async (t) => {
	const { run, url } = await start(t, { 'kamailio.cfg': LUA, 'handler.lua': HANDLER }, [
		...['-A', 'SITE=here', '-l', 'tcp:127.0.0.1:0', '-l', 'udp:127.0.0.1:5060', '--log-format=json'],
		...['-n', '0', '--debug=3', '--server-header=mine'],
	]);
	const reply = await fetch(url);
	assert.equal(await reply.text(), 'site here');
	assert.equal(reply.headers.get('server'), 'mine');
	const [line] = await run.until(/^\{.*without an effect here: .*sip_warning.*\}$/m);
	assert.equal(JSON.parse(line).level, 'debug');
	await run.until(/not listened on: udp:127\.0\.0\.1:5060/);
});

test('several Lua files run in reverse order in one engine', async (t) => {
	const cfg = LUA.replace(
		'modparam("app_lua"',
		'modparam("app_lua", "load", "last.lua")\nmodparam("app_lua"',
	);
	const files = {
		'kamailio.cfg': cfg,
		'handler.lua': 'order = (order or "") .. "handler "\nfunction on_request() reply() end',
		'last.lua':
			'order = (order or "") .. "last"\nfunction reply() KSR.xhttp.xhttp_reply(200, "OK", "text/plain", order) end',
	};
	const { run, url, folder } = await start(t, files);
	assert.equal(await textAt(url), 'handler last');
	writeFileSync(join(folder, 'handler.lua'), files['handler.lua'].replace('"handler "', '"changed "'));
	run.child.kill('SIGHUP');
	await run.until(/reloaded/);
	assert.equal(await textAt(url), 'changed last');
});

test('a reload reads the file again and names what needs a restart', async (t) => {
	const { run, url, folder } = await start(t, { 'kamailio.cfg': LUA, 'handler.lua': HANDLER });
	writeFileSync(join(folder, 'handler.lua'), HANDLER.replace('site', 'place'));
	writeFileSync(join(folder, 'kamailio.cfg'), LUA.replace('children=1', 'children=2'));
	run.child.kill('SIGHUP');
	await run.until(/changed in kamailio\.cfg, and needs a restart: children$/m);
	await run.until(/WARNING|reloaded/);
	while ((await textAt(url)) !== 'place <null>') await new Promise(setImmediate);

	writeFileSync(join(folder, 'kamailio.cfg'), `${LUA}childrn=2\n`);
	run.child.kill('SIGHUP');
	await run.until(/not reloaded[\s\S]*no core parameter childrn[\s\S]*did you mean children\?/);
	assert.equal(await textAt(url), 'place <null>');
});

test('-c says all that is wrong at once, with exit code 78', async (t) => {
	const cfg = LUA.replace('debug=2', 'debg=2')
		.replace('"xlog.so"', '"xlgo.so"')
		.replace('"event_callback"', '"event_calback"')
		.concat('modparam("htable", "htable", "a=>size=4;")\ntcp_children="many"\nlisten=tcp:127.0.0.1:99999\n');
	const folder = folderWith(t, { 'kamailio.cfg': cfg, 'handler.lua': HANDLER });
	const run = kemihost(t, ['-c', '-f', 'kamailio.cfg'], { cwd: folder });
	assert.equal(await run.ended, 78);
	const lines = run.stderr().replace(/^ {4}.*\n/gm, '');
	assert.equal(
		lines,
		`kemihost: 7 errors in the configuration [KH_CFG]
kamailio.cfg:2:1: there is no core parameter debg
  hint: did you mean debug?
kamailio.cfg:10:1: there is no module xlgo
  hint: did you mean xlog?
kamailio.cfg:16:1: module xhttp has no parameter event_calback
  hint: did you mean event_callback?
kamailio.cfg:17:1: nothing handles HTTP requests: xhttp has no event_callback
  hint: modparam("xhttp", "event_callback", "ksr_xhttp_event")
kamailio.cfg:18:1: module htable is not loaded
  hint: loadmodule "htable.so" belongs above this line
kamailio.cfg:19:14: tcp_children wants a number
  hint: yes and no are numbers, too
kamailio.cfg:20:8: 99999 is no port
`,
	);
});

test('-c loads the script too, and serves nothing', async (t) => {
	const folder = folderWith(t, { 'kamailio.cfg': LUA, 'handler.lua': 'function on_request( end' });
	const broken = kemihost(t, ['run', 'kamailio.cfg', '-c'], { cwd: folder });
	assert.equal(await broken.ended, 3);
	assert.match(broken.stderr(), /handler\.lua:1/);
	writeFileSync(join(folder, 'handler.lua'), HANDLER);
	const good = kemihost(t, ['run', 'kamailio.cfg', '--check'], { cwd: folder });
	assert.equal(await good.ended, 0);
	assert.equal(good.stdout(), 'kamailio.cfg is good\n');
});

test('--cfg-print shows the file after preprocessing', async (t) => {
	const files = {
		'kamailio.cfg':
			'#!KAMAILIO\n#!define A\n#!ifdef A\ninclude_file "b.cfg"\n#!else\ndebug=1\n#!endif\nchildren=1\n',
		'b.cfg': 'log_name="ä" # b\n',
	};
	const folder = folderWith(t, files);
	const run = kemihost(t, ['-f', 'kamailio.cfg', '--cfg-print'], { cwd: folder });
	assert.equal(await run.ended, 0);
	assert.equal(run.stdout(), '#!KAMAILIO\n#!define A\nlog_name="ä" # b\n\nchildren=1\n');
});

test("a module of one's own is loaded by its path, in children too", async (t) => {
	const cfg = `${LUA}loadmodule "./greetings.js"\nmodparam("greetings", "name", "you")\n`;
	const files = {
		'kamailio.cfg': cfg,
		'handler.lua': `function on_request() KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.greetings.greet()) end`,
		'greetings.js': `const own = {
	name: 'greetings', doc: 'Greetings.',
	params: [{ name: 'name', type: 'str', default: null, doc: 'Who is greeted.' }],
	init: (params) => params.str('name'),
	functions: [{ name: 'greet', params: [], returns: 'xval', doc: 'Greets.', run: (ctx) => 'hello ' + ctx.host.state(own) }],
};
export default own;
`,
	};
	const { url } = await start(t, files);
	assert.equal(await textAt(url), 'hello you');
	const folder = folderWith(t, { ...files, 'greetings.js': 'export const nothing = 1;' });
	const run = kemihost(t, ['-f', 'kamailio.cfg'], { cwd: folder });
	assert.equal(await run.ended, 78);
	assert.match(run.stderr(), /greetings\.js: the file exports no module \[KH_MODULE\]/);
});

test('a request is answered without a socket through a kamailio.cfg', async (t) => {
	const folder = folderWith(t, { 'kamailio.cfg': LUA, 'handler.lua': HANDLER });
	const run = kemihost(t, ['request', 'kamailio.cfg', '/', '-A', 'SITE=there'], { cwd: folder });
	assert.equal(await run.ended, 0);
	assert.match(run.stdout(), /site there/);
});

test('variables of modules that the file does not load are errors in it', async (t) => {
	const route = 'event_route[xhttp:request] { $var(x) = $dlg(callid); xlog("$DLG_count\\n"); }';
	for (const [load, code] of [
		['', 78],
		['loadmodule "dialog.so"\n', 0],
	] as const) {
		const folder = folderWith(t, { 'kamailio.cfg': `${HEAD}${load}${route}` });
		const run = kemihost(t, ['-c', '-f', 'kamailio.cfg'], { cwd: folder });
		assert.equal(await run.ended, code);
		if (code === 78)
			assert.match(run.stderr(), /\$dlg belongs to the module dialog or ims_dialog, which is not loaded/);
	}
});

test('modules of Kamailio 4 are known by their old names', async (t) => {
	const cfg = `${HEAD}loadmodule "mi_fifo.so"
modparam("mi_fifo", "fifo_name", "/tmp/kamailio_fifo")
loadmodule "jsonrpc-s.so"
modparam("jsonrpc-s", "pretty_format", 0)
event_route[xhttp:request] { jsonrpc_dispatch(); }
`;
	const folder = folderWith(t, { 'kamailio.cfg': cfg });
	const body = '{"jsonrpc": "2.0", "method": "core.echo", "params": ["hello"], "id": 1}';
	const run = kemihost(t, ['request', 'kamailio.cfg', '/', '-d', body], { cwd: folder });
	assert.equal(await run.ended, 0);
	assert.match(run.stdout(), /\["hello"\]/);
});

test('what only this machine lacks keeps nobody from looking at a file', async (t) => {
	const cfg = `${HEAD}listen=tls:127.0.0.1:0
loadmodule "tls.so"
modparam("tls", "certificate", "/nowhere/kamailio.pem")
loadmodule "domain.so"
modparam("domain", "db_url", "postgres://kamailio@127.0.0.1:1/kamailio")
event_route[xhttp:request] { xhttp_replly("200", "OK", "text/plain", "here"); }
`;
	const folder = folderWith(t, { 'kamailio.cfg': cfg.replace('replly', 'reply'), 'wrong.cfg': cfg });
	const checked = kemihost(t, ['check', 'kamailio.cfg'], { cwd: folder });
	assert.equal(await checked.ended, 0);
	assert.match(
		checked.stdout(),
		/warning: module domain: no connection .* \[KC001 compile\]\n(.|\n)*0 errors, 1 warning/,
	);
	const wrong = kemihost(t, ['check', 'wrong.cfg'], { cwd: folder });
	assert.equal(await wrong.ended, 1);
	assert.match(wrong.stdout(), /there is no function xhttp_replly/);
	const started = kemihost(t, ['-c', '-f', 'kamailio.cfg'], { cwd: folder });
	assert.equal(await started.ended, 78);
	assert.match(started.stderr(), /the certificate cannot be read \(ENOENT\): \/nowhere\/kamailio\.pem/);
	assert.match(started.stderr(), /hint: --tls-cert and --tls-key name others/);
});

test('certificates are looked at where TLS is listened on, and may be named by flags', async (t) => {
	const cfg = `${HEAD}loadmodule "tls.so"
modparam("tls", "config", "/nowhere/tls.cfg")
event_route[xhttp:request] { xhttp_reply("200", "OK", "text/plain", "plain"); }
`;
	const { url } = await start(t, { 'kamailio.cfg': cfg });
	assert.equal(await textAt(url), 'plain');
	const own = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
	const folder = folderWith(t, { 'kamailio.cfg': `listen=tls:127.0.0.1:0\n${cfg}` });
	const flags = ['--tls-cert', own('server.pem'), '--tls-key', own('server.key')];
	const run = kemihost(t, ['-c', '-f', 'kamailio.cfg', ...flags], { cwd: folder });
	assert.equal(await run.ended, 0, run.stderr());
});

test('a configuration may have more behind .cfg in its name', async (t) => {
	const cfg = `${HEAD}event_route[xhttp:request] { xhttp_reply("200", "OK", "text/plain", "from the sample"); }\n`;
	const folder = folderWith(t, { 'kamailio.cfg.sample': cfg });
	const checked = kemihost(t, ['-c', '-f', 'kamailio.cfg.sample'], { cwd: folder });
	assert.equal(await checked.ended, 0);
	const run = kemihost(t, ['request', 'kamailio.cfg.sample', '/'], { cwd: folder });
	assert.equal(await run.ended, 0);
	assert.match(run.stdout(), /from the sample/);
});

test('a request without a socket comes to an address of the file', async (t) => {
	const cfg = `listen=tcp:127.0.0.1:5060
listen=tcp:0.0.0.0:8080
loadmodule "pv.so"
loadmodule "kex.so"
loadmodule "xhttp.so"
event_route[xhttp:request] {
	if ($Rp != 8080 || !is_myself("sip:$hdr(Host)")) xhttp_reply("403", "Forbidden", "", "");
	else xhttp_reply("200", "OK", "text/plain", "$Ri for $hdr(Host)");
}
`;
	const folder = folderWith(t, { 'kamailio.cfg': cfg });
	for (const [args, answer] of [
		[[], /127\.0\.0\.1 for 127\.0\.0\.1:8080/],
		[['--to', '127.0.0.1:5060'], /403 Forbidden/],
	] as const) {
		const run = kemihost(t, ['request', 'kamailio.cfg', '/', ...args], { cwd: folder });
		assert.equal(await run.ended, 0);
		assert.match(run.stdout(), answer);
	}
});

test('route blocks call scripts in Lua and JavaScript', async (t) => {
	const cfg = `${HEAD}loadmodule "app_lua.so"
loadmodule "app_jsdt.so"
modparam("app_lua", "load", "one.lua")
modparam("app_jsdt", "load", "two.js")
request_route { exit; }
event_route[xhttp:request] {
	if ($hu == "/js") {
		jsdt_run("answer", "$hu");
	} else {
		lua_run("answer", "$hu");
	}
}
`;
	const { url } = await start(t, {
		'kamailio.cfg': cfg,
		'one.lua': 'function answer(path) KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "Lua at " .. path) end',
		'two.js':
			'function answer(path) { KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "JavaScript at " + path); }',
	});
	assert.equal(await textAt(`${url}x`), 'Lua at /x');
	assert.equal(await textAt(`${url}js`), 'JavaScript at /js');
});
