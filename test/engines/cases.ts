/**
 * What every engine has to do, as cases that run over all of them. A case has a handler in each language; an engine
 * that cannot do something has it listed as a gap, with the reason (suite.test.ts).
 *
 * @module
 */
import assert from 'node:assert/strict';
import type { HttpReply } from '../../src/http/reply.ts';
import type { TestHost, TestHostOptions } from '../support/host.ts';

/** One case: a script for each language, and what is expected of it. */
export interface EngineCase {
	readonly name: string;
	readonly lua?: string;
	readonly js?: string;
	readonly options?: TestHostOptions;
	/** Defaults to one request for `/` that has to reply 200 with this body. */
	readonly body?: string;
	readonly check?: (host: TestHost, engine: string) => Promise<void> | void;
}

/** A handler around some statements. */
export const lua = (code: string) => `function ksr_xhttp_event(evname)\n${code}\nend`;
export const js = (code: string) => `function ksr_xhttp_event(evname) {\n${code}\n}`;
/** Statements that reply with the text of an expression. */
export const say = (expression: string) => `KSR.xhttp.xhttp_reply(200, "OK", "text/plain", ${expression})`;

export async function body(host: TestHost, target = '/', init = {}): Promise<string> {
	const reply = await host.request(target, init);
	assert.equal(reply.status, 200, `${reply.status}: ${host.lines().join('\n')}`);
	return reply.body;
}

export async function fails(host: TestHost, status: number, pattern: RegExp): Promise<HttpReply> {
	const before = host.logs.length;
	const reply = await host.request();
	const text = host.logs
		.slice(before)
		.map((line) => line.text)
		.join('\n');
	assert.match(text, pattern);
	assert.equal(reply.status, status, text);
	return reply;
}

/** Statements that end by the CPU limit, whatever the script tries. */
const ENDLESS: { name: string; lua?: string; js?: string }[] = [
	{ name: 'a loop', lua: 'while true do end', js: 'while (true) {}' },
	{
		name: 'a loop of host calls',
		lua: 'while true do KSR.pv.get("$hu") end',
		js: 'while (true) KSR.pv.get("$hu");',
	},
	{
		name: 'a loop inside pcall or try',
		lua: 'while true do pcall(function() while true do end end) end',
		js: 'for (;;) try { for (;;) {} } catch (e) {}',
	},
	{
		name: 'a loop in the handler of an error',
		lua: 'local function loop() while true do end end\nwhile true do xpcall(loop, loop) end',
		js: 'try { throw 1 } catch (e) { for (;;) {} } finally { for (;;) {} }',
	},
	{
		name: 'a caught error in a coroutine, then a loop',
		lua: 'coroutine.wrap(function() pcall(error, "x") while true do end end)()',
		js: 'const g = (function* () { try { throw 1 } catch {} for (;;) {} })(); g.next();',
	},
	{
		name: 'coroutines that are resumed for ever',
		lua: 'while true do local co = coroutine.create(function() while true do coroutine.yield() end end)\nwhile coroutine.resume(co) do end end',
		js: 'const g = (function* () { for (;;) yield 1 })(); for (const x of g) ;',
	},
	{
		name: 'a loop in a metamethod or getter',
		lua: 'local t = setmetatable({}, {__index = function() while true do end end})\npcall(function() return t.x end)',
		js: 'const o = { get x() { for (;;) {} } }; try { o.x } catch {}',
	},
	{
		name: 'a loop in a comparison',
		lua: 'local t = {} for i = 1, 1000 do t[i] = 1000 - i end\nwhile true do table.sort(t, function(a, b) return a < b end) end',
		js: 'const t = Array.from({ length: 1000 }, (_, i) => 1000 - i); for (;;) t.sort((a, b) => a - b);',
	},
	{ name: 'a tree of pcalls', lua: 'local function f() pcall(f) pcall(f) end\nwhile true do f() end' },
	{ name: 'promises without end', js: 'const again = () => Promise.resolve().then(again); again(); return;' },
	{ name: 'an async handler that never ends', js: 'return (async () => { for (;;) await null })();' },
	{ name: 'a catastrophic regular expression', js: '/^(a+)+$/.test("a".repeat(40) + "!");' },
];

