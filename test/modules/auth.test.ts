/** KSR.auth: digest authentication from a challenge to a good answer. What 5.6.3 has too is in the corpus (auth-…). */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ModParam } from '../../src/kemi/params.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { answer, type Client, challengeOf } from '../support/digest.ts';
import { hostFor, type TestHost } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const SCRIPT = `
function ksr_xhttp_event()
	local rc = KSR.auth.pv_www_authenticate("files", "secret", 0)
	KSR.info("rc " .. rc)
	if rc < 0 then
		local flags = 1
		if rc == -4 then flags = 17 end
		KSR.auth.www_challenge("files", flags)
		return
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "hello " .. KSR.pv.get("$au"))
end`;

const modparam = paramsOf('auth');

async function start(t: TestContext, modparams: ModParam[] = [], script = SCRIPT) {
	const host = await hostFor(t, script, { modparams });
	return { ...host, challenge: async () => challengeOf((await host.request()).headers) };
}

/** Asks with credentials: the status, and what the script saw. */
async function ask({ request, lines }: TestHost, credentials: string, client: Client = {}): Promise<string> {
	const { status } = await request('/', {
		method: client.method ?? 'GET',
		headers: [['Authorization', credentials]],
		...(client.body ? { body: client.body } : {}),
	});
	return `${status} ${lines('script').at(-1)}`;
}

test('a challenge is answered', async (t) => {
	const host = await start(t);
	const { status, headers } = await host.request();
	assert.equal(status, 401);
	assert.match(
		headers,
		/^WWW-Authenticate: Digest realm="files", nonce="[A-Za-z0-9+/]{32}", qop="auth"\r\n$/,
	);
	const challenge = challengeOf(headers);
	assert.equal(await ask(host, answer(challenge)), '200 rc 1');
	assert.equal(await ask(host, answer(challenge)), '200 rc 1', 'again, without nonce_count');
	assert.equal(await ask(host, answer(challenge, { password: 'guess' })), '401 rc -2');
	assert.equal(await ask(host, answer(challenge, { method: 'PUT' })), '401 rc -2', 'for another method');
	assert.equal(await ask(host, 'Basic YWxpY2U6c2VjcmV0'), '401 rc -5');
});

test('no method gets by without credentials', async (t) => {
	const host = await start(t);
	for (const method of ['ACK', 'CANCEL', 'PRACK'])
		assert.equal((await host.request('/', { method })).status, 401, method);
});

test('a count that was used is stale, in whichever child', async (t) => {
	const store = new MemoryStore();
	const options = { modparams: [modparam('nonce_count', 1)], store };
	const [first, second] = [await hostFor(t, SCRIPT, options), await hostFor(t, SCRIPT, options)];
	const challenge = challengeOf((await first.request()).headers);
	assert.equal(await ask(first, answer(challenge, { nc: 1 })), '200 rc 1');
	assert.equal(await ask(second, answer(challenge, { nc: 1 })), '401 rc -4');
	assert.equal(await ask(second, answer(challenge, { nc: 3 })), '200 rc 1');
	assert.equal(await ask(first, answer(challenge, { nc: 2 })), '401 rc -4', 'an older one');
	assert.equal(await ask(first, answer(challenge, { nc: 255 })), '200 rc 1');
	assert.equal(await ask(first, answer(challenge, { nc: 256 })), '401 rc -4', 'counts end at 255');
	const stale = await first.request('/', { headers: [['Authorization', answer(challenge, { nc: 1 })]] });
	assert.match(stale.headers, /, stale=true\r\n/);
});

test('a one-time nonce is good once', async (t) => {
	const host = await start(t, [modparam('one_time_nonce', 1)]);
	const challenge = await host.challenge();
	assert.equal(await ask(host, answer(challenge)), '200 rc 1');
	assert.equal(await ask(host, answer(challenge)), '401 rc -6');
});

test('a nonce ends, and so does one that somebody made up', async (t) => {
	const host = await start(t, [modparam('nonce_expire', -1)]);
	assert.equal(await ask(host, answer(await host.challenge())), '401 rc -4');
	const [good, other] = [await start(t), await start(t)];
	assert.equal(await ask(good, answer(await other.challenge())), '401 rc -1', 'another secret');
});

