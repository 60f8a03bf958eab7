import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HANDLER = `function ksr_xhttp_event(evname)
	KSR.info("seen " .. KSR.pv.get("$hu"))
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "hello")
end
function other() KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "other") end
`;

test('serves a script, says where, and ends on SIGTERM with 0', async (t) => {
	const folder = folderWith(t, { 'handler.lua': HANDLER });
	const run = kemihost(t, [
		'run',
		join(folder, 'handler.lua'),
		'--listen',
		'127.0.0.1:0',
		'--listen=tcp:127.0.0.1:0',
	]);
	await run.until(/(.*\n){2}/);
	const urls = [...run.stdout().matchAll(/serves \S+handler\.lua \(fengari\) on (http:\S+)/g)].map(
		([, url]) => url,
	);
	assert.equal(urls.length, 2);
	for (const url of urls) assert.equal(await (await fetch(`${url}x?y`)).text(), 'hello');
	await run.until(/INFO: \[\d\] script #\d+: seen \/x\?y/);
	assert.doesNotMatch(run.stdout(), /seen/, 'the log goes to stderr');
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0);
});

test('Ctrl-C ends it too', async (t) => {
	const folder = folderWith(t, { 'handler.lua': HANDLER });
	const run = kemihost(t, [join(folder, 'handler.lua'), '--listen=:0']);
	await run.until(/on http:/);
	run.child.kill('SIGINT');
	assert.equal(await run.ended, 0);
});

test('flags, the environment and the configuration file: the nearest wins', async (t) => {
	const config = {
		listen: ['127.0.0.1:0'],
		'event-callback': 'other',
		'log-level': 'error',
		'log-format': 'json',
	};
	const folder = folderWith(t, { 'handler.lua': HANDLER, 'config.json': JSON.stringify(config) });
	const script = join(folder, 'handler.lua');
	const run = kemihost(t, ['run', script, '--config', join(folder, 'config.json')]);
	const [, url = ''] = await run.until(/on (http:\S+)/);
	assert.equal(await (await fetch(url)).text(), 'other');

	const env = { KEMIHOST_EVENT_CALLBACK: 'ksr_xhttp_event', KEMIHOST_LOG_LEVEL: 'warn' };
	const second = kemihost(t, ['run', script, '--config', join(folder, 'config.json'), '--log-level=info'], {
		env,
	});
	const [, secondUrl = ''] = await second.until(/on (http:\S+)/);
	assert.equal(await (await fetch(secondUrl)).text(), 'hello');
	const [line] = await second.until(/^\{.*seen.*\}$/m);
	const { level, text, script: ofScript } = JSON.parse(line);
	assert.deepEqual({ level, text, ofScript }, { level: 'info', text: 'seen /', ofScript: true });
});

test("Kamailio's log format", async (t) => {
	const folder = folderWith(t, { 'handler.lua': HANDLER });
	const run = kemihost(t, [
		'run',
		join(folder, 'handler.lua'),
		'--listen=:0',
		'--log-format=kamailio',
		'--log-level=2',
	]);
	const [, url = ''] = await run.until(/on (http:\S+)/);
	await fetch(url);
	await run.until(/^ 1\(\d+\) INFO: <script>: seen \/$/m);
});

