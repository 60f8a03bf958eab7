/** Children and their supervisor, as the command line runs them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { askHost } from '../../src/rpc/control.ts';
import { outputOf } from '../../tools/command.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HANDLER = `local version = require("lib.version")
local seen = 0
function ksr_xhttp_event(evname)
	local hu = KSR.pv.get("$hu")
	seen = seen + 1
	if hu == "/loop" then while true do end end
	-- a concatenation is one instruction, so that no engine's own limit sees how long it takes
	if hu == "/bomb" then local s = "x" while true do s = s .. s end end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", version .. " " .. KSR.pv.get("$pp") .. " " .. seen)
end`;

/** A running host with two children, and how to ask it. */
async function running(t: TestContext, flags: string[] = []) {
	const folder = folderWith(t, { 'h.lua': HANDLER, 'lib/version.lua': 'return "one"' });
	const args = [
		'run',
		join(folder, 'h.lua'),
		'--listen=:0',
		'--children=2',
		'--log-format=kamailio',
		...flags,
	];
	const run = kemihost(t, args);
	const [, url = ''] = await run.until(/on (http:\S+)/);
	const get = async (path = '/') => {
		// each request on a connection of its own, so that the children take turns
		const response = await fetch(new URL(path, url), { headers: { Connection: 'close' } });
		const [version = '', pid = '', seen = ''] = (await response.text()).split(' ');
		return { status: response.status, version, pid: Number(pid), seen: Number(seen) };
	};
	return { folder, run, get, url };
}

/** The children that answer, by their process ids. */
async function pids(get: () => Promise<{ pid: number }>): Promise<number[]> {
	const found = new Set<number>();
	for (let i = 0; i < 12; i++) found.add((await get()).pid);
	return [...found];
}

/** Waits until a process has ended, though its parent may not have noticed. */
async function hasEnded(pid: number): Promise<void> {
	while (!/^Z/.test((await outputOf('ps', ['-o', 'stat=', '-p', String(pid)])).trim() || 'Z'))
		await new Promise(setImmediate);
}

test('two children take turns; the primary serves nothing', async (t) => {
	const { run, get } = await running(t);
	const children = await pids(get);
	assert.equal(children.length, 2);
	assert.ok(!children.includes(run.child.pid ?? 0));
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0);
	for (const pid of children) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
	assert.doesNotMatch(run.stderr(), /Error/, 'the children end in order');
});

test('a child that is killed is replaced, while the other serves on', async (t) => {
	const { run, get } = await running(t);
	const [victim = 0, other] = await pids(get);
	process.kill(victim, 'SIGKILL');
	await run.until(new RegExp(`child \\d \\(${victim}\\) ended by SIGKILL`));
	assert.equal((await get()).pid, other);
	await run.until(/child \d serves again/);
	const now = await pids(get);
	assert.equal(now.length, 2);
	assert.ok(!now.includes(victim));
});

test('the primary outlives a message to a child that has just been killed', async (t) => {
	const control = join(folderWith(t, {}), 'control.sock');
	const { run, get } = await running(t, [`--control=${control}`]);
	const command = JSON.stringify({ jsonrpc: '2.0', method: 'core.version', id: 1 });
	const children = await pids(get);
	const client = connect(control).on('error', () => {});
	client.setEncoding('latin1').resume().write(command);
	// The host answers in turn: once it has answered this client, it has read what the first one wrote.
	assert.match((await askHost(control, command)) ?? '', /result/);
	// While it is stopped the first client ends its document, and then the children are killed. It learns of both at once,
	// in this order: it passes the document on before it knows.
	process.kill(run.child.pid ?? 0, 'SIGSTOP');
	const closed = once(client, 'close');
	await new Promise<void>((resolve) => client.end(resolve));
	for (const pid of children) process.kill(pid, 'SIGKILL');
	for (const pid of children) await hasEnded(pid);
	process.kill(run.child.pid ?? 0, 'SIGCONT');
	await closed;
	const now = await pids(get);
	assert.ok(now.every((pid) => pid > 0 && !children.includes(pid)));
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0);
});

test('the engine stops an endless loop and keeps its state', async (t) => {
	const { get, run } = await running(t, ['--cpu-limit=100']);
	const before = await pids(get);
	assert.equal((await get('/loop')).status, 503);
	await run.until(/ERROR: <core>: ksr_xhttp_event was stopped for GET \/loop: the CPU limit of 100 ms/);
	assert.deepEqual((await pids(get)).sort(), before.sort());
});

