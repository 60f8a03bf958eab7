/**
 * Cases for the libraries that Lua scripts require and that come with the host. Messages and texts are those of
 * lua-cjson 2.1.0.x.
 *
 * @module
 */
import { type EngineCase, fails, lua } from './cases.ts';

/** Lines of a script that shows values, one each line, and replies with them. */
function shows(...lines: string[]): string {
	return lua(`local cjson, safe, base64 = require("cjson"), require("cjson.safe"), require("base64")
local shown = {}
local function show(...)
	local texts = {}
	for i = 1, select("#", ...) do texts[i] = tostring((select(i, ...))) end
	shown[#shown + 1] = table.concat(texts, " ")
end
${lines.join('\n')}
KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(shown, "\\n"))`);
}

/** A text in JSON that is none, and what lua-cjson says of it. */
const WRONG: readonly [json: string, message: string][] = [
	['', 'Expected value but found T_END at character 1'],
	['{', 'Expected object key string but found T_END at character 2'],
	['[1,]', 'Expected value but found T_ARR_END at character 4'],
	['{1:2}', 'Expected object key string but found T_INTEGER at character 2'],
	['{"a" 1}', 'Expected colon but found T_INTEGER at character 6'],
	['{"a":1 "b"}', 'Expected comma or object end but found T_STRING at character 8'],
	['[1 2]', 'Expected comma or array end but found T_INTEGER at character 4'],
	['1 2', 'Expected the end but found T_INTEGER at character 3'],
	['tru', 'Expected value but found invalid token at character 1'],
	['"abc', 'Expected value but found unexpected end of string at character 5'],
	['"\\x"', 'Expected value but found invalid escape code at character 2'],
	['"\\ud800"', 'Expected value but found invalid unicode escape code at character 2'],
	['\0[', 'JSON parser does not support UTF-16 or UTF-32'],
];

/** A value that JSON has no words for, and what lua-cjson says of it. */
const UNSPEAKABLE: readonly [value: string, message: string][] = [
	['print', 'Cannot serialise function: type not supported'],
	['0/0', 'Cannot serialise number: must not be NaN or Infinity'],
	['{ [1] = 1, [1000] = 2 }', 'Cannot serialise table: excessively sparse array'],
	['{ [true] = 1 }', 'Cannot serialise boolean: table key must be a number or string'],
	['cyclic', 'Cannot serialise, excessive nesting (1001)'],
];

const luaText = (text: string) =>
	`"${text.replace(/[\\"]/g, '\\$&').replaceAll('\0', '\\0').replaceAll('\n', '\\n')}"`;

