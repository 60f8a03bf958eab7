/**
 * Reading and building tables on wasmoon's stacks, for host code that both Lua engines share.
 *
 * @module
 */
import type { LuaTables, Marker } from '../lua/tables.ts';
import type { LuaState } from './exports.ts';
import type { LuaModule } from './module.ts';
import { type LuaValues, typeName } from './values.ts';

/** Light userdata is an address. NULL is what lua-cjson has for null; the other points to nothing anybody follows. */
const ADDRESSES: Readonly<Record<Marker, number>> = { null: 0, emptyArray: 4 };

/** wasmoon's stacks in the form that shared code takes. */
export function luaTables(module: LuaModule, values: LuaValues): LuaTables<LuaState> {
	const { lua } = module;
	return {
		type: (L, index) => lua.lua_type(L, index),
		typeName: (L, index) => typeName(lua.lua_type(L, index)),
		string: (L, index) => values.string(L, index),
		number: (L, index) => values.number(L, index),
		isInteger: (L, index) => lua.lua_isinteger(L, index) === 1,
		boolean: (L, index) => lua.lua_toboolean(L, index) === 1,
		marker(L, index) {
			const address = lua.lua_touserdata(L, index);
			return address === ADDRESSES.null
				? 'null'
				: address === ADDRESSES.emptyArray
					? 'emptyArray'
					: undefined;
		},
		length: (L, index) => lua.lua_rawlen(L, index),
		next: (L, index) => lua.lua_next(L, index) !== 0,
		getItem: (L, index, n) => void lua.lua_rawgeti(L, index, BigInt(n)),
		hasMetatable(L, index, other) {
			if (lua.lua_getmetatable(L, index) === 0) return false;
			const same = lua.lua_rawequal(L, -1, other) === 1;
			lua.lua_settop(L, -2);
			return same;
		},
		pushNil: (L) => lua.lua_pushnil(L),
		pushBoolean: (L, value) => lua.lua_pushboolean(L, value ? 1 : 0),
		pushString: (L, bytes) => values.pushString(L, bytes),
		pushInteger: (L, value) => lua.lua_pushinteger(L, value),
		pushFloat: (L, value) => lua.lua_pushnumber(L, value),
		pushMarker: (L, marker) => lua.lua_pushlightuserdata(L, ADDRESSES[marker]),
		pushTable: (L) => lua.lua_createtable(L, 0, 0),
		pushCopy: (L, index) => lua.lua_pushvalue(L, index),
		pop: (L, count) => lua.lua_settop(L, -count - 1),
		setItem: (L, index, n) => lua.lua_rawseti(L, index, BigInt(n)),
		setField: (L, index) => lua.lua_rawset(L, index),
		setMetatable(L, index) {
			lua.lua_pushvalue(L, index);
			lua.lua_setmetatable(L, -2);
		},
		reserve: (L, slots) => lua.lua_checkstack(L, slots) === 1,
		tick: (L) => module.checkDeadline(L),
	};
}
