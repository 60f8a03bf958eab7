/** DESIGN's table "What the client sees", row by row, over a real socket. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { hostFor, type TestHost, type TestHostOptions } from './support/host.ts';

const HANDLER = `
function ksr_xhttp_event(evname)
	local hu = KSR.pv.get("$hu")
	if hu == "/nothing" then return end
	if hu == "/exit" then KSR.x.exit() end
	if hu == "/drop" then KSR.x.drop() end
	if hu == "/error" then error("broken") end
	if hu == "/loop" then while true do end end
	if hu == "/wrong" then KSR.xhttp.xhttp_reply({}, "OK", "", "") return end
	if hu == "/code" then KSR.xhttp.xhttp_reply(99, "Odd", "text/plain", "x") return end
	if hu == "/reason" then KSR.xhttp.xhttp_reply(200, "OK\\r\\nX-Evil: 1", "text/plain", "x") return end
	if hu == "/ctype" then KSR.xhttp.xhttp_reply(200, "OK", "text/plain\\r\\nX-Evil: 1", "x") return end
	if hu == "/header" then KSR.hdr.append_to_reply("X-A: 1\\r\\nX-Evil: 1\\r\\n") end
	if hu == "/colon" then KSR.hdr.append_to_reply("no header") end
	if hu == "/framing" then KSR.hdr.append_to_reply("Content-Length: 9\\r\\n") end
	if hu == "/then-error" then KSR.xhttp.xhttp_reply(201, "Created", "", "kept") error("too late") end
	if hu == "/then-exit" then KSR.xhttp.xhttp_reply(201, "Created", "", "kept") KSR.x.exit() end
	if hu == "/twice" then
		KSR.xhttp.xhttp_reply(201, "Created", "text/plain", "first")
		KSR.info("second: " .. KSR.xhttp.xhttp_reply(404, "Not Found", "text/html", "second"))
	end
	if hu == "/close" then KSR.set_reply_close() end
	if hu == "/close-header" then KSR.hdr.append_to_reply("Connection: close\\r\\n") end
	if hu == "/204" then KSR.xhttp.xhttp_reply(204, "No Content", "text/plain", "content all the same") end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end`;

/** What came back on a connection until it ended or went quiet after `replies` replies. */
async function exchange(
	host: TestHost,
	bytes: string,
	{ end = false }: { end?: boolean } = {},
): Promise<{ text: string; ended: boolean }> {
	const { port } = await host.host.listen();
	const socket = connect(port, '127.0.0.1').setEncoding('latin1');
	let text = '';
	socket.on('data', (chunk: string) => {
		text += chunk;
	});
	socket.write(bytes, 'latin1');
	if (end) socket.end();
	// A last request whose reply ends the exchange: what comes before it has come by then.
	const ended = await new Promise<boolean>((resolve) => {
		socket.on('end', () => resolve(true));
		socket.on('data', () => /marker-reply/.test(text) && resolve(false));
	});
	socket.destroy();
	return { text, ended };
}

const MARKER = 'GET /marker HTTP/1.1\r\nHost: h\r\nX-Marker: 1\r\n\r\n';

async function served(t: TestContext, options: TestHostOptions = {}): Promise<TestHost> {
	const script = HANDLER.replace(
		'local hu',
		'if KSR.hdr.get("X-Marker") then return KSR.xhttp.xhttp_reply(200, "OK", "", "marker-reply") end\n\tlocal hu',
	);
	return hostFor(t, script, { limits: { cpu: 50 }, ...options });
}

/** Requests one path, and tells whether the connection was still good afterwards. */
async function get(host: TestHost, path: string, head = '') {
	const { text, ended } = await exchange(host, `GET ${path} HTTP/1.1\r\nHost: h\r\n${head}\r\n${MARKER}`);
	const [, status = ''] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
	return { status: Number(status), text, ended };
}

