/**
 * The KSR object: a table with a table for each module, and in it a function for each export.
 *
 * @module
 */
import type { Exported } from '../../src/kemi/exports.ts';
import type { LuaState } from './exports.ts';
import type { CFunction, LuaModule } from './module.ts';
import type { LuaValues } from './values.ts';

/**
 * Pushes the KSR object.
 * @param toFunction makes the C function of an export
 */
export function pushKsr(
	L: LuaState,
	module: LuaModule,
	values: LuaValues,
	exports: readonly Exported[],
	toFunction: (exported: Exported) => CFunction,
): void {
	const { lua } = module;
	const pushFunctions = (list: readonly Exported[]) => {
		lua.lua_createtable(L, 0, list.length);
		for (const exported of list) {
			values.pushString(L, exported.name);
			module.pushFunction(L, toFunction(exported));
			lua.lua_rawset(L, -3);
		}
	};
	const byModule = Map.groupBy(exports, (exported) => exported.module);
	pushFunctions(byModule.get('') ?? []);
	for (const [name, list] of byModule) {
		if (name === '') continue;
		values.pushString(L, name);
		pushFunctions(list);
		lua.lua_rawset(L, -3);
	}
}
