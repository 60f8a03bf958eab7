/** `kemihost rpc` against a host with two children, and what the children ask of each other. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { askHost } from '../../src/rpc/control.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const SCRIPT = `
function on_event() KSR.websocket.send(tonumber(KSR.pv.get("$rb")), "from " .. KSR.pv.get("$pp")) end
function ksr_xhttp_event()
	if KSR.hdr.gete("Upgrade") ~= "" then KSR.websocket.handle_handshake() return end
	KSR.htable.sht_inc("a", "hits")
	KSR.dbg("seen by those who want to")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$pp") .. " " .. KSR.pv.get("$proto"))
end`;

const tls = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));

/** A running host, and how to give it commands. */
async function running(t: TestContext, flags: readonly string[] = []) {
	const folder = folderWith(t, { 'h.lua': SCRIPT });
	const control = join(folder, 'control.sock');
	const run = kemihost(t, [
		'run',
		join(folder, 'h.lua'),
		'--listen=:0',
		'--children=2',
		'--log-format=kamailio',
		`--control=${control}`,
		'--modparam=htable:htable:s:a=>size=4;initval=0',
		'--modparam=websocket:event_callback:s:on_event',
		'--modparam=websocket:protocols:s:*',
		...flags,
	]);
	const [, port = ''] = await run.until(/on http:\/\/127\.0\.0\.1:(\d+)\//);
	const rpc = async (name: string, ...params: (string | number)[]) => {
		const answer = await askHost(control, JSON.stringify({ jsonrpc: '2.0', method: name, params, id: 1 }));
		return JSON.parse(answer ?? '{}') as { result?: unknown; error?: { code: number; message: string } };
	};
	const get = async () => {
		const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } });
		return (await response.text()).split(' ')[0];
	};
	return { folder, control, run, port, rpc, get };
}

test('commands are run from the terminal, and print what kamcmd prints', async (t) => {
	const { control, get, run } = await running(t);
	await get();
	const command = async (...args: string[]) => {
		const made = kemihost(t, ['rpc', ...args, `--control=${control}`]);
		return { code: await made.ended, out: made.stdout(), err: made.stderr() };
	};
	assert.deepEqual(await command('htable.get', 'a', 'hits'), {
		code: 0,
		out: '{\n\titem: {\n\t\tname: hits\n\t\tvalue: 1\n\t\tflags: 0\n\t\texpire: NEVER\n\t}\n}\n',
		err: '',
	});
	assert.equal((await command('htable.sets', 'a', 'digits', 's:007')).code, 0);
	assert.match((await command('htable.get', 'a', 'digits')).out, /value: 007\n/);
	assert.equal((await command('htable.sets', 'a', 'digits', '0049')).code, 0);
	assert.match((await command('htable.get', 'a', 'digits')).out, /value: 0049\n/);
	const unknown = await command('no.such');
	assert.equal(unknown.code, 1);
	assert.match(unknown.err, /error: 500 - Method Not Found \[KH_RPC\]\n {2}hint: .*system\.listMethods/);
	assert.match((await command('core.version', '--json')).out, /^\{\n\t"jsonrpc":\t"2\.0",/);
	await command('core.kill');
	assert.equal(await run.ended, 0);
	const gone = await command('core.version');
	assert.equal(gone.code, 1);
	assert.match(gone.err, /no host listens on/);
});

/** A module of its own that is not there before a file is. */
const SLOW = `import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
while (!existsSync(new URL('go', import.meta.url))) await setTimeout(5);
export default { name: 'slow', doc: 'It takes its time.' };`;

for (const named of [true, false])
	test(`a host that starts is asked once it serves, by a socket ${named ? 'with a name' : 'that is found'}`, async (t) => {
		const folder = folderWith(t, { 'h.lua': SCRIPT, 'slow.mjs': SLOW });
		const control = named ? [`--control=${join(folder, 'run/control.sock')}`] : [];
		const env = { XDG_RUNTIME_DIR: folder };
		const flags = ['--listen=:0', '--children=0', `--loadmodule=${join(folder, 'slow.mjs')}`, ...control];
		kemihost(t, ['run', join(folder, 'h.lua'), ...flags], { env });
		const sockets = () =>
			readdirSync(folder, { recursive: true }).filter((name) => /\.sock$/.test(`${name}`));
		while (sockets().length === 0) await nextTurn();
		const echo = kemihost(t, ['rpc', 'core.echo', 'hi', ...control], { env });
		writeFileSync(join(folder, 'go'), '');
		assert.equal(await echo.ended, 0, echo.stderr());
		assert.equal(echo.stdout(), 'hi\n');
	});

test('who has asked a host that does not start is told so', async (t) => {
	const folder = folderWith(t, { 'h.lua': 'function (', 'slow.mjs': SLOW });
	const control = join(folder, 'control.sock');
	const flags = ['--listen=:0', '--children=0', `--loadmodule=${join(folder, 'slow.mjs')}`];
	const run = kemihost(t, ['run', join(folder, 'h.lua'), ...flags, `--control=${control}`]);
	while (!existsSync(control)) await nextTurn();
	const asked = askHost(control, '{"jsonrpc":"2.0","method":"core.version","id":1}');
	writeFileSync(join(folder, 'go'), '');
	assert.equal(await asked.catch(() => ''), '');
	assert.equal(await run.ended, 3);
});

test('the control socket is for its user alone, and goes with the host', async (t) => {
	const { control, run } = await running(t);
	assert.equal(statSync(control).mode & 0o777, 0o600);
	assert.match((await askHost(control, 'junk')) ?? '', /"code":-32700/);
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0);
	assert.equal(existsSync(control), false);
});

