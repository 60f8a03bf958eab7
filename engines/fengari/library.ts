/**
 * The fengari library, set up so that numbers behave as in Lua 5.1, which is what Kamailio's scripts are written for.
 *
 * fengari is Lua 5.3: `10/2` prints `5.0`, and its integers have 32 bits and wrap, so that `os.time()*1000` is
 * wrong. Here every number that a script writes or gets from KSR is a double, as all numbers are in Lua 5.1, and
 * whole doubles print without a fraction. Integers remain where the language makes them itself (`#t`, string
 * positions, bit operators).
 *
 * @module
 */
import { createRequire } from 'node:module';
import { formatG14 } from '../../src/number-text.ts';
import type { Fengari, LuaState, TValue } from './api.ts';
import { withChanges } from './sources.ts';

const require = createRequire(import.meta.url);

/**
 * fengari's own settings. The stack is as deep as Lua 5.1's; fengari's default takes a second to fill, and a runaway
 * recursion should end as an error of the script, not by the CPU limit.
 */
const SETTINGS = { LUA_COMPAT_FLOATSTRING: true, LUAI_MAXSTACK: 200_000 };

/** fengari reads this variable while it loads; other settings in it stay as they are. */
function loadConfigured(): Fengari {
	const before = process.env['FENGARICONF'];
	const settings = before ? JSON.parse(before) : {};
	process.env['FENGARICONF'] = JSON.stringify({ ...settings, ...SETTINGS });
	try {
		printNumbersAsLua51();
		cutFractionsOfArguments();
		return require('fengari') as Fengari;
	} finally {
		if (before === undefined) delete process.env['FENGARICONF'];
		else process.env['FENGARICONF'] = before;
	}
}

/** fengari prints infinity and large numbers in JavaScript's notation. Has to come before its other files load. */
function printNumbersAsLua51(): void {
	require('fengari/src/defs.js'); // it and luaconf.js need each other, in this order
	const settings = require('fengari/src/luaconf.js') as { lua_number2str: (value: number) => string };
	settings.lua_number2str = formatG14;
}

/** fengari's integers have 32 bits. */
const MAX_INTEGER = 2147483647;
const MIN_INTEGER = -2147483648;

/**
 * Library functions that want an integer take any number in Lua 5.1, and cut its fraction off: `string.sub(s, 1, n / 3)`.
 * Has to come before fengari's libraries load, which keep the function that is replaced here.
 */
function cutFractionsOfArguments(): void {
	const api = require('fengari/src/lapi.js') as {
		lua_tointegerx: (L: LuaState, index: number) => number | false;
		lua_tonumberx: (L: LuaState, index: number) => number | false;
	};
	const exact = api.lua_tointegerx;
	api.lua_tointegerx = (L, index) => {
		const integer = exact(L, index);
		if (integer !== false) return integer;
		const number = api.lua_tonumberx(L, index);
		if (number === false || Number.isNaN(number)) return false;
		return Math.max(MIN_INTEGER, Math.min(MAX_INTEGER, Math.trunc(number)));
	};
}

const HEX_INTEGER = /^\s*([+-]?)0x([\da-f]+)\s*$/i;

/** The function that reads numerals, in the lexer and in `tonumber`: where it finds an integer, a double comes out. */
function readNumeralsAsDoubles(): void {
	const objects = require('fengari/src/lobject.js') as {
		luaO_str2num: (text: Uint8Array, result: TValue) => number;
	};
	const read = objects.luaO_str2num;
	objects.luaO_str2num = (text, result) => {
		const length = read(text, result);
		if (length > 0 && result.ttisinteger()) result.setfltvalue(integerValue(text, result.value as number));
		return length;
	};
}

/** The value of an integer numeral; hexadecimal ones wrap at 32 bits in fengari, in Lua 5.1 they do not. */
function integerValue(text: Uint8Array, wrapped: number): number {
	if (wrapped >= 0 && text.length < 10) return wrapped;
	const [, sign, digits] = HEX_INTEGER.exec(Buffer.from(text).toString('latin1').replace(/\0.*$/s, '')) ?? [];
	if (digits === undefined) return wrapped;
	const value = Number.parseInt(digits, 16);
	return sign === '-' ? -value : value;
}

const fengari = withChanges(loadConfigured);
readNumeralsAsDoubles();

export const { lua, lauxlib, lualib } = fengari;

/** The mark of a stack frame that catches errors (lstate.h). */
export const { CIST_YPCALL } = require('fengari/src/lstate.js') as { CIST_YPCALL: number };

/** One of fengari's own files, by its name without the ending. */
export function requireFengari(name: string): unknown {
	return require(`fengari/src/${name}.js`);
}
