/**
 * Odd values: every function of the export table is called with each of them in the place of each of its parameters, the
 * others being plausible, in every engine. Nothing may crash or hang, the next request has to be answered, and the
 * results have to be the same wherever the value exists.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KSR_ENGINES } from '../../engines/list.ts';
import type { Parameter } from '../../src/kemi/module.ts';
import { hostFor } from '../support/host.ts';
import { comparable, plausible } from './export-calls.ts';

/** The values, as each language writes them; null if it has no such value. */
const ODD: readonly (readonly [name: string, lua: string | null, js: string | null])[] = [
	['NaN', '0/0', 'NaN'],
	['infinity', '1/0', 'Infinity'],
	['minus infinity', '-1/0', '-Infinity'],
	['2^31', '2^31', '2 ** 31'],
	['2^53-1', '2^53-1', '2 ** 53 - 1'],
	['2^53', '2^53', '2 ** 53'],
	['-2^31-1', '-2^31-1', '-(2 ** 31) - 1'],
	['1e300', '1e300', '1e300'],
	['minus zero', '-0.0', '-0'],
	['the empty string', '""', '""'],
	['NUL in a string', '"$hu\\0b"', '"$hu\\0b"'],
	['nothing but NUL', '"\\0"', '"\\0"'],
	['bytes that are no UTF-8', '"\\255\\254a\\128"', 'new Uint8Array([255, 254, 97, 128])'],
	['a cut UTF-8 sequence', '"a\\226\\130"', 'new Uint8Array([97, 226, 130]).buffer'],
	['a megabyte', 'BIG', 'BIG'],
	['a line end', '"a\\r\\nb: c"', '"a\\r\\nb: c"'],
	['an open variable', '"$("', '"$("'],
	['an open bracket', '"(["', '"(["'],
	['format letters', '"%s%n%99999d"', '"%s%n%99999d"'],
	['a property of objects', '"__proto__"', '"__proto__"'],
	['a path', '"../../x"', '"../../x"'],
	['a cycle', 'CYCLE', 'CYCLE'],
	['an array in itself', 'CYCLE', 'LOOP'],
	['a conversion that throws', 'THROWING', 'THROWING'],
	['a function', 'print', 'print'],
	['a function that throws', 'error', '(() => { throw new Error("called"); })'],
	['a number in an object', 'NUMBERLIKE', '({ valueOf: () => 1, toString: () => "1" })'],
	['a coroutine', 'coroutine.create(print)', null],
	['the largest integer', '9223372036854775807', null],
	['a symbol', null, 'Symbol("s")'],
	['an integer beyond all numbers', null, '2n ** 200n'],
	['a small BigInt', null, '1n'],
	['a BigInt below zero', null, '-(2n ** 63n)'],
	['a lone surrogate', null, '"a\\ud800"'],
	['a proxy that throws', null, 'PROXY'],
	['a revoked proxy', null, 'REVOKED'],
	['a promise', null, 'Promise.resolve("a")'],
	['a date', null, 'new Date(0)'],
	['a boxed string', null, 'new String("abc")'],
	['a view of another width', null, 'new Float64Array(2)'],
	['no bytes', null, 'new Uint8Array(0)'],
];

/** Where languages differ in an odd value given for a string, by the value's name, and why. */
const DEPARTURES: Readonly<Record<string, string>> = {
	'2^53': 'from here on a number becomes the text that its language prints: 9.007199254741e+15 in Lua',
	'the largest integer':
		'Lua 5.4 has integers of 64 bits and prints their digits; in Lua 5.1 it is 9.2233720368548e+18',
};

const column = (index: 1 | 2) => ODD.map((row) => row[index]).filter((text) => text !== null);

const LUA = `
local BIG = string.rep("x", 1048576)
local CYCLE = {}
CYCLE.self = CYCLE; CYCLE[1] = CYCLE
local function throw() error("converted") end
local THROWING = setmetatable({}, { __tostring = throw, __index = throw, __len = throw, __concat = throw })
local NUMBERLIKE = setmetatable({}, { __tostring = function() return "1" end })
local values = { ${column(1)
	.map((lua) => `function() return ${lua} end`)
	.join(', ')} }
local unpack = unpack or table.unpack
local function show(ok, result)
	if not ok then return "throws" end
	if type(result) == "number" then return string.format("%.14g", result) end
	if type(result) ~= "string" then return tostring(result) end
	if string.find(result, "[\\128-\\255]") then return "beyond ASCII" end
	if #result > 30 or string.find(result, "[%c]") then return "string of " .. #result end
	return result
end
function ksr_xhttp_event()
	local module, name = string.match(KSR.pv.get("$hu"), "^/([^/]*)/(.*)$")
	local f = (module == "" and KSR or KSR[module])[name]
	local args, out = {}, {}
	for kind, text in string.gmatch(KSR.pv.get("$rb"), "([sn])([^\\n]*)\\n") do
		args[#args + 1] = kind == "n" and tonumber(text) or text
	end
	for place = 1, #args do
		local usual = args[place]
		for i, value in ipairs(values) do
			args[place] = value()
			out[#out + 1] = show(pcall(f, unpack(args, 1, #args)))
		end
		args[place] = usual
	end
	KSR.kex.resetdebug() -- whatever the function has done to the log's level
	KSR.info("results\\t" .. table.concat(out, "\\t"))
end`;

