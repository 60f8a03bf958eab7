/** TLS, by real clients. The certificates are made by test/fixtures/tls/make.sh. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { KemihostError } from '../../src/errors.ts';
import type { ModParam } from '../../src/kemi/params.ts';
import { hostFor } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/tls/', import.meta.url));
const file = (name: string) => join(FIXTURES, name);
const pem = (name: string) => readFileSync(file(name), 'utf8');
const CA = pem('ca.pem');

const SCRIPT = `function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/text" then
		KSR.pvx.evalx("$var(text)", KSR.pv.gete("$rb"))
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$var(text)"))
		return
	end
	local out = KSR.pv.get("$proto") .. " " .. KSR.pv.get("$prid") .. " " .. tostring(KSR.is_TLS()) .. " " .. KSR.tls.is_peer_verified()
	for name in KSR.pv.gete("$rb"):gmatch("%S+") do out = out .. "\\n" .. name .. "=" .. KSR.pv.getw("$tls_" .. name) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out)
end`;

const param = paramsOf('tls');
const SERVER = [param('certificate', file('server.pem')), param('private_key', file('server.key'))];

async function serve(t: TestContext, modparams: readonly ModParam[] = SERVER) {
	const made = await hostFor(t, SCRIPT, { modparams, limits: { drain: 100 } });
	const { port, secure } = await made.host.listen({ secure: true });
	assert.equal(secure, true);
	return { ...made, port };
}

/** Asks over TLS: the answer, and the name in the certificate that was shown. */
async function ask(port: number, options: ConnectionOptions & { names?: string; path?: string } = {}) {
	const { names = '', ...tls } = options;
	const sent = httpsRequest({
		port,
		host: '127.0.0.1',
		servername: 'localhost',
		ca: CA,
		method: 'POST',
		agent: false,
		...tls,
	});
	sent.end(names);
	const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
	let body = '';
	for await (const piece of response) body += piece;
	return body;
}

const CLIENT = { cert: pem('client.pem'), key: pem('client.key') };

test('a request over TLS sees that it is one', async (t) => {
	const { port } = await serve(t);
	assert.equal(await ask(port), 'tls 3 true -1');
});

test('variables tell of both certificates what Kamailio tells', async (t) => {
	const { port } = await serve(t, [
		...SERVER,
		param('ca_list', file('ca.pem')),
		param('verify_certificate', 1),
	]);
	const names = [
		'version cipher_info cipher_bits peer_server_name peer_verified peer_selfsigned peer_expired peer_revoked',
		'peer_subject_cn peer_subject_country peer_subject_organization peer_subject_uid peer_subject_locality peer_issuer_cn',
		'my_subject_cn my_subject_state my_subject_locality my_subject_unit my_issuer_organization my_version',
		'peer_san_email peer_san_hostname my_san_hostname my_san_ip my_san_uri my_san_email',
	].join(' ');
	const answer = await ask(port, { ...CLIENT, names });
	assert.deepEqual(
		Object.fromEntries(
			answer
				.split('\n')
				.slice(1)
				.map((line) => line.split('=')),
		),
		{
			version: 'TLSv1.3',
			cipher_info: 'TLS_AES_256_GCM_SHA384',
			cipher_bits: '256',
			peer_server_name: 'localhost',
			peer_verified: '1',
			peer_selfsigned: '0',
			peer_expired: '0',
			peer_revoked: '0',
			peer_subject_cn: 'client one',
			peer_subject_country: 'SE',
			peer_subject_organization: 'Client Org',
			peer_subject_uid: 'u1',
			peer_subject_locality: '<null>',
			peer_issuer_cn: 'ca',
			my_subject_cn: 'localhost',
			my_subject_state: 'Uusimaa',
			my_subject_locality: 'Helsinki',
			my_subject_unit: 'Unit',
			my_issuer_organization: 'Test CA',
			my_version: '2',
			peer_san_email: 'c@b.c',
			peer_san_hostname: 'client.example',
			my_san_hostname: 'localhost',
			my_san_ip: '127.0.0.1',
			my_san_uri: 'sip:x@y',
			my_san_email: 'a@b.c',
		},
	);
});

