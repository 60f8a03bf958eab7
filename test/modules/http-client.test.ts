import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
	constants,
	createSecureServer as createHttp2SecureServer,
	createServer as createHttp2Server,
	type Http2SecureServer,
	type Http2Server,
	type Http2ServerRequest,
	type Http2ServerResponse,
	type ServerHttp2Session,
} from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { ENGINES } from '../../engines/list.ts';
import { hostFor, type TestHost, type TestHostOptions } from '../support/host.ts';

/** A server that answers as its paths say. Gives its address. */
async function upstream(t: TestContext, more?: (request: IncomingMessage, response: ServerResponse) => void) {
	const server = createServer((request, response) => {
		const { url = '', method, headers } = request;
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('latin1');
			const status = Number(/^\/status\/(\d+)/.exec(url)?.[1] ?? 200);
			if (url === '/moved') return response.writeHead(302, { Location: '/echo?moved' }).end();
			if (url === '/away') return response.writeHead(302, { Location: 'http://127.0.0.2:1/' }).end();
			if (url === '/round') return response.writeHead(302, { Location: '/round' }).end();
			if (url === '/private' && headers.authorization !== 'Basic dXNlcjpzZWNyZXQ=')
				return response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
			if (url === '/lines') return response.end('first\nsecond\n');
			if (url === '/slow') return more?.(request, response);
			if (url === '/hangup') return request.socket.destroy();
			response.writeHead(status, { 'Content-Type': 'text/plain', 'X-Answer': 'yes' });
			const type = headers['content-type'] ?? '-';
			response.end(`${method} ${url} [${body}] ${type} ${headers['x-mine'] ?? '-'} ${headers['user-agent']}`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Calls a function of http_client and replies with its return value and its result, on two lines. */
async function ask(
	t: TestContext,
	call: string,
	options: TestHostOptions = {},
): Promise<{ code: number; result: string; host: TestHost }> {
	const code = `function ksr_xhttp_event(evname)
		local code = KSR.http_client.${call}
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", tostring(code) .. "\\n" .. tostring(KSR.pv.get("$var(r)")))
	end`;
	const host = await hostFor(t, code, options);
	const [status = '', ...lines] = (await host.request()).body.split('\n');
	return { code: Number(status), result: lines.join('\n'), host };
}

const con = (value: string) => ({ module: 'http_client', name: 'httpcon', value });
const int = (name: string, value: number) => ({ module: 'http_client', name, value });

for (const { name, language } of ENGINES.filter(
	(engine) => engine.language === 'lua' || engine.language === 'javascript',
))
	test(`${name}: a handler waits for an upstream server`, async (t) => {
		const base = await upstream(t);
		const reply = (call: string, get: string) => `KSR.xhttp.xhttp_reply(${call}, "OK", "text/plain", ${get})`;
		const code =
			language === 'lua'
				? `function ksr_xhttp_event(evname)\n${reply(`KSR.http_client.query("${base}/echo" .. KSR.pv.get("$hu"), "$var(r)")`, 'KSR.pv.get("$var(r)")')}\nend`
				: `async function ksr_xhttp_event() { ${reply(`await KSR.http_client.query("${base}/echo" + KSR.pv.get("$hu"), "$var(r)")`, 'KSR.pv.get("$var(r)")')} }`;
		const host = await hostFor(t, code, { engine: name, name: language === 'lua' ? 'x.lua' : 'x.js' });
		const replies = await Promise.all(['/a', '/b', '/c'].map((target) => host.request(target)));
		for (const [i, { status, body }] of replies.entries()) {
			assert.equal(status, 200);
			assert.match(body, new RegExp(`^GET /echo/${'abc'[i]} \\[\\] - - kemihost \\(`));
		}
	});

describe('queries', () => {
	test('send what they are given, as curl does', async (t) => {
		const base = await upstream(t);
		const headers = '"X-Mine: 1\\r\\nContent-Type: a/b"';
		const cases: [string, RegExp][] = [
			[
				`query_post("${base}/p", "a=1", "$var(r)")`,
				/^POST \/p \[a=1\] application\/x-www-form-urlencoded - /,
			],
			[`query_post("${base}/p", "", "$var(r)")`, /^GET \/p \[\] /],
			[`query_post_hdrs("${base}/p", "x", ${headers}, "$var(r)")`, /^POST \/p \[x\] a\/b 1 /],
			[`get_hdrs("${base}/g", "", ${headers}, "$var(r)")`, /^GET \/g \[\] a\/b 1 /],
			[`query_request("DELETE", "${base}/d", "", "", "$var(r)")`, /^DELETE \/d \[\] /],
		];
		for (const [call, wanted] of cases) {
			const { code, result } = await ask(t, call);
			assert.equal(code, 200, call);
			assert.match(result, wanted);
		}
	});

	test('give the status, and the body where it is from 200 to 499', async (t) => {
		const base = await upstream(t);
		assert.match((await ask(t, `query("${base}/status/404", "$var(r)")`)).result, /^GET/);
		const broken = await ask(t, `query("${base}/status/503", "$var(r)")`);
		assert.deepEqual([broken.code, broken.result], [503, '']);
	});

	test('give the first line or all, and no more than is allowed', async (t) => {
		const base = await upstream(t);
		const call = `query("${base}/lines", "$var(r)")`;
		assert.equal((await ask(t, call)).result, 'first');
		const all = { modparams: [int('query_result', 0)] };
		assert.equal((await ask(t, call, all)).result, 'first\nsecond\n');
		const cut = { modparams: [int('query_result', 0), int('query_maxdatasize', 3)] };
		assert.equal((await ask(t, call, cut)).result, 'fir');
	});

	test('follow redirects where told to', async (t) => {
		const base = await upstream(t);
		const follow = { modparams: [int('httpredirect', 1)] };
		assert.match((await ask(t, `query("${base}/moved", "$var(r)")`, follow)).result, /^GET \/echo\?moved/);
		assert.equal((await ask(t, `query("${base}/moved", "$var(r)")`, {})).code, 302);
		assert.equal((await ask(t, `query("${base}/round", "$var(r)")`, follow)).code, 47);
	});

	test("give curl's number for an error", async (t) => {
		const base = await upstream(t, () => {});
		const cases: [string, number][] = [
			['ftp://localhost/', 1],
			['http://[/', 3],
			['http://name.invalid/', 6],
			['http://127.0.0.1:1/', 7],
			[`${base}/hangup`, 52],
		];
		for (const [url, code] of cases) {
			const { code: given, host } = await ask(t, `query("${url}", "$var(r)")`);
			assert.equal(given, code, `${url}: ${host.lines().join('\n')}`);
		}
		const fast = { modparams: [int('timeout_mode', 2), int('connection_timeout', 30)] };
		assert.equal((await ask(t, `query("${base}/slow", "$var(r)")`, fast)).code, 28);
	});

	test('keep the headers of the answer, where asked to', async (t) => {
		const base = await upstream(t);
		const code = `function ksr_xhttp_event(evname)
			KSR.http_client.query("${base}/x", "$var(r)")
			KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.getw("$httprhdr(x-answer)") .. KSR.pv.get("$curlerror(7)"))
		end`;
		const on = await hostFor(t, code, { modparams: [int('response_headers', 1)] });
		assert.equal((await on.request()).body, "yesCouldn't connect to server");
		const off = await hostFor(t, code);
		assert.equal((await off.request()).body, "<null>Couldn't connect to server");
	});

	test('end when the client has gone', async (t) => {
		let gone!: () => void;
		const hungUp = new Promise<void>((resolve) => {
			gone = resolve;
		});
		let arrived!: () => void;
		const asked = new Promise<void>((resolve) => {
			arrived = resolve;
		});
		const base = await upstream(t, (request) => {
			request.socket.on('close', gone);
			arrived();
		});
		const host = await hostFor(
			t,
			`function ksr_xhttp_event() KSR.info("code " .. KSR.http_client.query("${base}/slow", "$var(r)")) end`,
		);
		const abort = new AbortController();
		const reply = host.host.fetch(new Request('http://x/', { signal: abort.signal }));
		await asked;
		abort.abort();
		await hungUp;
		await reply;
		assert.ok(host.lines().includes('code 42'));
	});
});

describe('connections', () => {
	test('have a base, credentials and settings of their own', async (t) => {
		const base = await upstream(t);
		const host = base.slice('http://'.length);
		const modparams = [con(`one=>http://user:secret@${host}/private;useragent=mine`)];
		const { code, result } = await ask(t, 'curl_connect("one", "", "$var(r)")', { modparams });
		assert.equal(code, 200);
		assert.match(result, /^GET \/private \[\] - - mine$/);
		const posted = await ask(t, 'curl_connect_post("one", "echo", "a/b", "x", "$var(r)")', {
			modparams: [con(`one=>${base}`)],
		});
		assert.match(posted.result, /^POST \/echo \[x\] a\/b /);
	});

	test('native: a raw body keeps its $', async (t) => {
		const base = await upstream(t);
		const code = `loadmodule "xhttp.so"
		loadmodule "http_client.so"
		event_route[xhttp:request] {
			http_connect_raw("api", "/x$hu", "text/plain", "costs $5 of $hu", "$var(r)");
			xhttp_reply("200", "OK", "text/plain", "$rc $var(r)");
		}`;
		const modparams = [con(`api=>${base}/v1`)];
		const host = await hostFor(t, code, { name: 'x.cfg', engine: 'native', modparams });
		assert.match((await host.request('/y')).body, /^200 POST \/v1\/x\/y \[costs \$5 of \$hu\] text\/plain /);
	});

	test('fail over once', async (t) => {
		const base = await upstream(t);
		const modparams = [con('bad=>http://127.0.0.1:1;failover=good'), con(`good=>${base}`)];
		assert.match((await ask(t, 'curl_connect("bad", "/x", "$var(r)")', { modparams })).result, /^GET \/x/);
	});

	test('say where the last request has led to', async (t) => {
		const base = await upstream(t);
		const code = `function ksr_xhttp_event(evname)
			KSR.http_client.curl_connect("one", "/moved", "$var(r)")
			KSR.http_client.get_redirect("one", "$var(u)")
			KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$var(u)"))
		end`;
		const host = await hostFor(t, code, { modparams: [con(`one=>${base};httpredirect=1`)] });
		assert.equal((await host.request()).body, `${base}/echo?moved`);
	});

	test('that there are none of are refused, in parameters and calls', async (t) => {
		const { code, host } = await ask(t, 'curl_connect("none", "/x", "$var(r)")');
		assert.equal(code, -1);
		assert.match(host.lines().join('\n'), /there is no httpcon none/);
		await assert.rejects(ask(t, '', { modparams: [con('nonsense')] }), /httpcon "nonsense" cannot be read/);
		await assert.rejects(ask(t, '', { modparams: [con('a=>http://h;x=1')] }), /has an option "x=1"/);
		await assert.rejects(ask(t, '', { modparams: [con('a=>http://h;failover=b')] }), /fails over to b/);
	});
});

describe('a list of what may be connected to', () => {
	test('is kept for addresses, names and redirects', async (t) => {
		const base = await upstream(t);
		const { port } = new URL(base);
		const cases: [list: string[], url: string, code: number][] = [
			[['none'], base, 7],
			[['public'], base, 7],
			[['10.0.0.0/8'], base, 7],
			[['127.0.0.0/8'], base, 200],
			[['127.0.0.0/8', '::1/128'], `http://localhost:${port}`, 200],
			[['public'], `http://localhost:${port}`, 7],
			[['localhost'], `http://localhost:${port}`, 200],
			[['public'], `http://[::ffff:127.0.0.1]:${port}`, 7],
			[['public'], `http://2130706433:${port}`, 7],
		];
		for (const [allowNet, url, code] of cases) {
			const { code: given, host } = await ask(t, `query("${url}/x", "$var(r)")`, { allowNet });
			assert.equal(given, code, `${allowNet} ${url}: ${host.lines().join('\n')}`);
		}
		const away = { allowNet: ['127.0.0.1'], modparams: [int('httpredirect', 1)] };
		const { host } = await ask(t, `query("${base}/away", "$var(r)")`, away);
		assert.match(host.lines().join('\n'), /connections to 127\.0\.0\.2 are not allowed/);
		await assert.rejects(
			ask(t, '', { allowNet: ['10.0.0.0/99'] }),
			/is no network, address or name to allow/,
		);
	});
});

describe('TLS and proxies', () => {
	const pem = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
	const text = (name: string, value: string) => ({ module: 'http_client', name, value });

	/** A server that is given to listen, on a free port. */
	async function listening(t: TestContext, server: Server): Promise<number> {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		t.after(() => {
			server.close();
			server.closeAllConnections();
		});
		return (server.address() as AddressInfo).port;
	}

	const secure = (t: TestContext) =>
		listening(
			t,
			createSecureServer(
				{ cert: readFileSync(pem('server.pem')), key: readFileSync(pem('server.key')) },
				(request, response) => void response.end(`over TLS: ${request.url}`),
			),
		);

	test('a server is trusted by the certificates that are given, or by being told to', async (t) => {
		const call = `query("https://localhost:${await secure(t)}/x", "$var(r)")`;
		const trusted = await ask(t, call, { modparams: [text('cacert', pem('ca.pem'))] });
		assert.deepEqual([trusted.code, trusted.result], [200, 'over TLS: /x']);
		const unknown = await ask(t, call);
		assert.deepEqual([unknown.code, unknown.result], [60, '']);
		const careless = await ask(t, call, { modparams: [int('verify_peer', 0), int('verify_host', 0)] });
		assert.deepEqual([careless.code, careless.result], [200, 'over TLS: /x']);
	});

	test('a server that wants a certificate of its clients gets the one that is given', async (t) => {
		const server = createSecureServer(
			{
				cert: readFileSync(pem('server.pem')),
				key: readFileSync(pem('server.key')),
				ca: readFileSync(pem('ca.pem')),
				requestCert: true,
				rejectUnauthorized: true,
			},
			(request, response) => {
				const { subject } = (request.socket as TLSSocket).getPeerCertificate();
				response.end(`${request.httpVersion} for ${subject.CN}`);
			},
		);
		const base = `https://localhost:${await listening(t, server)}`;
		const trust = text('cacert', pem('ca.pem'));
		const own = [trust, text('client_cert', pem('client.pem')), text('client_key', pem('client.key'))];
		for (const call of [
			`query("${base}/", "$var(r)")`,
			// HTTP/2 is what the server may pick, and this one does not know it
			`query_request_v2pk("GET", "${base}/", "", "", "$var(r)")`,
		]) {
			const shown = await ask(t, call, { modparams: own });
			assert.deepEqual([shown.code, shown.result], [200, '1.1 for client one']);
			const without = await ask(t, call, { modparams: [trust] });
			assert.ok(without.code > 0 && without.code < 100, `curl error ${without.code}`);
		}
		const declared = `a=>${base};client_cert=${pem('client.pem')};client_key=${pem('client.key')}`;
		const connected = await ask(t, 'curl_connect("a", "", "$var(r)")', { modparams: [trust, con(declared)] });
		assert.deepEqual([connected.code, connected.result], [200, '1.1 for client one']);
	});

	test('a proxy is asked for plain URLs and for TLS', async (t) => {
		const asked: string[] = [];
		const proxy = createServer();
		proxy.on('request', (request, response) => {
			asked.push(`${request.method} ${request.url}`);
			response.end('by the proxy');
		});
		proxy.on('connect', (request: IncomingMessage, client: Socket) => {
			asked.push(`CONNECT ${request.url}`);
			const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
				client.write('HTTP/1.1 200 OK\r\n\r\n');
				client.pipe(upstream).pipe(client);
			});
			for (const socket of [client, upstream]) socket.on('error', () => {});
			t.after(() => {
				client.destroy();
				upstream.destroy();
			});
		});
		const port = await listening(t, proxy);
		const modparams = [
			text('httpproxy', 'http://127.0.0.1'),
			int('httpproxyport', port),
			text('cacert', pem('ca.pem')),
		];
		const tlsPort = await secure(t);
		const overTls = await ask(t, `query("https://localhost:${tlsPort}/p", "$var(r)")`, { modparams });
		assert.deepEqual([overTls.code, overTls.result], [200, 'over TLS: /p']);
		const base = await upstream(t);
		const plain = await ask(t, `query("${base}/p", "$var(r)")`, { modparams });
		assert.deepEqual([plain.code, plain.result], [200, 'by the proxy']);
		assert.deepEqual(asked, [`CONNECT localhost:${tlsPort}`, `GET ${base}/p`]);
	});
});

describe('HTTP/2', () => {
	const fixture = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url));

	/** What a server of HTTP/2 answers: the version it was asked in, and what it was asked. */
	async function answer(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		if (request.url === '/hangup') return request.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
		response.writeHead(request.url === '/missing' ? 404 : 200, { 'x-answer': 'yes' });
		response.end(
			`${request.httpVersion} ${request.method} ${request.url} [${Buffer.concat(chunks)}] ${request.headers['x-mine'] ?? '-'}`,
		);
	}

	async function listening(t: TestContext, server: Http2Server | Http2SecureServer): Promise<number> {
		const sessions = new Set<ServerHttp2Session>();
		server.on('session', (session: ServerHttp2Session) => sessions.add(session));
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		t.after(() => {
			for (const session of sessions) session.destroy();
			server.close();
		});
		return (server.address() as AddressInfo).port;
	}

	const call = (method: string, url: string, body = '', headers = '') =>
		`query_request_v2pk("${method}", "${url}", "${body}", "${headers}", "$var(r)")`;

	for (const keep of [0, 1])
		test(`is spoken from the first byte to an http URL (keep_connections ${keep})`, async (t) => {
			const base = `http://127.0.0.1:${await listening(t, createHttp2Server(answer))}`;
			const modparams = [int('keep_connections', keep)];
			const cases: [string, number, string][] = [
				[call('GET', `${base}/a`, '', 'X-Mine: 1'), 200, '2.0 GET /a [] 1'],
				[call('PUT', `${base}/b`, 'x=1'), 200, '2.0 PUT /b [x=1] -'],
				[call('GET', `${base}/missing`), 404, '2.0 GET /missing [] -'],
			];
			for (const [asked, code, result] of cases) {
				const given = await ask(t, asked, { modparams });
				assert.deepEqual([given.code, given.result], [code, result]);
			}
		});

	test('is what an https server may pick', async (t) => {
		const server = createHttp2SecureServer(
			{ cert: fixture('server.pem'), key: fixture('server.key') },
			answer,
		);
		const url = `https://localhost:${await listening(t, server)}/s`;
		const cacert = fileURLToPath(new URL('../fixtures/tls/ca.pem', import.meta.url));
		const modparams = [{ module: 'http_client', name: 'cacert', value: cacert }];
		const given = await ask(t, call('GET', url), { modparams });
		assert.deepEqual([given.code, given.result], [200, '2.0 GET /s [] -']);
	});

	test("gives curl's number where the server does not speak it, or ends the stream", async (t) => {
		const old = await ask(t, call('GET', `${await upstream(t)}/x`));
		assert.deepEqual([old.code, old.result], [16, '']);
		const base = `http://127.0.0.1:${await listening(t, createHttp2Server(answer))}`;
		const ended = await ask(t, call('GET', `${base}/hangup`));
		assert.deepEqual([ended.code, ended.result], [92, '']);
	});

	test('carries the requests of several handlers at a time, each with its own answer', async (t) => {
		const base = `http://127.0.0.1:${await listening(t, createHttp2Server(answer))}`;
		const host = await hostFor(
			t,
			`function ksr_xhttp_event()
				KSR.http_client.query_request_v2pk("GET", "${base}" .. KSR.pv.get("$hu"), "", "", "$var(r)")
				KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$var(r)"))
			end`,
			{ modparams: [int('keep_connections', 1)] },
		);
		const targets = Array.from({ length: 30 }, (_, i) => `/${i}`);
		const replies = await Promise.all(targets.map((target) => host.request(target)));
		assert.deepEqual(
			replies.map(({ body }) => body),
			targets.map((target) => `2.0 GET ${target} [] -`),
		);
	});
});
