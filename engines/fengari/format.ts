/**
 * `string.format` for its most frequent use: putting strings and whole numbers into a text. Everything else is
 * left to the prelude's function (`at-once.ts`).
 *
 * @module
 */
import { formatG14 } from '../../src/number-text.ts';
import { MAX_STRING } from '../lua/host.ts';
import type { LuaState } from './api.ts';
import { lua } from './library.ts';
import { pushText, stringAt, textOf } from './values.ts';

/** A format as the texts around its places, of which each is `%s` or `%d`; null if it has others. */
type Format = { readonly texts: readonly string[]; readonly kinds: readonly string[] } | null;

const PLACE = /%(.?)/gs;
/** Scripts can build formats without end. */
const CACHE_SIZE = 500;
const formats = new Map<string, Format>();

function parse(source: string): Format {
	const texts: string[] = [];
	const kinds: string[] = [];
	let text = '';
	let end = 0;
	for (const match of source.matchAll(PLACE)) {
		text += source.slice(end, match.index);
		end = match.index + match[0].length;
		const kind = match[1] as string;
		if (kind === '%') {
			text += '%';
		} else if (kind === 's' || kind === 'd') {
			texts.push(text);
			kinds.push(kind);
			text = '';
		} else {
			return null;
		}
	}
	texts.push(text + source.slice(end));
	return { texts, kinds };
}

function formatOf(source: string): Format {
	let format = formats.get(source);
	if (format === undefined) {
		format = parse(source);
		if (formats.size >= CACHE_SIZE) formats.clear();
		if (source.length <= 1000) formats.set(source, format);
	}
	return format;
}

/** What stands for the value at a stack index; undefined if the library's own function has to see to it. */
function written(L: LuaState, index: number, kind: string): string | undefined {
	const string = stringAt(L, index);
	if (string !== undefined) return kind === 's' ? textOf(string) : undefined;
	if (lua.lua_type(L, index) !== lua.LUA_TNUMBER) return undefined;
	const value = lua.lua_tonumber(L, index);
	if (kind === 's') return lua.lua_isinteger(L, index) ? String(value) : formatG14(value);
	return value === (value | 0) ? String(value | 0) : undefined;
}

/** Pushes the formatted text, and gives the number of results; undefined if the library's own function has to do it. */
export function formatAtOnce(L: LuaState): number | undefined {
	const source = stringAt(L, 1);
	const format = source === undefined ? null : formatOf(textOf(source));
	if (format === null || lua.lua_gettop(L) <= format.kinds.length) return undefined;
	let text = format.texts[0] as string;
	for (let i = 0; i < format.kinds.length; i++) {
		const value = written(L, i + 2, format.kinds[i] as string);
		if (value === undefined || text.length + value.length > MAX_STRING) return undefined;
		text += value + (format.texts[i + 1] as string);
	}
	if (text.length > MAX_STRING) return undefined;
	pushText(L, text);
	return 1;
}
