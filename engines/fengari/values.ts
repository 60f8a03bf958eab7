/**
 * Converts values between fengari and the host.
 *
 * @module
 */
import { ForeignValue, type KemiValue, type RawValue } from '../../src/kemi/value.ts';
import type { LuaName, LuaState } from './api.ts';
import { internals, type LuaText, type StackState, type StackValue } from './internals.ts';
import { lua } from './library.ts';

const { latin1Slice, latin1Write } = Buffer.prototype as unknown as {
	latin1Slice(this: Uint8Array, start: number, end: number): string;
	latin1Write(this: Uint8Array, text: string, start: number, length: number): number;
};

/** Up to this length a loop beats the call into Node's native code. */
const SHORT = 64;

/** A byte string as fengari holds strings. */
export function toLuaString(text: string): Uint8Array {
	const length = text.length;
	const bytes = new Uint8Array(length);
	if (length > SHORT) latin1Write.call(bytes, text, 0, length);
	else for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}

/** A name for `lua_getglobal`, whose key in tables is worked out but once. */
export function nameOf(L: LuaState, text: string): LuaName {
	const bytes = toLuaString(text);
	return internals === undefined ? bytes : new internals.TString(L, bytes);
}

/** The longest array whose bytes V8 keeps with the object. Native code that looks into one gives it memory of its own first. */
const ON_HEAP = 64;
const copy = Buffer.allocUnsafeSlow(ON_HEAP);

/** The byte string that fengari holds. */
export function fromLuaString(bytes: Uint8Array): string {
	const { length } = bytes;
	if (length > ON_HEAP) return latin1Slice.call(bytes, 0, length);
	copy.set(bytes);
	return latin1Slice.call(copy, 0, length);
}

/** Texts up to this length are kept with the string that they come from: a script's constants come again and again. */
const KEPT = 256;
/** The part of fengari's type numbers that is Lua's. */
const TYPE = 0x0f;

/** The byte string that a string of Lua is. */
export function textOf(string: LuaText): string {
	if (string.text !== null) return string.text;
	const text = fromLuaString(string.realstring);
	if (text.length <= KEPT) string.text = text;
	return text;
}

/** The Lua value at a stack index, for a KSR function. */
export function toRaw(L: LuaState, index: number): RawValue {
	switch (lua.lua_type(L, index)) {
		case lua.LUA_TSTRING:
			return fromLuaString(lua.lua_tolstring(L, index) as Uint8Array);
		case lua.LUA_TNUMBER:
			return lua.lua_tonumber(L, index);
		case lua.LUA_TBOOLEAN:
			return lua.lua_toboolean(L, index);
		case lua.LUA_TNIL:
			return null;
		default:
			return new ForeignValue(typeName(L, index));
	}
}

/** The argument of a function that Lua has called, where it is a string. Only where there are `internals`. */
export function stringAt(L: LuaState, index: number): LuaText | undefined {
	const { stack, ci, top } = L as StackState;
	const place = ci.funcOff + index;
	if (place >= top) return undefined;
	const { type, value } = stack[place] as StackValue;
	return (type & TYPE) === lua.LUA_TSTRING ? (value as LuaText) : undefined;
}

/** The arguments of the function that Lua has called. */
export function argumentsOf(L: LuaState): RawValue[] {
	const count = lua.lua_gettop(L);
	const args: RawValue[] = new Array(count);
	if (internals === undefined) {
		for (let i = 0; i < count; i++) args[i] = toRaw(L, i + 1);
		return args;
	}
	const { stack, ci } = L as StackState;
	for (let i = 0; i < count; i++) {
		const { type, value } = stack[ci.funcOff + 1 + i] as StackValue;
		switch (type & TYPE) {
			case lua.LUA_TSTRING:
				args[i] = textOf(value as LuaText);
				break;
			case lua.LUA_TNUMBER:
			case lua.LUA_TBOOLEAN:
			case lua.LUA_TNIL:
				args[i] = value as number | boolean | null;
				break;
			default:
				args[i] = new ForeignValue(typeName(L, i + 1));
		}
	}
	return args;
}

/** Pushes a byte string. */
export function pushText(L: LuaState, text: string): void {
	if (internals === undefined) {
		lua.lua_pushstring(L, toLuaString(text));
		return;
	}
	const { TString, TValue, stringType } = internals;
	const state = L as StackState;
	// The text itself is not kept with it: a module of one's own may give one that is no byte string.
	state.stack[state.top++] = new TValue(stringType, new TString(L, toLuaString(text)));
}

/** The name of the type of the value at a stack index. */
export function typeName(L: LuaState, index: number): string {
	return fromLuaString(lua.lua_typename(L, lua.lua_type(L, index)));
}

/** Pushes what a KSR function gave. */
export function pushValue(L: LuaState, value: KemiValue | undefined): void {
	switch (typeof value) {
		case 'string':
			pushText(L, value);
			return;
		case 'number':
			lua.lua_pushnumber(L, value);
			return;
		case 'boolean':
			lua.lua_pushboolean(L, value);
			return;
		case 'undefined':
			lua.lua_pushnil(L);
			return;
		case 'object':
			if (value === null) lua.lua_pushnil(L);
			else if (Array.isArray(value)) pushArray(L, value);
			else pushRecord(L, value);
	}
}

function pushArray(L: LuaState, values: readonly KemiValue[]): void {
	lua.lua_createtable(L, values.length, 0);
	for (const [i, value] of values.entries()) {
		pushValue(L, value);
		lua.lua_rawseti(L, -2, i + 1);
	}
}

function pushRecord(L: LuaState, record: Readonly<Record<string, KemiValue>>): void {
	lua.lua_createtable(L, 0, 0);
	for (const [key, value] of Object.entries(record)) {
		pushValue(L, value);
		lua.lua_setfield(L, -2, toLuaString(key));
	}
}
