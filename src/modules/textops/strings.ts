/**
 * The functions of KSR.textops that compare texts.
 *
 * @module
 */

import { lowerAscii } from '../../bytes.ts';
import { fixed, fn, type KemiFunction, str } from '../../kemi/module.ts';
import {
	allIn,
	anyIn,
	comparison,
	endsWith,
	find,
	findIgnoringCase,
	inList,
	inListPrefix,
	startsWith,
} from './compare.ts';

function ofTwo(
	name: string,
	second: string,
	doc: string,
	run: (text: string, other: string) => number,
): KemiFunction {
	return fn(name, [str('text'), str(second)], 'int', doc, (_ctx, text, other) => run(text, other), {
		cfg: name,
	});
}

function separatorProblem(text: string): string | undefined {
	return text.length === 1 ? undefined : `"${text}" is not one character`;
}

function ofList(
	name: string,
	doc: string,
	run: (text: string, list: string, separator: string) => number,
): KemiFunction {
	return fn(
		name,
		[str('text'), str('list'), fixed('separator', separatorProblem)],
		'int',
		`${doc} Blanks around items do not matter; the separator is one character.`,
		(_ctx, text, list, separator) => run(text, list, separator),
		{ cfg: name },
	);
}

/** Comparing, finding, lists. */
export const stringFunctions: readonly KemiFunction[] = [
	ofTwo(
		'cmp_str',
		'other',
		'1 for equal texts, -1 if the first is greater, -2 if it is smaller.',
		comparison,
	),
	ofTwo('cmp_istr', 'other', 'The same as cmp_str, without regard to case.', (text, other) =>
		comparison(lowerAscii(text), lowerAscii(other)),
	),
	ofTwo(
		'starts_with',
		'prefix',
		'1 if a text begins with another; else -1 or -2, by their order, and -1 if it is shorter.',
		startsWith,
	),
	ofTwo(
		'ends_with',
		'suffix',
		'1 if a text ends with another; else -1 or -2, by their order, and -1 if it is shorter.',
		endsWith,
	),
	ofTwo('str_find', 'needle', 'The place of a text in another, counted from 1; -1 if it is not in it.', find),
	ofTwo('str_ifind', 'needle', 'The same as str_find, without regard to case.', findIgnoringCase),
	ofTwo('str_any_in', 'set', '1 if a text has one of the bytes of another, -1 if not.', anyIn),
	ofTwo('str_all_in', 'set', '1 if a text has all of the bytes of another, -1 if not.', allIn),
	ofList('in_list', '1 if a text is an item of a list, -1 if not.', inList),
	ofList('in_list_prefix', '1 if a text begins with an item of a list, -1 if not.', inListPrefix),
];