const WRONG: [what: string, args: string[], exit: number, message: RegExp][] = [
	[
		'an unknown flag',
		['run', 'h.lua', '--lisen=:0'],
		2,
		/there is no flag --lisen \[KH_USAGE\]\n {2}hint: did you mean --listen\?/,
	],
	[
		'an unknown command',
		['chek', 'h.lua'],
		2,
		/there is no command chek \[KH_USAGE\]\n {2}hint: did you mean check\?/,
	],
	[
		'a word too many',
		['run', 'h.lua', 'i.lua'],
		2,
		/"i\.lua" is one word too many .*\n.*kemihost run --help/,
	],
	['a missing word', ['replay', 'a.jsonl'], 2, /<script> is missing: kemihost replay <file> <script> /],
	[
		'a word that is none of the choices',
		['init', '--lang=py'],
		2,
		/--lang cannot be "py" .*\n.*"lua", "js", "ts", "cfg"/,
	],
	['what is no number', ['check', 'h.lua', '--max-warnings=few'], 2, /--max-warnings wants a number/],
	['a flag without its value', ['-c', '-f'], 2, /^kemihost: -f wants a value \[KH_USAGE\]/],
	[
		'the beginning of flags',
		['run', 'h.lua', '--log=3'],
		2,
		/no flag --log .*\n.*--log-level or --log-format\?/,
	],
	['a short flag', ['run', 'h.lua', '-p', '90'], 2, /there is no flag -p /],
	['a word that is no command', ['start', 'h.lua'], 2, /there is no command start .*\n.*kemihost --help/],
	['no script', ['run'], 2, /KH_USAGE/],
	['a bad address', ['run', 'h.lua', '--listen=nowhere'], 2, /"nowhere" is no address to listen on/],
	['a bad level', ['run', 'h.lua', '--log-level=loud'], 2, /"loud" is no log level.*\n.*debug/],
	['a bad format', ['run', 'h.lua', '--log-format=xml'], 2, /log-format/],
	['a bad limit', ['run', 'h.lua', '--cpu-limit=-1'], 2, /--cpu-limit wants a number above 0/],
	['a bad modparam', ['run', 'h.lua', '--modparam=xhttp'], 2, /MODULE:NAME:TYPE:VALUE/],
	[
		'an unknown engine',
		['run', 'h.lua', '--engine=fengary'],
		2,
		/no engine "fengary".*\n.*did you mean fengari\?/,
	],
	[
		'an engine for another language',
		['run', 'h.lua', '--engine=js'],
		2,
		/quickjs runs javascript, not \.lua files.*\n.*fengari, wasmoon/,
	],
	['a file that no engine runs', ['run', 'h.py'], 2, /no engine runs files that end in "\.py"/],
	[
		'a script that is not there',
		['run', 'missing.lua'],
		3,
		/missing\.lua: cannot read the script: ENOENT.*KH_SCRIPT_READ/,
	],
	['a script that does not compile', ['run', 'syntax.lua'], 3, /syntax\.lua:2: .*near.*KH_SCRIPT_COMPILE/],
	['a script that fails while it loads', ['run', 'fails.lua'], 3, /fails\.lua:2: .*nil.*KH_SCRIPT_COMPILE/],
	[
		'a misspelt KSR function while it loads',
		['run', 'typo.lua'],
		3,
		/typo\.lua:1:[\s\S]*did you mean KSR\.xhttp\.xhttp_reply\?/,
	],
	[
		'a misspelt callback',
		['run', 'callback.lua'],
		3,
		/no function ksr_xhttp_event, which xhttp:request calls.*\n.*did you mean ksr_xhttp_evnt\?/,
	],
	[
		'an unknown module',
		['run', 'h.lua', '--modparam=xhtp:url_skip:s:x'],
		78,
		/no module xhtp.*\n.*did you mean xhttp\?/,
	],
	[
		'an unknown parameter',
		['run', 'h.lua', '--modparam=xhttp:url_skp:s:x'],
		78,
		/no parameter url_skp.*\n.*did you mean url_skip\?/,
	],
	[
		'a parameter of the wrong type',
		['run', 'h.lua', '--modparam=xhttp:url_skip:i:1'],
		78,
		/url_skip of module xhttp wants a string/,
	],
	[
		'a regular expression that is none',
		['run', 'h.lua', '--url-match=('],
		78,
		/url_match of module xhttp: "\(":/,
	],
	[
		'a configuration that is not there',
		['run', 'h.lua', '--config=none.json'],
		78,
		/none\.json: cannot read the configuration/,
	],
	[
		'a configuration with an unknown flag',
		['run', 'h.lua', '--config=typo.json'],
		2,
		/did you mean --listen\?/,
	],
];

test('what is wrong is said, with a hint and an exit code', async (t) => {
	const folder = folderWith(t, {
		'h.lua': HANDLER,
		'syntax.lua': 'function ksr_xhttp_event(\nend',
		'fails.lua': 'local t = nil\nt.x = 1',
		'typo.lua': 'KSR.xhttp.xhttp_replly(200, "OK", "", "")',
		'callback.lua': 'function ksr_xhttp_evnt() end',
		'typo.json': '{"listn": [":0"]}',
	});
	await Promise.all(
		WRONG.map(([what, args, exit, message]) =>
			t.test(what, async (t) => {
				const run = kemihost(t, args, { cwd: folder });
				assert.equal(await run.ended, exit, run.stderr());
				assert.match(run.stderr(), message);
				assert.doesNotMatch(run.stderr(), /^ {4}at /m, 'no stack of the host');
			}),
		),
	);
});

test('a port in use ends the start with an error that names it', async (t) => {
	const server = createServer().listen(0, '127.0.0.1');
	t.after(() => server.close());
	await new Promise((resolve) => server.once('listening', resolve));
	const address = server.address() as { port: number };
	const folder = folderWith(t, { 'h.lua': HANDLER });
	const run = kemihost(t, ['run', join(folder, 'h.lua'), `--listen=127.0.0.1:${address.port}`]);
	assert.equal(await run.ended, 1);
	assert.match(run.stderr(), /cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\).*\n.*hint/);
});

test('an address of another machine', async (t) => {
	const folder = folderWith(t, { 'h.lua': HANDLER });
	const run = kemihost(t, ['run', join(folder, 'h.lua'), '--listen=192.0.2.1:8080']);
	assert.equal(await run.ended, 1);
	assert.match(
		run.stderr(),
		/192\.0\.2\.1:8080 \(EADDRNOTAVAIL\).*\n.*hint: this machine has no such address; -l /,
	);
});

test('help lists every flag, limit and exit code', async (t) => {
	const run = kemihost(t, ['run', '--help']);
	assert.equal(await run.ended, 0);
	for (const word of [
		'--engine',
		'--listen',
		'--modparam',
		'--cpu-limit',
		'fengari',
		'isolated-vm',
		'KEMIHOST_',
		'78',
	])
		assert.ok(run.stdout().includes(word), word);
});