test('alternative names are counted by their kind, and read by their index', async (t) => {
	const { port, request } = await serve(t, [
		param('certificate', file('second.pem')),
		param('private_key', file('second.key')),
		param('ca_list', file('ca.pem')),
		param('verify_certificate', 1),
	]);
	const script = [
		'$tls_my_san_count(DNS) $tls_my_san_count(IP) $tls_my_san_count(URI) $tls_my_san_count(EMAIL)',
		'$tls_my_san_hostname $(tls_my_san_hostname[0]) $(tls_my_san_hostname[1]) $(tls_my_san_hostname[2])',
		'$tls_peer_san_count(DNS) $tls_peer_san_count(EMAIL) $tls_peer_san_count(URI) $(tls_peer_san_email[0])',
	].join('; ');
	assert.equal(
		await ask(port, { ...CLIENT, servername: 'two.example', path: `/text`, names: script }),
		'2 0 0 0; two.example two.example *.wild.example <null>; 1 1 0 c@b.c',
	);
	const plain = await request('/text', { body: Buffer.from('$tls_my_san_count(DNS) $tls_my_san_hostname') });
	assert.equal(plain.body, '<null> <null>');
});

/** Runs a client of the command line: what it says, with what it says of errors behind it. */
async function command(name: string, args: readonly string[], input = ''): Promise<string> {
	const child = spawn(name, args);
	child.stdin.on('error', () => {}).end(input);
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => {
			said += text;
		});
	await once(child, 'close');
	return said;
}

const installed = (name: string) => spawnSync(name, ['--version']).error === undefined;

test('curl shows its certificate, and asks for one by name', { skip: !installed('curl') }, async (t) => {
	const { port } = await serve(t, [
		...SERVER,
		param('certificate', file('second.pem')),
		param('private_key', file('second.key')),
		param('ca_list', file('ca.pem')),
		param('require_certificate', 1),
	]);
	const curl = (name: string, ...args: string[]) =>
		command('curl', [
			...['-sS', '--noproxy', '*', '--cacert', file('ca.pem'), '--resolve', `${name}:${port}:127.0.0.1`],
			...['-d', 'peer_verified peer_subject_cn peer_server_name my_subject_cn', ...args],
			`https://${name}:${port}/`,
		]);
	const mine = ['--cert', file('client.pem'), '--key', file('client.key')];
	for (const name of ['localhost', 'two.example'])
		assert.equal(
			await curl(name, ...mine),
			`tls 3 true 1\npeer_verified=1\npeer_subject_cn=client one\npeer_server_name=${name}\nmy_subject_cn=${name}`,
		);
	assert.match(await curl('localhost'), /^curl: \(\d+\)/);
	assert.match(await curl('nobody.example', ...mine), /^curl: \(60\)/);
});

test('without TLS, and without a certificate of the client, its variables are null', async (t) => {
	const { port, request } = await serve(t, [
		...SERVER,
		param('ca_list', file('ca.pem')),
		param('verify_certificate', 1),
	]);
	const body = Buffer.from('version peer_subject_cn my_subject_cn');
	assert.equal(
		(await request('/', { body })).body,
		'tcp 2 false -1\nversion=<null>\npeer_subject_cn=<null>\nmy_subject_cn=<null>',
	);
	assert.equal(
		await ask(port, { names: 'peer_subject_cn peer_raw_cert my_subject_cn' }),
		'tls 3 true -1\npeer_subject_cn=<null>\npeer_raw_cert=<null>\nmy_subject_cn=localhost',
	);
});

test('a client gets the certificate of the name it asks for, and the first one without', async (t) => {
	const { port } = await serve(t, [
		...SERVER,
		param('certificate', file('second.pem')),
		param('private_key', file('second.key')),
	]);
	const nameFor = async (servername: string) => {
		const socket = connectTls({ port, host: '127.0.0.1', ca: CA, servername, rejectUnauthorized: false });
		t.after(() => socket.destroy());
		await once(socket, 'secureConnect');
		return socket
			.getPeerX509Certificate()
			?.subject.split('\n')
			.find((line) => line.startsWith('CN='));
	};
	assert.equal(await nameFor('two.example'), 'CN=two.example');
	assert.equal(await nameFor('a.wild.example'), 'CN=two.example');
	assert.equal(await nameFor('localhost'), 'CN=localhost');
	assert.equal(await nameFor('nobody.example'), 'CN=localhost');
});

