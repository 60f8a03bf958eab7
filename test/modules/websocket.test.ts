/** WebSockets, by a real client and by frames written by hand. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ClientOptions, WebSocket } from 'ws';
import { hostFor, type TestHostOptions } from '../support/host.ts';
import { webSocketServer } from '../support/websocket-server.ts';

const SCRIPT = `
local function say(text) KSR.websocket.send(KSR.pv.get("$ws_conid"), text) end
function on_event(event)
	local body = KSR.pv.gete("$rb")
	if event == "websocket:closed" then KSR.info("closed " .. KSR.pv.get("$ws_conid")) return end
	if body == "bye" then KSR.websocket.close_reason(4001, "as you wish") return end
	if body == "plain" then KSR.websocket.close() return end
	say("echo " .. body .. " on " .. KSR.pv.get("$hu") .. " from " .. KSR.pv.getw("$hdr(Origin)"))
end
function ksr_xhttp_event(event)
	if KSR.hdr.gete("Origin") == "http://evil" then KSR.xhttp.xhttp_reply(403, "Forbidden", "", "") return end
	KSR.set_reply_close()
	KSR.set_reply_no_connect()
	KSR.hdr.append_to_reply("X-Mine: 1\\r\\n")
	KSR.info("handshake " .. KSR.websocket.handle_handshake() .. " " .. KSR.pv.get("$ws_conid"))
end`;
const TWIN = `
function on_event(event) { KSR.websocket.send(KSR.pv.get("$ws_conid"), "echo " + KSR.pv.gete("$rb")); }
function ksr_xhttp_event(event) { KSR.websocket.handle_handshake(); }`;

const param = (name: string, value: string | number, module = 'websocket') => ({ module, name, value });
const ON_EVENT = param('event_callback', 'on_event');

interface ServeOptions extends TestHostOptions {
	script?: string;
	params?: ReturnType<typeof param>[];
}

/** A host that listens, and its address. It does not wait for clients that are no WebSocket any more. */
async function serve(
	t: TestContext,
	{ script = SCRIPT, params = [ON_EVENT], ...options }: ServeOptions = {},
) {
	const made = await hostFor(t, script, { modparams: params, limits: { drain: 100 }, ...options });
	const { port } = await made.host.listen();
	return { ...made, port };
}

/** A client that is connected, with everything it gets in a list. */
async function open(t: TestContext, port: number, protocols: string[] = ['sip'], path = '/chat') {
	const client = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { origin: 'http://a' });
	t.after(() => client.terminate());
	const got: string[] = [];
	client.on('message', (data, binary) => got.push(`${binary ? 'binary ' : ''}${String(data)}`));
	await once(client, 'open');
	return { client, got };
}

/** A connection that has sent a handshake by hand, and the status line it got. */
async function raw(t: TestContext, port: number, lines: readonly string[], method = 'GET') {
	const socket = connect(port, '127.0.0.1');
	t.after(() => socket.destroy());
	socket.write(`${method} /x HTTP/1.1\r\nHost: x\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`);
	const [data] = (await once(socket, 'data')) as [Buffer];
	return { socket, answer: data.toString('latin1') };
}

const GOOD = [
	'Upgrade: websocket',
	'Connection: keep-alive, Upgrade',
	'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
	'Sec-WebSocket-Version: 13',
	'Sec-WebSocket-Protocol: chat, sip',
];

/** A frame of a client. `rsv` are the reserved bits, `length` what its head says. */
function frame(opcode: number, payload: Buffer | string, { fin = true, mask = true, rsv = 0 } = {}): Buffer {
	const data = Buffer.from(payload);
	const head = Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode, data.length, 0, 0]);
	if (data.length < 126) return seal(head.subarray(0, 2), data, mask);
	head[1] = 126;
	head.writeUInt16BE(data.length, 2);
	return seal(head, data, mask);
}

/** Masks what follows a frame's head. */
function seal(head: Buffer, data: Buffer, mask: boolean): Buffer {
	if (!mask) return Buffer.concat([head, data]);
	head[1] = (head[1] as number) | 0x80;
	const key = [1, 2, 3, 4];
	return Buffer.concat([head, Buffer.from(key), data.map((byte, i) => byte ^ (key[i % 4] as number))]);
}

