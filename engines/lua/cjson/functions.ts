/**
 * The host functions behind `require "cjson"`, working on the stack of a Lua engine. The library that scripts see
 * is written in Lua (`engines/lua/libraries/cjson.ts`).
 *
 * @module
 */
import type { LuaTables, StackFunction } from '../tables.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';

const INVALID_NUMBERS = ['off', 'on', 'null'] as const;

/**
 * The functions, by the names under which the Lua part expects them. Those that can fail give nil and a message.
 *
 * - `jsonDecode(text, maxDepth, invalidNumbers, comments, arrayMetatable or nil)`
 * - `jsonEncode(value, arrayMetatable, emptyArrayMetatable, maxDepth, precision, invalidNumbers (0, 1, 2), convert,
 *   ratio, safe, emptyAsObject, escapeSlash, skipUnsupported, indent)`
 * - `jsonMarkers()` gives null and the empty array
 */
export function jsonFunctions<L>(lua: LuaTables<L>): Readonly<Record<string, StackFunction<L>>> {
	const failed = (L: L, message: string) => {
		lua.pushNil(L);
		lua.pushString(L, message);
		return 2;
	};
	const int = (L: L, index: number) => Number(lua.number(L, index));
	return {
		jsonDecode: (L) => {
			const wrong = decode(lua, L, lua.string(L, 1), {
				maxDepth: int(L, 2),
				invalidNumbers: lua.boolean(L, 3),
				comments: lua.boolean(L, 4),
				arrayMetatable: lua.boolean(L, 5) ? 5 : 0,
			});
			return wrong === undefined ? 1 : failed(L, wrong);
		},
		jsonEncode: (L) => {
			lua.pushCopy(L, 1);
			const result = encode(lua, L, {
				arrayMetatable: 2,
				emptyArrayMetatable: 3,
				maxDepth: int(L, 4),
				precision: int(L, 5),
				invalidNumbers: INVALID_NUMBERS[int(L, 6)] ?? 'off',
				sparse: { convert: lua.boolean(L, 7), ratio: int(L, 8), safe: int(L, 9) },
				emptyAsObject: lua.boolean(L, 10),
				escapeSlash: lua.boolean(L, 11),
				skipUnsupported: lua.boolean(L, 12),
				indent: lua.string(L, 13),
			});
			if ('wrong' in result) return failed(L, result.wrong);
			lua.pushString(L, result.text);
			return 1;
		},
		jsonMarkers: (L) => {
			lua.pushMarker(L, 'null');
			lua.pushMarker(L, 'emptyArray');
			return 2;
		},
	};
}
