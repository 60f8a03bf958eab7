/**
 * The C API of Lua as wasmoon's WebAssembly file exports it, and the constants of this build. What is not used here
 * is left out. A Lua state, a thread and every C pointer is a number: an address in the module's memory.
 *
 * `lua_gc` is missing among the exports, and so is everything that C declares as variadic or as a macro.
 *
 * @module
 */

/** The address of a Lua state or thread. */
export type LuaState = number;
/** An address in the module's memory; 0 is NULL. */
export type Pointer = number;

/** The exports, in the order of Lua's manual. */
export interface LuaExports {
	readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
	readonly __indirect_function_table: {
		readonly length: number;
		get(index: number): (...args: number[]) => number;
		set(index: number, value: unknown): void;
		grow(count: number): number;
	};
	__wasm_call_ctors(): void;
	emscripten_stack_init(): void;
	stackSave(): Pointer;
	stackRestore(stack: Pointer): void;
	setThrew(threw: number, value: number): void;
	malloc(size: number): Pointer;
	free(block: Pointer): void;
	realloc(block: Pointer, size: number): Pointer;

	lua_checkstack(L: LuaState, count: number): number;
	lua_concat(L: LuaState, count: number): void;
	lua_createtable(L: LuaState, items: number, fields: number): void;
	lua_error(L: LuaState): number;
	lua_getallocf(L: LuaState, data: Pointer): number;
	lua_getinfo(L: LuaState, what: Pointer, info: Pointer): number;
	lua_getmetatable(L: LuaState, index: number): number;
	lua_getstack(L: LuaState, level: number, info: Pointer): number;
	lua_gettop(L: LuaState): number;
	lua_getupvalue(L: LuaState, fn: number, n: number): Pointer;
	lua_isinteger(L: LuaState, index: number): number;
	lua_isyieldable(L: LuaState): number;
	lua_newthread(L: LuaState): LuaState;
	lua_next(L: LuaState, index: number): number;
	lua_pcallk(L: LuaState, args: number, results: number, handler: number, ctx: number, k: Pointer): number;
	lua_pushboolean(L: LuaState, value: number): void;
	lua_pushcclosure(L: LuaState, fn: number, upvalues: number): void;
	lua_pushinteger(L: LuaState, value: bigint): void;
	lua_pushlightuserdata(L: LuaState, value: Pointer): void;
	lua_pushlstring(L: LuaState, text: Pointer, length: number): Pointer;
	lua_pushnil(L: LuaState): void;
	lua_pushnumber(L: LuaState, value: number): void;
	lua_pushvalue(L: LuaState, index: number): void;
	lua_rawequal(L: LuaState, a: number, b: number): number;
	lua_rawget(L: LuaState, index: number): number;
	lua_rawgeti(L: LuaState, index: number, key: bigint): number;
	lua_rawlen(L: LuaState, index: number): number;
	lua_rawset(L: LuaState, index: number): void;
	lua_rawseti(L: LuaState, index: number, key: bigint): void;
	lua_resetthread(L: LuaState): number;
	lua_resume(L: LuaState, from: LuaState, args: number, results: Pointer): number;
	lua_rotate(L: LuaState, index: number, count: number): void;
	lua_setallocf(L: LuaState, allocate: number, data: Pointer): void;
	lua_sethook(L: LuaState, hook: number, mask: number, count: number): void;
	lua_setmetatable(L: LuaState, index: number): number;
	lua_settop(L: LuaState, index: number): void;
	lua_toboolean(L: LuaState, index: number): number;
	lua_tointegerx(L: LuaState, index: number, isInteger: Pointer): bigint;
	lua_tolstring(L: LuaState, index: number, length: Pointer): Pointer;
	lua_tonumberx(L: LuaState, index: number, isNumber: Pointer): number;
	lua_touserdata(L: LuaState, index: number): Pointer;
	lua_type(L: LuaState, index: number): number;
	lua_upvaluejoin(L: LuaState, fn: number, n: number, otherFn: number, otherN: number): void;
	lua_xmove(from: LuaState, to: LuaState, count: number): void;
	lua_yieldk(L: LuaState, results: number, context: number, continuation: number): number;

	luaL_loadbufferx(L: LuaState, code: Pointer, size: number, name: Pointer, mode: Pointer): number;
	luaL_newstate(): LuaState;
	luaL_ref(L: LuaState, table: number): number;
	luaL_requiref(L: LuaState, name: Pointer, open: number, global: number): void;
	luaL_unref(L: LuaState, table: number, ref: number): void;
	luaL_where(L: LuaState, level: number): void;

	luaopen_base(L: LuaState): number;
	luaopen_coroutine(L: LuaState): number;
	luaopen_math(L: LuaState): number;
	luaopen_string(L: LuaState): number;
	luaopen_table(L: LuaState): number;
	luaopen_utf8(L: LuaState): number;
}

/** What `lua_type` gives. */
export const LuaType = {
	none: -1,
	nil: 0,
	boolean: 1,
	number: 3,
	string: 4,
	table: 5,
	function: 6,
	thread: 8,
} as const;

/** What `lua_resume`, `lua_pcallk` and `luaL_loadbufferx` give. */
export const LuaStatus = { ok: 0, yield: 1, memory: 4 } as const;

const LUAI_MAXSTACK = 1_000_000;
/** The pseudo-index of the registry. */
export const REGISTRY = -LUAI_MAXSTACK - 1000;
/** The pseudo-index of a C function's first upvalue. */
export const UPVALUE = REGISTRY - 1;
/** Where in the registry the table of globals is. */
export const REGISTRY_GLOBALS = 2n;

/** Calls a hook every so many instructions. */
export const MASK_COUNT = 8;

/** Offsets in the C structure `lua_Debug`, for pointers of 32 bits. */
export const LuaDebug = {
	name: 4,
	source: 16,
	sourceLength: 20,
	currentLine: 24,
	lineDefined: 28,
	shortSource: 44,
	size: 128,
} as const;
