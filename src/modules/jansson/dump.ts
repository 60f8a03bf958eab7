/**
 * Writes JSON as the jansson library does with JSON_COMPACT (jansson 2.14, dump.c, strconv.c): without blanks, reals
 * with 17 digits and always with a point or an exponent.
 *
 * @module
 */
import { escapeOf, escapeText } from '../../json-escapes.ts';
import { formatG } from './real.ts';
import type { JsonObject, JsonValue } from './value.ts';

/** An escape, with hexadecimal digits in upper case. */
function escapeUpper(char: string): string {
	const written = escapeOf(char);
	return written.length > 2 ? `\\u${written.slice(2).toUpperCase()}` : written;
}

function dumpString(value: string): string {
	return `"${escapeText(value, escapeUpper)}"`;
}

/** `%.17g` without the plus and the leading zeros of its exponent. */
function dumpReal(value: number): string {
	const text = formatG(value, 17);
	if (!/[.e]/.test(text)) return `${text}.0`;
	return text.replace(/e\+?(-?)0*/, 'e$1');
}

function dumpScalar(value: Exclude<JsonValue, JsonObject | JsonValue[]>): string {
	if (typeof value === 'string') return dumpString(value);
	return typeof value === 'number' ? dumpReal(value) : String(value);
}

/** What is left to write of an object or an array. */
interface Open {
	readonly members: Iterator<[key: string | number, value: JsonValue]>;
	readonly close: ']' | '}';
	first: boolean;
}

/** A value as JSON. Nothing recurses: a document of the deepest nesting costs no stack. */
export function dumpJson(value: JsonValue): string {
	let text = '';
	const open: Open[] = [];
	const write = (member: JsonValue) => {
		if (Array.isArray(member)) {
			text += '[';
			open.push({ members: member.entries(), close: ']', first: true });
		} else if (member instanceof Map) {
			text += '{';
			open.push({ members: member.entries(), close: '}', first: true });
		} else text += dumpScalar(member);
	};
	write(value);
	for (let parent = open.at(-1); parent !== undefined; parent = open.at(-1)) {
		const next = parent.members.next();
		if (next.done) {
			text += parent.close;
			open.pop();
			continue;
		}
		if (!parent.first) text += ',';
		parent.first = false;
		const [key, member] = next.value;
		if (typeof key === 'string') text += `${dumpString(key)}:`;
		write(member);
	}
	return text;
}