const ROWS: [path: string, status: number, ended: boolean, log: RegExp][] = [
	['/nothing', 404, false, /warning: ksr_xhttp_event ended without a reply: GET \/nothing/],
	['/exit', 404, false, /warning: ksr_xhttp_event ended without a reply/],
	['/drop', 404, false, /warning: ksr_xhttp_event ended without a reply/],
	['/error', 500, false, /error: ksr_xhttp_event failed for GET \/error: handler\.lua:\d+: broken/],
	[
		'/loop',
		503,
		false,
		/error: ksr_xhttp_event was stopped for GET \/loop: the CPU limit of 50 ms was reached at handler\.lua:\d+/,
	],
	[
		'/wrong',
		500,
		false,
		/error: handler\.lua:\d+: KSR\.xhttp\.xhttp_reply: parameter 1 \(code\) must be an integer, got a table/,
	],
	['/code', 500, false, /error: handler\.lua:\d+: the reply 99 is refused: 99 is no status code/],
	['/reason', 500, false, /error: handler\.lua:\d+: the reply 200 is refused: the reason holds a line break/],
	[
		'/ctype',
		500,
		false,
		/error: handler\.lua:\d+: the reply 200 is refused: the content type holds a line break/,
	],
	[
		'/header',
		200,
		false,
		/error: handler\.lua:\d+: KSR\.hdr\.append_to_reply: the text holds a line break inside/,
	],
	['/colon', 200, false, /error: handler\.lua:\d+: KSR\.hdr\.append_to_reply: "no header" is no header line/],
	[
		'/framing',
		200,
		false,
		/error: handler\.lua:\d+: KSR\.hdr\.append_to_reply: Content-Length is written by the host/,
	],
	[
		'/then-error',
		201,
		false,
		/error: ksr_xhttp_event failed for GET \/then-error: handler\.lua:\d+: too late/,
	],
	['/then-exit', 201, false, /^$/],
	[
		'/twice',
		201,
		false,
		/warning: handler\.lua:\d+: the reply 404 is refused: a reply was sent already \(201 Created\)/,
	],
	['/close', 200, true, /^$/],
	['/close-header', 200, true, /^$/],
];

for (const [path, status, ended, log] of ROWS)
	test(`${path}: the client gets ${status}${ended ? ' and the connection ends' : ''}`, async (t) => {
		const host = await served(t, { logLevel: 0 });
		const result = await get(host, path);
		assert.equal(result.status, status);
		assert.equal(result.ended, ended);
		assert.doesNotMatch(result.text, /X-Evil|broken|second/);
		assert.match(host.logs.map((line) => `${line.level}: ${line.text}`).join('\n'), log);
	});

test('a second reply is refused with -1 and leaves no trace', async (t) => {
	const host = await served(t);
	const { text } = await get(host, '/twice');
	assert.match(text, /first/);
	assert.deepEqual(host.lines('script'), ['second: -1']);
});

test('url_skip is asked before url_match, both on the raw target; who is not for the script gets 404', async (t) => {
	const host = await served(t, {
		modparams: [
			{ module: 'xhttp', name: 'url_skip', value: '\\.(ico|png)' },
			{ module: 'xhttp', name: 'url_match', value: '^/(a|marker)' },
		],
	});
	for (const [path, status] of [
		['/a', 200],
		['/a.ico', 404],
		['/a?x=b.png', 404],
		['/b', 404],
		['/A', 404],
	] as const)
		assert.equal((await get(host, path)).status, status, path);
	assert.match(host.lines().join('\n'), /no module takes GET \/b/);
});

test('no_reply chooses the status for a handler that does not reply', async (t) => {
	const host = await served(t, { modparams: [{ module: 'xhttp', name: 'no_reply', value: '204' }] });
	assert.equal((await get(host, '/nothing')).status, 204);
});

test('no_reply "close" ends the connection', async (t) => {
	const host = await served(t, { modparams: [{ module: 'xhttp', name: 'no_reply', value: 'close' }] });
	const { ended } = await get(host, '/nothing');
	assert.equal(ended, true);
});

test('malformed HTTP: 400 and close', async (t) => {
	const host = await served(t);
	const { text, ended } = await exchange(host, 'hello there\r\n\r\n');
	assert.match(text, /^HTTP\/1\.1 400 Bad Request\r\n/);
	assert.match(text, /\r\nConnection: close\r\n/);
	assert.equal(ended, true);
	assert.match(host.lines().join(), /127\.0\.0\.1:\d+: the request line is malformed \(400\)/);
});

test('what came before malformed bytes is answered first', async (t) => {
	const host = await served(t);
	const { text } = await exchange(host, `GET / HTTP/1.1\r\nHost: h\r\n\r\nrubbish\r\n\r\n`);
	assert.match(text, /^HTTP\/1\.1 200 OK[\s\S]*fineHTTP\/1\.1 400 Bad Request/);
});

