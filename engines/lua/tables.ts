/**
 * The part of Lua's C API that host code shared by both Lua engines needs to read and build values of any depth.
 * Each engine implements it; names and stack indexes have the meaning they have in Lua's manual. `L` is the
 * engine's handle of a thread.
 *
 * @module
 */

/** What `lua_type` gives, in every version of Lua. */
export const LUA_TYPE = {
	nil: 0,
	boolean: 1,
	lightUserdata: 2,
	number: 3,
	string: 4,
	table: 5,
} as const;

/** The two values that stand for what JSON has and Lua has not. Both are light userdata. */
export type Marker = 'null' | 'emptyArray';

/** Reads and builds tables on the stack of a thread. Table access is raw: no metamethod of the script runs. */
export interface LuaTables<L> {
	/** The type at a stack index, by its number. */
	type(L: L, index: number): number;
	/** The name of that type. */
	typeName(L: L, index: number): string;
	/** The string at a stack index, as a byte string. Only for strings. */
	string(L: L, index: number): string;
	/** The number at a stack index, a bigint where it would lose digits otherwise. */
	number(L: L, index: number): number | bigint;
	/** True if the number at a stack index is one of Lua's integers. */
	isInteger(L: L, index: number): boolean;
	boolean(L: L, index: number): boolean;
	/** The marker at a stack index; undefined for any other light userdata. */
	marker(L: L, index: number): Marker | undefined;
	/** The length of a table. */
	length(L: L, index: number): number;
	/** `lua_next`: takes a key off the stack, pushes the next and its value; false (and nothing pushed) at the end. */
	next(L: L, index: number): boolean;
	/** Pushes `t[n]`. */
	getItem(L: L, index: number, n: number): void;
	/** True if the table at `index` has the table at `other` for its metatable. */
	hasMetatable(L: L, index: number, other: number): boolean;

	pushNil(L: L): void;
	pushBoolean(L: L, value: boolean): void;
	pushString(L: L, bytes: string): void;
	/** Pushes a whole number of 64 bits, as the engine's Lua reads such a numeral. */
	pushInteger(L: L, value: bigint): void;
	/** Pushes a number with a fraction, or out of the range of integers. */
	pushFloat(L: L, value: number): void;
	pushMarker(L: L, marker: Marker): void;
	pushTable(L: L): void;
	/** Pushes a copy of what is at a stack index. */
	pushCopy(L: L, index: number): void;
	pop(L: L, count: number): void;
	/** `t[n] = v` with v on top, which is popped. */
	setItem(L: L, index: number, n: number): void;
	/** `t[k] = v` with k and v on top, which are popped. */
	setField(L: L, index: number): void;
	/** Gives the table on top the table at `index` for its metatable. */
	setMetatable(L: L, index: number): void;
	/** Makes sure of room on the stack; false if there can be none. */
	reserve(L: L, slots: number): boolean;
	/** Ends the script where its CPU time is up. */
	tick(L: L): void;
}

/** A function of the host on a thread's stack: pushes its results and gives their number. */
export type StackFunction<L> = (L: L) => number;