/** Errors and what the log has to say of them. */
const ERRORS: { name: string; lua?: string; js?: string; log: RegExp }[] = [
	{
		name: 'an index into nothing, with file and line',
		lua: 'local t = nil\nt.x = 1',
		js: 'var t = null;\nt.x = 1;',
		log: /handler\.(lua|js):3: .*(nil|null)/,
	},
	{
		name: 'an error with a message',
		lua: 'error("bad thing")',
		js: 'throw new Error("bad thing")',
		log: /:2: .*bad thing/,
	},
	{ name: 'a string', lua: 'error("just text", 0)', js: 'throw "just text"', log: /just text/ },
	{ name: 'nothing at all', lua: 'error(nil)', js: 'throw undefined', log: /nil|undefined/ },
	{
		name: 'a table or an object',
		lua: 'error({ code = 7 })',
		js: 'throw { code: 7 }',
		log: /table|object|code/,
	},
	{
		name: 'a value that cannot be printed',
		lua: 'error(setmetatable({}, { __tostring = function() error("again") end }))',
		js: 'throw { toString() { throw new Error("again") }, get message() { throw 1 }, get stack() { throw 2 } }',
		log: /ksr_xhttp_event failed/,
	},
	{
		name: 'a cyclic value',
		lua: 'local t = {} t.t = t error(t)',
		js: 'const o = {}; o.o = o; throw o',
		log: /ksr_xhttp_event failed/,
	},
	{
		name: 'a number',
		lua: 'error(42)',
		js: 'throw 42',
		log: /42/,
	},
	{
		name: 'an error in a function that is called, with the stack',
		lua: 'local function inner() error("deep") end\nlocal function outer() inner() end\nouter()',
		js: 'function inner() { throw new Error("deep") }\nfunction outer() { inner() }\nouter();',
		log: /deep[\s\S]*inner[\s\S]*(handler\.\w+:[234])/,
	},
	{
		name: 'a stack without end',
		lua: 'local function f() return 1 + f() end\nf()',
		js: 'function f() { return 1 + f() }\nf();',
		log: /stack|recursion/i,
	},
	{ name: 'a rejected promise', js: 'return Promise.reject(new Error("rejected"))', log: /rejected/ },
	{ name: 'a promise that nothing settles', js: 'return new Promise(() => {})', log: /never/ },
	{
		name: 'a KSR function that does not exist, with a suggestion',
		lua: 'KSR.xhttp.xhttp_repli(200, "OK", "", "")',
		js: 'KSR.xhttp.xhttp_repli(200, "OK", "", "")',
		log: /did you mean KSR\.xhttp\.xhttp_reply\?/,
	},
];