test('a nonce belongs to the parts of the request that auth_checks_no_dlg names', async (t) => {
	const host = await start(t, [modparam('auth_checks_no_dlg', 8)]);
	const credentials = answer(await host.challenge());
	assert.equal(await ask(host, credentials), '200 rc 1');
	const headers = [['Authorization', credentials]] as const;
	const connection = { remote: { address: '192.0.2.7', port: 1 } };
	const { status } = await host.request('/', { headers, connection });
	assert.equal(`${status} ${host.lines('script').at(-1)}`, '401 rc -4');
});

test('auth-int protects the content', async (t) => {
	const host = await start(t);
	const client = { qop: 'auth-int', method: 'PUT', body: Buffer.from('pay 10') };
	const credentials = answer(await host.challenge(), client);
	assert.equal(await ask(host, credentials, client), '200 rc 1');
	assert.equal(await ask(host, credentials, { ...client, body: Buffer.from('pay 99') }), '401 rc -2');
});

test('a client answers with the algorithm of the challenge, and with no other', async (t) => {
	const algorithms = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512': 'sha512', 'SHA-512-256': 'sha512-256' };
	for (const [name, hash] of Object.entries(algorithms)) {
		const host = await start(t, [modparam('algorithm', name)]);
		const challenge = await host.challenge();
		assert.equal(challenge['algorithm'], name);
		for (const algorithm of [name, `${name}-sess`])
			assert.equal(await ask(host, answer(challenge, { hash, algorithm })), '200 rc 1', algorithm);
		assert.equal(await ask(host, answer(challenge, { hash, algorithm: 'SHA-1' })), '401 rc -1');
	}
});

test('auth_algorithm holds for its request only', async (t) => {
	const script = `
function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/sha" then KSR.auth.auth_algorithm("SHA-256") end
	KSR.info(KSR.auth.auth_algorithm("ROT13"))
	KSR.auth.auth_get_www_authenticate("a", 2, "$var(line)")
	KSR.hdr.append_to_reply(KSR.pv.get("$var(line)"))
	KSR.sl.send_reply(401, "Unauthorized")
end`;
	const { request, lines } = await start(t, [], script);
	assert.match((await request('/sha')).headers, /qop="auth-int", algorithm=SHA-256\r\n$/);
	assert.match((await request('/')).headers, /qop="auth-int"\r\n$/);
	assert.equal(lines('script').at(-1), '-1');
});

test('a realm cannot add parameters to the challenge', async (t) => {
	const script = `function ksr_xhttp_event() KSR.info(KSR.auth.www_challenge('a", qop="none', 0)) end`;
	const { request, lines } = await start(t, [], script);
	assert.equal((await request()).status, 500);
	assert.equal(lines('script').at(-1), '-2');
	assert.match(lines('core').join(), /handler\.lua:1: KSR\.auth\.www_challenge: a realm cannot hold quotes/);
});

test('an error about a parameter names it', async (t) => {
	for (const [name, value] of [
		['algorithm', 'ROT13'],
		['challenge_attr', 'x'],
	] as const)
		await assert.rejects(start(t, [modparam(name, value)]), {
			code: 'KH_MODPARAM',
			message: new RegExp(`parameter ${name} of module auth`),
		});
});

test('Basic credentials are checked by a script', async (t) => {
	const script = `
function ksr_xhttp_event()
	local basic = KSR.pv.gete("$(hdr(Authorization){s.select,1, }{s.decode.base64})")
	if basic == "alice:secret" then return KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "welcome") end
	KSR.hdr.append_to_reply('WWW-Authenticate: Basic realm="files"\\r\\n')
	KSR.xhttp.xhttp_reply(401, "Unauthorized", "", "")
end`;
	const { request } = await start(t, [], script);
	assert.equal((await request()).headers, 'WWW-Authenticate: Basic realm="files"\r\n');
	const good = await request('/', { headers: [['Authorization', 'Basic YWxpY2U6c2VjcmV0']] });
	assert.equal(good.status, 200);
	const bad = await request('/', { headers: [['Authorization', 'Basic eA==']] });
	assert.equal(bad.status, 401);
});