/** The content of a close frame. */
function closing(code: number, reason: Buffer | string = ''): Buffer {
	const head = Buffer.alloc(2);
	head.writeUInt16BE(code);
	return Buffer.concat([head, Buffer.from(reason)]);
}

/** All that comes until the host ends the connection. */
async function untilEnd(socket: Socket): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of socket) pieces.push(piece as Buffer);
	return Buffer.concat(pieces);
}

/** A frame of the host. */
const answered = (opcode: number, payload: Buffer | string) => frame(opcode, payload, { mask: false });

/** Waits until something holds; what it waits for has no event. */
async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** What comes next. Rejects if the connection ends instead. */
async function nextBytes(socket: Socket): Promise<Buffer> {
	const ended = once(socket, 'close').then(() => assert.fail('the connection ended'));
	const [data] = (await Promise.race([once(socket, 'data'), ended])) as [Buffer];
	return data;
}

for (const [name, script] of [
	['handler.lua', SCRIPT],
	['handler.js', TWIN],
] as const)
	test(`${name}: messages go to the script in their order, and its own come back`, async (t) => {
		const { port } = await serve(t, { script, name });
		const { client, got } = await open(t, port);
		for (let i = 0; i < 50; i++) client.send(`m${i}`);
		while (got.length < 50) await once(client, 'message');
		assert.deepEqual(
			got.map((text) => text.split(' ')[1]),
			Array.from({ length: 50 }, (_, i) => `m${i}`),
		);
	});

test('the script sees the request of the handshake behind each message', async (t) => {
	const { port } = await serve(t);
	const { client, got } = await open(t, port, ['sip'], '/room?x=1');
	client.send('hé');
	await once(client, 'message');
	assert.deepEqual(got, ['echo hé on /room?x=1 from http://a']);
});

test('the handshake is answered as Kamailio answers it, with the headers of the script', async (t) => {
	const { port, lines } = await serve(t);
	const { answer } = await raw(t, port, GOOD);
	assert.match(answer, /^HTTP\/1\.1 101 Switching Protocols\r\n/);
	assert.match(answer, /\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/);
	assert.match(answer, /\r\nSec-WebSocket-Protocol: sip\r\n/);
	assert.match(answer, /\r\nX-Mine: 1\r\n/);
	assert.match(lines('script')[0] ?? '', /^handshake 1 \d+$/);
});

const without = (name: string) => GOOD.filter((line) => !line.startsWith(name));
for (const [what, lines, status, method] of [
	['no Upgrade', without('Upgrade'), 400, 'GET'],
	['another Upgrade', [...without('Upgrade'), 'Upgrade: h2c'], 400, 'GET'],
	['no Connection', without('Connection'), 400, 'GET'],
	['no key', without('Sec-WebSocket-Key'), 400, 'GET'],
	['a key that is none', [...without('Sec-WebSocket-Key'), 'Sec-WebSocket-Key: abc'], 400, 'GET'],
	['no version', without('Sec-WebSocket-Version'), 400, 'GET'],
	['another version', [...without('Sec-WebSocket-Version'), 'Sec-WebSocket-Version: 8'], 426, 'GET'],
	['no sub-protocol', without('Sec-WebSocket-Protocol'), 400, 'GET'],
	[
		'another sub-protocol',
		[...without('Sec-WebSocket-Protocol'), 'Sec-WebSocket-Protocol: chat'],
		400,
		'GET',
	],
	['another method', GOOD, 400, 'POST'],
	['an origin that the script does not like', [...GOOD, 'Origin: http://evil'], 403, 'GET'],
] as const)
	test(`a handshake with ${what} is refused with ${status}`, async (t) => {
		const { port } = await serve(t);
		const { socket, answer } = await raw(t, port, [...lines, 'Content-Length: 0'], method);
		assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
		if (status === 400 || status === 426) assert.match(answer, /\r\nSec-WebSocket-Version: 13\r\n/);
		if (status !== 403 && !socket.readableEnded) await once(socket, 'end');
	});

test('"*" takes clients with any sub-protocol and with none', async (t) => {
	const { port } = await serve(t, { params: [ON_EVENT, param('protocols', '*')] });
	assert.equal((await open(t, port, [])).client.protocol, '');
	assert.equal((await open(t, port, ['own', 'other'])).client.protocol, 'own');
});

