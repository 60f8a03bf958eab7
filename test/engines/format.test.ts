import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../support/host.ts';

/** Calls of `string.format`, and what C's printf() gives, or how they fail. */
const CALLS: readonly (readonly [arguments: string, result: string | RegExp])[] = [
	['"plain"', 'plain'],
	['""', ''],
	['"%s and %s", "a", "b"', 'a and b'],
	['"%s|%s", 1, 2.5', '1|2.5'],
	['"%s", 3000000000', '3000000000'],
	['"%s", 1e15', '1e+15'],
	['"%s", #"abc"', '3'],
	['"%d%%, %d", 50, -7', '50%, -7'],
	['"%d", -0.0', '0'],
	['"%d", "12"', '12'],
	['"%d", 3.7', '3'],
	['"%d", 3000000000', '3000000000'],
	['"%s %s %s", nil, true, setmetatable({}, { __tostring = function() return "me" end })', 'nil true me'],
	['"%s", "\\0\\255"', '\0\xff'],
	['"%5s|%-5s|%.1s", "a", "b", "cd"', '    a|b    |c'],
	['"%05d|%x", 42, 255', '00042|ff'],
	['"%s", "a", "surplus"', 'a'],
	['"%s"', /no value/],
	['"%d", "a"', /number expected/],
	['"%"', /no value/],
	['"%y", 1', /invalid/],
	['nil', /string expected/],
	['12', '12'],
];

/** Replies with what each of the calls gave, one a line; what failed is marked. */
const SCRIPT = `function ksr_xhttp_event()
	local out = {}
	local function add(good, text) out[#out + 1] = (good and "" or "! ") .. text end
	${CALLS.map(([args]) => `add(pcall(string.format, ${args}))`).join('\n')}
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\\n"))
end`;

for (const engine of ['fengari', 'wasmoon'])
	test(`${engine}: string.format writes as in Lua 5.1`, async (t) => {
		const { request } = await hostFor(t, SCRIPT, { engine });
		const lines = (await request()).body.split('\n');
		for (const [i, [args, result]] of CALLS.entries()) {
			if (typeof result === 'string') assert.equal(lines[i], result, args);
			else assert.match(lines[i] ?? '', new RegExp(`^! .*${result.source}`), args);
		}
	});
