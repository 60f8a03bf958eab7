/**
 * `{s.…}`: white space, quotes and brackets, upper and lower case (modules/pv/pv_trans.c). All of it is about ASCII:
 * bytes from 0x80 on stay as they are.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import type { Apply, Transformation } from '../transformation.ts';

const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'" };

/** Takes one pair of delimiters off. An integer of one digit stays an integer. */
function unwrap(pairs: Readonly<Record<string, string>>): Apply {
	return (value: string, _ctx: RequestContext, typed: string | number = value) => {
		if (value.length < 2) return typed;
		return pairs[value.charAt(0)] === value.at(-1) ? value.slice(1, -1) : value;
	};
}

/** The length without the white space at the end; a regular expression would take quadratic time. */
function trimmedLength(value: string): number {
	let end = value.length;
	while (end > 0 && ' \t\r\n'.includes(value.charAt(end - 1))) end--;
	return end;
}

const trimStart = (value: string) => value.replace(/^[ \t\r\n]+/, '');
const trimEnd = (value: string) => value.slice(0, trimmedLength(value));

const SIMPLE: readonly [name: string, doc: string, apply: Apply][] = [
	['tolower', 'A to Z in lower case.', (value) => value.replace(/[A-Z]+/g, (part) => part.toLowerCase())],
	['toupper', 'a to z in upper case.', (value) => value.replace(/[a-z]+/g, (part) => part.toUpperCase())],
	['trim', 'Without blanks, tabs, CR and LF at both ends.', (value) => trimStart(trimEnd(value))],
	['ltrim', 'Without blanks, tabs, CR and LF at the start.', trimStart],
	['rtrim', 'Without blanks, tabs, CR and LF at the end.', trimEnd],
	['rmws', 'Without any blank, tab, CR and LF.', (value) => value.replace(/[ \t\r\n]+/g, '')],
	[
		'rmhdws',
		'A header body unfolded: line ends are gone, with one blank for the white space after them.',
		(value) => value.replace(/[\r\n]+([ \t]*)/g, (_, blanks: string) => (blanks ? ' ' : '')),
	],
	[
		'rmhlws',
		'A header body unfolded: line ends are gone, with the white space after them.',
		(value) => value.replace(/[\r\n][ \t\r\n]*/g, ''),
	],
	['unquote', 'Without the pair of quotes around it, double or single.', unwrap(QUOTES)],
	['unbracket', 'Without the pair of (), [], {} or <> around it.', unwrap(BRACKETS)],
];

/** White space, quotes, brackets and case, of the class `s`. */
export const spaceTransformations: readonly Transformation[] = SIMPLE.map(([name, doc, apply]) => ({
	name: `s.${name}`,
	params: [],
	doc,
	bind: () => apply,
}));
