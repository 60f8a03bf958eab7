import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { kemihost } from '../support/command.ts';
import { Editor } from '../support/editor.ts';
import { folderWith } from '../support/host.ts';

/** The same handler in both languages, line by line. */
const HANDLERS = {
	lua: `local greeting = "hello"
local function total(items)
	local sum = 0
	for _, item in ipairs(items) do
		sum = sum + item
	end
	return sum
end
counter = 0
function ksr_xhttp_event(event)
	local path = KSR.pv.get("$hu")
	local items = { 1, 2, 3, name = "x" }
	local sum = total(items)
	counter = counter + 1
	if path == "/bad" then error("bad things") end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", greeting .. " " .. sum .. " " .. counter)
end
`,
	js: `let greeting = 'hello';
function total(items) {
	let sum = 0;
	for (const item of items) {
		sum = sum + item;
	}
	return sum;
}
var counter = 0;
function ksr_xhttp_event(event) {
	const path = KSR.pv.get('$hu');
	const items = [1, 2, 3].map((item) => item);
	const sum = total(items);
	counter = counter + 1;
	if (path === '/bad') throw new Error('bad things');
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', greeting + ' ' + sum + ' ' + counter);
}
`,
};

const ENGINES = [
	['fengari', 'lua'],
	['wasmoon', 'lua'],
	['quickjs', 'js'],
	['isolated-vm', 'js'],
] as const;

for (const [engine, language] of ENGINES)
	test(`${engine}: breakpoints, steps, values, expressions, errors`, async (t) => {
		const file = `handler.${language}`;
		const path = join(folderWith(t, { [file]: HANDLERS[language] }), file);
		const editor = await Editor.open(t, path, '--engine', engine);
		const [set] = await editor.launch({ [path]: [13] });
		assert.equal(set?.verified, false, 'nothing is loaded yet');
		const url = await editor.url();
		assert.deepEqual(
			editor.changed.map(({ line, verified }) => ({ line, verified })),
			[{ line: 13, verified: true }],
		);

		let reply: Promise<Response> | undefined;
		const request = (target: string) => () => {
			reply = fetch(url + target);
		};
		assert.equal((await editor.stopped(request('good'))).reason, 'breakpoint');
		assert.deepEqual(await editor.stack(), ['ksr_xhttp_event:13']);
		const items = language === 'lua' ? '{1, 2, 3, name = "x"}' : '[1, 2, 3]';
		const { path: target, items: list } = await editor.scope('Local');
		assert.deepEqual({ target, list }, { target: '"/good"', list: items });
		assert.equal((await editor.scope('Outer'))['greeting'], '"hello"');
		assert.equal(
			(await editor.scope('Global'))[language === 'lua' ? 'counter' : 'none'],
			language === 'lua' ? '0' : undefined,
		);
		assert.equal((await editor.scope('Request'))['$hu'], '"/good"');
		assert.equal((await editor.scope('Request'))['$hdr(host)'], `"${new URL(url).host}"`);
		assert.equal(await editor.evaluate('items[1] + 40'), language === 'lua' ? '41' : '42');
		assert.equal(await editor.evaluate('$(hu{s.len})'), '5');
		assert.equal(await editor.evaluate('$var(x) = 5'), '5');
		assert.equal(await editor.evaluate('$var(x)'), '5');
		assert.match(await editor.evaluate('missing.field'), /missing/);

		assert.equal(await editor.step('stepIn'), 'total:3');
		assert.deepEqual(await editor.stack(), ['total:3', 'ksr_xhttp_event:13']);
		assert.equal(await editor.evaluate('path', 1), '"/good"', 'in the frame outside');
		assert.equal(await editor.step('next'), 'total:4');
		assert.equal(await editor.step('next'), 'total:5');
		assert.equal(await editor.step('next'), 'total:5');
		assert.equal((await editor.scope('Local'))['sum'], '1');
		assert.equal(await editor.evaluate('sum = 10'), language === 'lua' ? 'nil' : '10');
		assert.equal(await editor.step('stepOut'), 'ksr_xhttp_event:14');
		assert.equal((await editor.scope('Local'))['sum'], '15');
		await editor.set(path, []);
		await editor.goOn();
		assert.equal(await (await reply)?.text(), 'hello 15 1');

		const failure = await editor.stopped(request('bad'));
		assert.equal(failure.reason, 'exception');
		assert.match(failure.text ?? '', new RegExp(`handler.${language}:15: bad things`));
		assert.deepEqual(await editor.stack(), ['ksr_xhttp_event:15']);
		assert.equal((await editor.scope('Local'))['path'], '"/bad"');
		await editor.goOn();
		assert.equal((await reply)?.status, 500);
		await editor.client.setExceptionBreakpointsRequest({ filters: [] });
		assert.equal((await fetch(`${url}bad`)).status, 500, 'errors pass where nobody wants to see them');
		await editor.client.disconnectRequest();
	});

