/**
 * What a wasmoon state contains besides KSR: the safe libraries of Lua, and the prelude. The libraries io, os,
 * package and debug are never opened.
 *
 * @module
 */
import { jsonFunctions } from '../lua/cjson/functions.ts';
import { MAX_STRING } from '../lua/host.ts';
import type { HostFunction } from '../lua/host-function.ts';
import { PRELUDE } from '../lua/prelude.ts';
import { environmentFunctions } from './environments.ts';
import { LuaStatus } from './exports.ts';
import type { CFunction, LuaModule } from './module.ts';
import { patternFunctions } from './patterns.ts';
import { luaTables } from './tables.ts';
import type { LuaValues } from './values.ts';

/** The heap bounds what these build: they stop when it is full. */
const BOUNDED_BY_HEAP = { 'table.concat': true, 'string.format': true };

/** Opens the libraries. */
export function openLibraries(module: LuaModule, values: LuaValues): void {
	const { lua, main: L } = module;
	const libraries: Readonly<Record<string, CFunction>> = {
		_G: lua.luaopen_base,
		coroutine: lua.luaopen_coroutine,
		table: lua.luaopen_table,
		string: lua.luaopen_string,
		math: lua.luaopen_math,
		utf8: lua.luaopen_utf8,
	};
	for (const [name, open] of Object.entries(libraries))
		values.lend(name, (at) => lua.luaL_requiref(L, at, module.addressOf(open), 1));
	lua.lua_settop(L, 0);
}

/**
 * Runs the prelude.
 * @param host the functions that it builds on
 */
export function runPrelude(
	module: LuaModule,
	values: LuaValues,
	host: Readonly<Record<string, HostFunction>>,
): void {
	const { lua, main: L } = module;
	if (!values.load(L, PRELUDE, '=kemihost')) throw new Error(values.string(L, -1));
	values.push(L, { maxString: MAX_STRING, bounded: BOUNDED_BY_HEAP });
	const functions: Record<string, CFunction> = {
		...environmentFunctions(module, values),
		...patternFunctions(module, values),
		...jsonFunctions(luaTables(module, values)),
		tick: (caller) => {
			module.checkDeadline(caller);
			return 0;
		},
	};
	for (const [name, fn] of Object.entries(host)) {
		functions[name] = (caller) => {
			const results = fn(...values.args(caller));
			for (const result of results) values.push(caller, result);
			return results.length;
		};
	}
	for (const [name, fn] of Object.entries(functions)) {
		values.pushString(L, name);
		module.pushFunction(L, fn);
		lua.lua_rawset(L, -3);
	}
	if (lua.lua_pcallk(L, 1, 0, 0, 0, 0) !== LuaStatus.ok) throw new Error(values.string(L, -1));
}
