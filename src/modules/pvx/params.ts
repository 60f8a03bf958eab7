/**
 * Lists as texts: `a=b;c="d e";flag` and `a,b,c` (core/parser/parse_param.c, modules/pv/pv_xavp.c).
 *
 * @module
 */
import type { XavpList } from '../../pv/variables/xavp-lists.ts';

/** A parameter; one without a value has an empty one. */
export type Param = readonly [name: string, value: string, quoted: boolean];

function escapeClass(char: string): string {
	return /[\w\s]/.test(char) ? char : `\\${char}`;
}

/**
 * Takes parameters apart. A comma ends the list.
 * @param separator one character between parameters
 * @returns the parameters in order; undefined if the text is not good
 */
export function parseParams(text: string, separator = ';'): Param[] | undefined {
	const end = escapeClass(separator);
	// blanks can be taken in one way only: in two, a long run of them would be tried in all its parts
	const value = `"([^"]*)"|'([^']*)'|([^\\s,"'${end}][^\\s,${end}]*)`;
	const param = new RegExp(`\\s*([^\\s,=${end}]+)(?:\\s*=(?:\\s*(?:${value}))?)?\\s*(${end}|,|$)`, 'y');
	// Kamailio allows one separator at the end
	const source = text.endsWith(separator) ? text.slice(0, -1) : text;
	const params: Param[] = [];
	for (;;) {
		const match = param.exec(source);
		if (!match) return undefined;
		const [, name = '', double, single, token, stop] = match;
		const quoted = double ?? single;
		params.push([name, quoted ?? token ?? '', quoted !== undefined]);
		if (stop !== separator) return params;
	}
}

/** A list's plain values as parameters, each with a semicolon behind it. */
export function formatParams(list: XavpList, quote = ''): string {
	let text = '';
	for (const { name, value } of list.items()) {
		if (typeof value === 'number') text += `${name}=${value};`;
		else if (typeof value === 'string') text += value ? `${name}=${quote}${value}${quote};` : `${name};`;
	}
	return text;
}

/**
 * The parts of a list that are not empty.
 * @param separators any of these characters stands between parts
 * @param mode `t` takes blanks from both ends of each part
 */
export function splitList(text: string, separators: string, mode: string): string[] {
	const parts: string[] = [];
	let part = '';
	for (const char of `${text}${separators[0]}`) {
		if (!separators.includes(char)) {
			part += char;
			continue;
		}
		if (mode.startsWith('t')) part = part.trim();
		if (part) parts.push(part);
		part = '';
	}
	return parts;
}
