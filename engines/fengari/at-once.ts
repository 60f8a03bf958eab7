/**
 * Functions of the string library that the prelude has put behind functions in Lua, which see to it that they do not run for long
 * and give what Lua 5.1 gives. Nearly all calls are of the short and simple kind, which needs none of that: these are done here at
 * once, and only the rest goes to the prelude.
 *
 * @module
 */
import { KEPT_PATTERNS, PLAIN_STEPS } from '../lua/prelude/patterns.ts';
import type { LuaCFunction, LuaState } from './api.ts';
import type { Deadline } from './deadline.ts';
import { formatAtOnce } from './format.ts';
import { internals } from './internals.ts';
import { lua } from './library.ts';
import { fromLuaString, stringAt, textOf } from './values.ts';

/** Does a call: gives the number of results, or undefined if the prelude has to. */
type AtOnce = (L: LuaState) => number | undefined;

/** A subject from this length on can take so long that the deadline is looked at. */
const LONG = 1000;
/** The sign that anchors a pattern. In `gmatch` it means itself, which Lua's own function does not know. */
const ANCHOR = 94;

/**
 * What the prelude is given for it: nothing where fengari is built differently (`internals.ts`). Has to come before the prelude,
 * which replaces Lua's own functions.
 * @param ownFunction gives Lua's own function of a name
 */
export function atOnceFunctions(
	ownFunction: (name: string) => LuaCFunction,
	deadline: Deadline,
): Readonly<Record<string, LuaCFunction>> {
	if (internals === undefined) return {};
	const limits = new Map<string, number>();

	/** Lua's own function where the subject is short enough for the pattern. */
	const matching =
		(own: LuaCFunction): AtOnce =>
		(L) => {
			const subject = stringAt(L, 1);
			const pattern = stringAt(L, 2);
			if (subject === undefined || pattern === undefined) return undefined;
			const { length } = subject.realstring;
			const longest = limits.get(textOf(pattern));
			if (longest === undefined || length > longest) return undefined;
			if (length > LONG) deadline.check(L);
			return own(L);
		};
	const find = ownFunction('find');
	const findPattern = matching(find);
	const gmatch = matching(ownFunction('gmatch'));
	const functions: Readonly<Record<string, AtOnce>> = {
		find(L) {
			if (lua.lua_gettop(L) < 4 || !lua.lua_toboolean(L, 4)) return findPattern(L);
			const size = (index: number) => stringAt(L, index)?.realstring.length ?? Number.NaN;
			return size(1) * size(2) <= PLAIN_STEPS ? find(L) : undefined;
		},
		format: formatAtOnce,
		gmatch: (L) => (stringAt(L, 2)?.realstring[0] === ANCHOR ? undefined : gmatch(L)),
		gsub: matching(ownFunction('gsub')),
		match: matching(ownFunction('match')),
	};

	const results: (L: LuaState) => number = (L) => lua.lua_gettop(L);
	return {
		atOnce(L) {
			const atOnce = functions[fromLuaString(lua.lua_tolstring(L, 1) as Uint8Array)] as AtOnce;
			lua.lua_pushvalue(L, 2);
			lua.lua_pushcclosure(
				L,
				(L) => {
					const done = atOnce(L);
					if (done !== undefined) return done;
					lua.lua_pushvalue(L, lua.lua_upvalueindex(1));
					lua.lua_insert(L, 1);
					lua.lua_callk(L, lua.lua_gettop(L) - 1, lua.LUA_MULTRET, 0, results);
					return results(L);
				},
				1,
			);
			return 1;
		},
		learn(L) {
			if (limits.size === KEPT_PATTERNS) limits.clear();
			limits.set(fromLuaString(lua.lua_tolstring(L, 1) as Uint8Array), lua.lua_tonumber(L, 2));
			return 0;
		},
	};
}