test('route blocks of a kamailio.cfg: breakpoints with conditions, steps, variables and expressions', async (t) => {
	const folder = folderWith(t, {
		'kamailio.cfg': `loadmodule "xhttp.so"
include_file "lib.cfg"
event_route[xhttp:request] {
	$var(n) = 20;
	$avp(who) = "ann";
	route(DOUBLE);
	if ($var(n) > 30) {
		xhttp_reply("200", "OK", "text/plain", "n is $var(n)");
		exit;
	}
	xhttp_reply("404", "Not Found", "text/plain", "n is $var(n)");
}
`,
		'lib.cfg': `route[DOUBLE] {
	$var(n) = $var(n) * 2;
	return 1;
}
`,
	});
	const path = join(folder, 'kamailio.cfg');
	const editor = await Editor.open(t, path);
	await editor.launch({ [path]: [{ line: 4, condition: '$rm == "POST"' }, 6] });
	const url = await editor.url();
	assert.deepEqual(
		editor.changed.map(({ line }) => line),
		[4, 6],
	);
	const reply = fetch(url, { method: 'POST', body: 'x' });
	await editor.stopped(() => undefined);
	assert.deepEqual(await editor.stack(), ['event_route[xhttp:request]:4']);
	assert.equal(await editor.step('next'), 'event_route[xhttp:request]:5');
	assert.equal(await editor.step('next'), 'event_route[xhttp:request]:6');
	assert.deepEqual(await editor.scope('Local'), { '$avp(who)': '"ann"', '$var(n)': '20' });
	assert.equal(await editor.evaluate('$var(n) + 5 == 25'), '1');
	assert.equal(await editor.evaluate('$(avp(who){s.len})'), '3');
	assert.match(await editor.evaluate('$var(n) +'), /cannot stand here/);
	assert.equal(await editor.evaluate('$var(n) = $var(n) - 4'), '16');
	assert.equal(await editor.step('stepIn'), 'route[DOUBLE]:2');
	assert.deepEqual(await editor.stack(), ['route[DOUBLE]:2', 'event_route[xhttp:request]:6']);
	assert.equal(await editor.step('stepOut'), 'event_route[xhttp:request]:7');
	assert.equal(await editor.step('next'), 'event_route[xhttp:request]:8');
	await editor.goOn();
	assert.equal(await (await reply).text(), 'n is 32');
	await editor.set(path, []);
	assert.equal((await fetch(url)).status, 200, 'the condition keeps other requests going');
});

test('an error in a route block stops it there', async (t) => {
	const folder = folderWith(t, {
		'kamailio.cfg': `loadmodule "xhttp.so"
loadmodule "tm.so"
event_route[xhttp:request] {
	$var(n) = 20;
	if ($var(n) > 3) {
		route(LAST);
	}
}
route[LAST] {
	$var(n) = 21;
	t_relay();
}
`,
	});
	const path = join(folder, 'kamailio.cfg');
	const editor = await Editor.open(t, path, '--strict');
	await editor.launch({});
	const url = await editor.url();
	let reply: Promise<Response> | undefined;
	const failure = await editor.stopped(() => {
		reply = fetch(url);
	});
	assert.equal(failure.reason, 'exception');
	assert.match(failure.text ?? '', /kamailio\.cfg:11: t_relay of module tm needs a SIP server/);
	assert.deepEqual(await editor.stack(), ['route[LAST]:11', 'event_route[xhttp:request]:6']);
	assert.equal((await editor.scope('Local'))['$var(n)'], '21');
	assert.equal(await editor.evaluate('$var(n) + 1'), '22');
	await editor.goOn();
	assert.equal((await reply)?.status, 500);
	await editor.client.setExceptionBreakpointsRequest({ filters: [] });
	assert.equal((await fetch(url)).status, 500, 'errors pass where nobody wants to see them');
});

