/**
 * Wrong calls: every function of the export table with 0 to 7 arguments of every type, in every engine. Nothing may
 * crash or hang, and the results have to be the same everywhere. Odd values in single places: odd-arguments.test.ts.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KSR_ENGINES } from '../../engines/list.ts';
import { hostFor } from '../support/host.ts';
import { comparable } from './export-calls.ts';

/** The values, as both languages write them. */
const VALUES: [name: string, lua: string, js: string][] = [
	['nothing', 'nil', 'null'],
	['true', 'true', 'true'],
	['zero', '0', '0'],
	['negative', '-1', '-1'],
	['fraction', '3.75', '3.75'],
	['not a number', '0/0', 'NaN'],
	['infinite', '1/0', 'Infinity'],
	['beyond 32 bits', '2^40', '2 ** 40'],
	['empty', '""', '""'],
	['word', '"abc"', '"abc"'],
	['digits', '"170"', '"170"'],
	['a variable', '"$hu"', '"$hu"'],
	['NUL', '"a\\0b"', '"a\\0b"'],
	['long', 'string.rep("x", 100000)', '"x".repeat(100000)'],
	['table', '{}', '({})'],
	['function', 'print', 'print'],
];

const LUA = `
local values = { ${VALUES.map(([, lua]) => `function() return ${lua} end`).join(', ')} }
local function call(f, v, n)
	if n == 0 then return f() elseif n == 1 then return f(v) elseif n == 2 then return f(v, v)
	elseif n == 3 then return f(v, v, v) elseif n == 4 then return f(v, v, v, v)
	elseif n == 5 then return f(v, v, v, v, v) elseif n == 6 then return f(v, v, v, v, v, v)
	else return f(v, v, v, v, v, v, v) end
end
local function show(ok, result)
	if not ok then return "throws" end
	if type(result) == "number" then return string.format("%.14g", result) end
	if type(result) == "string" and #result > 30 then return "string of " .. #result end
	return tostring(result)
end
function ksr_xhttp_event()
	local module, name = string.match(KSR.pv.get("$hu"), "^/([^/]*)/(.*)$")
	local f = (module == "" and KSR or KSR[module])[name]
	local out = {}
	for i, value in ipairs(values) do
		for n = 0, 7 do out[#out + 1] = show(pcall(call, f, value(), n)) end
	end
	print(table.concat(out, "\\t"))
end`;

const JS = `
function print(text) { console.log(text); }
const values = [${VALUES.map(([, , js]) => js).join(', ')}];
function show(result) {
	if (result === null || result === undefined) return "nil";
	if (typeof result === "string" && result.length > 30) return "string of " + result.length;
	return String(result);
}
async function ksr_xhttp_event() {
	const [, module, name] = /^\\/([^/]*)\\/(.*)$/.exec(KSR.pv.get("$hu"));
	const owner = module === "" ? KSR : KSR[module];
	const out = [];
	for (const value of values) for (let n = 0; n <= 7; n++) {
		try { 
			let result = owner[name](...new Array(n).fill(value));
			if (result instanceof Promise) result = await result;
			out.push(show(result));
		} catch (e) {
			// too few arguments throw in JavaScript, as they do in Kamailio's
			out.push(e instanceof RangeError ? "false" : "throws");
		}
	}
	print(out.join("\\t"));
}`;

/** What every function gives for all calls, by its path. */
async function results(t: Parameters<typeof hostFor>[0], engine: string): Promise<Map<string, string>> {
	const lua = KSR_ENGINES.find((e) => e.name === engine)?.language === 'lua';
	const lines: string[] = [];
	const { host, request } = await hostFor(t, lua ? LUA : JS, {
		engine,
		name: lua ? 'handler.lua' : 'handler.js',
		logLevel: 2,
		limits: { cpu: 10_000, logLine: 1 << 20 },
		allowNet: ['none'],
		log: (record) => {
			if (record.origin === 'script' && record.text.includes('\t')) lines.push(record.text);
			assert.notEqual(record.level, 'bug', record.text);
		},
	});
	const found = new Map<string, string>();
	for (const { module, name, path } of comparable(host)) {
		if (/^KSR\.(log|dbg|info|notice|warn|err|crit|xlog\..*)$/.test(path)) continue;
		await request(`/${module}/${name}`);
		found.set(path, lines.pop() ?? 'no line');
	}
	return found;
}

test('wrong arguments give the same in every engine', async (t) => {
	// all at once, as some functions wait
	const all = new Map(
		await Promise.all(KSR_ENGINES.map(async ({ name }) => [name, await results(t, name)] as const)),
	);
	const [[first, expected] = ['', new Map<string, string>()], ...others] = all;
	assert.ok(expected.size > 60, `${expected.size} functions`);
	for (const [path, line] of expected) {
		assert.equal(line.split('\t').length, VALUES.length * 8, `${first} ${path}: ${line.slice(0, 200)}`);
		for (const [engine, found] of others)
			for (const [i, value] of line.split('\t').entries()) {
				const [name] = VALUES[Math.floor(i / 8)] ?? [];
				const call = `${path} with ${i % 8} × ${name}: ${first} against ${engine}`;
				assert.equal(found.get(path)?.split('\t')[i], value, call);
			}
	}
});

test('every function takes arguments by the same rules', async (t) => {
	const { host } = await hostFor(t, 'function ksr_xhttp_event() end', { logLevel: -5 });
	const cases: [path: string, args: unknown[], result: unknown][] = [
		['KSR.pv.get', [], false],
		['KSR.pv.get', ['$hu', 1, 2, 3, 4, 5], '/'],
		['KSR.pv.get', ['$hu', 1, 2, 3, 4, 5, 6], false],
		['KSR.pv.getvn', ['$null', '7'], 7],
		['KSR.pv.getvn', ['$null', ' 0x10 '], 16],
		['KSR.pv.getvn', ['$null', 3.9], 3],
		['KSR.pv.getvn', ['$null', -3.9], -3],
		['KSR.pv.getvn', ['$null', 2 ** 31], 2147483647],
		['KSR.pv.getvn', ['$null', -(2 ** 40)], -2147483648],
		['KSR.pv.getvn', ['$null', 'abc'], false],
		['KSR.pv.getvn', ['$null', Number.NaN], false],
		['KSR.pv.getvn', ['$null', null], false],
		['KSR.pv.getvs', ['$null', 5], '5'],
		['KSR.pv.getvs', ['$null', 0.1], '0.1'],
		['KSR.pv.getvs', ['$null', -0], '0'],
		['KSR.pv.getvs', ['$null', 9007199254740993n], '9007199254740993'],
		['KSR.pv.getvs', ['$null', true], false],
		['KSR.pv.getvs', ['$null', null], false],
	];
	const { makeRequest } = await import('../../src/http/request.ts');
	const { RequestContext } = await import('../../src/kemi/context.ts');
	for (const [path, args, result] of cases) {
		const ctx = new RequestContext(host, makeRequest());
		assert.equal(
			host.exports.find(path)?.call(ctx, [...args] as never[], 'lua'),
			result,
			`${path}(${args.map(String)})`,
		);
	}
});

test('strict makes a wrong call an error of the script', async (t) => {
	const script = 'function ksr_xhttp_event() KSR.pv.get({}) end';
	const { request, lines } = await hostFor(t, script, { strict: true });
	assert.equal((await request()).status, 500);
	assert.match(lines().join('\n'), /ksr_xhttp_event failed.*handler\.lua:1: KSR\.pv\.get: parameter 1/);
});