test('the script closes with a code and a reason; it is told of the end', async (t) => {
	const { port, lines } = await serve(t);
	const { client } = await open(t, port);
	client.send('bye');
	const [code, reason] = (await once(client, 'close')) as [number, Buffer];
	assert.equal(code, 4001);
	assert.equal(String(reason), 'as you wish');
	const other = await open(t, port);
	other.client.send('plain');
	assert.equal((await once(other.client, 'close'))[0], 1000);
	while (lines('script').filter((line) => line.startsWith('closed')).length < 2)
		await new Promise((resolve) => setImmediate(resolve));
});

test('a message that comes with the handshake is not lost', async (t) => {
	const { port } = await serve(t);
	const socket = connect(port, '127.0.0.1');
	t.after(() => socket.destroy());
	const head = `GET /x HTTP/1.1\r\nHost: x\r\n${GOOD.map((line) => `${line}\r\n`).join('')}\r\n`;
	socket.write(Buffer.concat([Buffer.from(head), frame(1, 'early')]));
	let got = '';
	for await (const data of socket) {
		got += String(data);
		if (got.includes('echo early')) break;
	}
	assert.match(got, /echo early/);
});

test('a ping is answered, a fragmented message is put together', async (t) => {
	const { port } = await serve(t);
	const { socket } = await raw(t, port, GOOD);
	socket.write(frame(9, 'hi'));
	assert.deepEqual(await nextBytes(socket), Buffer.from([0x8a, 2, ...Buffer.from('hi')]));
	socket.write(Buffer.concat([frame(1, 'one ', { fin: false }), frame(9, ''), frame(0, 'two')]));
	let got = '';
	while (!got.includes('echo one two')) got += String(await nextBytes(socket));
});

const EURO = Buffer.from('€');
for (const [what, bytes, code] of [
	['an unmasked frame', frame(1, 'x', { mask: false }), 1002],
	...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(
		(n) => [`the reserved opcode ${n}`, frame(n, 'x'), 1002] as const,
	),
	...[1, 2, 4].map((n) => [`the reserved bit ${n}`, frame(1, 'x', { rsv: n }), 1002] as const),
	['a reserved bit of a ping', frame(9, '', { rsv: 4 }), 1002],
	['a continuation of nothing', frame(0, 'x'), 1002],
	['a continuation after the end', Buffer.concat([frame(2, 'x'), frame(0, 'x')]), 1002],
	[
		'a text between the fragments of another',
		Buffer.concat([frame(1, 'x', { fin: false }), frame(1, 'y')]),
		1002,
	],
	['a text that is no UTF-8', frame(1, Buffer.from([0xff])), 1007],
	['a text that ends within a character', frame(1, EURO.subarray(0, 2)), 1007],
	['a surrogate in UTF-8', frame(1, Buffer.from([0xed, 0xa0, 0x80])), 1007],
	['an overlong form in UTF-8', frame(1, Buffer.from([0xc0, 0xaf])), 1007],
	['a character beyond Unicode', frame(1, Buffer.from([0xf4, 0x90, 0x80, 0x80])), 1007],
	[
		'fragments that are no UTF-8 together',
		Buffer.concat([frame(1, EURO.subarray(0, 2), { fin: false }), frame(0, 'x')]),
		1007,
	],
	['a fragmented ping', frame(9, 'x', { fin: false }), 1002],
	['a ping of 126 bytes', frame(9, 'x'.repeat(126)), 1002],
	['a close frame of 126 bytes', frame(8, closing(1000, 'x'.repeat(124))), 1002],
	['a close frame with half a code', frame(8, Buffer.from([3])), 1002],
	['a close reason that is no UTF-8', frame(8, closing(1000, Buffer.from([0xff]))), 1007],
	...[0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535].map(
		(n) => [`the close code ${n}`, frame(8, closing(n)), 1002] as const,
	),
	[
		'a frame beyond the limit',
		Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3, 4]),
		1009,
	],
	[
		'a frame beyond what a number holds',
		Buffer.from([0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]),
		1009,
	],
	[
		'a message whose fragments go beyond the limit',
		Buffer.concat([frame(2, 'x'.repeat(600), { fin: false }), frame(0, 'x'.repeat(600), { fin: false })]),
		1009,
	],
] as const)
	test(`${what} closes the connection with ${code}`, async (t) => {
		const { port, lines } = await serve(t, { params: [ON_EVENT, param('max_message', 1000)] });
		const { socket } = await raw(t, port, GOOD);
		socket.end(bytes);
		// what was good before it may have been answered
		const answer = (await untilEnd(socket)).toString('latin1');
		assert.ok(answer.endsWith(answered(8, closing(code)).toString('latin1')), JSON.stringify(answer));
		await until(() => lines('script').some((line) => line.startsWith('closed')));
	});

