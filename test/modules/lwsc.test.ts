/** Messages to other servers over WebSockets; values as Kamailio 5.6.3 gave them to the same calls. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { WebSocket } from 'ws';
import { ENGINES } from '../../engines/list.ts';
import { hostFor, type TestHostOptions } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';
import { type ServerOptions, webSocketServer } from '../support/websocket-server.ts';

const param = paramsOf('lwsc');
/** A short time for what is not going to happen. */
const SOON = 20_000;

/** Each line of a request's body is a call: function, URL, sub-protocol or `-`, text. Each line of its reply what it gave. */
const SCRIPT = `
local function rdata() local x = KSR.pv.get("$lwsc(rdata)") return x == nil and "null" or x end
function ksr_xhttp_event()
	local out = {}
	for name, url, protocol, text in KSR.pv.gete("$rb"):gmatch("(%S+) (%S+) (%S+) ?([^\\n]*)\\n") do
		local code
		if protocol == "-" then code = KSR.lwsc["lwsc_" .. name](url, text)
		else code = KSR.lwsc["lwsc_" .. name .. "_proto"](url, protocol, text) end
		out[#out + 1] = code .. " " .. rdata() .. " " .. KSR.pv.get("$lwsc(status)")
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\\n"))
end`;

/** A server and a host that asks it; `ask` makes calls, for each of which a line comes back. */
async function both(
	t: TestContext,
	{ answer = (text, socket) => socket.send(`echo ${text}`), ...server }: Partial<ServerOptions> = {},
	options: TestHostOptions = {},
) {
	const upstream = await webSocketServer(t, { ...server, answer });
	const host = await hostFor(t, SCRIPT, { limits: { drain: 100 }, ...options });
	return {
		upstream,
		host,
		url: `ws://${upstream.address}/path?x=1`,
		async ask(...calls: string[]): Promise<string[]> {
			const body = Buffer.from(calls.map((call) => `${call}\n`).join(''));
			return (await host.request('/', { body })).body.split('\n');
		},
	};
}

for (const { name, language } of ENGINES)
	test(`${name}: handlers wait for their own answers, and nobody else does`, async (t) => {
		const held: [string, WebSocket][] = [];
		const { address } = await webSocketServer(t, {
			// all are asked before any is answered, the last first
			answer(text, socket) {
				held.push([text, socket]);
				if (held.length < 20) return;
				for (const [asked, client] of held.reverse()) client.send(`to ${asked}`);
			},
		});
		const url = `ws://${address}/`;
		const code = {
			lua: `function ksr_xhttp_event()
				local code = KSR.lwsc.lwsc_request("${url}", KSR.pv.get("$hu"))
				KSR.xhttp.xhttp_reply(200, "OK", "text/plain", code .. KSR.pv.get("$lwsc(rdata)"))
			end`,
			javascript: `async function ksr_xhttp_event() {
				const code = await KSR.lwsc.lwsc_request("${url}", KSR.pv.get("$hu"));
				KSR.xhttp.xhttp_reply(200, "OK", "text/plain", code + KSR.pv.get("$lwsc(rdata)"));
			}`,
			native: `loadmodule "xhttp.so"
				loadmodule "lwsc.so"
				event_route[xhttp:request] {
					lwsc_request("${url}", "$hu");
					xhttp_reply("200", "OK", "text/plain", "$rc$lwsc(rdata)");
				}`,
		}[language as string];
		const file = { lua: 'x.lua', javascript: 'x.js', native: 'x.cfg' }[language as string] ?? '';
		const host = await hostFor(t, code ?? '', { engine: name, name: file, limits: { drain: 100 } });
		const targets = Array.from({ length: 20 }, (_, i) => `/${i}`);
		const replies = await Promise.all(targets.map((target) => host.request(target)));
		assert.deepEqual(
			replies.map(({ body }) => body),
			targets.map((target) => `1to ${target}`),
		);
	});

test('the handshake asks as Kamailio does, and the connection is used again', async (t) => {
	const { ask, upstream, url } = await both(t);
	assert.deepEqual(await ask(`request ${url} - one`, `request ${url} - two`), [
		'1 echo one 0',
		'1 echo two 0',
	]);
	assert.deepEqual(await ask(`request ${url} - three`), ['1 echo three 0']);
	assert.equal(upstream.handshakes.length, 1);
	const [request] = upstream.handshakes;
	assert.equal(request?.url, '/path?x=1');
	assert.equal(request.headers['sec-websocket-protocol'], 'kmsg');
	assert.equal(request.headers.origin, 'http://127.0.0.1');
	assert.equal(request.headers['sec-websocket-extensions'], undefined);
});

