import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf } from '../../src/bytes.ts';
import { traceJson, traceOptions, traceTree } from '../../src/trace/format.ts';
import { type Trace, type TracedCall, Tracer } from '../../src/trace/tracer.ts';
import { kemihost } from '../support/command.ts';
import { folderWith, hostFor } from '../support/host.ts';

const LUA = `function ksr_xhttp_event()
	local long = string.rep("x", 100)
	KSR.pv.sets("$avp(a)", long .. "ü")
	pcall(function()
		KSR.x.exit()
	end)
	KSR.pv.get({})
	KSR.xhttp.xhttp_reply(200, "OK", "", KSR.pv.get("$hu"))
end`;
const JS = `function ksr_xhttp_event() {
	const long = "x".repeat(100);
	KSR.pv.sets("$avp(a)", long + "ü");
	try {
		KSR.x.exit();
	} catch {}
	KSR.pv.get({});
	KSR.xhttp.xhttp_reply(200, "OK", "", KSR.pv.get("$hu"));
}`;

for (const [engine, name, code, foreign] of [
	['fengari', 'h.lua', LUA, '<table>'],
	['wasmoon', 'h.lua', LUA, '<table>'],
	['quickjs', 'h.js', JS, '<object>'],
	['isolated-vm', 'h.js', JS, '<object>'],
] as const)
	test(`${engine}: each call with arguments, result and line`, async (t) => {
		const seen: Trace[] = [];
		const { interceptor, onReply } = new Tracer((trace) => void seen.push(trace));
		const host = await hostFor(t, code, { name, engine, interceptor, onReply });
		assert.equal((await host.request(bytesOf('/é'))).body, bytesOf('/é'));
		const text = traceTree(seen[0] as Trace).replace(/\d+ µs/g, 'N');
		assert.equal(
			text,
			`GET /é → 200 OK, N
├─ ${name}:3  KSR.pv.sets("$avp(a)", "${'x'.repeat(59)}…) → true  N
├─ ${name}:5  KSR.x.exit() ends the script  N
├─ ${name}:7  KSR.pv.get("${foreign}") → false  N
├─ ${name}:8  KSR.pv.get("$hu") → "/é"  N
└─ ${name}:8  KSR.xhttp.xhttp_reply(200, "OK", "", "/é") → 0  N
`,
		);
		await host.request('/again');
		assert.equal(seen[1]?.calls.length, 5, 'each request has calls of its own');
	});

test('JSON: one line for each request', async (t) => {
	let written = '';
	const options = traceOptions('json', (text) => {
		written += text;
	});
	const host = await hostFor(t, LUA, options);
	await host.request('/a');
	await host.request('/b');
	const traces = written
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));
	assert.deepEqual(
		traces.map(({ method, target, status, calls }) => [method, target, status, calls.length]),
		[
			['GET', '/a', 200, 5],
			['GET', '/b', 200, 5],
		],
	);
	const { microseconds, ...last } = traces[0].calls[4];
	assert.deepEqual(last, {
		call: 'KSR.xhttp.xhttp_reply',
		args: [200, 'OK', '', '/a'],
		where: 'handler.lua:8',
		result: 0,
	});
	assert.ok(microseconds >= 0);
	assert.deepEqual(
		traceOptions(undefined, () => {}),
		{},
		'without a format there is nothing',
	);
});

test("a native script's calls, by the names that they have there, in the routes that make them", async (t) => {
	const seen: Trace[] = [];
	const { interceptor, watchRoute, onReply } = new Tracer((trace) => void seen.push(trace));
	const code = `loadmodule "xhttp.so"
loadmodule "textops.so"
loadmodule "cfgutils.so"
loadmodule "tm.so"
route[INNER] {
	append_to_reply("X-A: $hu\\r\\n");
	return 7;
}
route[OUTER] {
	usleep("1");
	if (route(INNER) == 1) t_relay();
}
event_route[xhttp:request] {
	route(OUTER);
	xhttp_reply("200", "OK", "text/plain", "$hu");
}
`;
	const host = await hostFor(t, code, { name: 'n.cfg', interceptor, watchRoute, onReply });
	const shown = ({ path, where, args, result, calls }: TracedCall): unknown[] => [
		`${where} ${path}(${args.join()}) ${result}`,
		...calls.map(shown),
	];
	const expected = [
		[
			'n.cfg:14 route(OUTER) -1',
			['n.cfg:10 usleep(1) 1'],
			['n.cfg:11 route(INNER) 7', ['n.cfg:6 append_to_reply(X-A: /x\r\n) 1']],
			['n.cfg:11 t_relay() -1'],
		],
		['n.cfg:15 xhttp_reply(200,OK,text/plain,/x) 1'],
	];
	// handlers that wait at the same time keep their trees apart
	await Promise.all([host.request('/x'), host.request('/x')]);
	assert.deepEqual(
		seen.map(({ calls }) => calls.map(shown)),
		[expected, expected],
	);
});

for (const children of ['0', '1'])
	test(`kemihost run --trace --children ${children}`, async (t) => {
		const folder = folderWith(t, { 'h.lua': LUA });
		const run = kemihost(t, ['run', '--trace', 'h.lua', '--listen=:0', '--children', children], {
			cwd: folder,
		});
		const [, url = ''] = await run.until(/on (http:\S+)/);
		await fetch(`${url}traced`);
		await run.until(/GET \/traced → 200 OK, \d+ µs\n├─ h\.lua:3 {2}KSR\.pv\.sets/);
	});

test('events outside of requests have a tree of their own', async (t) => {
	const seen: Trace[] = [];
	const { interceptor, onReply, onEvent } = new Tracer((trace) => void seen.push(trace));
	const code = `function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", "") end
function ksr_htable_event(evname)
	KSR.info(evname)
end`;
	const modparams = [
		{ module: 'htable', name: 'htable', value: 't=>size=4' },
		{ module: 'htable', name: 'event_callback', value: 'ksr_htable_event' },
	];
	const host = await hostFor(t, code, { modparams, interceptor, onReply, onEvent });
	await host.request('/');
	assert.deepEqual(
		seen.map((trace) => traceTree(trace).replace(/\d+ µs/g, 'N')),
		[
			'event htable:mod-init, N\n└─ handler.lua:3  KSR.info("htable:mod-init") → false  N\n',
			'GET / → 200 OK, N\n└─ handler.lua:1  KSR.xhttp.xhttp_reply(200, "OK", "", "") → 0  N\n',
		],
	);
	const { event, calls } = JSON.parse(traceJson(seen[0] as Trace));
	assert.deepEqual([event, calls.length], ['htable:mod-init', 1]);
});