for (const code of [1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 3999, 4000, 4999])
	test(`the close code ${code} is given back, and the connection ended`, async (t) => {
		const { port } = await serve(t);
		const { socket } = await raw(t, port, GOOD);
		// what comes behind a close frame is not looked at
		socket.write(Buffer.concat([frame(8, closing(code, 'ok €')), frame(9, 'late')]));
		assert.deepEqual(await untilEnd(socket), answered(8, closing(code, 'ok €')));
	});

test('a close frame without a code is given back without one', async (t) => {
	const { port, host } = await serve(t);
	const { socket } = await raw(t, port, GOOD);
	socket.write(frame(8, ''));
	assert.deepEqual(await untilEnd(socket), answered(8, ''));
	await until(() => host.connections().length === 0);
	const counters = await host.rpc.run(host, 'stats.get_statistics', ['websocket:']);
	assert.match(String(counters), /ws_remote_closed_connections = 1/);
	assert.match(String(counters), /ws_local_closed_connections = 0/);
});

test('pings of all sizes are answered in their order, also between fragments; pongs are not', async (t) => {
	const { port } = await serve(t);
	const { socket } = await raw(t, port, GOOD);
	const most = 'p'.repeat(125);
	socket.end(
		Buffer.concat([
			frame(10, 'nobody asked'),
			frame(9, ''),
			frame(1, EURO.subarray(0, 1), { fin: false }),
			frame(9, most),
			frame(0, '', { fin: false }),
			frame(0, EURO.subarray(1)),
			frame(9, Buffer.from([0, 0xff])),
			frame(8, closing(1000)),
		]),
	);
	const pongs = ['', most, Buffer.from([0, 0xff])].map((payload) => answered(10, payload));
	assert.ok((await untilEnd(socket)).subarray(0, 133).equals(Buffer.concat(pongs)));
});

test('frames that come byte by byte are the same frames', async (t) => {
	const { port } = await serve(t);
	const { socket } = await raw(t, port, GOOD);
	socket.setNoDelay(true);
	for (const byte of frame(1, 'slow €')) socket.write(Buffer.from([byte]));
	assert.match(String((await nextBytes(socket)).subarray(2)), /^echo slow € on/);
});

for (const [what, size] of [
	['in one byte', 125],
	['in two bytes', 126],
	['in two bytes', 65535],
	['in eight bytes', 65536],
	['in eight bytes, up to the limit', 1 << 20],
] as const)
	test(`a message of ${size} bytes has its length ${what}`, async (t) => {
		const { port } = await serve(t);
		const { client, got } = await open(t, port);
		client.send('x'.repeat(size));
		await once(client, 'message');
		assert.equal(got[0]?.length, `echo ${'x'.repeat(size)} on /chat from http://a`.length);
	});

test('a client that does not read what a script sends is ended at the bound', async (t) => {
	const script = `
		function on_event(event)
			if event == "websocket:closed" then KSR.info("closed") return end
			for i = 1, 1000 do
				if KSR.websocket.send(KSR.pv.get("$ws_conid"), string.rep("x", 65536)) < 0 then break end
			end
		end
		function ksr_xhttp_event() KSR.websocket.handle_handshake() end`;
	const { host, port, lines, logs } = await serve(t, {
		script,
		params: [ON_EVENT, param('max_unsent', 1 << 20)],
	});
	const { socket } = await raw(t, port, GOOD);
	socket.pause();
	socket.write(frame(1, 'go'));
	await until(() => lines('script').includes('closed'));
	assert.equal(logs.filter(({ text }) => /its client does not read \(max_unsent\)$/.test(text)).length, 1);
	assert.equal(host.connections().length, 0);
});

