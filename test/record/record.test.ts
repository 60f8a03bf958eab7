/** Recording a script and a real Kamailio, masking, and replaying on other scripts and engines. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Mask } from '../../src/record/mask.ts';
import type { Recorded } from '../../src/record/recording.ts';
import { type Command, kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const LUA = `local count = 0
function ksr_xhttp_event()
	count = count + 1
	local pv = KSR.pv.get
	KSR.hdr.append_to_reply("X-Count: " .. count .. "\\r\\n")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", pv("$rm") .. " " .. pv("$hu") .. " " .. (pv("$rb") or "-") .. " " .. 10 / 2)
end`;
const JS = `let count = 0;
function ksr_xhttp_event() {
	const pv = KSR.pv.get;
	KSR.hdr.append_to_reply("X-Count: " + ++count + "\\r\\n");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", pv("$rm") + " " + pv("$hu") + " " + (pv("$rb") ?? "-") + " " + 10 / 2);
}`;

async function record(
	t: TestContext,
	cwd: string,
	...args: string[]
): Promise<{ run: Command; url: string }> {
	const run = kemihost(t, ['record', 'calls.jsonl', ...args, '--listen', '127.0.0.1:0'], { cwd });
	const [, url = ''] = await run.until(/ on (http:\S+?)\/? to calls\.jsonl/);
	return { run, url };
}

async function ask(url: string): Promise<string[]> {
	const texts: string[] = [];
	for (const [path, init] of [
		['/a?b=c', {}],
		['/ü', { method: 'POST', body: 'bödy', headers: { 'X-A': '1' } }],
		['/bytes', { method: 'PUT', body: Buffer.from([0xff, 0xfe, 1]) }],
	] as const)
		texts.push(await (await fetch(url + path, init)).text());
	return texts;
}

async function stop(run: Command): Promise<void> {
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0, run.stderr());
}

const linesOf = (folder: string) =>
	readFileSync(join(folder, 'calls.jsonl'), 'utf8')
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Recorded);

async function replays(
	t: TestContext,
	cwd: string,
	...args: string[]
): Promise<{ code: number | null; said: string }> {
	const run = kemihost(t, ['replay', 'calls.jsonl', ...args], { cwd });
	return { code: await run.ended, said: run.stdout() + run.stderr() };
}

test('a script is recorded; a port and other engines are held against it', async (t) => {
	const folder = folderWith(t, {
		'h.lua': LUA,
		'h.js': JS,
		'port.js': JS.replace('"POST"', '').replace('" + ++count', '1" + ++count'),
	});
	const { run, url } = await record(t, folder, 'h.lua');
	assert.deepEqual((await ask(url)).slice(0, 2), ['GET /a?b=c  5', 'POST /%C3%BC bödy 5']);
	await stop(run);
	const lines = linesOf(folder);
	assert.equal(lines.length, 3);
	assert.deepEqual(lines[1]?.reply, {
		status: 200,
		reason: 'OK',
		headers: [
			['X-Count', '2'],
			['Content-Type', 'text/plain'],
		],
		body: 'POST /%C3%BC bödy 5',
	});
	assert.ok(lines[2] && 'base64' in lines[2].request);

	const same = await replays(t, folder, 'h.js');
	// text in JavaScript cannot carry the bytes of the third request
	assert.equal(same.code, 1);
	assert.match(
		same.said,
		/^request 3: PUT \/bytes\n {2}body differs\n.*\n.*\n2 of 3 answers are the same\n$/,
	);
	const other = await replays(t, folder, 'h.lua', '--engine', 'wasmoon');
	assert.equal(other.code, 1);
	assert.match(
		other.said,
		/^request 1: GET \/a\?b=c\n {2}body differs\n {4}recorded {2}".* 5"\n {4}wasmoon {3}".* 5\.0"\n/,
	);
	assert.match(other.said, /\n0 of 3 answers are the same\n$/);
	const port = await replays(t, folder, 'port.js');
	assert.match(port.said, /header x-count differs/);
	assert.match((await replays(t, folder, 'port.js', '--ignore', 'X-Count')).said, /2 of 3 answers/);
});

test('a kamailio.cfg is recorded and replayed with its settings, and held against its port', async (t) => {
	const folder = folderWith(t, {
		'h.cfg': `#!KAMAILIO
loadmodule "xhttp.so"
loadmodule "htable.so"
modparam("htable", "htable", "seen=>initval=7")
event_route[xhttp:request] {
	xhttp_reply("200", "OK", "text/plain", "seen $sht(seen=>$hu)");
}
`,
		'h.lua': 'function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "seen 7") end',
	});
	const { run, url } = await record(t, folder, 'h.cfg');
	assert.equal(await (await fetch(`${url}/a`)).text(), 'seen 7');
	await stop(run);
	for (const script of ['h.cfg', 'h.lua'])
		assert.deepEqual(await replays(t, folder, script), { code: 0, said: '1 of 1 answers are the same\n' });
});

test('a proxy in front of another server hands everything on, and records it', async (t) => {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => void chunks.push(chunk));
		request.on('end', () => {
			response.writeHead(
				207,
				'Odd',
				[
					['X-A', '1'],
					['X-A', '2'],
					['X-Seen', request.headers['x-a'] ?? ''],
				].flat(),
			);
			response.end(Buffer.concat([Buffer.from(`${request.method} ${request.url} `), ...chunks]));
		});
	}).listen(0, '127.0.0.1');
	t.after(() => server.close());
	await new Promise((resolve) => server.once('listening', resolve));
	const folder = folderWith(t, {});
	const { run, url } = await record(
		t,
		folder,
		'--proxy',
		`http://127.0.0.1:${(server.address() as AddressInfo).port}`,
	);
	const response = await fetch(`${url}/x?y`, { method: 'POST', headers: { 'X-A': 'z' }, body: 'text' });
	assert.deepEqual([response.status, response.statusText, response.headers.get('x-a')], [207, 'Odd', '1, 2']);
	assert.equal(await response.text(), 'POST /x?y text');
	server.closeAllConnections();
	server.close();
	assert.equal((await fetch(`${url}/gone`)).status, 502);
	await stop(run);
	const [line, ...others] = linesOf(folder);
	assert.deepEqual(others, [], 'what got no answer is not recorded');
	assert.equal(line?.reply.status, 207);
	assert.deepEqual(line && 'body' in line.reply && line.reply.body, 'POST /x?y text');
});

const KAMAILIO = spawnSync('kamailio', ['-v'], { encoding: 'utf8' });

test('what a real Kamailio answers is what the script answers here', {
	skip: KAMAILIO.error ? 'kamailio is not installed' : false,
}, async (t) => {
	const folder = folderWith(t, { 'h.lua': LUA.replace(' .. 10 / 2', '') });
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => probe.once('listening', resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	const config = `#!KAMAILIO
debug=-1
log_stderror=yes
children=1
tcp_children=1
tcp_accept_no_cl=yes
http_reply_parse=yes
listen=tcp:127.0.0.1:${port}
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "xhttp.so"
loadmodule "app_lua.so"
modparam("xhttp", "event_callback", "ksr_xhttp_event")
modparam("app_lua", "load", "${join(folder, 'h.lua')}")
cfgengine "lua"
`;
	const { writeFileSync } = await import('node:fs');
	writeFileSync(join(folder, 'kamailio.cfg'), config);
	const kamailio = spawn(
		'kamailio',
		[
			'-DD',
			'-E',
			'-m',
			'32',
			'-M',
			'4',
			'-Y',
			folder,
			'-P',
			join(folder, 'pid'),
			'-f',
			join(folder, 'kamailio.cfg'),
		],
		{ stdio: 'ignore' },
	);
	t.after(() => kamailio.kill('SIGTERM'));
	await connected(port, kamailio);
	const { run, url } = await record(t, folder, '--proxy', `http://127.0.0.1:${port}`);
	assert.equal(await (await fetch(`${url}/a?b=c`)).text(), 'GET /a?b=c  ');
	assert.equal(await (await fetch(`${url}/b`, { method: 'POST', body: 'text' })).text(), 'POST /b text ');
	await stop(run);
	assert.deepEqual(await replays(t, folder, 'h.lua'), { code: 0, said: '2 of 2 answers are the same\n' });
});

/** Waits until a port takes connections. */
async function connected(port: number, child: { exitCode: number | null }): Promise<void> {
	for (;;) {
		assert.equal(child.exitCode, null, 'Kamailio ended');
		const open = await new Promise<boolean>((resolve) => {
			const socket = connect(port, '127.0.0.1', () => {
				socket.destroy();
				resolve(true);
			}).once('error', () => resolve(false));
		});
		if (open) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

test('secrets are masked, the same ones by the same word', () => {
	const mask = new Mask([/user=(\w+)/, /\d{4}-\d{4}/]);
	const masked = mask.apply({
		time: '2030-01-01T00:00:00.000Z',
		from: '127.0.0.1:1',
		request: {
			method: 'POST',
			target: '/x?api_key=abc&n=1&access_token=abc&user=ada',
			headers: [
				['Authorization', 'Basic abc'],
				['X-Api-Key', 'abc'],
				['Accept', '*/*'],
			],
			body: '{"password": "hunter2", "n": 1, "card": "1234-5678"}',
		},
		reply: { status: 200, reason: 'OK', headers: [['Set-Cookie', 'sid=1']], body: 'secret=abc; fine' },
	});
	const text = JSON.stringify(masked);
	assert.doesNotMatch(text, /abc|hunter2|sid=1|ada|1234/);
	const [, word = '-'] = /api_key=(masked-\w{12})&n=1&access_token=/.exec(masked.request.target) ?? [];
	assert.ok(masked.request.target.includes(`access_token=${word}&user=masked-`));
	assert.deepEqual(masked.request.headers[1], ['X-Api-Key', word]);
	assert.deepEqual(masked.request.headers[2], ['Accept', '*/*']);
	assert.match(text, /\\"n\\": 1/);
	assert.match(text, /; fine/);
});

test('a wrong command line or recording is reported', async (t) => {
	const folder = folderWith(t, { 'h.lua': LUA, 'calls.jsonl': '{"a":1}\n' });
	for (const [args, exit, message] of [
		[['record', 'x'], 2, /either a script or --proxy/],
		[['record', 'x', 'h.lua', '--proxy', 'http://a'], 2, /either a script or --proxy/],
		[['record', 'x', '--proxy', 'nowhere'], 2, /no http:\/\/ URL/],
		[['record', 'x', 'h.lua', '--mask', '('], 2, /--mask: /],
		[
			['replay', 'calls.jsonl', 'h.lua'],
			78,
			/calls\.jsonl:1: this is no request with its answer \[KH_RECORDING\]/,
		],
		[['replay', 'none', 'h.lua'], 78, /cannot read the recording/],
	] as const) {
		const run = kemihost(t, args, { cwd: folder });
		assert.equal(await run.ended, exit, run.stderr());
		assert.match(run.stderr(), message);
	}
});
