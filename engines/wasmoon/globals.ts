/**
 * Reads a script's globals without calling metamethods: a script that gives `_G` a metatable notices nothing.
 *
 * @module
 */
import { type LuaState, LuaType, REGISTRY, REGISTRY_GLOBALS } from './exports.ts';
import type { LuaModule } from './module.ts';
import type { LuaValues } from './values.ts';

/** Reads and sets globals of one engine. */
export class Globals {
	readonly #module: LuaModule;
	readonly #values: LuaValues;

	constructor(module: LuaModule, values: LuaValues) {
		this.#module = module;
		this.#values = values;
	}

	/** Pushes a global, above the table of globals. Gives its type. */
	push(L: LuaState, name: string): number {
		const { lua } = this.#module;
		lua.lua_rawgeti(L, REGISTRY, REGISTRY_GLOBALS);
		this.#values.pushString(L, name);
		return lua.lua_rawget(L, -2);
	}

	/**
	 * Sets a global.
	 * @param pushValue pushes its value on the main state
	 */
	set(name: string, pushValue: (L: LuaState) => void): void {
		const { lua, main } = this.#module;
		lua.lua_rawgeti(main, REGISTRY, REGISTRY_GLOBALS);
		this.#values.pushString(main, name);
		pushValue(main);
		lua.lua_rawset(main, -3);
		lua.lua_settop(main, 0);
	}

	/** A reference in the registry to what a global is now, whatever is assigned to it later. */
	reference(name: string): bigint {
		const { lua, main } = this.#module;
		this.push(main, name);
		const ref = lua.luaL_ref(main, REGISTRY);
		lua.lua_settop(main, 0);
		return BigInt(ref);
	}

	/** The names of all functions. */
	functionNames(): string[] {
		const { lua, main } = this.#module;
		const names: string[] = [];
		lua.lua_rawgeti(main, REGISTRY, REGISTRY_GLOBALS);
		lua.lua_pushnil(main);
		while (lua.lua_next(main, -2) !== 0) {
			if (lua.lua_type(main, -2) === LuaType.string && lua.lua_type(main, -1) === LuaType.function)
				names.push(this.#values.string(main, -2));
			lua.lua_settop(main, -2);
		}
		lua.lua_settop(main, 0);
		return names;
	}
}