const JS = `
function print(text) { console.log(text); }
const BIG = "x".repeat(1048576);
const CYCLE = {}, LOOP = [];
CYCLE.self = CYCLE; LOOP.push(LOOP);
function raise() { throw new Error("converted"); }
const THROWING = { toString: raise, valueOf: raise, toJSON: raise, [Symbol.toPrimitive]: raise,
	get length() { return raise(); }, get constructor() { return raise(); }, get [Symbol.toStringTag]() { return raise(); } };
const PROXY = new Proxy({}, new Proxy({}, { get: raise }));
const { proxy: REVOKED, revoke } = Proxy.revocable([], {});
revoke();
const values = [${column(2)
	.map((js) => `() => ${js}`)
	.join(', ')}];
function show(result) {
	if (result === null || result === undefined) return "nil";
	if (typeof result !== "string") return String(result);
	if (/[^\\0-\\x7f]/.test(result)) return "beyond ASCII";
	return result.length > 30 || /[\\0-\\x1f\\x7f]/.test(result) ? "string of " + result.length : result;
}
async function ksr_xhttp_event() {
	const [, module, name] = /^\\/([^/]*)\\/(.*)$/.exec(KSR.pv.get("$hu"));
	const owner = module === "" ? KSR : KSR[module];
	const args = [], out = [];
	for (const line of KSR.pv.get("$rb").split("\\n"))
		if (line !== "") args.push(line[0] === "n" ? Number(line.slice(1)) : line.slice(1));
	for (let place = 0; place < args.length; place++)
		for (const value of values) {
			const given = [...args];
			given[place] = value();
			try {
				let result = owner[name](...given);
				if (result instanceof Promise) result = await result;
				out.push(show(result));
			} catch (e) {
				out.push("throws");
			}
		}
	KSR.kex.resetdebug(); // whatever the function has done to the log's level
	KSR.info("results\\t" + out.join("\\t"));
}`;

/** What every call gave: by the function's path, the parameter and the value's name. */
async function results(t: Parameters<typeof hostFor>[0], engine: string): Promise<Map<string, string>> {
	const lua = KSR_ENGINES.find((e) => e.name === engine)?.language === 'lua';
	const names = ODD.filter((row) => row[lua ? 1 : 2] !== null).map(([name]) => name);
	let line = '';
	const { host, request } = await hostFor(t, lua ? LUA : JS, {
		engine,
		name: lua ? 'handler.lua' : 'handler.js',
		logLevel: 2,
		limits: { cpu: 10_000, logLine: 1 << 20 },
		allowNet: ['none'],
		log: (record) => {
			if (record.text.startsWith('results\t')) line = record.text;
			assert.ok(record.level !== 'bug' || record.origin === 'script', `${engine}: ${record.text}`);
		},
	});
	const found = new Map<string, string>();
	for (const { module, name, path, declaration } of comparable(host)) {
		const { params } = declaration;
		if (params.length === 0) continue;
		line = '';
		const body = Buffer.from(
			params.map((param) => `${param.type === 'str' ? 's' : 'n'}${plausible(param)}\n`).join(''),
		);
		await request(`/${module}/${name}`, { method: 'POST', body });
		const [, ...values] = line.split('\t');
		assert.equal(values.length, params.length * names.length, `${engine} ${path}`);
		for (const [i, value] of values.entries()) {
			const param = params[Math.floor(i / names.length)] as Parameter;
			const odd = names[i % names.length] as string;
			if (param.type !== 'str' || !(odd in DEPARTURES)) found.set(`${path}: ${odd} for ${param.name}`, value);
		}
	}
	return found;
}

test('odd values in the place of any parameter give the same in every engine', async (t) => {
	const engines = KSR_ENGINES.map(({ name }) => name);
	// all at once, as some functions wait
	const all = await Promise.all(engines.map((engine) => results(t, engine)));
	const calls = new Set(all.flatMap((found) => [...found.keys()]));
	assert.ok(calls.size > 10_000, `${calls.size} calls`);
	const different: string[] = [];
	for (const call of calls) {
		const given = all.map((found) => found.get(call));
		if (new Set(given.filter((result) => result !== undefined)).size > 1)
			different.push(`${call}: ${engines.map((engine, i) => `${engine} ${given[i]}`).join(', ')}`);
	}
	assert.deepEqual(different, []);
});