test('the watchdog stops what the engine cannot; the client gets 503, the log names the request', async (t) => {
	const { get, run } = await running(t, ['--cpu-limit=100', `--child-memory=${300 << 20}`]);
	const before = await pids(get);
	assert.equal((await get('/bomb')).status, 503);
	await run.until(/ERROR: .*<core>: .*ksr_xhttp_event was stopped for GET \/bomb; the child ends/);
	await run.until(/child \d serves again/);
	const now = await pids(get);
	assert.equal(now.length, 2);
	assert.equal(now.filter((pid) => before.includes(pid)).length, 1, 'the neighbour was not disturbed');
});

test('SIGHUP loads the script anew in every child; none of many requests is lost', async (t) => {
	const { folder, run, get } = await running(t);
	const before = await pids(get);
	let stop = false;
	let asked = 0;
	const clients = Array.from({ length: 4 }, async () => {
		while (!stop) {
			assert.equal((await get()).status, 200);
			asked++;
		}
	});
	for (const version of ['two', 'three']) {
		writeFileSync(join(folder, 'lib/version.lua'), `return "${version}"`);
		run.child.kill('SIGHUP');
		while ((await get()).version !== version) await new Promise(setImmediate);
	}
	stop = true;
	await Promise.all(clients);
	assert.ok(asked > 10, `${asked} requests`);
	assert.deepEqual((await pids(get)).sort(), before.sort());
});

test('a script that cannot be loaded leaves the old one in place, in children that start later too', async (t) => {
	const { folder, run, get } = await running(t);
	writeFileSync(join(folder, 'lib/version.lua'), 'return "broken');
	run.child.kill('SIGHUP');
	await run.until(
		/ERROR: <core>: the script was not reloaded, the old one stays in use: .*version\.lua:1: .*KH_SCRIPT/,
	);
	assert.equal((await get()).version, 'one');
	const [victim = 0] = await pids(get);
	process.kill(victim, 'SIGKILL');
	await run.until(/child \d serves again/);
	for (let i = 0; i < 6; i++) assert.equal((await get()).version, 'one');
});

test('--watch loads a change by itself, also in a file that is required', async (t) => {
	const { folder, run, get } = await running(t, ['--watch']);
	writeFileSync(join(folder, 'lib/version.lua'), 'return "watched"');
	await run.until(/NOTICE: <core>: the script was reloaded in \d+ ms/);
	assert.equal((await get()).version, 'watched');
	writeFileSync(join(folder, 'h.lua'), 'function ksr_xhttp_event(');
	await run.until(/the script was not reloaded.*h\.lua:1:.*\n +1 \| function ksr_xhttp_event\(\n/);
	assert.equal((await get()).version, 'watched');
});

test('--watch loads a configuration anew whose included file has changed, and keeps the old one over a broken one', async (t) => {
	const folder = folderWith(t, {
		'h.cfg': `#!KAMAILIO
loadmodule "xhttp.so"
include_file "lib/part.cfg"
event_route[xhttp:request] { route(ANSWER); }
`,
		'lib/part.cfg': 'route[ANSWER] { xhttp_reply("200", "OK", "", "one"); }\n',
	});
	const run = kemihost(
		t,
		['run', 'h.cfg', '--listen=127.0.0.1:0', '--children=1', '--watch', '--log-level=notice'],
		{
			cwd: folder,
		},
	);
	const [, url = ''] = await run.until(/on (http:\S+)/);
	const get = async () => (await fetch(url)).text();
	assert.equal(await get(), 'one');
	writeFileSync(join(folder, 'lib/part.cfg'), 'route[ANSWER] { xhttp_reply("200", "OK", "", "two"); }\n');
	await run.until(/the script was reloaded in \d+ ms/);
	assert.equal(await get(), 'two');
	writeFileSync(
		join(folder, 'lib/part.cfg'),
		'route[ANSWER] {\n\txhttp_reply("200", "OK", "" "three");\n}\n',
	);
	await run.until(/the script was not reloaded.*lib\/part\.cfg:2:\d+: /s);
	assert.equal(await get(), 'two');
});

test('--watch goes on where a folder of the script has gone', async (t) => {
	const { folder, run, get } = await running(t, ['--watch']);
	const inOther = HANDLER.replace('lib.version', 'other.version');
	mkdirSync(join(folder, 'other'));
	writeFileSync(join(folder, 'other/version.lua'), 'return "other"');
	writeFileSync(join(folder, 'h.lua'), inOther);
	await run.until(/the script was reloaded/);
	rmSync(join(folder, 'other'), { recursive: true });
	writeFileSync(join(folder, 'h.lua'), `${inOther}\n`);
	await run.until(/the script was not reloaded/);
	assert.equal((await get()).version, 'other');
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0);
});

