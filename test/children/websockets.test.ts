/** WebSockets of two children, by a real client: what one child does to a connection that the other has. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { WebSocket } from 'ws';
import { bytesOf } from '../../src/bytes.ts';
import { askHost } from '../../src/rpc/control.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

/** A connection is told its number and its child; `send ID TEXT` and `close ID CODE REASON` are done by the child that hears them. */
const SCRIPT = `
local function say(text) KSR.websocket.send(KSR.pv.get("$ws_conid"), text) end
function on_event(event)
	if event == "websocket:closed" then KSR.info("closed " .. KSR.pv.get("$ws_conid")) return end
	local what, id, rest = KSR.pv.get("$rb"):match("^(%S+) ?(%S*) ?(.*)$")
	if what == "who" then say(KSR.pv.get("$ws_conid") .. " " .. KSR.pv.get("$pp"))
	elseif what == "send" then say("sent " .. KSR.websocket.send(tonumber(id), rest))
	elseif what == "close" then
		local code, reason = rest:match("^(%d+) (.*)$")
		say("closed " .. KSR.websocket.close_conid(tonumber(code), reason, tonumber(id)))
	end
end
function ksr_xhttp_event()
	if KSR.hdr.gete("Upgrade") ~= "" then KSR.websocket.handle_handshake() return end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$pp"))
end`;

/** A client, and what it knows of itself. */
class Client {
	readonly socket: WebSocket;
	id = 0;
	pid = '';

	constructor(port: string) {
		this.socket = new WebSocket(`ws://127.0.0.1:${port}/`);
	}

	/** Sends a text, and gives the next message. */
	async ask(text: string): Promise<string> {
		const next = this.next();
		this.socket.send(text);
		return next;
	}

	async next(): Promise<string> {
		const [data] = (await once(this.socket, 'message')) as [Buffer];
		return String(data);
	}
}

/** A host with two children, a connection on each, and its commands. */
async function twoChildren(t: TestContext) {
	const folder = folderWith(t, { 'h.lua': SCRIPT });
	const control = join(folder, 'control.sock');
	const run = kemihost(t, [
		'run',
		join(folder, 'h.lua'),
		'--listen=:0',
		'--children=2',
		'--log-format=kamailio',
		`--control=${control}`,
		'--modparam=websocket:event_callback:s:on_event',
		'--modparam=websocket:protocols:s:*',
	]);
	const [, port = ''] = await run.until(/on http:\/\/127\.0\.0\.1:(\d+)\//);
	const clients = new Map<string, Client>();
	while (clients.size < 2) {
		const client = new Client(port);
		t.after(() => client.socket.terminate());
		await once(client.socket, 'open');
		const [id = '', pid = ''] = (await client.ask('who')).split(' ');
		Object.assign(client, { id: Number(id), pid });
		if (clients.has(pid)) client.socket.terminate();
		else clients.set(pid, client);
	}
	const [a, b] = [...clients.values()] as [Client, Client];
	const rpc = async (name: string, ...params: (string | number)[]) => {
		const document = JSON.stringify({ jsonrpc: '2.0', method: name, params, id: 1 });
		const answer = await askHost(control, bytesOf(document));
		return JSON.parse(answer ?? '{}') as { result?: unknown; error?: { code: number; message: string } };
	};
	return { a, b, run, rpc };
}

test('a message goes to a connection of the other child, both ways, in its order', async (t) => {
	const { a, b } = await twoChildren(t);
	assert.notEqual(a.pid, b.pid);
	assert.notEqual(a.id, b.id);
	for (const [from, to] of [
		[a, b],
		[b, a],
	] as const) {
		const got: string[] = [];
		to.socket.on('message', (data) => got.push(String(data)));
		for (let i = 0; i < 20; i++) assert.equal(await from.ask(`send ${to.id} text ${i} €`), 'sent 1');
		while (got.length < 20) await once(to.socket, 'message');
		assert.deepEqual(
			got,
			Array.from({ length: 20 }, (_, i) => `text ${i} €`),
		);
	}
	assert.equal(await a.ask('send 999999 nobody'), 'sent -1');
});

test('a connection of the other child is closed with a code and a reason, and that child is told', async (t) => {
	const { a, b, run } = await twoChildren(t);
	const ended = once(b.socket, 'close');
	assert.equal(await a.ask(`close ${b.id} 4002 by the other`), 'closed 1');
	const [code, reason] = (await ended) as [number, Buffer];
	assert.deepEqual([code, String(reason)], [4002, 'by the other']);
	await run.until(new RegExp(`\\(${b.pid}\\) INFO: <script>: closed ${b.id}$`, 'm'));
	// no child has it any more
	assert.equal(await a.ask(`send ${b.id} too late`), 'sent -1');
	assert.equal(await a.ask(`close ${b.id} 1000 again`), 'closed -1');
});

test('commands reach the connections of both children', async (t) => {
	const { a, b, rpc } = await twoChildren(t);
	const { result } = (await rpc('ws.dump')) as { result: { connections: string[] } };
	const ids = result.connections.map((line) => Number.parseInt(line, 10));
	for (const { id } of [a, b]) assert.ok(ids.includes(id));
	for (const client of [a, b]) {
		const next = client.next();
		assert.deepEqual((await rpc('ws.send', client.id, 'hé')).error, undefined);
		assert.equal(await next, 'hé');
		for (const [command, event] of [
			['ws.ping', 'ping'],
			['ws.pong', 'pong'],
		] as const) {
			const heard = once(client.socket, event);
			await rpc(command, client.id);
			await heard;
		}
		const ended = once(client.socket, 'close');
		await rpc('ws.close', client.id, 4003, 'by an administrator');
		const [code, reason] = (await ended) as [number, Buffer];
		assert.deepEqual([code, String(reason)], [4003, 'by an administrator']);
	}
	assert.match((await rpc('ws.close', 999999)).error?.message ?? '', /Unknown connection ID/);
});

test("what a lost child had is closed, and is nobody's any more", async (t) => {
	const { a, b } = await twoChildren(t);
	const ended = once(b.socket, 'close');
	process.kill(Number(b.pid), 'SIGKILL');
	assert.equal((await ended)[0], 1006);
	// the child in its place forgets them as it begins
	while ((await a.ask(`send ${b.id} x`)) !== 'sent -1');
});
