/**
 * The part of fengari's API that the engine uses. fengari has no types of its own; the functions are those of Lua's
 * C API, described in the Lua 5.3 reference manual, section 4.
 *
 * @module
 */

/** A Lua thread. Some of its fields are needed to keep the CPU deadline (deadline.ts). */
export interface LuaState {
	/** Whether hooks may be called; fengari forgets to set it again in one place. */
	allowhook: number;
	/** The stack slot of the message handler of the innermost xpcall. */
	errfunc: number;
	/** The instruction count between two calls of the hook. */
	basehookcount: number;
	/** The innermost stack frame. */
	ci: CallInfo;
}

/** A stack frame. */
export interface CallInfo {
	callstatus: number;
	previous: CallInfo | null;
}

/** A Lua value inside fengari. */
export interface TValue {
	value: unknown;
	ttisinteger(): boolean;
	setfltvalue(value: number): void;
}

/** A function as Lua calls it: arguments on the stack, gives the number of results. */
export type LuaCFunction = (L: LuaState) => number;
/** Continues a call after a yield. */
export type LuaKFunction = (L: LuaState, status: number, context: number) => number;

/** Filled by `lua_getinfo`. */
export interface LuaDebug {
	name: Uint8Array | null;
	namewhat: Uint8Array | null;
	what: Uint8Array | null;
	source: Uint8Array;
	short_src: Uint8Array;
	currentline: number;
	linedefined: number;
}

/** A name: its bytes, or a string of Lua's (`sources.ts`). */
export type LuaName = Uint8Array | { readonly realstring: Uint8Array };

/** `lua.h` */
export interface LuaApi {
	readonly LUA_OK: number;
	readonly LUA_YIELD: number;
	readonly LUA_MULTRET: number;
	readonly LUA_MASKCOUNT: number;
	readonly LUA_TNIL: number;
	readonly LUA_TBOOLEAN: number;
	readonly LUA_TNUMBER: number;
	readonly LUA_TSTRING: number;
	readonly LUA_TTABLE: number;
	readonly LUA_TFUNCTION: number;
	readonly LUA_REGISTRYINDEX: number;
	readonly lua_Debug: new () => LuaDebug;
	lua_atnativeerror(L: LuaState, handler: LuaCFunction): LuaCFunction | null;
	lua_callk(
		L: LuaState,
		args: number,
		results: number,
		context: number,
		continuation: LuaKFunction | null,
	): void;
	lua_checkstack(L: LuaState, count: number): boolean;
	lua_close(L: LuaState): void;
	lua_dump(
		L: LuaState,
		writer: (L: LuaState, bytes: Uint8Array, size: number, data: unknown) => number,
		data: unknown,
		strip: number,
	): number;
	lua_createtable(L: LuaState, arrayHint: number, recordHint: number): void;
	lua_error(L: LuaState): never;
	lua_gc(L: LuaState, what: number, data: number): number;
	lua_getglobal(L: LuaState, name: LuaName): number;
	lua_getmetatable(L: LuaState, index: number): boolean;
	lua_getinfo(L: LuaState, what: Uint8Array, info: LuaDebug): number;
	lua_getupvalue(L: LuaState, index: number, n: number): Uint8Array | null;
	lua_upvalueindex(n: number): number;
	lua_upvaluejoin(L: LuaState, a: number, n: number, b: number, m: number): void;
	lua_getstack(L: LuaState, level: number, info: LuaDebug): number;
	lua_gettop(L: LuaState): number;
	lua_insert(L: LuaState, index: number): void;
	lua_isinteger(L: LuaState, index: number): boolean;
	lua_isyieldable(L: LuaState): boolean;
	lua_newthread(L: LuaState): LuaState;
	lua_next(L: LuaState, index: number): number;
	lua_pcallk(
		L: LuaState,
		args: number,
		results: number,
		handler: number,
		context: number,
		continuation: LuaKFunction | null,
	): number;
	lua_pop(L: LuaState, count: number): void;
	lua_pushboolean(L: LuaState, value: boolean): void;
	lua_pushcclosure(L: LuaState, fn: LuaCFunction, upvalues: number): void;
	lua_pushcfunction(L: LuaState, fn: LuaCFunction): void;
	lua_pushinteger(L: LuaState, value: number): void;
	lua_pushlightuserdata(L: LuaState, value: object): void;
	lua_pushnil(L: LuaState): void;
	lua_pushnumber(L: LuaState, value: number): void;
	lua_pushstring(L: LuaState, text: Uint8Array): void;
	lua_pushvalue(L: LuaState, index: number): void;
	lua_pushglobaltable(L: LuaState): void;
	lua_rawequal(L: LuaState, a: number, b: number): boolean;
	lua_rawgeti(L: LuaState, index: number, n: number): number;
	lua_rawlen(L: LuaState, index: number): number;
	lua_rawset(L: LuaState, index: number): void;
	lua_rawseti(L: LuaState, index: number, n: number): void;
	lua_resume(L: LuaState, from: LuaState | null, args: number): number;
	lua_rotate(L: LuaState, index: number, n: number): void;
	lua_setfield(L: LuaState, index: number, name: Uint8Array): void;
	lua_getfield(L: LuaState, index: number, name: Uint8Array): number;
	lua_setmetatable(L: LuaState, index: number): void;
	lua_sethook(L: LuaState, hook: (L: LuaState) => void, mask: number, count: number): void;
	lua_setglobal(L: LuaState, name: Uint8Array): void;
	lua_settop(L: LuaState, index: number): void;
	lua_toboolean(L: LuaState, index: number): boolean;
	lua_tocfunction(L: LuaState, index: number): LuaCFunction;
	lua_tolstring(L: LuaState, index: number): Uint8Array | null;
	lua_tonumber(L: LuaState, index: number): number;
	lua_touserdata(L: LuaState, index: number): unknown;
	lua_type(L: LuaState, index: number): number;
	lua_typename(L: LuaState, type: number): Uint8Array;
	lua_xmove(from: LuaState, to: LuaState, count: number): void;
	lua_yieldk(L: LuaState, results: number, context: number, continuation: LuaKFunction): number;
}

/** `lauxlib.h` */
export interface LauxApi {
	luaL_checkany(L: LuaState, index: number): void;
	luaL_checktype(L: LuaState, index: number, type: number): void;
	luaL_loadbufferx(L: LuaState, code: Uint8Array, size: number, name: Uint8Array, mode: Uint8Array): number;
	luaL_newstate(): LuaState;
	luaL_requiref(L: LuaState, name: Uint8Array, open: LuaCFunction, global: number): void;
	luaL_tolstring(L: LuaState, index: number): Uint8Array;
	luaL_where(L: LuaState, level: number): void;
}

/** `lualib.h` */
export interface LualibApi {
	luaopen_base: LuaCFunction;
	luaopen_coroutine: LuaCFunction;
	luaopen_table: LuaCFunction;
	luaopen_string: LuaCFunction;
	luaopen_utf8: LuaCFunction;
	luaopen_math: LuaCFunction;
}

/** The package's exports. */
export interface Fengari {
	lua: LuaApi;
	lauxlib: LauxApi;
	lualib: LualibApi;
}
