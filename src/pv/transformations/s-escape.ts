/**
 * `{s.escape.…}`, `{s.unescape.…}`, `{s.urlencode.…}`: special characters (core/strutils.c).
 *
 * The percent escapes of SIP know printable ASCII only: anything else fails, on the way in and on the way out.
 * For what a URL may hold, the `url` pair is the right one.
 *
 * @module
 */
import { type Transformation, TransformationError } from '../transformation.ts';
import { hexValue } from './s-encode.ts';
import { type PlainTransformation, plainTransformations } from './s-plain.ts';

function percent(char: string): string {
	return `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** Escapes what is not in a set of characters; refuses what is no printable ASCII. */
function escapeOutside(special: RegExp): (value: string) => string {
	return (value) => {
		const [unprintable] = /[^\x20-\x7e]/.exec(value) ?? [];
		if (unprintable)
			throw new TransformationError(`byte ${unprintable.charCodeAt(0)} is not printable ASCII`);
		return value.replace(special, percent);
	};
}

/** `{s.unescape.user}` and `{s.unescape.param}` */
function unescapePercent(value: string): string {
	return value.replace(/%(.?.?)/gs, (whole, digits: string) => {
		const code = /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
		if (code >= 0x20 && code <= 0x7e) return String.fromCharCode(code);
		throw new TransformationError(`"${whole}" is no escaped printable ASCII`);
	});
}

/** `{s.urldecode.param}`: nothing fails; bad digits give some byte, and a percent sign at the end is left out. */
function urlDecode(value: string): string {
	return value.replace(/%([^\0])([^\0])|%|\+/g, (char, high?: string, low?: string) => {
		if (high === undefined || low === undefined) return char === '+' ? ' ' : '';
		return String.fromCharCode(((hexValue(high.charCodeAt(0)) << 4) | hexValue(low.charCodeAt(0))) & 0xff);
	});
}

const ESCAPED_COMMON: Readonly<Record<string, string>> = {
	'\0': '\\0',
	"'": "\\'",
	'"': '\\"',
	'\\': '\\\\',
};

function unescapeCommon(value: string): string {
	return value.replace(/\\(['"\\0])/g, (_, char: string) => (char === '0' ? '\0' : char));
}

/** Escaped line ends; Kamailio fails for an empty value, in this pair alone. */
function crlf(apply: (value: string) => string): (value: string) => string {
	return (value) => {
		if (value === '') throw new TransformationError('the value is empty');
		return apply(value);
	};
}

const CRLF: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\\r': '\r', '\\n': '\n' };

const PLAIN: readonly PlainTransformation[] = [
	[
		'escape.common',
		'A backslash in front of quotes and backslashes; NUL becomes \\0.',
		(value) => value.replace(/['"\\\0]/g, (char) => ESCAPED_COMMON[char] as string),
	],
	['unescape.common', 'What s.escape.common was made from.', unescapeCommon],
	[
		'escape.crlf',
		'\\r and \\n for CR and LF.',
		crlf((value) => value.replace(/[\r\n]/g, (char) => CRLF[char] as string)),
	],
	[
		'unescape.crlf',
		'CR and LF for \\r and \\n.',
		crlf((value) => value.replace(/\\[rn]/g, (pair) => CRLF[pair] as string)),
	],
	[
		'escape.user',
		'Percent escapes for what the user part of a SIP URI cannot hold; null for what is not printable ASCII.',
		escapeOutside(/[^0-9A-Za-z\-_.!~*'()&=+$,;?]/g),
	],
	['unescape.user', 'Percent escapes resolved; null if one is not printable ASCII.', unescapePercent],
	[
		'escape.param',
		'Percent escapes for what a parameter of a SIP URI cannot hold; null for what is not printable ASCII.',
		escapeOutside(/[^0-9A-Za-z\-_.!~*'()[\]/:&+$]/g),
	],
	['unescape.param', 'The same as s.unescape.user.', unescapePercent],
	[
		'escape.csv',
		'In double quotes, for CSV; quotes inside are doubled.',
		(value) => `"${value.replaceAll('"', '""')}"`,
	],
	[
		'urlencode.param',
		'Percent escapes for all but letters, digits and -_.~, as a URL wants it.',
		(value) => value.replace(/[^0-9A-Za-z\-_.~]/g, percent),
	],
	['urldecode.param', 'Percent escapes resolved; a plus sign is a blank.', urlDecode],
];

/** Escaping transformations of the class `s`. */
export const escapingTransformations: readonly Transformation[] = plainTransformations(PLAIN);