test('a client without a good certificate is refused where one is required; the host serves on', async (t) => {
	const { port } = await serve(t, [
		...SERVER,
		param('ca_list', file('ca.pem')),
		param('require_certificate', 1),
	]);
	await assert.rejects(ask(port));
	await assert.rejects(ask(port, { cert: pem('stranger.pem'), key: pem('stranger.key') }));
	assert.match(await ask(port, CLIENT), /^tls 3 true 1/);
});

const STRANGER = { cert: pem('stranger.pem'), key: pem('stranger.key') };

// as Kamailio 5.6.3 did it with tls.cfg
for (const [name, value, none, stranger] of [
	['verify_certificate', 1, true, false],
	['verify_client', 'optional', true, false],
	['verify_client', 'optional_no_ca', true, true],
	['verify_client', 'on', false, false],
] as const)
	for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
		test(`${name} ${value}, ${version}: a good certificate, a stranger's and none`, async (t) => {
			const { port } = await serve(t, [...SERVER, param('ca_list', file('ca.pem')), param(name, value)]);
			const settings = { minVersion: version, maxVersion: version, names: 'peer_verified peer_selfsigned' };
			assert.equal(
				await ask(port, { ...CLIENT, ...settings }),
				'tls 3 true 1\npeer_verified=1\npeer_selfsigned=0',
			);
			if (none) assert.match(await ask(port, settings), /^tls 3 true -1\npeer_verified=0/);
			else await assert.rejects(ask(port, settings));
			if (stranger)
				assert.equal(
					await ask(port, { ...STRANGER, ...settings }),
					'tls 3 true -1\npeer_verified=0\npeer_selfsigned=1',
				);
			else await assert.rejects(ask(port, { ...STRANGER, ...settings }));
		});

test('each name asks of clients what its own section says, and no session of another name is enough', async (t) => {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-tls-'));
	t.after(() => rmSync(folder, { recursive: true }));
	const config = join(folder, 'tls.cfg');
	writeFileSync(
		config,
		`[server:default]
certificate = ${file('server.pem')}
private_key = ${file('server.key')}
ca_list = ${file('stranger.pem')}
verify_client = optional
[server:any]
server_name = two.example
certificate = ${file('second.pem')}
private_key = ${file('second.key')}
ca_list = ${file('ca.pem')}
require_certificate = yes
`,
	);
	const { port } = await serve(t, [param('config', config)]);
	const two = { servername: 'two.example' };
	assert.equal(await ask(port), 'tls 3 true -1');
	// the stranger is one to the other name only
	assert.equal(await ask(port, STRANGER), 'tls 3 true 1');
	assert.equal(await ask(port, { ...CLIENT, ...two }), 'tls 3 true 1');
	await assert.rejects(ask(port, CLIENT));
	await assert.rejects(ask(port, two));
	await assert.rejects(ask(port, { ...STRANGER, ...two }));
	for (const [maxVersion, who] of [
		['TLSv1.2', {}],
		['TLSv1.3', {}],
		['TLSv1.2', STRANGER],
		['TLSv1.3', STRANGER],
	] as const) {
		const open = connectTls({ port, host: '127.0.0.1', ca: CA, servername: 'localhost', maxVersion, ...who });
		const sessions: Buffer[] = [];
		open.on('session', (session) => sessions.push(session));
		await once(open, 'secureConnect');
		// what there is of sessions has come once a reply has
		open.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
		await once(open.resume(), 'close');
		for (const session of sessions) await assert.rejects(ask(port, { ...two, session, maxVersion }));
	}
});

