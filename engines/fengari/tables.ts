/**
 * Reading and building tables on fengari's stacks, for host code that both Lua engines share.
 *
 * @module
 */
import type { LuaTables, Marker } from '../lua/tables.ts';
import type { LuaState } from './api.ts';
import type { Deadline } from './deadline.ts';
import { lua } from './library.ts';
import { fromLuaString, toLuaString, typeName } from './values.ts';

/** Light userdata is known by its identity. */
const MARKERS: Readonly<Record<Marker, object>> = { null: {}, emptyArray: {} };

/** fengari's stacks in the form that shared code takes. */
export function luaTables(deadline: Deadline): LuaTables<LuaState> {
	return {
		type: lua.lua_type,
		typeName,
		string: (L, index) => fromLuaString(lua.lua_tolstring(L, index) as Uint8Array),
		number: lua.lua_tonumber,
		isInteger: lua.lua_isinteger,
		boolean: lua.lua_toboolean,
		marker(L, index) {
			const value = lua.lua_touserdata(L, index);
			return value === MARKERS.null ? 'null' : value === MARKERS.emptyArray ? 'emptyArray' : undefined;
		},
		length: lua.lua_rawlen,
		next: (L, index) => lua.lua_next(L, index) !== 0,
		getItem: (L, index, n) => void lua.lua_rawgeti(L, index, n),
		hasMetatable(L, index, other) {
			if (!lua.lua_getmetatable(L, index)) return false;
			const same = lua.lua_rawequal(L, -1, other);
			lua.lua_pop(L, 1);
			return same;
		},
		pushNil: lua.lua_pushnil,
		pushBoolean: lua.lua_pushboolean,
		pushString: (L, bytes) => lua.lua_pushstring(L, toLuaString(bytes)),
		// A numeral in a script is a double here, however it looks (library.ts).
		pushInteger: (L, value) => lua.lua_pushnumber(L, Number(value)),
		pushFloat: lua.lua_pushnumber,
		pushMarker: (L, marker) => lua.lua_pushlightuserdata(L, MARKERS[marker]),
		pushTable: (L) => lua.lua_createtable(L, 0, 0),
		pushCopy: lua.lua_pushvalue,
		pop: lua.lua_pop,
		setItem: lua.lua_rawseti,
		setField: lua.lua_rawset,
		setMetatable(L, index) {
			lua.lua_pushvalue(L, index);
			lua.lua_setmetatable(L, -2);
		},
		reserve: lua.lua_checkstack,
		tick: (L) => deadline.check(L),
	};
}