test('a client that pings on and on and does not read is ended', async (t) => {
	const { port, lines } = await serve(t);
	const { socket } = await raw(t, port, GOOD);
	socket.write(frame(9, 'hi'));
	assert.deepEqual(await nextBytes(socket), answered(10, 'hi'));
	socket.on('error', () => {}).pause();
	const pings = Buffer.concat(Array.from({ length: 1000 }, () => frame(9, 'p'.repeat(125))));
	const flood = () => {
		while (!socket.destroyed && socket.write(pings));
	};
	socket.on('drain', flood);
	flood();
	await until(() => lines('script').some((line) => line.startsWith('closed')));
});

test('a reason that is too long for a close frame ends with a whole character', async (t) => {
	const script = `
		function on_event() KSR.websocket.close_reason(4000, string.rep("€", 100)) end
		function ksr_xhttp_event() KSR.websocket.handle_handshake() end`;
	const { port } = await serve(t, { script });
	const { client } = await open(t, port);
	client.send('x');
	const [code, reason] = (await once(client, 'close')) as [number, Buffer];
	assert.equal(code, 4000);
	assert.equal(String(reason), '€'.repeat(41));
});

test('WebSockets go over TLS', async (t) => {
	const tls = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
	const { host } = await hostFor(t, SCRIPT, {
		modparams: [
			ON_EVENT,
			param('certificate', tls('server.pem'), 'tls'),
			param('private_key', tls('server.key'), 'tls'),
		],
		limits: { drain: 100 },
	});
	const { port } = await host.listen({ secure: true });
	const client = new WebSocket(`wss://localhost:${port}/chat`, ['sip'], {
		ca: readFileSync(tls('ca.pem')),
		origin: 'http://a',
		family: 4,
	} as ClientOptions);
	t.after(() => client.terminate());
	await once(client, 'open');
	client.send('x'.repeat(100_000));
	const [data] = (await once(client, 'message')) as [Buffer];
	assert.equal(data.length, 100_000 + 'echo  on /chat from http://a'.length);
	const { connections } = (await host.rpc.run(host, 'ws.dump', [])) as { connections: string[] };
	assert.match(connections[0] ?? '', /^\d+: wss:127\.0\.0\.1:\d+ -> wss:/);
	client.send('bye');
	assert.equal((await once(client, 'close'))[0], 4001);
});

test('a message can be sent and a connection closed from any request', async (t) => {
	const script = `
		function ksr_xhttp_event()
			if KSR.hdr.gete("Upgrade") ~= "" then KSR.websocket.handle_handshake() KSR.shv = KSR.pv.get("$ws_conid") return end
			local out = KSR.websocket.send(KSR.shv, KSR.pv.get("$rb")) .. " " .. KSR.websocket.send(999999, "x")
			out = out .. " " .. KSR.websocket.close_conid(1005, "no code", KSR.shv) .. " " .. KSR.websocket.close_conid(1001, "gone", KSR.shv)
			KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out)
		end`;
	const { port, request } = await serve(t, { script, params: [] });
	const { client, got } = await open(t, port);
	const closed = once(client, 'close');
	const reply = await request('/', { body: Buffer.from([0xff, 0x00]) });
	assert.equal(reply.body, '1 -1 -1 1');
	assert.equal((await closed)[0], 1001);
	assert.equal(got.length, 1);
	assert.match(got[0] ?? '', /^binary /);
});

test('a client that is silent is pinged, and given up when it does not answer', async (t) => {
	const { host, port } = await serve(t, { params: [ON_EVENT, param('keepalive_timeout', 0)] });
	const { socket } = await raw(t, port, GOOD);
	const bytes = await nextBytes(socket);
	assert.equal(bytes[0], 0x89);
	assert.equal(String(bytes.subarray(2)), 'kemihost');
	while (host.connections().length > 0) await new Promise((resolve) => setImmediate(resolve));
});

test('a host that closes says so to its WebSockets', async (t) => {
	const { host, port } = await serve(t);
	const { client } = await open(t, port);
	const closed = once(client, 'close');
	await host.close();
	assert.equal((await closed)[0], 1001);
});

