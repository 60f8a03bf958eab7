import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { enginesFor } from '../../engines/list.ts';
import { Channel, sharedCount } from '../../src/debug/channel.ts';
import { Debuggee } from '../../src/debug/debuggee.ts';
import { createHost } from '../../src/host.ts';
import { makeRequest } from '../../src/http/request.ts';
import { folderWith } from '../support/host.ts';

/** What a script answers to some requests, with or without a debugger that never stops it; and what it logs. */
async function answers(t: TestContext, script: string, engine: string, debugged: boolean): Promise<string> {
	const { port1, port2 } = new MessageChannel();
	const debuggee = new Debuggee(new Channel(port1, sharedCount(), () => undefined));
	debuggee.whileRunning({ id: 1, ask: 'stopOnErrors', with: [false] });
	t.after(() => port1.close());
	port2.unref();
	const lines: string[] = [];
	const host = await createHost({
		script,
		engine,
		log: ({ text }) => lines.push(text),
		...(debugged ? { ...debuggee.options(script), modules: [debuggee.module] } : {}),
	});
	t.after(() => host.close());
	const replies: string[] = [];
	for (const path of ['/', '/a/b?c=d', '/hello/world', '/notes/1']) {
		const reply = await host.dispatch(makeRequest({ target: path, headers: [['X-Name', 'ann']] }));
		replies.push(`${reply.status} ${reply.body}`);
	}
	// a debugged script has no columns
	return [...replies, ...lines].join('\n').replaceAll(/^ *\| +\^.*\n/gm, '');
}

/** Everything in a language's syntax that calls could get in the way of. */
const SYNTAX = {
	'syntax.lua': `#!/usr/bin/lua
local function many(...) return ... end
local function empty() end
local function tail(n) if n == 0 then return "done" end return tail(n - 1) end
local M = { f = function(a) return a end, }
function M:method(a) self.a = a return (many(1, 2)), self end
function M.nested() local function inner() return function() return M end end return inner()() end
local a, b, c = many(1, nil, 3); local d <const> = 4
local function loops()
	local out = {}
	for i = 1, 10 do
		if i == 2 then goto continue end
		if i == 5 then break end
		out[#out + 1] = i
		::continue::
	end
	repeat local last = #out; out[last] = nil until last <= 2
	while true do break end
	do return table.concat(out, ",") ; end
end
local co = coroutine.wrap(function(x) local y = coroutine.yield(x + 1) return y * 2 end)
function ksr_xhttp_event()
	local good, why = pcall(function() error({ code = 7 }) end)
	local one, self = M:method(5)
	local list = { many(1, 2, 3) }
	local text = string.format("%s %s %s %d %s %s %s %s %s %d %d", a, tostring(b), c, d, tail(50), one, self.a,
		tostring(M.nested() == M), loops(), #list, why.code)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", text .. (co and co(1) or "") .. select("#", empty()))
	co = nil
	return
end`,
	'syntax.js': `#!/usr/bin/env node
'use strict'
const identity = x => x, pair = (a, b = () => 2) => ({ a, b: b() }), curry = a => b => /* => */ (a + b)
class Base { static count = (() => { return 3 })(); #x = 1; get x() { return this.#x } set x(v) { this.#x = v } }
class Derived extends Base { constructor(v) { super(); this.x = v; return } method() { return super.x } static { this.made = 'static' } }
function* numbers() { for (let i = 0; i < 3; i++) yield i; return 9 }
var hoisted = function () { return typeof later; var later = 1 }
function labels() { outer: for (const a of [1, 2]) for (const b of [1, 2]) { if (b === 2) continue outer; if (a === 2) break outer } return 'labels' }
function bare(n) { if (n) return
else return n + 1 }
function catches() { try { throw new Error('x') } catch ({ message }) { return message } finally { if (0) bare(1) } }
function chooses(n) { switch (n) { case 1: let a = 1; return a; case 2: { return 'two' } default: return 'none' } }
async function waits() { const value = await Promise.resolve(5); for await (const x of [1]) return async () => await value }
function ksr_xhttp_event() {
	const { a, b, ...rest } = { a: 1, b: 2, c: 3 }
	const text = [identity(1), JSON.stringify(pair(1)), curry(1)(2), Base.count, new Derived(4).method(), Derived.made, [...numbers()],
		hoisted(), labels(), bare(0), bare(1), catches(), chooses(1), chooses(2), chooses(3), a, b, rest.c, this === undefined,
		(() => arguments.length)(), \`\${identity('t')}\`, waits.name].join(' ')
	do ksr(text); while (false)
	return
	function ksr(text) { KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', text) } // the last line is a comment
}`,
};

test('scripts do the same under a debugger that never stops them, whatever their syntax', async (t) => {
	const folder = folderWith(t, SYNTAX);
	const shipped = readdirSync('scripts')
		.filter((name) => /\.(lua|js|mjs|ts)$/.test(name) && !/event-callback|waiting/.test(name))
		.map((name) => join('scripts', name));
	for (const script of [...Object.keys(SYNTAX).map((name) => join(folder, name)), ...shipped])
		for (const { name: engine } of enginesFor(script)) {
			if (engine === 'fengari' && script.includes('syntax')) continue; // Lua 5.4 has attributes
			const expected = await answers(t, script, engine, false);
			assert.doesNotMatch(expected.split('\n')[0] ?? '', /^500/, `${script} in ${engine}`);
			assert.equal(await answers(t, script, engine, true), expected, `${script} in ${engine}`);
		}
});