test('a script that does not load ends the start once, with its exit code', async (t) => {
	const folder = folderWith(t, { 'h.lua': 'function ksr_xhttp_event(' });
	const run = kemihost(t, ['run', join(folder, 'h.lua'), '--listen=:0', '--children=4']);
	assert.equal(await run.ended, 3);
	assert.equal(run.stderr().match(/KH_SCRIPT_COMPILE/g)?.length, 1);
});

test('a script whose loading never ends is stopped: the start fails, a reload leaves the old one', async (t) => {
	const bomb = 'local s = "x" while true do s = s .. s end';
	const limit = `--child-memory=${300 << 20}`;
	const folder = folderWith(t, { 'h.lua': bomb });
	const start = kemihost(t, ['run', join(folder, 'h.lua'), '--listen=:0', '--children=2', limit]);
	assert.equal(await start.ended, 1);
	assert.match(start.stderr(), /h\.lua was stopped for its loading; the child ends/);
	assert.equal(start.stderr().match(/KH_CHILD/g)?.length, 1);

	const { folder: other, run, get } = await running(t, [limit]);
	writeFileSync(join(other, 'lib/version.lua'), bomb);
	run.child.kill('SIGHUP');
	await run.until(
		/the script was not reloaded, the old one stays in use: the child ended before it answered/,
	);
	await run.until(/(child \d serves again[\s\S]*){2}/);
	assert.equal((await get()).version, 'one');
});

test('children that end again and again are started at growing intervals', async (t) => {
	const { run, get } = await running(t);
	const killed = new Set<number>();
	const killNext = async (): Promise<void> => {
		for (;;) {
			const { pid } = await get();
			if (killed.has(pid)) continue;
			killed.add(pid);
			process.kill(pid, 'SIGKILL');
			return;
		}
	};
	const waitsLonger = () =>
		/\d in a row lived less than 2 s, the next starts in [248]00 ms/.test(run.stderr());
	// on a busy machine some live for longer: then the count begins again
	for (let ends = 1; !waitsLonger(); ends++) {
		await killNext();
		await run.until(new RegExp(`(child \\d \\(\\d+\\) ended by SIGKILL[\\s\\S]*){${ends}}`));
	}
	assert.equal((await get()).status, 200);
});

test('a second signal does not wait', async (t) => {
	const { run, url } = await running(t, ['--drain-time=60000']);
	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	t.after(() => socket.destroy());
	const gone = new Promise((resolve) => socket.once('close', resolve));
	socket.on('error', () => {});
	// Half a request: the 100 Continue says that a child has it, and that child waits for the rest.
	socket.write('POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n');
	await new Promise((resolve) => socket.once('data', resolve));
	run.child.kill('SIGTERM');
	await run.until(/the host stops/);
	run.child.kill('SIGTERM');
	await run.ended;
	await gone;
});

test("the primary's own metrics stand beside those of the children", async (t) => {
	const { run, get, url, folder } = await running(t, ['--metrics-path=/metrics']);
	const metrics = async () =>
		(await fetch(new URL('/metrics', url), { headers: { Connection: 'close' } })).text();
	assert.match(await metrics(), /^kemihost_restarts_total 0$/m);
	const [victim = 0] = await pids(get);
	process.kill(victim, 'SIGKILL');
	await run.until(/child \d serves again/);
	run.child.kill('SIGHUP');
	await run.until(/reloaded in/);
	writeFileSync(join(folder, 'h.lua'), 'function (');
	run.child.kill('SIGHUP');
	await run.until(/not reloaded/);
	const text = await metrics();
	assert.match(text, /^kemihost_restarts_total 1$/m);
	assert.match(text, /^kemihost_reloads_total\{result="done"\} 1$/m);
	assert.match(text, /^kemihost_reloads_total\{result="refused"\} 1$/m);
	assert.match(text, /^kemihost_queue_length 0$/m);
	assert.match(text, /^kemihost_connections_refused_total 0$/m);
	// the store is one, however many see it: its size is no sum
	const [, bytes = ''] = /^kemihost_store_bytes (\d+)$/m.exec(text) ?? [];
	const pages = Number(bytes) / 4096;
	assert.ok(Number.isInteger(pages) && pages > 0 && pages < 100, bytes);
});
