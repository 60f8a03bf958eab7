/**
 * The jansson module's paths: `name.name[index].name` (modules/jansson/jansson_path.c).
 *
 * @module
 */
import type { JsonValue } from './value.ts';

/** Digits as strtol() reads them with base 0: hexadecimal behind `0x`, octal behind `0`. Nothing at all is 0. */
const INDEX = /^(?:[ \t\n\v\f\r]*([+-]?)(0x[\da-f]+|0[0-7]*|[1-9]\d*))?$/i;

/** The index that a path writes between brackets; undefined if it is none. */
function parseIndex(source: string): number | undefined {
	const [matched, sign, digits] = INDEX.exec(source) ?? [];
	if (matched === undefined) return undefined;
	if (digits === undefined) return 0;
	const octal = /^0[0-7]/.test(digits);
	const index = octal ? Number.parseInt(digits, 8) : Number(digits);
	return sign === '-' ? -index : index;
}

/** What the path goes on with: a name, an index, or what follows an index. */
type Expected = 'name' | 'index' | 'delimiter';

/**
 * The value at a path; undefined if there is none, or if the path is not good. An empty path means the whole
 * document, a delimiter at its end changes nothing, and negative indexes count nowhere.
 */
export function valueAt(document: JsonValue, path: string): JsonValue | undefined {
	let value: JsonValue | undefined = document;
	let expected: Expected = path.startsWith('[') ? 'index' : 'name';
	if (path === '[') return undefined;
	let at = expected === 'index' ? 1 : 0;
	while (at < path.length && value !== undefined) {
		if (expected === 'index') {
			const close = path.indexOf(']', at);
			const index = close < 0 ? undefined : parseIndex(path.slice(at, close));
			if (index === undefined) return undefined;
			value = Array.isArray(value) ? value[index] : undefined;
			at = close + 1;
			expected = 'delimiter';
			continue;
		}
		const length = path.slice(at).search(/[.[]/);
		if (expected === 'delimiter' && length !== 0) return undefined;
		const end = length < 0 ? path.length : at + length;
		if (expected === 'name') value = value instanceof Map ? value.get(path.slice(at, end)) : undefined;
		expected = path[end] === '[' ? 'index' : 'name';
		at = end + 1;
	}
	return value;
}
