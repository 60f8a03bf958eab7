/**
 * What `setfenv` and `getfenv` need of the engine: the upvalue `_ENV` of a function, which only the debug library
 * reaches inside Lua (`engines/lua/prelude/environments.ts`).
 *
 * @module
 */
import { LuaDebug, type LuaState } from './exports.ts';
import type { CFunction, LuaModule } from './module.ts';
import type { LuaValues } from './values.ts';

/** The host functions `environment`, `joinEnvironment` and `functionAt` of the prelude. */
export function environmentFunctions(module: LuaModule, values: LuaValues): Record<string, CFunction> {
	const { lua } = module;
	const info = lua.malloc(LuaDebug.size);
	const what = lua.malloc(2);
	module.bytes.set(Buffer.from('f\0', 'latin1'), what);

	/** The number of the upvalue `_ENV` of the function at stack index 1, its value being pushed; or 0. */
	const findEnvironment = (L: LuaState): number => {
		for (let n = 1; ; n++) {
			const name = lua.lua_getupvalue(L, 1, n);
			if (name === 0) return 0;
			if (values.cString(name) === '_ENV') return n;
			lua.lua_settop(L, -2);
		}
	};

	return {
		environment: (L) => (findEnvironment(L) > 0 ? 1 : 0),
		joinEnvironment: (L) => {
			const n = findEnvironment(L);
			if (n > 0) lua.lua_upvaluejoin(L, 1, n, 2, 1);
			return 0;
		},
		functionAt: (L) => {
			const level = lua.lua_tonumberx(L, 1, 0);
			if (!(level >= 0 && level < 1_000_000) || lua.lua_getstack(L, level, info) === 0) return 0;
			return lua.lua_getinfo(L, what, info);
		},
	};
}
