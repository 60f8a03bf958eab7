/**
 * The comparison that `avp_check` makes: `eq/text`, `gt/i:5`, `re/^a/g`, `fm/$avp(pattern)/i` (modules/avpops/avpops_parse.c,
 * avpops_impl.c).
 *
 * @module
 */
import { lowerAscii } from '../../bytes.ts';
import { compilePosix } from '../../pv/posix-regex.ts';
import { words } from '../../words.ts';
import { fnmatch } from '../textopsx/fnmatch.ts';

/** A value of an AVP or another variable. */
export type Value = string | number;

/** A comparison as it stands in a text. */
export interface Check {
	readonly operation: string;
	/** What is compared with: a value, or the variable that holds it. */
	readonly operand: Value | { readonly variable: string };
	/** Whether any value of a stack will do (`g`), and whether case matters (`i`). */
	readonly all: boolean;
	readonly anyCase: boolean;
}

const CHECK = /^(eq|ne|lt|le|gt|ge|re|fm|and|or|xor)\/((?:[is]:)?)([^/]+)(?:\/([gi]+))?$/i;

/** Reads a comparison; gives why it is none. */
export function readCheck(text: string): Check | string {
	const [, operation, kind = '', value = '', flags = ''] = CHECK.exec(text) ?? [];
	if (!operation) return `"${text}" is no operation/value/flags`;
	const number = Number(value);
	if (kind.toLowerCase() === 'i:' && !Number.isInteger(number)) return `"${value}" is no integer`;
	const operand = kind === '' && value.startsWith('$') ? { variable: value } : value;
	return {
		operation: operation.toLowerCase(),
		operand: kind.toLowerCase() === 'i:' ? number : operand,
		all: /g/i.test(flags),
		anyCase: /i/i.test(flags),
	};
}

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = words({
	eq: (a, b) => a === b,
	ne: (a, b) => a !== b,
	lt: (a, b) => a < b,
	le: (a, b) => a <= b,
	gt: (a, b) => a > b,
	ge: (a, b) => a >= b,
	and: (a, b) => (a & b) !== 0,
	or: (a, b) => (a | b) !== 0,
	xor: (a, b) => (a ^ b) !== 0,
});

function compareTexts(operation: string, anyCase: boolean, a: string, b: string): boolean {
	if (operation === 're') {
		const regex = compilePosix(b, { ignoreCase: true, newline: true });
		return typeof regex !== 'string' && regex.test(a);
	}
	// Kamailio is not built with what would let `i` count here
	if (operation === 'fm') return fnmatch(b, a);
	const [left, right] = [lowerAscii(a), lowerAscii(b)];
	if (operation === 'eq') return anyCase ? left === right : a === b;
	if (operation === 'ne') return anyCase ? left !== right : a !== b;
	// which of two texts comes first does not depend on case, as in Kamailio
	const order = left < right ? -1 : Number(left > right);
	return NUMBERS[operation]?.(order, 0) ?? false;
}

/** True if two values compare as wanted; values of two types never do. */
export function compare({ operation, anyCase }: Check, a: Value, b: Value): boolean {
	if (typeof a === 'number') return typeof b === 'number' && (NUMBERS[operation]?.(a, b) ?? false);
	return typeof b === 'string' && compareTexts(operation, anyCase, a, b);
}