test('a body or headers beyond their limits: 413 and 431', async (t) => {
	const host = await served(t, { limits: { body: 100, headers: 500 } });
	assert.match(
		(await exchange(host, 'POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n')).text,
		/^HTTP\/1\.1 413 /,
	);
	const big = `GET / HTTP/1.1\r\nX: ${'x'.repeat(500)}\r\n\r\n`;
	assert.match((await exchange(host, big)).text, /^HTTP\/1\.1 431 /);
});

test('slow headers and slow bodies: 408; a silent connection is closed', async (t) => {
	const host = await served(t, { limits: { headerTime: 300, bodyTime: 300, keepAlive: 300 } });
	const header = await exchange(host, 'GET / HTTP/1.1\r\nHost:');
	assert.match(header.text, /^HTTP\/1\.1 408 Request Timeout[\s\S]*the head took too long/);
	const body = await exchange(host, 'POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc');
	assert.match(body.text, /^HTTP\/1\.1 408 Request Timeout[\s\S]*the body took too long/);
	const silent = await exchange(host, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n');
	assert.match(silent.text, /^HTTP\/1\.1 200 OK\r\n[\s\S]*fine$/);
	assert.equal(silent.ended, true);
});

test('HEAD gets the header of the answer and no content', async (t) => {
	const host = await served(t);
	const { text } = await exchange(host, `HEAD / HTTP/1.1\r\nHost: h\r\n\r\n${MARKER}`);
	assert.match(text, /^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*Content-Length: 4\r\n\r\nHTTP\/1\.1 200 OK/);
});

test('HTTP/1.0: closed after the reply, unless the client asks to keep the connection', async (t) => {
	const host = await served(t);
	const once = await exchange(host, 'GET / HTTP/1.0\r\n\r\n');
	assert.equal(once.ended, true);
	assert.match(once.text, /\r\nConnection: close\r\n/);
	const kept = await exchange(host, `GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n${MARKER}`);
	assert.equal(kept.ended, false);
	assert.match(kept.text, /\r\nConnection: keep-alive\r\n/);
});

test('the content of a 204 is sent, as Kamailio does, and the connection serves no further request', async (t) => {
	const host = await served(t);
	const { text } = await exchange(host, `GET /204 HTTP/1.1\r\nHost: h\r\n\r\n${MARKER}`, { end: true });
	assert.match(
		text,
		/^HTTP\/1\.1 204 No Content\r\n[\s\S]*Connection: close\r\n[\s\S]*\r\n\r\ncontent all the same$/,
	);
});

test('100 Continue comes when a body is awaited', async (t) => {
	const host = await served(t);
	const { port } = await host.host.listen();
	const socket = connect(port, '127.0.0.1').setEncoding('latin1');
	t.after(() => socket.destroy());
	socket.write('POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n');
	const next = () => new Promise<string>((resolve) => socket.once('data', resolve));
	assert.equal(await next(), 'HTTP/1.1 100 Continue\r\n\r\n');
	socket.write('hello');
	assert.match(await next(), /^HTTP\/1\.1 200 OK/);
});

test('hundreds of pipelined requests are answered in order', async (t) => {
	const script = 'function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", KSR.pv.get("$hu")) end';
	const host = await hostFor(t, script);
	const requests = Array.from({ length: 500 }, (_, i) => `GET /${i} HTTP/1.1\r\nHost: h\r\n\r\n`).join('');
	const { text } = await exchange(host, requests, { end: true });
	const bodies = [...text.matchAll(/\r\n\r\n(\/\d+)/g)].map(([, body]) => body);
	assert.deepEqual(
		bodies,
		Array.from({ length: 500 }, (_, i) => `/${i}`),
	);
});

test('close() lets go of idle connections and takes no new ones', async (t) => {
	const host = await served(t);
	const { port } = await host.host.listen();
	const socket = connect(port, '127.0.0.1').setEncoding('latin1');
	socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
	await new Promise((resolve) => socket.once('data', resolve));
	const ended = new Promise((resolve) => socket.once('close', resolve));
	await host.host.close();
	await ended;
	const refused = await new Promise((resolve) => {
		const late = connect(port, '127.0.0.1');
		late.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
	});
	assert.equal(refused, 'ECONNREFUSED');
	assert.equal((await host.request()).status, 503);
});

test('with dev the reply tells what the log tells', async (t) => {
	const host = await served(t, { dev: true });
	const reply = await host.request('/error');
	assert.equal(reply.status, 500);
	assert.match(reply.body, /handler\.lua:\d+: broken/);
	assert.doesNotMatch((await (await served(t)).request('/error')).body, /broken|handler/);
});
