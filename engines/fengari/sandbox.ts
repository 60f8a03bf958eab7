/**
 * What a fengari state contains besides KSR: the safe libraries of Lua, and the prelude that both Lua engines
 * share.
 *
 * @module
 */
import type { EngineOptions } from '../engine.ts';
import { jsonFunctions } from '../lua/cjson/functions.ts';
import { hostFunctions, MAX_STRING } from '../lua/host.ts';
import type { HostFunction } from '../lua/host-function.ts';
import { findPattern, findPlain } from '../lua/pattern.ts';
import { PatternError } from '../lua/pattern-compiler.ts';
import { PRELUDE } from '../lua/prelude.ts';
import type { LuaCFunction, LuaState } from './api.ts';
import { atOnceFunctions } from './at-once.ts';
import type { Deadline } from './deadline.ts';
import { lauxlib, lua, lualib } from './library.ts';
import { luaTables } from './tables.ts';
import { fromLuaString, pushValue, toLuaString, toRaw } from './values.ts';

/** The libraries that give nothing of the host away. io, os, package and debug stay closed. */
const LIBRARIES: readonly (readonly [string, LuaCFunction])[] = [
	['_G', lualib.luaopen_base],
	['coroutine', lualib.luaopen_coroutine],
	['table', lualib.luaopen_table],
	['string', lualib.luaopen_string],
	['utf8', lualib.luaopen_utf8],
	['math', lualib.luaopen_math],
];

/**
 * Opens the libraries in a new state, replaces what could outlive the deadline, and runs the prelude.
 * @param files gets the name of each file that `require` reads
 */
export function openSandbox(
	L: LuaState,
	deadline: Deadline,
	options: EngineOptions,
	files: Set<string>,
	waiting: Readonly<Record<string, HostFunction>>,
): void {
	for (const [name, open] of LIBRARIES) {
		lauxlib.luaL_requiref(L, toLuaString(name), open, 1);
		lua.lua_pop(L, 1);
	}
	setGlobal(L, 'pcall', deadline.pcall);
	setGlobal(L, 'xpcall', deadline.xpcall);
	replaceIn(L, 'coroutine', 'resume', (original) => deadline.resume(original));
	replaceIn(L, 'math', 'tointeger', () => toExactInteger);
	runPrelude(L, deadline, options, files, waiting);
}

function setGlobal(L: LuaState, name: string, fn: LuaCFunction): void {
	lua.lua_pushcfunction(L, fn);
	lua.lua_setglobal(L, toLuaString(name));
}

/** A function in a library's table. */
function libraryFunction(L: LuaState, library: string, name: string): LuaCFunction {
	lua.lua_getglobal(L, toLuaString(library));
	lua.lua_getfield(L, -1, toLuaString(name));
	const own = lua.lua_tocfunction(L, -1);
	lua.lua_pop(L, 2);
	return own;
}

/** Puts another function in the place of one in a library's table. */
function replaceIn(
	L: LuaState,
	library: string,
	name: string,
	make: (original: LuaCFunction) => LuaCFunction,
): void {
	const original = libraryFunction(L, library, name);
	lua.lua_getglobal(L, toLuaString(library));
	lua.lua_pushcfunction(L, make(original));
	lua.lua_setfield(L, -2, toLuaString(name));
	lua.lua_pop(L, 1);
}

/** `math.tointeger`: the library's own would cut fractions off (library.ts). */
const toExactInteger: LuaCFunction = (L) => {
	const value = lua.lua_type(L, 1) === lua.LUA_TNUMBER ? lua.lua_tonumber(L, 1) : Number.NaN;
	if (value === (value | 0)) lua.lua_pushinteger(L, value | 0);
	else lua.lua_pushnil(L);
	return 1;
};

/** A function of the host as a Lua function. */
function toCFunction(fn: HostFunction): LuaCFunction {
	return (L) => {
		const args = Array.from({ length: lua.lua_gettop(L) }, (_, i) => toRaw(L, i + 1));
		const results = fn(...args);
		for (const result of results) pushValue(L, result);
		return results.length;
	};
}

/** The number of the upvalue called `_ENV` of the function at a stack index; 0 if it has none. */
function environmentUpvalue(L: LuaState, index: number): number {
	for (let n = 1; ; n++) {
		const name = lua.lua_getupvalue(L, index, n);
		if (name === null) return 0;
		lua.lua_pop(L, 1);
		if (fromLuaString(name) === '_ENV') return n;
	}
}

