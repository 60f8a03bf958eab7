import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { complains, fails, set, take } from '../support/context.ts';
import { folderWith, hostFor } from '../support/host.ts';

async function upstream(t: TestContext): Promise<string> {
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		response.writeHead(request.url === '/teapot' ? 418 : 200, { 'X-Answer': 'yes' });
		response.end(
			`${request.method} ${request.url} ${request.headers['x-mine'] ?? '-'} [${Buffer.concat(chunks)}]`,
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const SHOW = `local function pv(name) return tostring(KSR.pv.get(name)) end
	function SHOW(event)
		local out = { event, pv("$hu"), pv("$http_ok"), pv("$http_rs") .. pv("$http_rr"), pv("$http_rb"), pv("$http_bs"), pv("$http_hdr(x-answer)"), pv("$http_err") }
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "|"))
	end`;

test('the callback goes on with the request, and sees the answer', async (t) => {
	const base = await upstream(t);
	const host = await hostFor(
		t,
		`${SHOW}
		function ksr_xhttp_event(evname)
			KSR.pv.sets("$http_req(hdr)", "X-Mine: 1")
			KSR.pv.sets("$http_req(body)", "b")
			KSR.pv.sets("$http_req(method)", "put")
			KSR.http_async_client.query("${base}" .. KSR.pv.get("$hu"), "SHOW")
		end`,
	);
	const [a, b] = await Promise.all([host.request('/a'), host.request('/teapot')]);
	assert.equal(a.body, 'http_async_client:callback|/a|1|200OK|PUT /a 1 [b]|12|yes|nil');
	assert.equal(b.body, "http_async_client:callback|/teapot|1|418I'm a Teapot|PUT /teapot 1 [b]|17|yes|nil");
});

test('where there is no answer, the callback sees why', async (t) => {
	const host = await hostFor(
		t,
		`${SHOW}\nfunction ksr_xhttp_event(evname) KSR.http_async_client.query("http://127.0.0.1:1/", "SHOW") end`,
	);
	assert.equal(
		(await host.request('/x')).body,
		"http_async_client:callback|/x|0|nilnil|nil|nil|nil|Couldn't connect to server",
	);
});

test('certificates to trust may be in a folder, beside other files', async (t) => {
	const fixture = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url));
	const server = createSecureServer(
		{ cert: fixture('server.pem'), key: fixture('server.key') },
		(_request, response) => response.end('over TLS'),
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	const code = `${SHOW}
		function ksr_xhttp_event(evname) KSR.http_async_client.query("https://localhost:${port}/", "SHOW") end`;
	const folder = folderWith(t, {
		'own.crt': fixture('ca.pem'),
		'own.key': fixture('server.key'),
		readme: 'x',
	});
	const trust = { module: 'http_async_client', name: 'tls_ca_path', value: folder };
	const trusting = await hostFor(t, code, { modparams: [trust] });
	assert.match((await trusting.request()).body, /\|1\|200OK\|over TLS\|/);
	assert.match((await (await hostFor(t, code)).request()).body, /\|0\|nilnil\|/);
});

test('after a reply the callback runs by itself', async (t) => {
	const base = await upstream(t);
	const lines = new EventEmitter();
	const host = await hostFor(
		t,
		`function LATER(event) KSR.info("later " .. KSR.pv.get("$http_rb") .. KSR.pv.get("$rm")) end
		function ksr_xhttp_event(evname)
			KSR.http_async_client.query("${base}/bg", "LATER")
			KSR.xhttp.xhttp_reply(202, "Accepted", "text/plain", "done")
		end`,
		{ log: (record) => void lines.emit('line', record.text) },
	);
	const line = once(lines, 'line');
	assert.equal((await host.request()).status, 202);
	assert.deepEqual(await line, ['later GET /bg - []OPTIONS']);
});

test('send never holds the request, and send_xdata hands a text to the callback', async (t) => {
	const base = await upstream(t);
	const lines = new EventEmitter();
	const host = await hostFor(
		t,
		`function LATER(event)
			KSR.info(table.concat({ KSR.pv.get("$http_rb"), tostring(KSR.pv.get("$http_xdata")), KSR.pv.get("$rm") }, "|"))
		end
		function ksr_xhttp_event(evname)
			KSR.http_async_client.send("${base}/plain", "LATER")
			KSR.http_async_client.send_xdata("${base}/with", "LATER", "x=" .. KSR.pv.get("$hu"))
		end`,
		{ log: (record) => void lines.emit('line', record.text) },
	);
	const seen: string[] = [];
	const both = new Promise<void>((resolve) =>
		lines.on('line', (line: string) => {
			if (/^GET/.test(line) && seen.push(line) === 2) resolve();
		}),
	);
	// Nothing goes on with the request of a handler that has ended: it is answered as one that has not replied
	assert.equal((await host.request('/o')).status, 404);
	await both;
	assert.deepEqual(seen.sort(), ['GET /plain - []|nil|OPTIONS', 'GET /with - []|x=/o|OPTIONS']);
});

test('$http_time counts microseconds', async (t) => {
	const base = await upstream(t);
	const host = await hostFor(
		t,
		`function SHOW() KSR.xhttp.xhttp_reply(200, "OK", "text/plain", tostring(KSR.pv.get("$http_time(total)"))) end
		function ksr_xhttp_event(evname) KSR.http_async_client.query("${base}/", "SHOW") end`,
	);
	// A request over a socket takes tens of them at the least
	assert.match((await host.request()).body, /^[1-9]\d+$/);
});

test('$http_req takes integers where curl wants them, texts elsewhere, and the names of keep-alive', () => {
	take([
		...['keepalive', 'ka-idle', 'ka-interval', 'timeout', 'suspend', 'authmethod'].flatMap((name) => [
			set(`$http_req(${name})`, 1),
			set(`$http_req(${name})`, null),
			complains('pv.sets', `$http_req(${name})`, '1')(false),
		]),
		...['hdr', 'method', 'body', 'username', 'password'].map((name) =>
			complains('pv.seti', `$http_req(${name})`, 1)(false),
		),
		fails('$http_req(ka_idle)'),
	]);
});
