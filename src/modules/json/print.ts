/**
 * Writes JSON as the json-c library does with JSON_C_TO_STRING_SPACED (json-c 0.16, json_object.c).
 *
 * @module
 */
import { escapeOf } from '../../json-escapes.ts';
import { type JsonValue, Scalar } from './parse.ts';

function printString(value: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what JSON cannot hold
	return `"${value.replace(/["\\/\x00-\x1f]/g, escapeOf)}"`;
}

function print(value: JsonValue): string {
	if (value === null) return 'null';
	if (typeof value === 'string') return printString(value);
	if (value instanceof Scalar) return value.text;
	if (Array.isArray(value)) return `[${value.map((member) => ` ${print(member)}`).join(',')} ]`;
	return `{${[...value].map(([key, member]) => ` ${printString(key)}: ${print(member)}`).join(',')} }`;
}

/** A value as JSON with blanks, texts in quotes (json_object_to_json_string). */
export function jsonOfValue(value: Exclude<JsonValue, null>): string {
	return print(value);
}

/** A value as json_object_get_string() gives it: a text as it is, up to a NUL; all else as JSON with blanks. */
export function textOfValue(value: Exclude<JsonValue, null>): string {
	if (typeof value !== 'string') return print(value);
	const nul = value.indexOf('\0');
	return nul < 0 ? value : value.slice(0, nul);
}
