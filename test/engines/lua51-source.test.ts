import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forNewerLua } from '../../engines/lua/lua51-source.ts';

test('unknown escapes lose their backslash, known ones keep it', () => {
	const cases: [before: string, after: string][] = [
		[String.raw`x = "\.\/\-"`, 'x = "./-"'],
		[String.raw`x = '\d+\s'`, "x = 'd+s'"],
		[String.raw`x = "\n\t\\\"\065\x41\z\u{e4}"`, String.raw`x = "\n\t\\\"\065\x41\z\u{e4}"`],
		[String.raw`x = "\u00e4\xZZ"`, 'x = "u00e4xZZ"'],
		['-- "\\." stays', '-- "\\." stays'],
		[String.raw`--[[ "\." ]] x = "\."`, String.raw`--[[ "\." ]] x = "."`],
		[String.raw`x = [==[ "\." ]] ]==] .. "\."`, String.raw`x = [==[ "\." ]] ]==] .. "."`],
		[String.raw`x = "it's \." y = '"\.'`, `x = "it's ." y = '".'`],
		['x = "a\\\nb"', 'x = "a\\\nb"'],
		[String.raw`x = "open\.`, String.raw`x = "open\.`],
	];
	for (const [before, after] of cases) assert.equal(forNewerLua(before), after);
});

test('a long hostile source takes no longer than it is long', () => {
	forNewerLua('"'.repeat(100_000));
	forNewerLua(`"${'\\.'.repeat(100_000)}`);
	forNewerLua(`${'--[['.repeat(50_000)}\\`);
	forNewerLua(`${'[['.repeat(50_000)}\\`);
});