/** What `setfenv` and `getfenv` need of the debug library, which stays closed. */
const ENVIRONMENT_FUNCTIONS: Readonly<Record<string, LuaCFunction>> = {
	environment: (L) => {
		const upvalue = environmentUpvalue(L, 1);
		if (upvalue === 0) return 0;
		lua.lua_getupvalue(L, 1, upvalue);
		return 1;
	},
	joinEnvironment: (L) => {
		const upvalue = environmentUpvalue(L, 1);
		if (upvalue > 0) lua.lua_upvaluejoin(L, 1, upvalue, 2, 1);
		return 0;
	},
	functionAt: (L) => {
		const info = new lua.lua_Debug();
		if (!lua.lua_getstack(L, lua.lua_tonumber(L, 1), info)) return 0;
		lua.lua_getinfo(L, toLuaString('f'), info);
		return 1;
	},
};

/** Functions that look at the deadline while they work: a tick for the prelude, and pattern matching. */
function deadlineFunctions(deadline: Deadline): Record<string, LuaCFunction> {
	const bytes = (L: LuaState, index: number) => lua.lua_tolstring(L, index) as Uint8Array;
	const init = (L: LuaState) => lua.lua_tonumber(L, 3) - 1;
	const give = (L: LuaState, results: readonly (string | number | boolean)[] | undefined): number => {
		lua.lua_checkstack(L, results?.length ?? 1);
		for (const result of results ?? [null]) pushValue(L, result);
		return results?.length ?? 1;
	};
	return {
		tick: (L) => {
			deadline.check(L);
			return 0;
		},
		match: (L) => {
			try {
				return give(
					L,
					findPattern(bytes(L, 1), fromLuaString(bytes(L, 2)), init(L), () => deadline.check(L)),
				);
			} catch (error) {
				if (error instanceof PatternError) return give(L, [false, error.message]);
				throw error;
			}
		},
		search: (L) => give(L, findPlain(bytes(L, 1), fromLuaString(bytes(L, 2)), init(L))),
	};
}

function load(L: LuaState, code: Uint8Array, mode: 't' | 'b'): void {
	const name = toLuaString('=kemihost');
	if (lauxlib.luaL_loadbufferx(L, code, code.length, name, toLuaString(mode)) !== lua.LUA_OK)
		throw new Error(fromLuaString(lua.lua_tolstring(L, -1) as Uint8Array));
}

/** The prelude without its debug information: to read that takes an engine a tenth of the time of compiling. */
let compiledPrelude: Uint8Array | undefined;

function compilePrelude(L: LuaState): Uint8Array {
	load(L, toLuaString(PRELUDE), 't');
	const parts: Uint8Array[] = [];
	const write = (_L: LuaState, bytes: Uint8Array, size: number) => {
		parts.push(bytes.slice(0, size));
		return 0;
	};
	lua.lua_dump(L, write, null, 1);
	lua.lua_pop(L, 1);
	return Uint8Array.from(Buffer.concat(parts));
}

function runPrelude(
	L: LuaState,
	deadline: Deadline,
	options: EngineOptions,
	files: Set<string>,
	waiting: Readonly<Record<string, HostFunction>>,
): void {
	compiledPrelude ??= compilePrelude(L);
	load(L, compiledPrelude, 'b');
	lua.lua_createtable(L, 0, 0);
	lua.lua_pushboolean(L, true);
	lua.lua_setfield(L, -2, toLuaString('stripped'));
	const functions = { ...hostFunctions(options, files), ...waiting };
	for (const [name, fn] of Object.entries(functions)) setField(L, name, toCFunction(fn));
	for (const [name, fn] of Object.entries(ENVIRONMENT_FUNCTIONS)) setField(L, name, fn);
	for (const [name, fn] of Object.entries(deadlineFunctions(deadline))) setField(L, name, fn);
	for (const [name, fn] of Object.entries(
		atOnceFunctions((own) => libraryFunction(L, 'string', own), deadline),
	))
		setField(L, name, fn);
	for (const [name, fn] of Object.entries(jsonFunctions(luaTables(deadline)))) setField(L, name, fn);
	lua.lua_pushnumber(L, MAX_STRING);
	lua.lua_setfield(L, -2, toLuaString('maxString'));
	if (lua.lua_pcallk(L, 1, 0, 0, 0, null) !== lua.LUA_OK)
		throw new Error(fromLuaString(lua.lua_tolstring(L, -1) as Uint8Array));
}

function setField(L: LuaState, name: string, fn: LuaCFunction): void {
	lua.lua_pushcfunction(L, fn);
	lua.lua_setfield(L, -2, toLuaString(name));
}
