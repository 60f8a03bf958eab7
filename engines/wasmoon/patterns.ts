/**
 * The host functions behind the prelude's pattern functions: they read the subject directly from wasmoon's heap.
 *
 * @module
 */
import { findPattern, findPlain } from '../lua/pattern.ts';
import { PatternError } from '../lua/pattern-compiler.ts';
import type { LuaState } from './exports.ts';
import type { CFunction, LuaModule } from './module.ts';
import type { LuaValues } from './values.ts';

/** The host functions `match` and `search` of the prelude. */
export function patternFunctions(module: LuaModule, values: LuaValues): Record<string, CFunction> {
	const { lua } = module;
	/** Pushes results, nil for none. */
	const give = (L: LuaState, results: readonly (string | number | boolean)[] | undefined): number => {
		if (!results) {
			lua.lua_pushnil(L);
			return 1;
		}
		lua.lua_checkstack(L, results.length);
		for (const result of results) values.push(L, result);
		return results.length;
	};
	const init = (L: LuaState) => lua.lua_tonumberx(L, 3, 0) - 1;
	return {
		match: (L) => {
			try {
				const subject = values.bytes(L, 1);
				return give(
					L,
					findPattern(subject, values.string(L, 2), init(L), () => module.checkDeadline(L)),
				);
			} catch (error) {
				if (error instanceof PatternError) return give(L, [false, error.message]);
				throw error;
			}
		},
		search: (L) => give(L, findPlain(values.bytes(L, 1), values.string(L, 2), init(L))),
	};
}
