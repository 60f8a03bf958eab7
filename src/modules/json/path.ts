/**
 * The json module's paths: `name.name[index].name` (modules/json/json_funcs.c).
 *
 * @module
 */
import type { JsonValue } from './parse.ts';

/** The number a text begins with, as atoi() reads it; 0 if there is none. */
function leadingInteger(text: string): number {
	return Number(/^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)?.[1] ?? 0) | 0;
}

/** The member that one part of a path names: `list`, `list[0]`. An index on what is no list does not matter. */
function member(value: JsonValue, part: string): JsonValue | undefined {
	const bracket = part.indexOf('[');
	const name = bracket < 0 ? part : part.slice(0, bracket);
	const found = value instanceof Map ? value.get(name) : undefined;
	// What stands behind the first index is not read: `list[0][1]` is `list[0]`.
	const index = bracket < 0 ? '' : (part.slice(bracket + 1).split(']', 1)[0] as string);
	return index !== '' && Array.isArray(found) ? found[leadingInteger(index)] : found;
}

/**
 * The parts of a path. A percent sign in a part stands for a dot. Where there is nothing between two separators
 * Kamailio ends with a failed assertion; here it counts as one.
 */
export function pathParts(path: string, separator: string): string[] {
	return path
		.split(separator)
		.filter((part) => part !== '')
		.map((part) => part.replaceAll('%', '.'));
}

/** The value at a path's parts; undefined if there is none. */
export function valueAt(document: JsonValue, parts: readonly string[]): JsonValue | undefined {
	let value: JsonValue | undefined = document;
	for (const part of parts) {
		// A list without a name, `[0]`: Kamailio compares a name it never wrote. There is nothing at such a path.
		if (value === undefined || part.startsWith('[')) return undefined;
		value = member(value, part);
	}
	return value;
}