/** All cases. */
export const CASES: readonly EngineCase[] = [
	{
		name: 'the callback gets the name of the event',
		lua: lua(say('evname .. ":" .. select("#", evname)')),
		js: js(say('evname + ":" + arguments.length')),
		body: 'xhttp:request:1',
	},
	{
		name: 'globals live on between requests',
		lua: `local n = 0\n${lua(`n = n + 1 ${say('"" .. n')}`)}`,
		js: `var n = 0;\n${js(`n = n + 1; ${say('n')}`)}`,
		check: async (host) => {
			for (const expected of ['1', '2', '3']) assert.equal(await body(host), expected);
		},
	},
	{
		name: 'the value that the callback returns makes no difference',
		lua: lua(`${say('"x"')} return -1, "text", {}`),
		js: js(`${say('"x"')}; return { a: 1 };`),
		body: 'x',
	},
	{
		name: 'bytes pass unharmed where strings are bytes, UTF-8 where they are text',
		lua: lua(say('KSR.pv.get("$rb") .. "\\0\\255é"')),
		js: js(say('KSR.pv.get("$rb") + "\\0é😀"')),
		check: async (host, engine) => {
			const sent = Buffer.from('a\0é', 'utf8');
			const { body } = await host.request('/', { method: 'POST', body: sent });
			const expected =
				engine === 'fengari' || engine === 'wasmoon'
					? Buffer.concat([sent, Buffer.from([0, 255]), Buffer.from('é')])
					: Buffer.concat([sent, Buffer.from('\0é😀')]);
			assert.deepEqual(Buffer.from(body, 'latin1'), expected);
		},
	},
	{
		name: 'invalid UTF-8 reaches a script without an error',
		lua: lua(say('#KSR.pv.get("$rb")')),
		js: js(say('[...KSR.pv.get("$rb")].map((c) => c.codePointAt(0).toString(16)).join(" ")')),
		check: async (host, engine) => {
			const { body } = await host.request('/', {
				method: 'POST',
				body: Buffer.from([0x61, 0xff, 0xc3, 0x28]),
			});
			assert.equal(body, engine === 'fengari' || engine === 'wasmoon' ? '4' : '61 fffd fffd 28');
		},
	},
	{
		name: 'a megabyte goes in and out',
		lua: lua(say('KSR.pv.get("$rb")')),
		js: js(say('KSR.pv.get("$rb")')),
		check: async (host) => {
			const sent = Buffer.alloc(1 << 20, 'x');
			assert.equal((await host.request('/', { method: 'POST', body: sent })).body.length, sent.length);
		},
	},
	{
		name: 'values have the types of their language',
		lua: lua(
			`local v = KSR.pv.get local function t(x) return type(x) .. " " end ${say('t(v("$hu")) .. t(v("$sp")) .. t(v("$null")) .. t(KSR.is_GET()) .. t(KSR.info("x")) .. v("$sp")')}`,
		),
		js: js(
			`var v = KSR.pv.get; function t(x) { return (x === null ? "null" : typeof x) + " " } ${say('t(v("$hu")) + t(v("$sp")) + t(v("$null")) + t(KSR.is_GET()) + t(KSR.info("x")) + v("$sp")')}`,
		),
		check: async (host, engine) => {
			const connection = { remote: { address: '127.0.0.1', port: 4711 } };
			const nothing = engine === 'fengari' || engine === 'wasmoon' ? 'nil' : 'null';
			assert.equal(await body(host, '/', { connection }), `string number ${nothing} boolean boolean 4711`);
		},
	},
	{
		name: 'exit ends the script, and nothing is logged',
		lua: lua(`${say('"before"')} KSR.x.exit() KSR.info("not reached")`),
		js: js(`${say('"before"')}; KSR.x.exit(); KSR.info("not reached")`),
		check: async (host) => {
			assert.equal(await body(host), 'before');
			assert.deepEqual(host.lines(), []);
		},
	},
	{
		name: 'exit can be caught, as a string, and the script goes on',
		lua: lua(`local ok, e = pcall(KSR.x.exit) ${say('tostring(ok) .. e')}`),
		js: js(`try { KSR.x.exit() } catch (e) { ${say('typeof e + e')} }`),
		check: async (host) => assert.match(await body(host), /^(false|string)~~ksr~exit~~$/),
	},
	{
		name: 'a script that throws the text of exit has ended normally too',
		lua: lua(`${say('"x"')} error("~~ksr~exit~~", 0)`),
		js: js(`${say('"x"')}; throw "~~ksr~exit~~"`),
		check: async (host) => {
			assert.equal(await body(host), 'x');
			assert.deepEqual(host.lines(), []);
		},
	},
	{
		name: 'exit inside of functions that the language calls, and finally',
		lua: lua(`${say('"x"')} string.gsub("a", "a", function() KSR.x.exit() end)`),
		js: js(`${say('"x"')}; try { [1].forEach(() => KSR.x.exit()) } finally { KSR.info("finally") }`),
		check: async (host) => {
			assert.equal(await body(host), 'x');
			assert.ok(host.lines().every((line) => line === 'finally'));
		},
	},
	...ERRORS.map(
		({ name, log, ...code }): EngineCase => ({
			name: `an error is reported: ${name}`,
			...(code.lua === undefined ? {} : { lua: lua(code.lua) }),
			...(code.js === undefined ? {} : { js: js(code.js) }),
			check: async (host) => {
				await fails(host, 500, log);
				const text = host.lines().join('\n');
				assert.doesNotMatch(text, /node_modules|node:|\.ts:|kemihost-test-/, 'nothing of the host shows');
				await fails(host, 500, log);
			},
		}),
	),
	...ENDLESS.map(
		({ name, ...code }): EngineCase => ({
			name: `the CPU limit ends ${name}`,
			...(code.lua === undefined
				? {}
				: { lua: lua(`if KSR.pv.get("$hu") == "/" then ${code.lua}\nend ${say('"fine"')}`) }),
			...(code.js === undefined
				? {}
				: { js: js(`if (KSR.pv.get("$hu") == "/") { ${code.js} }\n${say('"fine"')}`) }),
			options: { limits: { cpu: 60 } },
			check: async (host) => {
				for (let round = 0; round < 2; round++) {
					await fails(host, 503, /the CPU limit of 60 ms was reached/);
					assert.equal(await body(host, '/next'), 'fine');
				}
			},
		}),
	),
	{
		name: 'the limit is for each request, not for the life of the script',
		lua: lua(`local t = 0 for i = 1, 20000 do t = t + i end ${say('"x"')}`),
		js: js(`var t = 0; for (var i = 0; i < 20000; i++) t += i; ${say('"x"')}`),
		// far more than a request needs, also where other processes take the machine
		options: { limits: { cpu: 500 } },
		check: async (host) => {
			const end = performance.now() + 700;
			while (performance.now() < end) assert.equal(await body(host), 'x');
		},
	},
	{
		name: 'nothing of the host is within reach',
		lua: lua(
			say(
				'(function() local found = "" for _, name in ipairs({"io", "dofile", "loadfile", "newproxy", "process", "js", "fengari"}) do if _G[name] ~= nil then found = found .. name .. " " end end for name in pairs(debug) do if name ~= "traceback" and name ~= "getinfo" then found = found .. "debug." .. name .. " " end end for _, name in ipairs({"execute", "exit", "remove", "rename", "tmpname", "setlocale"}) do if os[name] ~= nil then found = found .. "os." .. name .. " " end end if package and (package.loadlib or package.searchers) then found = found .. "package" end if string.dump then found = found .. "dump" end return found end)()',
			),
		),
		js: js(
			say(
				'["process", "require", "module", "global", "Buffer", "WebAssembly", "SharedArrayBuffer", "Atomics", "fetch", "ivm", "std", "os", "scriptArgs"].filter((name) => globalThis[name] !== undefined).join()',
			),
		),
		body: '',
	},
	{
		name: 'functions of the host give no way to the host',
		js: js(
			say(
				'(() => { try { return KSR.info.constructor("return typeof process + typeof require")() } catch (e) { return "undefinedundefined" } })()',
			),
		),
		body: 'undefinedundefined',
	},
	{
		name: 'Lua bytecode is not loaded',
		lua: lua(say('tostring((load or loadstring)("\\27Lua"))')),
		body: 'nil',
	},
	{
		name: 'the methods of strings cannot be taken from the next request',
		lua: lua(
			`if KSR.pv.get("$hu") == "/poison" then string.upper = nil pcall(function() getmetatable("").__index = {} end) end ${say('("x"):upper()')}`,
		),
		check: async (host) => {
			await host.request('/poison');
			assert.equal(await body(host), 'X');
		},
	},
	{
		name: 'what Lua 5.1 scripts use is there',
		lua: lua(
			say(
				'table.concat({ unpack({1, 2, 3}) }, ",") .. loadstring("return 4")() .. table.getn({1, 2}) .. math.pow(2, 3) .. #table.concat({ string.gfind and "x" or "" }) .. math.mod(7, 3) .. type(setfenv) .. table.maxn({1, 2}) .. os.date("!%Y", 0)',
			),
		),
		check: async (host) => {
			assert.match(
				await body(host),
				/^1,2,3428(\.0)?11functions?2(\.0)?1970$|^1,2,3428(\.0)?11function2(\.0)?1970$/,
			);
		},
	},
	{
		name: 'os has time and nothing else of the system',
		lua: lua(
			say(
				'tostring(os.time() > 1700000000) .. tostring(os.getenv("HOME")) .. type(os.clock()) .. os.date("!%H:%M", 3600)',
			),
		),
		body: 'truenilnumber01:00',
	},
	{
		name: 'milliseconds do not wrap',
		lua: lua(
			say('tostring(os.time() * 1000 > 1700000000000) .. tostring(KSR.pv.get("$TS") * 1000 > 1700000000000)'),
		),
		js: js(say('"" + (Date.now() > 1700000000000) + (KSR.pv.get("$TS") * 1000 > 1700000000000)')),
		body: 'truetrue',
	},
	{
		name: 'whole numbers of KSR have no fraction in a text',
		lua: lua(
			`KSR.pv.seti("$var(n)", 7) ${say('KSR.pv.get("$var(n)") .. "," .. KSR.pv.getvn("$null", 3) .. "," .. tostring(KSR.pv.get("$var(n)"))')}`,
		),
		js: js(
			`KSR.pv.seti("$var(n)", 7); ${say('KSR.pv.get("$var(n)") + "," + KSR.pv.getvn("$null", 3) + "," + String(KSR.pv.get("$var(n)"))')}`,
		),
		body: '7,3,7',
	},
	{
		name: 'siblings are loaded from below the folder, once',
		lua: `local a = require("lib.a")\nlocal b = require("lib.b")\n${lua(say('a.name .. b.name .. tostring(a == require("lib.a")) .. b.a.count'))}`,
		js: `import { name, count } from "./lib/a.js";\nimport * as b from "./lib/b.js";\nexport function ksr_xhttp_event() { ${say('name + b.name + (b.count === count) + count')} }`,
		options: {
			files: {
				'lib/a.lua': 'local a = { name = "A", count = 0 }\na.count = a.count + 1\nreturn a',
				'lib/b.lua': 'return { name = "B", a = require("lib.a") }',
				'lib/a.js': 'export const name = "A";\nexport let count = 0;\ncount++;',
				'lib/b.js': 'export { count } from "./a.js";\nexport const name = "B";',
			},
		},
		body: 'ABtrue1',
	},
	{
		name: 'nothing outside of the folder is loaded',
		lua: lua(
			say(
				'(function() local n = "" for _, name in ipairs({"../secret", "lib/../../secret", "/etc/passwd", "link", "missing", "lib..a", ""}) do if pcall(require, name) then n = n .. name end end return n end)()',
			),
		),
		options: { files: { 'lib/x.lua': 'return 1' } },
		body: '',
	},
	{
		name: 'a module that is missing is named',
		lua: lua('require("lib.missing")'),
		check: async (host) => {
			await fails(host, 500, /lib\.missing/);
		},
	},
	{
		name: 'functions that a constant holds are callbacks too',
		js: `const ksr_xhttp_event = (evname) => ${say('evname')};`,
		body: 'xhttp:request',
	},
	{
		name: 'an async handler that waits for nothing of the host runs through',
		js: `async function ksr_xhttp_event() { const x = await Promise.resolve("later"); ${say('x')} }`,
		body: 'later',
	},
	{
		name: 'print and console go to the log',
		lua: lua(`print("a", 1, nil) ${say('""')}`),
		js: js(`console.log("a", 1, null); console.error("bad"); ${say('""')}`),
		check: async (host, engine) => {
			await host.request();
			const expected = engine === 'fengari' || engine === 'wasmoon' ? ['a\t1\tnil'] : ['a 1 null', 'bad'];
			assert.deepEqual(host.lines('script'), expected);
		},
	},
	{
		name: 'a wrong call is named with file and line',
		lua: lua(`KSR.pv.get({}) ${say('"on"')}`),
		js: js(`KSR.pv.get({}); ${say('"on"')}`),
		check: async (host) => {
			assert.equal(await body(host), 'on');
			assert.match(
				host.lines('core').join(),
				/^handler\.\w+:2: KSR\.pv\.get: parameter 1 \(name\) must be a string, got an? (table|object)/,
			);
		},
	},
	{
		name: 'calls while the script loads give false',
		lua: `loaded = tostring(KSR.pv.get("$hu"))\n${lua(say('loaded'))}`,
		js: `var loaded = "" + KSR.pv.get("$hu");\n${js(say('loaded'))}`,
		check: async (host) => {
			assert.equal(await body(host), 'false');
			assert.match(host.lines().join(), /KSR\.pv\.get was called while the script is loading/);
		},
	},
	{
		name: 'a callback can be replaced while the host runs',
		lua: lua(`ksr_xhttp_event = function() ${say('"second"')} end ${say('"first"')}`),
		js: js(`ksr_xhttp_event = function () { ${say('"second"')} }; ${say('"first"')}`),
		check: async (host) => {
			assert.equal(await body(host), 'first');
			assert.equal(await body(host), 'second');
		},
	},
	{
		name: 'a callback that is no function any more is an error',
		lua: lua(`ksr_xhttp_event = 5 ${say('"first"')}`),
		js: js(`ksr_xhttp_event = 5; ${say('"first"')}`),
		check: async (host) => {
			assert.equal(await body(host), 'first');
			await fails(host, 500, /ksr_xhttp_event/);
		},
	},
	{
		name: 'KSR is an object like others',
		lua: lua(`KSR.mine = function() return "mine" end ${say('KSR.mine()')}`),
		js: js(`KSR.mine = function () { return "mine" }; ${say('KSR.mine()')}`),
		body: 'mine',
	},
	{
		name: 'a global of other hosts is not here, and the error says what to use',
		lua: lua('io.open("/etc/passwd")'),
		js: js('setTimeout(() => {}, 10)'),
		check: async (host) => {
			await fails(host, 500, /hint: a (script has no files|handler ends with its request)/);
		},
	},
	{
		name: 'a test for a function that does not exist finds nothing',
		lua: lua(say('tostring(KSR.nothing) .. tostring(KSR.pv.nothing)')),
		js: js(say('"" + KSR.nothing + KSR.pv.nothing')),
		check: async (host) => assert.match(await body(host), /^nilnil$|^undefinedundefined$/),
	},
	{
		name: 'bytes that a JavaScript handler holds in an array arrive as they are',
		js: js(say('new Uint8Array([0, 255, 65])')),
		check: async (host) => {
			const { body } = await host.request();
			assert.deepEqual(Buffer.from(body, 'latin1'), Buffer.from([0, 255, 65]));
		},
	},
	{
		name: 'TypeScript runs without its types',
		js: `interface Named { name: string }\nfunction ksr_xhttp_event(evname: string): void { const x: Named = { name: evname }; ${say('x.name')} }`,
		options: { name: 'handler.ts' },
		body: 'xhttp:request',
	},
	{
		name: 'ten thousand requests leave nothing behind',
		lua: lua(`KSR.info("x") ${say('KSR.pv.get("$hu") .. KSR.pv.get("$si")')}`),
		js: js(`KSR.info("x"); ${say('KSR.pv.get("$hu") + KSR.pv.get("$si")')}`),
		options: { logLevel: 0 },
		check: async (host) => {
			for (let i = 0; i < 10_000; i++) await host.request();
			assert.equal(await body(host), '/127.0.0.1');
		},
	},
];