test('a sub-protocol of a call is asked for, on a connection of its own', async (t) => {
	const { ask, upstream, url } = await both(t, {}, { modparams: [param('protocol', 'mine')] });
	await ask(`request ${url} other six`, `notify ${url} third seven`, `request ${url} - eight`);
	await upstream.messageCount(3);
	assert.deepEqual(
		upstream.handshakes.map(({ headers }) => headers['sec-websocket-protocol']),
		['other', 'third', 'mine'],
	);
	assert.deepEqual(await ask(`request ${url} not,good x`), ['-1 null 0']);
});

test('a server that chooses no sub-protocol is taken, one that chooses another is not', async (t) => {
	const none = await both(t, { choose: () => false });
	assert.deepEqual(await none.ask(`request ${none.url} - x`), ['1 echo x 0']);
	const other = await both(t, { choose: () => 'other' });
	assert.deepEqual(await other.ask(`request ${other.url} - x`), ['-1 null 0']);
});

test('what is no answer gives -2, what is no connection -1, and $lwsc(rdata) is null behind both', async (t) => {
	const answers: ServerOptions['answer'] = (text, socket) => {
		if (text === 'bye') socket.close(4000, 'no');
		if (text === 'empty') socket.send('');
		if (text === 'large') socket.send('x'.repeat(101));
		if (text === 'most') socket.send('x'.repeat(100));
	};
	const limit = param('max_message', 100);
	const { ask, url } = await both(t, { answer: answers }, { modparams: [limit] });
	const most = `1 ${'x'.repeat(100)} 0`;
	const http = url.replace('ws:', 'http:');
	for (const [call, expected] of [
		[`request ${http} - most`, most],
		[`request ${url} - bye`, '-2 null 0'],
		[`request ${url} - large`, '-2 null 0'],
		[`request ${url} - `, '-1 null 0'],
		['request ws://127.0.0.1:1/ - x', '-1 null 0'],
		['request foo - x', '-1 null 0'],
		['request ws+unix:///run/x.sock - x', '-1 null 0'],
		[`request ${url}#part - x`, '-1 null 0'],
		// a notification leaves the answer that there was
		[`request ${http} - most\nnotify ${url} - note`, `${most}\n${most}`],
		[`request ${http} - most\nnotify ${url} - `, `${most}\n-${most}`],
		[`request ${http} - most\nnotify ws://127.0.0.1:1/ - x`, `${most}\n-${most}`],
	] as const)
		assert.equal((await ask(call)).join('\n'), expected, call);

	const impatient = await both(t, { answer: answers }, { modparams: [limit, param('timeout_read', SOON)] });
	assert.deepEqual(
		await impatient.ask(`request ${impatient.url} - empty`, `request ${impatient.url} - silent`),
		['-2 null 0', '-2 null 0'],
	);
	const said = /^handler\.lua:7: KSR\.lwsc\.lwsc_request: ws:\S+: there was no answer after 20 ms$/;
	assert.equal(impatient.host.lines().filter((line) => said.test(line)).length, 2);
});

test("an answer that comes too late is nobody else's", async (t) => {
	let late: WebSocket | undefined;
	const answer: ServerOptions['answer'] = (text, socket) => {
		if (text === 'late') late = socket;
		else socket.send(`to ${text}`);
	};
	const { ask, url, upstream } = await both(t, { answer }, { modparams: [param('timeout_read', 1_000_000)] });
	assert.deepEqual(await ask(`request ${url} - late`), ['-2 null 0']);
	late?.send('to late');
	assert.deepEqual(await ask(`request ${url} - next`), ['1 to next 0']);
	assert.equal(upstream.handshakes.length, 2);
});