test('TLS below 1.2 is not spoken, even where a configuration allows it', async (t) => {
	// without this level OpenSSL itself speaks no older version, on neither side
	const ciphers = 'ALL:@SECLEVEL=0';
	const { port } = await serve(t, [
		...SERVER,
		param('cipher_list', ciphers),
		param('tls_method', 'TLSv1.0+'),
	]);
	const older = ask(port, { ciphers, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' });
	await assert.rejects(older, /alert protocol version/);
	assert.match(await ask(port, { ciphers }), /^tls 3 /);
});

test('what is no TLS is dropped', async (t) => {
	const { port } = await serve(t);
	const plain = connect(port, '127.0.0.1');
	plain.on('error', () => {});
	plain.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
	await once(plain, 'close');
	assert.equal(await ask(port), 'tls 3 true -1');
});

test('a client that does not finish the TLS handshake is dropped in its time', async (t) => {
	const { host } = await hostFor(t, SCRIPT, { modparams: SERVER, limits: { headerTime: 100 } });
	const { port } = await host.listen({ secure: true });
	const idle = connect(port, '127.0.0.1');
	idle.resume();
	await once(idle, 'close');
});

test('certificates are changed while connections stay open', async (t) => {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-tls-'));
	t.after(() => rmSync(folder, { recursive: true }));
	const mine = (name: string) => join(folder, name);
	cpSync(file('server.pem'), mine('cert.pem'));
	cpSync(file('server.key'), mine('key.pem'));
	const { host, port } = await serve(t, [
		param('certificate', mine('cert.pem')),
		param('private_key', mine('key.pem')),
	]);
	const open = connectTls({ port, host: '127.0.0.1', ca: CA, servername: 'localhost' });
	t.after(() => open.destroy());
	await once(open, 'secureConnect');

	writeFileSync(mine('key.pem'), 'no key');
	await assert.rejects(async () => host.rpc.run(host, 'tls.reload', []));
	assert.equal(await ask(port), 'tls 3 true -1');

	cpSync(file('second.pem'), mine('cert.pem'));
	cpSync(file('second.key'), mine('key.pem'));
	assert.equal(await host.rpc.run(host, 'tls.reload', []), 'Ok. TLS configuration reloaded.');
	assert.equal(await ask(port, { servername: 'two.example' }), 'tls 3 true -1');
	open.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
	assert.match(String((await once(open, 'data'))[0]), /^HTTP\/1\.1 200 OK/);
});

test("a file in Kamailio's form is read", async (t) => {
	const { folder } = await (async () => {
		const made = mkdtempSync(join(tmpdir(), 'kemihost-tls-'));
		t.after(() => rmSync(made, { recursive: true }));
		return { folder: made };
	})();
	const config = join(folder, 'tls.cfg');
	writeFileSync(
		config,
		`# two servers
[server:127.0.0.1:5061]
method = TLSv1.2+
certificate = ${file('second.pem')}
private_key = ${file('second.key')}
server_name = "chosen.example"

[server:default]
verify_certificate = yes
certificate = ${file('server.pem')}
private_key = ${file('server.key')}
ca_list = ${file('ca.pem')}

[client:default]
verify_certificate = no
`,
	);
	const { port } = await serve(t, [param('config', config)]);
	assert.match(await ask(port, CLIENT), /^tls 3 true 1/);
	assert.match(
		await ask(port, { servername: 'chosen.example', checkServerIdentity: () => undefined }),
		/^tls/,
	);
});

for (const [what, modparams, message] of [
	['a certificate that is not there', [param('certificate', '/nowhere.pem')], /cannot be read \(ENOENT\)/],
	[
		'a key of another certificate',
		[param('certificate', file('server.pem')), param('private_key', file('second.key'))],
		/key/,
	],
	[
		'fewer keys than certificates',
		[...SERVER, param('certificate', file('second.pem'))],
		/2 certificates and 1 private keys/,
	],
	['a version that does not exist', [...SERVER, param('tls_method', 'TLSv9')], /"TLSv9" is no TLS method/],
] as const)
	test(`${what} ends the start`, async (t) => {
		await assert.rejects(hostFor(t, SCRIPT, { modparams }), (error) => {
			assert.ok(error instanceof KemihostError);
			assert.match(error.message, message);
			return error.code === 'KH_MODPARAM';
		});
	});

test('an address with TLS and no certificate is an error that says what to give', async (t) => {
	const { host } = await hostFor(t, SCRIPT);
	await assert.rejects(host.listen({ secure: true }), (error) => {
		assert.ok(error instanceof KemihostError);
		return error.code === 'KH_LISTEN' && /--tls-cert/.test(error.hint ?? '');
	});
});