test('commands see all children: processes, connections, log levels, reloads', async (t) => {
	const { folder, rpc, get, run, port } = await running(t);
	const children = new Set<string | undefined>();
	while (children.size < 2) children.add(await get());
	const { result: processes } = (await rpc('core.psx')) as { result: { PID: number }[] };
	assert.deepEqual(
		new Set(processes.map(({ PID }) => String(PID))),
		new Set([...children, String(run.child.pid)]),
	);

	const sockets = [1, 2].map(() => new WebSocket(`ws://127.0.0.1:${port}/`));
	t.after(() => {
		for (const socket of sockets) socket.terminate();
	});
	await Promise.all(sockets.map((socket) => once(socket, 'open')));
	assert.equal(((await rpc('core.tcp_list')).result as unknown[]).length, 2);

	await rpc('cfg.seti', 'core', 'debug', 3);
	const before = run.stderr().length;
	const loud = () =>
		new Set(
			[
				...run
					.stderr()
					.slice(before)
					.matchAll(/^ *\d+\((\d+)\) DEBUG: <script>: seen/gm),
			].map(([, pid]) => pid),
		);
	while (loud().size < 2) await get();

	writeFileSync(join(folder, 'h.lua'), 'function oops(');
	const { error } = await rpc('app_lua.reload');
	assert.match(error?.message ?? '', /h\.lua:1: .*KH_SCRIPT_COMPILE/s);
	assert.ok(children.has(await get()));
	writeFileSync(join(folder, 'h.lua'), SCRIPT.replace('.. KSR.pv.get("$proto")', '.. "new"'));
	assert.deepEqual((await rpc('app_lua.reload')).result, {});
	const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } });
	assert.match(await response.text(), / new$/);
});

test('a handler sends to a WebSocket of another child, and an administrator closes it', async (t) => {
	const { rpc, port } = await running(t);
	const open = async () => {
		const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
		t.after(() => socket.terminate());
		await once(socket, 'open');
		return socket;
	};
	// connections are handed to the children in turn
	const [one, two] = [await open(), await open()];
	const { connections } = (await rpc('ws.dump')).result as { connections: string[] };
	const ids = connections.map((line) => Number.parseInt(line, 10));
	assert.equal(new Set(ids).size, 2);
	const froms = new Set<string>();
	for (const target of ids)
		for (const sender of [one, two]) {
			const got = Promise.race([one, two].map((socket) => once(socket, 'message')));
			sender.send(String(target));
			froms.add(String((await got)[0]));
		}
	assert.equal(froms.size, 2);
	const closed = Promise.race([one, two].map((socket) => once(socket, 'close')));
	await rpc('ws.close', ids[0] ?? 0, 4002, 'by hand');
	const [code, reason] = await closed;
	assert.deepEqual([code, String(reason)], [4002, 'by hand']);
});

test('children speak TLS on the addresses that ask for it', async (t) => {
	const { run } = await running(t, [
		'--listen=tls::0',
		`--tls-cert=${tls('server.pem')}`,
		`--tls-key=${tls('server.key')}`,
	]);
	const [, port] = await run.until(/on https:\/\/127\.0\.0\.1:(\d+)\//);
	const sent = httpsRequest({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false });
	sent.end();
	const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
	let body = '';
	for await (const piece of response) body += piece;
	assert.match(body, / tls$/);
});

test('a socket that a killed host has left is taken over; one that is in use ends the start', async (t) => {
	const { control, folder, run, rpc } = await running(t);
	const second = kemihost(t, [
		'run',
		join(folder, 'h.lua'),
		'--listen=:0',
		'--children=1',
		`--control=${control}`,
	]);
	assert.equal(await second.ended, 1);
	assert.match(
		second.stderr(),
		/cannot listen on .*EADDRINUSE.*\[KH_LISTEN\]\n {2}hint: another host has it/,
	);
	assert.ok((await rpc('core.version')).result);

	run.child.kill('SIGKILL');
	await run.ended;
	assert.ok(existsSync(control));
	const third = kemihost(t, [
		'run',
		join(folder, 'h.lua'),
		'--listen=:0',
		'--children=1',
		`--control=${control}`,
	]);
	await third.until(/on http:/);
	assert.ok((await rpc('core.version')).result);
});