test('a connection that the server has closed is opened anew', async (t) => {
	const { ask, url, upstream } = await both(t);
	await ask(`request ${url} - one`, `notify ${url} - two`);
	await upstream.messageCount(2);
	const ends = [...upstream.sockets].map((socket) => once(socket, 'close'));
	for (const socket of upstream.sockets) socket.close(1001);
	await Promise.all(ends);
	assert.deepEqual(await ask(`request ${url} - three`, `notify ${url} - four`), [
		'1 echo three 0',
		'1 echo three 0',
	]);
	await upstream.messageCount(4);
	assert.equal(upstream.handshakes.length, 4);
});

test('notifications go over one connection, in their order, and what the server says to them is dropped', async (t) => {
	const { ask, url, upstream } = await both(t);
	const texts = Array.from({ length: 50 }, (_, i) => `note ${i}`);
	await Promise.all([
		ask(...texts.slice(0, 25).map((text) => `notify ${url} - ${text}`)),
		ask(...texts.slice(25).map((text) => `notify ${url} - ${text}`)),
	]);
	await upstream.messageCount(50);
	assert.equal(upstream.handshakes.length, 1);
	const got = upstream.messages.map(String);
	for (const half of [texts.slice(0, 25), texts.slice(25)])
		assert.deepEqual(
			got.filter((text) => half.includes(text)),
			half,
		);
	assert.deepEqual(await ask(`request ${url} - x`), ['1 echo x 0']);
});

test('there are no more connections than are allowed, and one that nobody uses makes way', async (t) => {
	const { ask, url } = await both(
		t,
		{ answer: (text, socket) => void (text === 'hold' || socket.send(`echo ${text}`)) },
		{ modparams: [param('max_connections', 1), param('timeout_read', 1_000_000)] },
	);
	assert.deepEqual(await ask(`request ${url} a one`, `request ${url} b two`), [
		'1 echo one 0',
		'1 echo two 0',
	]);
	const held = ask(`request ${url} b hold`);
	assert.deepEqual(await ask(`request ${url} a one`), ['-1 null 0']);
	assert.deepEqual(await held, ['-2 null 0']);
});

test('bytes that are no text go and come as they are', async (t) => {
	const { upstream, url } = await both(t, {
		answer: (_text, socket) => socket.send(Buffer.from([0, 255, 1])),
	});
	const code = `function ksr_xhttp_event()
		KSR.lwsc.lwsc_request("${url}", KSR.pv.get("$rb"))
		KSR.xhttp.xhttp_reply(200, "OK", "a/b", KSR.pv.get("$lwsc(rdata)"))
	end`;
	const host = await hostFor(t, code, { limits: { drain: 100 } });
	const { body } = await host.request('/', { body: Buffer.from([255, 0]) });
	assert.equal(body, '\x00\xff\x01');
	await host.request('/', { body: Buffer.from('é') });
	assert.deepEqual(upstream.messages, [Buffer.from([255, 0]), 'é']);
});

test('a client that goes away ends the wait', async (t) => {
	const { ask, url, upstream, host } = await both(t, { answer: () => {} });
	const asked = ask(`request ${url} - x`);
	await upstream.messageCount(1);
	const [socket] = upstream.sockets;
	const ended = once(socket as WebSocket, 'close');
	await host.host.close();
	await ended;
	await asked;
});

test('what --allow-net does not allow is not connected to', async (t) => {
	const { ask, url, upstream } = await both(t, {}, { allowNet: ['192.0.2.1'] });
	assert.deepEqual(await ask(`request ${url} - x`, `request ${url.replace('127.0.0.1', 'localhost')} - x`), [
		'-1 null 0',
		'-1 null 0',
	]);
	assert.equal(upstream.handshakes.length, 0);
});

test('over TLS a certificate has to be trusted, unless told otherwise', async (t) => {
	const ca = fileURLToPath(new URL('../fixtures/tls/ca.pem', import.meta.url));
	for (const [params, name, expected] of [
		[[], 'localhost', '-1 null 0'],
		[[param('cacert', ca)], 'localhost', '1 echo x 0'],
		[[param('verify_peer', 0)], '127.0.0.1', '1 echo x 0'],
	] as const) {
		const { ask, upstream } = await both(t, { secure: true }, { modparams: [...params] });
		const port = upstream.address.split(':')[1];
		assert.deepEqual(await ask(`request wss://${name}:${port}/ - x`), [expected]);
	}
	await assert.rejects(hostFor(t, SCRIPT, { modparams: [param('cacert', '/none.pem')] }), /cacert/);
});
