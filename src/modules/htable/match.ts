/**
 * Which items a function means: tests of names and texts (ht_api.c).
 *
 * @module
 */

import { compilePosix } from '../../pv/posix-regex.ts';
import type { SharedItem } from '../../store/store.ts';

/** Tells whether an item is meant. */
export type ItemTest = (item: SharedItem) => boolean;

/** What of an item is looked at. Integers have no text that could match. */
export type Part = 'name' | 'value';

function onText(part: Part, test: (text: string) => boolean): ItemTest {
	if (part === 'name') return ({ key }) => test(key);
	return ({ value }) => typeof value === 'string' && test(value);
}

/** A POSIX extended expression that ignores case and takes line ends for ends; or what is wrong with it. */
function regexTest(part: Part, expression: string): ItemTest | string {
	const regex = compilePosix(expression, { ignoreCase: true, newline: true });
	return typeof regex === 'string' ? regex : onText(part, (text) => regex.test(text));
}

type TextTest = (text: string, wanted: string) => boolean;

const OPERATORS: Readonly<Record<string, TextTest>> = {
	eq: (text, wanted) => text === wanted,
	ne: (text, wanted) => text !== wanted,
	sw: (text, wanted) => text.startsWith(wanted),
	ew: (text, wanted) => text.endsWith(wanted),
	in: (text, wanted) => text.includes(wanted),
};

/** Operators of the functions that look for one item. */
export const MATCH_OPERATORS = ['eq', 'ne', 're', 'sw'] as const;
/** Operators of the functions that remove items; the last two are newer than 5.6.3. */
export const REMOVE_OPERATORS = ['re', 'sw', 'ew', 'in'] as const;

/**
 * The test that an operator stands for.
 * @param allowed the operators of the function that asks
 * @returns the test; or, as a text, why there is none
 */
export function operatorTest(
	part: Part,
	operator: string,
	wanted: string,
	allowed: readonly string[],
): ItemTest | string {
	if (!allowed.includes(operator)) return `"${operator}" is no operator; there are ${allowed.join(', ')}`;
	if (wanted === '') return 'the text to match is empty';
	if (operator === 're') return regexTest(part, wanted);
	const test = OPERATORS[operator] as TextTest;
	return onText(part, (text) => test(text, wanted));
}

/** `$shtcn` and `$shtcv`: the pattern begins with its operator, two characters; without one it is an expression. */
const COUNT_OPERATORS: Readonly<Record<string, string>> = { '~%': 'ew', '%~': 'sw', '==': 'eq' };

const NONE: ItemTest = () => false;

/**
 * The test that a pattern of `$shtcn` or `$shtcv` stands for: `**` all, `~~` an expression, `~%` the end, `%~` the
 * start, `==` the whole, and for values `eq` an integer.
 * @returns the test; or what is wrong with the expression
 */
export function countTest(part: Part, pattern: string): ItemTest | string {
	const operator = pattern.slice(0, 2);
	const wanted = pattern.slice(2);
	if (operator === '**') return () => true;
	if (operator === 'eq') {
		if (part === 'name' || !/^[+-]?\d+$/.test(wanted)) return NONE;
		const number = Number(wanted);
		return ({ value }) => value === number;
	}
	const known = operator === '~~' ? 're' : COUNT_OPERATORS[operator];
	if (known === undefined) return pattern === '' ? NONE : regexTest(part, pattern);
	return wanted === '' ? NONE : operatorTest(part, known, wanted, [known]);
}
