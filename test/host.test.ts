/** The library: what a program that imports kemihost can do. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
	createHost,
	defineModule,
	fn,
	type Host,
	int,
	KemihostError,
	type KemiModule,
	makeRequest,
	str,
	strOrNull,
	xhttp,
} from '../src/index.ts';
import { folderWith, hostFor } from './support/host.ts';

const ECHO = `function ksr_xhttp_event()
	KSR.hdr.append_to_reply("X-Method: " .. KSR.pv.get("$rm") .. "\\r\\n")
	KSR.hdr.append_to_reply("X-Many: 1\\r\\n")
	KSR.hdr.append_to_reply("X-Many: 2\\r\\n")
	KSR.xhttp.xhttp_reply(tonumber(KSR.hdr.gete("X-Code")) or 200, "Gr\\195\\188n", "text/plain; charset=utf-8",
		KSR.pv.get("$hu") .. " " .. KSR.pv.gete("$rb") .. " " .. tostring(KSR.hdr.get("Host")) .. " " .. tostring(KSR.pv.get("$cl")))
end`;

test('fetch: a Request in, a Response out', async (t) => {
	const { host } = await hostFor(t, ECHO);
	const response = await host.fetch(
		new Request('http://example.org:81/a%20b?c=d', { method: 'POST', body: 'grün', headers: { 'X-A': 'b' } }),
	);
	assert.equal(response.status, 200);
	assert.equal(response.statusText, 'Grün');
	assert.equal(response.headers.get('x-method'), 'POST');
	assert.equal(response.headers.get('x-many'), '1, 2');
	assert.equal(await response.text(), '/a%20b?c=d grün example.org:81 5');
});

test('fetch: statuses that Response itself would refuse, and replies without content', async (t) => {
	const { host } = await hostFor(t, ECHO);
	const get = (code: number, method = 'GET') =>
		host.fetch(new Request('http://h/', { method, headers: { 'X-Code': String(code) } }));
	assert.equal((await get(699)).status, 699);
	assert.equal(await (await get(204)).text(), '');
	assert.equal(await (await get(304)).text(), '');
	assert.equal(await (await get(200, 'HEAD')).text(), '');
});

test('dispatch answers at once, not by a promise', async (t) => {
	const { host } = await hostFor(t, ECHO);
	const reply = host.dispatch(makeRequest({ target: '/x' }));
	assert.ok(!(reply instanceof Promise));
	assert.equal(reply.status, 200);
});

test('a module of your own: functions, parameters, variables, transformations, state, another module', async (t) => {
	const counter: KemiModule<{ n: number }> = defineModule({
		name: 'counter',
		doc: 'Counts.',
		depends: ['xhttp'],
		params: [{ name: 'start', type: 'int', default: 10, doc: 'The first number.' }],
		init: (params) => ({ n: params.int('start') }),
		functions: [
			fn('next', [], 'int', 'Counts up.', (ctx) => ++ctx.state(counter).n),
			fn('add', [int('a'), int('b')], 'int', 'Adds.', (_ctx, a, b) => a + b),
			fn('join', [str('a'), strOrNull('b')], 'xval', 'Joins.', (_ctx, a, b) => [a, { b }]),
			fn('answer', [str('text')], 'int', 'Replies by way of xhttp.', (ctx, text) =>
				ctx.host.api(xhttp).reply(ctx, 200, 'OK', 'text/plain', text),
			),
			fn('broken', [], 'int', 'Fails.', () => {
				throw new Error('a bug with a /secret/path');
			}),
		],
		variables: [{ names: ['count'], doc: 'The number.', get: (ctx) => ctx.state(counter).n }],
		transformations: [{ name: 'x.twice', params: [], doc: 'Twice.', bind: () => (value) => value + value }],
	});
	const script = `function ksr_xhttp_event()
		local j = KSR.counter.join("a", nil)
		local text = table.concat({ KSR.counter.next(), KSR.counter.add(1, "2"), KSR.pv.get("$count"),
			KSR.pv.get("$(count{x.twice})"), j[1], tostring(j[2].b), tostring(KSR.counter.broken()) }, " ")
		KSR.counter.answer(text)
	end`;
	const modparams = [{ module: 'counter', name: 'start', value: 41 }];
	const { request, lines } = await hostFor(t, script, { modules: [counter], modparams });
	assert.equal((await request()).body, '42 3 42 4242 a nil false');
	assert.match(lines().join('\n'), /KSR\.counter\.broken failed inside the host: Error: a bug/);
});

test('two modules cannot export the same function, and a dependency has to be there', async (t) => {
	const folder = folderWith(t, { 'h.lua': ECHO });
	const start = (module: Parameters<typeof defineModule>[0]) =>
		createHost({ script: join(folder, 'h.lua'), modules: [module], log: () => {} });
	const again = defineModule({
		name: 'mine',
		ksrName: 'pv',
		doc: '',
		functions: [fn('get', [], 'int', '', () => 1)],
	});
	await assert.rejects(start(again), { code: 'KH_MODULE', message: /KSR\.pv\.get is exported twice/ });
	await assert.rejects(start(defineModule({ name: 'm', doc: '', depends: ['tm'] })), {
		message: /needs module tm/,
	});
});

test('what is wrong is a KemihostError with a stable code', async (t) => {
	const folder = folderWith(t, { 'h.lua': ECHO, 'bad.lua': 'x = = 1' });
	const options = { log: () => {}, script: join(folder, 'h.lua') };
	const cases: [options: object, code: string][] = [
		[{ ...options, script: join(folder, 'none.lua') }, 'KH_SCRIPT_READ'],
		[{ ...options, script: join(folder, 'bad.lua') }, 'KH_SCRIPT_COMPILE'],
		[{ ...options, eventCallback: 'nobody' }, 'KH_SCRIPT_CALLBACK'],
		[{ ...options, engine: 'perl' }, 'KH_ENGINE_UNKNOWN'],
		[{ ...options, engine: 'quickjs' }, 'KH_ENGINE_MISMATCH'],
		[{ ...options, modparams: [{ module: 'xhttp', name: 'no_reply', value: 'x' }] }, 'KH_MODPARAM'],
		[{ ...options, modparams: [{ module: 'xhttp', name: 'url_skip', value: '[' }] }, 'KH_MODPARAM'],
	];
	for (const [wrong, code] of cases)
		await assert.rejects(createHost(wrong as { script: string }), (error) => {
			assert.ok(error instanceof KemihostError);
			assert.equal(error.code, code);
			return true;
		});
});

test('a closed host answers 503, does not listen, and can be closed again', async (t) => {
	const folder = folderWith(t, { 'h.lua': ECHO });
	let kept: Host | undefined;
	{
		await using host = await createHost({ script: join(folder, 'h.lua'), log: () => {} });
		kept = host;
	}
	assert.equal((await kept.fetch(new Request('http://h/'))).status, 503);
	assert.throws(() => kept?.listen(), { code: 'KH_CLOSED' });
	await kept.close();
});

test('listen on IPv6, and what scripts see of it', async (t) => {
	const script = `function ksr_xhttp_event()
		KSR.xhttp.xhttp_reply(200, "OK", "", KSR.pv.get("$si") .. " " .. KSR.pv.get("$Ri") .. " " .. tostring(KSR.is_IPv6()))
	end`;
	const { host } = await hostFor(t, script);
	let port: number;
	try {
		({ port } = await host.listen({ address: '::1' }));
	} catch (error) {
		if (/EADDRNOTAVAIL|EAFNOSUPPORT/.test((error as Error).message)) return t.skip('no IPv6 on this machine');
		throw error;
	}
	assert.equal(await (await fetch(`http://[::1]:${port}/`)).text(), '::1 ::1 true');
});

test('$def has what the host was given', async (t) => {
	const script =
		'function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", KSR.pv.get("$def(SITE)") .. tostring(KSR.pv.get("$def(NONE)"))) end';
	const { request } = await hostFor(t, script, { defines: { SITE: 'example.org' } });
	assert.equal((await request()).body, 'example.orgnil');
});

test('binary bodies and odd headers reach the script as they are', async (t) => {
	const script = `function ksr_xhttp_event()
		KSR.xhttp.xhttp_reply(200, "OK", "application/octet-stream", KSR.pv.get("$rb") .. KSR.hdr.get("X-Odd") .. KSR.pv.get("$hu"))
	end`;
	const { request } = await hostFor(t, script);
	const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
	const { body } = await request('/\xff\xfe', {
		method: 'POST',
		body: bytes,
		headers: [['X-Odd', '\x80\xff']],
	});
	assert.equal(body, `${bytes.toString('latin1')}\x80\xff/\xff\xfe`);
});

test('a long log line is cut, and says so', async (t) => {
	const script = 'function ksr_xhttp_event() KSR.info(string.rep("x", 100000)) end';
	const { request, lines } = await hostFor(t, script, { limits: { logLine: 100 } });
	await request();
	assert.equal(lines('script')[0], `${'x'.repeat(100)}... (100000 bytes)`);
});

test("a module's hooks come in order, and events reach the script without a request", async (t) => {
	const life: string[] = [];
	const clock = defineModule({
		name: 'clock',
		doc: 'For this test.',
		params: [{ name: 'event_callback', type: 'str', default: null, doc: '' }],
		events: [{ name: 'clock:TIME', callbackParam: 'event_callback', doc: '' }],
		init: () => void life.push('init'),
		async started(_state, host) {
			life.push(`started ${host.childIndex} ${host.leading} ${host.events.handles('clock:dawn')}`);
			await host.events.raise('clock:dawn');
		},
		requestEnded: (ctx) => void life.push(`ended ${ctx.subject}`),
		close: () => void life.push('close'),
	});
	const script = `function tick(event) KSR.info(event .. " " .. KSR.pv.get("$rm")) if event == "clock:dusk" then error("late") end end
	function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", "") end`;
	const { host, request, lines } = await hostFor(t, script, {
		modules: [clock],
		modparams: [{ module: 'clock', name: 'event_callback', value: 'tick' }],
	});
	await request('/a');
	const ctx = await host.events.raise('clock:dusk', { request: { method: 'GET' } });
	assert.equal(ctx?.subject, 'clock:dusk');
	assert.equal(await host.events.raise('clocks:none'), undefined);
	await host.close();
	assert.deepEqual(life, [
		'init',
		'started 0 true true',
		'ended clock:dawn',
		'ended GET /a',
		'ended clock:dusk',
		'close',
	]);
	assert.deepEqual(lines('script'), ['clock:dawn OPTIONS', 'clock:dusk GET']);
	assert.match(lines('core').join(), /tick failed for clock:dusk: handler.lua:1: late/);
});
