/**
 * The functions of KSR.textops that look for regular expressions: in the request, in its headers, in texts.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fixed, fn, int, type KemiFunction, regex, str, variable } from '../../kemi/module.ts';
import { fieldNameProblem, headerValues } from '../../pv/headers.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import { messageBuffer } from '../../pv/variables/request.ts';
import { setVariable } from '../pvx/write.ts';
import { bodyOf, fieldKey, headerNames } from './message.ts';
import { beforeNul, compilePattern } from './patterns.ts';

/** 1 if an expression matches a text, -1 if not, where there is no text, or after an error line. */
export function search(
	ctx: RequestContext,
	caller: string,
	expression: string,
	text: string | undefined,
): 1 | -1 {
	const regex = compilePattern(ctx, caller, expression);
	return regex && text !== undefined && regex.test(beforeNul(text)) ? 1 : -1;
}

function searchText(ctx: RequestContext, text: string, expression: string): 1 | 2 | -1 | -2 {
	if (expression === '') return 2;
	const regex = text === '' ? undefined : compilePattern(ctx, 'KSR.textops.search_str', expression);
	if (!regex) return -2;
	return regex.test(beforeNul(text)) ? 1 : -1;
}

/** The fields that a word chooses by its first letter: f the first, l the last, anything else all. */
export function chooseFields(values: readonly string[], which: string): readonly string[] {
	if (which.startsWith('f')) return values.slice(0, 1);
	return which.startsWith('l') ? values.slice(-1) : values;
}

/** Looks at the first field (`f`), the last (`l`) or all of a name. */
function searchHeader(ctx: RequestContext, name: string, expression: string, which: string): 1 | -1 {
	if (!name || !expression) return -1;
	const caller = 'KSR.textops.search_hf';
	if (fieldKey(ctx, caller, name) === undefined) return -1;
	const regex = compilePattern(ctx, caller, expression);
	if (!regex) return -1;
	const values = headerValues(ctx, name);
	const chosen = which.startsWith('f')
		? values.slice(0, 1)
		: which.startsWith('l')
			? values.slice(-1)
			: values;
	return chosen.some((value) => regex.test(value)) ? 1 : -1;
}

/**
 * Sets a variable to a group of a match. Gives 1; -2 if nothing matches; -1 if the group is empty or not there,
 * or after an error line.
 *
 * Kamailio passes REG_EXTENDED to regexec() too, where the number means REG_NOTBOL: `^` never matches. Here it is a
 * byte in front of the text that keeps it from matching.
 */
function substring(
	ctx: RequestContext,
	text: string,
	expression: string,
	index: number,
	count: number,
	target: string,
): number {
	const caller = 'KSR.textops.regex_substring';
	const variable = ctx.host.variables.variable(target);
	if (variable instanceof PvSyntaxError) return ctx.refuse(`${caller}: ${target}: ${variable.message}`);
	if (!variable.set) return ctx.refuse(`${caller}: ${target} is read-only`);
	if (index >= count) return ctx.refuse(`${caller}: there is no group ${index} of ${count}`);
	const regex = compilePattern(ctx, caller, expression, {});
	if (!regex) return -1;
	const matcher = regex.matcher(` ${beforeNul(text)}`);
	if (!matcher.find(1)) return -2;
	if (index < 0) return ctx.refuse(`${caller}: there is no group ${index}`);
	const group = index <= matcher.groupCount() ? matcher.group(index) : null;
	if (!group) {
		ctx.report('warning', `${caller}: group ${index} of "${expression}" matches nothing`);
		return -1;
	}
	return setVariable(ctx, caller, target, group);
}

const DIALECT = 'POSIX extended, without regard to case, lines apart';

/** Searching. */
export const searchFunctions: readonly KemiFunction[] = [
	fn(
		'search',
		[regex('expression')],
		'int',
		`1 if a regular expression (${DIALECT}) matches in the whole request or is empty, -1 if not.`,
		(ctx, expression) => (expression ? search(ctx, 'KSR.textops.search', expression, messageBuffer(ctx)) : 1),
		{ cfg: 'search' },
	),
	fn(
		'search_body',
		[regex('expression')],
		'int',
		`1 if a regular expression (${DIALECT}) matches in the body or is empty, -1 if not.`,
		(ctx, expression) => (expression ? search(ctx, 'KSR.textops.search_body', expression, bodyOf(ctx)) : 1),
		{ cfg: 'search_body' },
	),
	fn(
		'search_hf',
		[fixed('name', fieldNameProblem), regex('expression'), str('which')],
		'int',
		`1 if a regular expression (${DIALECT}) matches a field's value, -1 if not: f the first of its name, l the last, a all.`,
		searchHeader,
		{ cfg: 'search_hf' },
	),
	fn(
		'search_str',
		[str('text'), str('expression')],
		'int',
		`1 if a regular expression (${DIALECT}) matches in a text, -1 if not, 2 if it is empty, -2 if the text is empty or the expression is wrong.`,
		searchText,
		{ cfg: 'search_str' },
	),
	fn(
		'is_present_hf_re',
		[regex('expression')],
		'int',
		`1 if a regular expression (${DIALECT}) matches in the name of a header field, -1 if not.`,
		(ctx, expression) => {
			const regex = compilePattern(ctx, 'KSR.textops.is_present_hf_re', expression);
			return regex && headerNames(ctx).some((name) => regex.test(name)) ? 1 : -1;
		},
		{ cfg: 'is_present_hf_re' },
	),
	fn(
		'regex_substring',
		[str('text'), str('expression'), int('index'), int('count'), variable('variable')],
		'int',
		'Sets a variable to a group of the first match of a regular expression (POSIX extended, ^ never matches); index 0 is the whole match, and count has to be greater. Gives 1, -2 without a match, -1 for an empty group or a wrong argument.',
		substring,
		{ cfg: 'regex_substring' },
	),
];