test('parts of values are shown and set, conditions and counts decide, and a log point does not stop', async (t) => {
	const folder = folderWith(t, {
		'handler.lua': `local lib = require "lib"
function ksr_xhttp_event(event)
	local user = { name = "ann", tags = { "a", "b" }, [10] = true }
	local n = tonumber(KSR.pv.get("$(hu{s.substr,1,0})"))
	lib.note(n)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", user.name .. #user.tags .. n)
end
`,
		'lib.lua': `local M = {}
function M.note(n)
	return n * 2
end
return M
`,
	});
	const path = join(folder, 'handler.lua');
	const editor = await Editor.open(t, path);
	await editor.launch({
		[path]: [{ line: 6, condition: 'n > 2' }],
		[join(folder, 'lib.lua')]: [{ line: 3, logMessage: 'n is {n}, twice {n * 2} for {$rm}' }],
	});
	const url = await editor.url();
	assert.equal(await (await fetch(`${url}1`)).text(), 'ann21');
	await editor.until(/n is 1, twice 2 for GET\n/);

	let reply = fetch(`${url}3`);
	await editor.stopped(() => undefined);
	const { body } = await editor.client.scopesRequest({ frameId: 1 });
	const local = body.scopes[0]?.variablesReference ?? 0;
	const user = (await editor.parts(local)).find(({ name }) => name === 'user');
	assert.equal(user?.value, '{[10] = true, name = "ann", tags = {...}}');
	const parts = await editor.parts(user?.variablesReference ?? 0);
	assert.deepEqual(
		parts.map(({ name, value, type }) => ({ name, value, type })),
		[
			{ name: '[10]', value: 'true', type: 'boolean' },
			{ name: 'name', value: '"ann"', type: 'string' },
			{ name: 'tags', value: '{"a", "b"}', type: 'table' },
		],
	);
	const tags = parts.find(({ name }) => name === 'tags')?.variablesReference ?? 0;
	assert.deepEqual(
		(await editor.parts(tags)).map(({ name, value }) => `${name}=${value}`),
		['1="a"', '2="b"'],
	);
	const setting = { variablesReference: user?.variablesReference ?? 0, name: 'name', value: '"bob" .. n' };
	assert.equal((await editor.client.setVariableRequest(setting)).body.value, '"bob3"');
	await editor.client.setVariableRequest({ variablesReference: local, name: 'n', value: '7' });
	await editor.goOn();
	assert.equal(await (await reply).text(), 'bob327');

	await editor.set(path, [{ line: 4, hitCondition: '>= 2' }]);
	assert.equal(await (await fetch(`${url}1`)).text(), 'ann21');
	reply = fetch(`${url}1`);
	await editor.stopped(() => undefined);
	await editor.set(path, [{ line: 4, condition: 'nonsense(' }]);
	await editor.goOn();
	await reply;
	reply = fetch(`${url}1`);
	await editor.stopped(() => undefined);
	await editor.until(/the condition of the breakpoint in line 4 fails: .*expression/);
	await editor.goOn();
	await reply;
});

test('an ES module: imports, arrow functions, and a step over an await', async (t) => {
	const folder = folderWith(t, {
		'handler.mjs': `import { twice } from './lib.mjs';
export async function ksr_xhttp_event() {
	const name = KSR.pv.get('$hu');
	const arrow = (x) => twice(x);
	const result = arrow(name);
	await Promise.resolve();
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', result);
}
`,
		'lib.mjs': `export function twice(x) {
	return x + x;
}
`,
	});
	const path = join(folder, 'handler.mjs');
	const lib = join(folder, 'lib.mjs');
	const editor = await Editor.open(t, path);
	await editor.launch({ [lib]: [2] });
	const url = await editor.url();
	const first = fetch(`${url}a`);
	await editor.stopped(() => undefined);
	assert.deepEqual(await editor.stack(), ['twice:2', 'ksr_xhttp_event:5']);
	assert.equal(await editor.step('next'), 'ksr_xhttp_event:6');
	assert.equal(await editor.step('next'), 'ksr_xhttp_event:7');
	assert.deepEqual(await editor.stack(), ['ksr_xhttp_event:7']);
	await editor.goOn();
	assert.equal(await (await first).text(), '/a/a');
});