test('administrators list, ping and close WebSockets, and take no more', async (t) => {
	const { host, port } = await serve(t, { params: [ON_EVENT, param('max_connections', 1)] });
	const { client } = await open(t, port);
	assert.match((await raw(t, port, GOOD)).answer, /^HTTP\/1\.1 503 /);
	const run = async (name: string, ...args: (string | number)[]) => host.rpc.run(host, name, args);
	const { connections } = (await run('ws.dump')) as { connections: string[] };
	const id = Number.parseInt(connections[0] ?? '', 10);
	assert.match(
		connections[0] ?? '',
		/^\d+: ws:127\.0\.0\.1:\d+ -> ws:127\.0\.0\.1:\d+ \(state: OPEN, .* sub-protocol: sip\)$/,
	);
	const pinged = once(client, 'ping');
	await run('ws.ping', id);
	await pinged;
	const closed = once(client, 'close');
	await run('ws.close', id);
	await closed;
	await assert.rejects(async () => run('ws.close', 999999), /Unknown connection ID/);
	await assert.rejects(async () => run('ws.close', id, 1005, 'no code'), /Invalid Parameters/);
	await run('ws.disable');
	assert.match((await raw(t, port, GOOD)).answer, /^HTTP\/1\.1 503 /);
	await run('ws.enable');
	assert.match((await raw(t, port, GOOD)).answer, /^HTTP\/1\.1 101 /);
});

/** What is called in a request, whose reply is what the call gave and the number of what it has opened. */
const CONNECTOR = `
function on_event(event)
	KSR.info(event .. " " .. KSR.pv.get("$ws_conid") .. " " .. KSR.pv.gete("$rb") .. " " .. KSR.pv.get("$hu") .. " " .. KSR.pv.get("$si"))
end
function ksr_xhttp_event()
	local host, port, path, protocol, tls = KSR.pv.gete("$rb"):match("^(%S*) (%d+) (%S*) (%S*) (%d)")
	local code = KSR.websocket.connect(host, tonumber(port), path, protocol, tonumber(tls))
	local id = KSR.pv.get("$ws_outid")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", code .. " " .. tostring(id))
end`;

/** A host that connects to a server, which answers each message and greets with its handshake. */
async function connector(t: TestContext, options: TestHostOptions = {}, secure = false) {
	const upstream = await webSocketServer(t, {
		secure,
		greeting: 'welcome',
		answer: (text, socket) => socket.send(`echo ${text}`),
	});
	const made = await hostFor(t, CONNECTOR, { modparams: [ON_EVENT], limits: { drain: 100 }, ...options });
	const port = Number(upstream.address.split(':')[1]);
	const connect = async (call: string) => (await made.request('/', { body: Buffer.from(call) })).body;
	return { ...made, upstream, port, connect };
}

test('a WebSocket to another server is one like any other', async (t) => {
	const { connect, port, upstream, host, lines } = await connector(t);
	const [code, id = ''] = (await connect(`127.0.0.1 ${port} /feed?x=1 sip 0`)).split(' ');
	assert.equal(code, '1');
	assert.equal(upstream.handshakes[0]?.url, '/feed?x=1');
	assert.equal(upstream.handshakes[0]?.headers['sec-websocket-protocol'], 'sip');
	// what the server has said with its handshake is not lost
	const heard = `websocket:message ${id} welcome /feed?x=1 127.0.0.1`;
	await until(() => lines('script').includes(heard));
	const { connections } = (await host.rpc.run(host, 'ws.dump', [])) as { connections: string[] };
	assert.match(
		connections[0] ?? '',
		new RegExp(`^${id}: ws:127\\.0\\.0\\.1:${port} -> .* sub-protocol: sip\\)$`),
	);
	await host.rpc.run(host, 'ws.send', [Number(id), 'hello']);
	await until(() => lines('script').includes(heard.replace('welcome', 'echo hello')));
	for (const socket of upstream.sockets) socket.close(1000);
	await until(() => lines('script').includes(`websocket:closed ${id}  /feed?x=1 127.0.0.1`));
	assert.equal((await connect(`127.0.0.1 ${port} feed sip 0`)).split(' ')[0], '1');
	assert.equal(upstream.handshakes[1]?.url, '/feed');
});

