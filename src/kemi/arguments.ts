/**
 * The argument rules: the same for every function in every engine.
 *
 * Kamailio's two engines differ here, and some wrong calls crash its server. kemihost accepts what both accept and
 * refuses the rest: a number may stand for a string and a numeric string for an integer; nil and null may be
 * passed where having no string means something. A refusal names the parameter and the expected type.
 *
 * @module
 */

import { isAscii } from '../bytes.ts';
import { formatG14 } from '../number-text.ts';
import type { Language } from './language.ts';
import type { Parameter } from './module.ts';
import { ForeignValue, type RawValue } from './value.ts';

/** Kamailio passes six parameters at the most, and refuses a call with more arguments. */
export const MAX_ARGUMENTS = 6;

const INT_MAX = 2147483647;
const INT_MIN = -2147483648;

/** The words for a raw value's type in an error message. */
export function typeName(value: RawValue): string {
	if (value === null || value === undefined) return 'nothing (nil or null)';
	if (value instanceof ForeignValue) return `${/^[aeiou]/.test(value.type) ? 'an' : 'a'} ${value.type}`;
	if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
	if (typeof value === 'string') return `the string ${excerpt(value)}`;
	return typeof value === 'boolean' ? `the boolean ${value}` : `the number ${value}`;
}

function excerpt(value: string): string {
	const short = value.length > 20 ? `${value.slice(0, 20)}...` : value;
	return JSON.stringify(isAscii(short) ? short : short.replace(/[^ -~]/g, '?'));
}

/** A number as text: whole numbers in decimal digits in every language, others as the language prints them. */
function numberText(value: number | bigint, language: Language): string {
	if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
	if (language === 'javascript') return String(value);
	return formatG14(value);
}

/** A number or numeric string as an integer, cut towards zero and clamped; undefined if it is neither. */
function integer(value: RawValue, min: number, max: number): number | undefined {
	let number: number;
	if (typeof value === 'number') number = value;
	else if (typeof value === 'bigint') number = Number(value);
	else if (typeof value === 'string' && /^\s*[+-]?(\d|0x[\da-f]|\.\d)/i.test(value)) number = Number(value);
	else return undefined;
	if (!Number.isFinite(number)) return undefined;
	return Math.min(max, Math.max(min, Math.trunc(number))) + 0;
}

/**
 * One argument as its parameter wants it, or undefined if it cannot be.
 * @param value what the engine handed over
 */
export function convert(
	param: Parameter,
	value: RawValue,
	language: Language,
): string | number | null | undefined {
	switch (param.type) {
		case 'str':
			if (typeof value === 'string') return value;
			if (typeof value === 'number' ? Number.isFinite(value) : typeof value === 'bigint')
				return numberText(value as number | bigint, language);
			return param.nullable && (value === null || value === undefined) ? null : undefined;
		case 'int':
			return integer(value, INT_MIN, INT_MAX);
		case 'long':
			return integer(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
	}
}
