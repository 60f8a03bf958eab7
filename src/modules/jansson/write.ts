/**
 * Changing JSON at a path (modules/jansson/jansson_path.c: json_path_set).
 *
 * @module
 */
import { parseJson } from './parse.ts';
import type { JsonObject, JsonValue } from './value.ts';

/** The steps of a path: names and indexes; undefined if it is not good. */
function stepsOf(path: string): (string | number)[] | undefined {
	const steps: (string | number)[] = [];
	const step = /(?:^|\.)([^.[]+)|\[(\d+)\]/y;
	while (step.lastIndex < path.length) {
		const [, name, index] = step.exec(path) ?? [];
		if (name === undefined && index === undefined) return undefined;
		steps.push(name ?? Number(index));
	}
	return steps.length > 0 ? steps : undefined;
}

/**
 * Puts a value at a path. Objects on the way are made; of arrays only places that exist are filled.
 * @param append adds the value to the array at the path instead
 * @returns why it cannot be; undefined if it is done
 */
export function setAt(
	document: JsonValue,
	path: string,
	value: JsonValue,
	append: boolean,
): string | undefined {
	const steps = stepsOf(path);
	if (!steps) return `"${path}" is no path`;
	const last = append ? undefined : steps.pop();
	let place: JsonValue | undefined = document;
	for (const [index, step] of steps.entries()) {
		const next = steps[index + 1] ?? last;
		place = memberOf(place, step, typeof next === 'string');
		if (place === undefined) return `there is nothing at "${path}"`;
	}
	if (last === undefined) {
		if (!Array.isArray(place)) return `there is no array at "${path}"`;
		place.push(value);
	} else if (typeof last === 'string') {
		if (!(place instanceof Map)) return `there is no object at "${path}"`;
		place.set(last, value);
	} else {
		if (!Array.isArray(place) || last >= place.length)
			return `there is no such place in an array at "${path}"`;
		place[last] = value;
	}
	return undefined;
}

function memberOf(place: JsonValue, step: string | number, make: boolean): JsonValue | undefined {
	if (typeof step === 'number') return Array.isArray(place) ? place[step] : undefined;
	if (!(place instanceof Map)) return undefined;
	const found = place.get(step);
	if (found !== undefined || !make) return found;
	const made: JsonObject = new Map();
	place.set(step, made);
	return made;
}

/**
 * A value by what it is called: only the first letters of the type count (`int`, `integer`).
 * @returns undefined if the text is none of that type, or there is no such type
 */
export function typedValue(type: string, text: string): JsonValue | undefined {
	if (/^obj|^arr/i.test(type)) {
		const value = parseJson(text);
		return (/^obj/i.test(type) ? value instanceof Map : Array.isArray(value)) ? value : undefined;
	}
	if (/^str/i.test(type)) return text;
	if (/^int/i.test(type)) return /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
	if (/^real/i.test(type)) return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
	if (/^true/i.test(type)) return true;
	if (/^false/i.test(type)) return false;
	return /^null/i.test(type) ? null : undefined;
}