test('what cannot be connected to gives -1 and says why', async (t) => {
	const { connect, port, upstream, host, lines } = await connector(t, {
		modparams: [ON_EVENT, param('max_connections', 1)],
	});
	for (const [call, why] of [
		['127.0.0.1 1 / sip 0', /ECONNREFUSED/],
		[`127.0.0.1 ${port} / chat 0`, /"chat" is none of the sub-protocols that are served/],
		[`127.0.0.1 ${port} /  0`, /"" is none of the sub-protocols/],
		[`127.0.0.1 ${port} / sip 1`, /wss:.*(SSL|TLS)/i],
		[`127.0.0.1 70000 / sip 0`, /is no URL of a WebSocket/],
		[` ${port} / sip 0`, /is no URL of a WebSocket/],
		[`127.0.0.1/x?y#z@w ${port} / sip 0`, /is no URL of a WebSocket/],
	] as const) {
		assert.equal(await connect(call), '-1 nil', call);
		assert.match(lines().findLast((line) => line.includes('KSR.websocket.connect: ')) ?? '', why);
	}
	await host.rpc.run(host, 'ws.disable', []);
	assert.equal(await connect(`127.0.0.1 ${port} / sip 0`), '-1 nil');
	await host.rpc.run(host, 'ws.enable', []);
	assert.equal(upstream.handshakes.length, 0);
	assert.match(await connect(`127.0.0.1 ${port} / sip 0`), /^1 \d+$/);
	assert.equal(await connect(`127.0.0.1 ${port} / sip 0`), '-1 nil');
	assert.match(
		lines().findLast((line) => line.includes('connect: ')) ?? '',
		/too many WebSockets \(max_conn/,
	);
});

test('a server that does not answer the handshake is waited for as long as connect_timeout says', async (t) => {
	const { connect, lines } = await connector(t, { modparams: [ON_EVENT, param('connect_timeout', 1)] });
	const silent = createServer(() => {});
	silent.listen(0, '127.0.0.1');
	await once(silent, 'listening');
	t.after(() => silent.close());
	assert.equal(await connect(`127.0.0.1 ${(silent.address() as AddressInfo).port} / sip 0`), '-1 nil');
	assert.match(lines().findLast((line) => line.includes('connect: ')) ?? '', /was not open after 1000 ms/);
});

test('what --allow-net does not allow is not connected to', async (t) => {
	const { connect, port, upstream } = await connector(t, { allowNet: ['192.0.2.1'] });
	assert.equal(await connect(`127.0.0.1 ${port} / sip 0`), '-1 nil');
	assert.equal(upstream.handshakes.length, 0);
});

test('over TLS the certificate of a server has to be trusted', async (t) => {
	const ca = fileURLToPath(new URL('../fixtures/tls/ca.pem', import.meta.url));
	const strange = await connector(t, {}, true);
	assert.equal(await strange.connect(`localhost ${strange.port} / sip 1`), '-1 nil');
	const known = await connector(t, { modparams: [ON_EVENT, param('cacert', ca)] }, true);
	assert.match(await known.connect(`localhost ${known.port} / sip 1`), /^1 \d+$/);
});

test('administrators and route blocks connect too', async (t) => {
	const { host, port, upstream } = await connector(t);
	const run = async (...args: (string | number)[]) => host.rpc.run(host, 'ws.connect', args);
	assert.match(String(await run('127.0.0.1', port, '/', 'sip', 0)), /^Connected as \d+$/);
	await assert.rejects(run('127.0.0.1', 1, '/', 'sip', 0), /Failed to open the WebSocket ws:.*ECONNREFUSED/);
	await assert.rejects(run('127.0.0.1'), /Expected host, port, path, subprotocol, tls/);
	const native = await hostFor(
		t,
		`loadmodule "xhttp.so"
		loadmodule "websocket.so"
		event_route[xhttp:request] {
			if (ws_connect("127.0.0.1", "${port}", "/a", "sip", "0")) $var(a) = $ws_outid;
			if (ws_connect_url("ws://127.0.0.1:${port}/b", "sip") && $ws_outid > $var(a)) xhttp_reply("200", "OK", "", "");
		}`,
		{ engine: 'native', name: 'x.cfg', limits: { drain: 100 } },
	);
	assert.equal((await native.request()).status, 200);
	assert.deepEqual(
		upstream.handshakes.map(({ url }) => url),
		['/', '/a', '/b'],
	);
});

test('a host that closes says so to the servers that it has connected to', async (t) => {
	const { connect, port, upstream, host } = await connector(t);
	await connect(`127.0.0.1 ${port} / sip 0`);
	const [socket] = upstream.sockets;
	const closed = once(socket as WebSocket, 'close');
	await host.close();
	assert.equal((await closed)[0], 1001);
});