test('a step goes over an await that waits, while another request runs through', async (t) => {
	const script = `var last = '';
async function ksr_xhttp_event() {
	const name = KSR.pv.get('$hu');
	await KSR.cfgutils.usleep(50000);
	last += name;
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', name + ' ' + last);
}
`;
	const path = join(folderWith(t, { 'handler.js': script }), 'handler.js');
	for (const engine of ['quickjs', 'isolated-vm']) {
		const editor = await Editor.open(t, path, '--engine', engine);
		await editor.launch({ [path]: [4] });
		const url = await editor.url();
		const first = fetch(`${url}a`);
		await editor.stopped(() => undefined);
		await editor.set(path, []);
		const second = fetch(`${url}b`);
		assert.equal(await editor.step('next'), 'ksr_xhttp_event:5', engine);
		assert.deepEqual(await editor.stack(), ['ksr_xhttp_event:5']);
		assert.equal((await editor.scope('Local'))['name'], '"/a"', 'the request that was stepped through');
		await editor.goOn();
		assert.equal(await (await first).text(), '/a /a');
		assert.equal(await (await second).text(), '/b /a/b');
	}
});

test('an endless loop is paused, looked into and left', async (t) => {
	const script = `function ksr_xhttp_event()
	local n = 0
	while not stop do
		n = n + 1
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "left")
end
`;
	const path = join(folderWith(t, { 'handler.lua': script }), 'handler.lua');
	const editor = await Editor.open(t, path);
	await editor.launch();
	const reply = fetch(await editor.url());
	const { reason } = await editor.stopped(() => editor.client.pauseRequest({ threadId: 1 }));
	assert.equal(reason, 'pause');
	await editor.evaluate('stop = true');
	await editor.goOn();
	assert.equal(await (await reply).text(), 'left');
});

test('the top level is stepped through, and a script that does not compile is said so', async (t) => {
	const folder = folderWith(t, {
		'handler.lua': 'local a = 1\nlocal b = a + 1\nfunction ksr_xhttp_event() end\n',
		'broken.lua': 'function ksr_xhttp_event(\n',
	});
	const path = join(folder, 'handler.lua');
	const editor = await Editor.open(t);
	await editor.stopped(() => editor.launch({ [path]: [2] }, { program: path }));
	assert.deepEqual(await editor.stack(), ['main chunk:2']);
	assert.equal((await editor.scope('Local'))['a'], '1');
	await editor.goOn();
	await editor.url();
	await editor.client.disconnectRequest();

	const broken = await Editor.open(t, join(folder, 'broken.lua'), '--engine=wasmoon');
	const ended = broken.client.waitForEvent('terminated');
	await broken.launch({}, { args: ['--engine', 'fengari'] });
	await ended;
	assert.match(broken.output, /broken\.lua:2: .*\[KH_SCRIPT_COMPILE\]/s);
});

test('what cannot be debugged is refused with a reason', async (t) => {
	const editor = await Editor.open(t);
	await editor.client.initializeRequest();
	await assert.rejects(editor.client.launchRequest({}), /there is nothing to debug/);
	const wrong = { program: 'x.lua', args: ['--wrong'] } as object;
	await assert.rejects(editor.client.launchRequest(wrong), /wrong/i);
});

test('where another program waits already, the command says so', async (t) => {
	const taken = createServer();
	t.after(() => taken.close());
	await once(taken.listen(0, '127.0.0.1'), 'listening');
	const { port } = taken.address() as AddressInfo;
	const run = kemihost(t, ['debug', 'scripts/notes.lua', `--editor=127.0.0.1:${port}`]);
	assert.equal(await run.ended, 1);
	assert.match(run.stderr(), /^kemihost: cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\) \[KH_LISTEN\]\n/);
	assert.doesNotMatch(run.stderr(), /^ +at /m);
});
