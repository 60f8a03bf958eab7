/**
 * Direct access to the values on fengari's stack: reading an argument and pushing a text this way costs a tenth of
 * what the functions of Lua's C API cost. If another version of fengari is built differently, `internals` is
 * undefined, and `values.ts` uses those functions.
 *
 * @module
 */
import type { LuaState } from './api.ts';
import { lauxlib, lua, requireFengari } from './library.ts';

/** A string of Lua. It never changes, so its text can be kept with it. */
export interface LuaText {
	/** Its bytes. */
	readonly realstring: Uint8Array;
	/** Its text as a byte string, once somebody has asked for it (`sources.ts` adds the field). */
	text: string | null;
}

/** A value on the stack. */
export interface StackValue {
	readonly type: number;
	readonly value: unknown;
}

/** The fields of a thread that are used. */
export interface StackState extends LuaState {
	readonly stack: StackValue[];
	top: number;
	readonly ci: LuaState['ci'] & { readonly funcOff: number };
}

/** What is needed of fengari's files. */
export interface Internals {
	readonly TValue: new (type: number, value: unknown) => StackValue;
	readonly TString: new (L: LuaState, bytes: Uint8Array) => LuaText;
	/** The type of a string that is pushed. */
	readonly stringType: number;
}

/** Whether a string of Lua's can be a name (`sources.ts` sees to it). */
function takesNames(L: LuaState, name: LuaText): boolean {
	try {
		return lua.lua_getglobal(L, name) === lua.LUA_TNIL;
	} catch {
		return false;
	}
}

/** Looks whether a text that the API pushes lies where it is expected. */
function find(): Internals | undefined {
	const { TValue } = requireFengari('lobject') as Partial<Internals>;
	const { TString } = requireFengari('lstring') as Partial<Internals>;
	const L = lauxlib.luaL_newstate() as StackState;
	const bytes = Uint8Array.of(97);
	lua.lua_pushstring(L, bytes);
	const pushed = L.stack?.[L.top - 1];
	const text = pushed?.value as LuaText | undefined;
	const expected =
		TValue !== undefined &&
		TString !== undefined &&
		L.ci.funcOff + 1 === L.top - 1 &&
		pushed instanceof TValue &&
		text instanceof TString &&
		text.realstring?.[0] === 97 &&
		text.text === null &&
		new TString(L, bytes).realstring === bytes &&
		takesNames(L, text);
	lua.lua_close(L);
	return expected ? { TValue, TString, stringType: pushed.type } : undefined;
}

export const internals: Internals | undefined = find();