/** All of them. */
export const LIBRARY_CASES: readonly EngineCase[] = [
	{
		name: 'cjson writes what Lua has, and what stands for what Lua has not',
		lua: shows(
			'show(cjson.encode({ 1, "a/\\"\\1\\127é", true, cjson.null, cjson.empty_array, {}, 1.5, 1e100, 10 / 4, { x = {} } }))',
			'show(cjson.encode(setmetatable({}, cjson.array_mt)), cjson.encode(setmetatable({ 1 }, cjson.empty_array_mt)))',
			'show(cjson.encode(nil), cjson.encode("x"), cjson.encode({ [2] = 1 }), type(cjson.null))',
		),
		body: [
			'[1,"a\\/\\"\\u0001\\u007f\xc3\xa9",true,null,[],{},1.5,1e+100,2.5,{"x":{}}]',
			'[] [1]',
			'null "x" [null,1] userdata',
		].join('\n'),
	},
	{
		name: 'cjson reads JSON, and what C takes for a number',
		lua: shows(
			'local t = cjson.decode([[ {"a": [1, 2.5, null, {"b": []}], "c": "\\u00e9\\ud83d\\ude00\\n\\/", "": false} ]])',
			'show(#t.a, t.a[2], t.a[3] == cjson.null, next(t.a[4].b), t.c, t[""])',
			'show(cjson.decode("0x10") == 16, cjson.decode("-inf"), cjson.decode("012") == 12, cjson.decode("-1e2") == -100)',
		),
		body: '4 2.5 true nil \xc3\xa9\xf0\x9f\x98\x80\n/ false\ntrue -inf true true',
	},
	{
		name: 'cjson.safe gives nil and the message, cjson raises it with the line of the call',
		lua: shows(
			...WRONG.map(([json]) => `show(safe.decode(${luaText(json)}))`),
			...UNSPEAKABLE.map(
				([value]) => `do local cyclic = {} cyclic[1] = cyclic show(safe.encode(${value})) end`,
			),
			'show(pcall(function() cjson.decode("x") end))',
			'show(pcall(cjson.decode)) show(pcall(cjson.decode, {}))',
		),
		body: [
			...[...WRONG, ...UNSPEAKABLE].map(([, message]) => `nil ${message}`),
			'false handler.lua:27: Expected value but found invalid token at character 1',
			"false bad argument #1 to 'decode' (expected 1 argument)",
			"false bad argument #1 to 'decode' (string expected, got table)",
		].join('\n'),
	},
	{
		name: 'cjson has its settings, each instance its own',
		lua: shows(
			'local own = cjson.new()',
			'show(own.encode_sparse_array(true))',
			'show(own.encode({ [1] = 1, [1000] = 2 }) == \'{"1":1,"1000":2}\', safe.encode({ [1000] = 2 }))',
			'show(own.decode_array_with_array_mt(true), own.encode(own.decode("[]")), cjson.encode(cjson.decode("[]")))',
			'show(own.encode_number_precision(3), own.encode(1 / 3), cjson.encode(1 / 3))',
			'show(own.encode_invalid_numbers("null"), own.encode(1 / 0), own.encode_invalid_numbers(true), own.encode(-1 / 0))',
			'show(own.decode_invalid_numbers(false), pcall(own.decode, "0x10"))',
			'show(own.encode_max_depth(1), pcall(own.encode, { {} }))',
			'show(own.decode_max_depth(1), pcall(own.decode, "[[]]"))',
			'show(own.encode_keep_buffer(), own.encode_keep_buffer("off"), pcall(own.encode_max_depth, 0))',
			'show(own.encode_escape_forward_slash(false), own.encode("/"), own.encode_empty_table_as_object(false), own.encode({}))',
			'show(own.decode_allow_comment(true), own.decode("/* a */ 1 // b") == 1)',
		),
		body: [
			'true 2 10',
			'true nil Cannot serialise table: excessively sparse array',
			'true [] {}',
			'3 0.333 0.33333333333333',
			'null null true -Infinity',
			'false false Expected value but found invalid number at character 1',
			'1 false Cannot serialise, excessive nesting (2)',
			'1 false Found too many nested data structures (2) at character 2',
			"true false false bad argument #1 to 'encode_max_depth' (expected integer between 1 and 2147483647)",
			'false "/" false []',
			'true true',
		].join('\n'),
	},
	{
		name: 'cjson goes as deep as it is told to',
		lua: shows(
			'local deep = cjson.new()',
			'deep.encode_max_depth(30000) deep.decode_max_depth(30000)',
			'local text = string.rep("[", 20000) .. string.rep("]", 20000)',
			'deep.encode_empty_table_as_object(false)',
			'show(deep.encode(deep.decode(text)) == text, pcall(cjson.decode, text))',
		),
		body: 'true false Found too many nested data structures (1001) at character 1001',
	},
	{
		name: 'base64 writes and reads any bytes, in any alphabet',
		lua: shows(
			'local all = {} for i = 0, 255 do all[i + 1] = string.char(i) end all = table.concat(all)',
			'show(base64.encode("\\0\\255hello>>>???"), base64.encode(""), base64.decode(base64.encode(all)) == all)',
			'local url = base64.makeencoder("-", "_", "")',
			'show(base64.encode("\\255\\255>>>?", url), base64.decode("__8-Pj4_", base64.makedecoder("-", "_")) == "\\255\\255>>>?")',
			'show(base64.decode("aGVs\\nbG8="), pcall(base64.encode, nil))',
		),
		body: [
			'AP9oZWxsbz4+Pj8/Pw==  true',
			'__8-Pj4_ true',
			"hello false bad argument #1 to 'encode' (string expected, got nil)",
		].join('\n'),
	},
	{
		name: 'a file in the folder goes before a library of the host',
		lua: lua('KSR.xhttp.xhttp_reply(200, "OK", "text/plain", require("cjson").name)'),
		options: { files: { 'cjson.lua': 'return { name = "mine" }' } },
		body: 'mine',
	},
	{
		name: 'a library that the host has not is named, with what to do instead',
		lua: lua('require("lfs")'),
		check: async (host) => {
			await fails(host, 500, /handler\.lua:2: module 'lfs' not found: .*folder.*a script has no files/);
		},
	},
];
