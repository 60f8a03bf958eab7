/**
 * The functions of KSR.textops that look at header fields, or would remove them from a forwarded request.
 *
 * @module
 */

import { lowerAscii } from '../../bytes.ts';
import type { RequestContext } from '../../kemi/context.ts';
import { fixed, fn, int, type KemiFunction, regex, str } from '../../kemi/module.ts';
import { fieldNameProblem, findKey, headerValues, valuesOfKey } from '../../pv/headers.ts';
import { words } from '../../words.ts';
import { fieldKey, headerNames } from './message.ts';
import { compilePattern } from './patterns.ts';

const PRIVACY = 'critical|header|history|id|none|session|user';
const PRIVACY_HEADER = new RegExp(
	`^[ \\t\\r\\n]*(?:${PRIVACY})(?:[ \\t\\r\\n]*;[ \\t\\r\\n]*(?:${PRIVACY}))*[ \\t\\r\\n]*$`,
	'i',
);
const PRIVACY_WORD = new RegExp(`^(?:${PRIVACY})$`, 'i');

/** 1 if the Privacy header (RFC 3323) asks for a kind of privacy (core/parser/parse_privacy.c). */
function isPrivacy(ctx: RequestContext, kind: string): 1 | -1 {
	const header = findKey(ctx, 'privacy');
	if (header === null || kind === '') return -1;
	const words = lowerAscii(header)
		.split(';')
		.map((word) => word.trim());
	if (!PRIVACY_HEADER.test(header) || (words.includes('none') && words.some((word) => word !== 'none')))
		return ctx.refuse(`KSR.textops.is_privacy: the Privacy header is "${header}"`);
	if (!PRIVACY_WORD.test(kind)) return ctx.refuse(`KSR.textops.is_privacy: "${kind}" is no kind of privacy`);
	return words.includes(lowerAscii(kind)) ? 1 : -1;
}

/** How long a name may be for `remove_hf`. */
const LONGEST_NAME = 124;

/** What `remove_hf_match` compares a field's value with. */
const COMPARISONS: Readonly<Record<string, (value: string, text: string) => boolean>> = words({
	eq: (value, text) => value === text,
	ne: (value, text) => value !== text,
	in: (value, text) => text !== '' && value.includes(text),
});

function removeMatching(ctx: RequestContext, name: string, operator: string, text: string): 1 | -1 | -2 {
	const caller = 'KSR.textops.remove_hf_match';
	const key = fieldKey(ctx, caller, name);
	if (key === undefined) return -1;
	const word = lowerAscii(operator);
	const regex = word === 're' ? compilePattern(ctx, caller, text) : undefined;
	if (word === 're' && !regex) return -1;
	const compare = regex ? (value: string) => regex.test(value) : COMPARISONS[word];
	if (!compare)
		return ctx.refuse(`${caller}: there is no operator "${operator}"; there are eq, ne, in and re`);
	return valuesOfKey(ctx, key).some((value) => compare(value, text)) ? 1 : -2;
}

function removeByIndex(ctx: RequestContext, name: string, index: number): 1 | 2 | -1 {
	const key = fieldKey(ctx, 'KSR.textops.remove_hf_idx', name);
	if (key === undefined) return -1;
	return index < 0 || index < valuesOfKey(ctx, key).length ? 1 : 2;
}

/** 1 if a field has a name that matches and none of those to keep. */
function removeByName(ctx: RequestContext, caller: string, expression: string, keep?: string): 1 | -1 {
	const regex = compilePattern(ctx, caller, expression);
	const kept = keep === undefined ? undefined : compilePattern(ctx, caller, keep);
	if (!regex || (keep !== undefined && !kept)) return -1;
	return headerNames(ctx).some((name) => regex.test(name) && !kept?.test(name)) ? 1 : -1;
}

const REMOVES = 'of a forwarded request, nothing that a handler could see';

/** 1 for a name that `remove_hf` takes, else -1 after an error line. */
function removable(ctx: RequestContext, name: string): 1 | -1 {
	const good = fieldNameProblem(name) === undefined && name.length <= LONGEST_NAME;
	return good ? 1 : ctx.refuse(`KSR.textops.remove_hf: "${name}" is no name of a header field`);
}

/** Functions that give other results in Kamailio's own language. */
export const nativeHeaderFunctions: readonly KemiFunction[] = [
	fn(
		'remove_hf',
		[fixed('name', fieldNameProblem)],
		'int',
		`Removes a field ${REMOVES}. Gives 1, or -1 if there is none.`,
		(ctx, name) => (removable(ctx, name) === 1 && headerValues(ctx, name).length > 0 ? 1 : -1),
	),
];

/** Header fields. */
export const headerFunctions: readonly KemiFunction[] = [
	fn(
		'is_present_hf',
		[fixed('name', fieldNameProblem)],
		'int',
		'1 if the request has such a header field, -1 if not.',
		(ctx, name) => {
			if (name === '' || fieldKey(ctx, 'KSR.textops.is_present_hf', name) === undefined) return -1;
			return headerValues(ctx, name).length > 0 ? 1 : -1;
		},
		{ cfg: 'is_present_hf' },
	),
	fn(
		'is_privacy',
		[str('kind')],
		'int',
		'1 if the Privacy header asks for critical, header, history, id, none, session or user, -1 if not.',
		isPrivacy,
		{ cfg: 'is_privacy' },
	),
	fn(
		'remove_hf',
		[str('name')],
		'int',
		`Removes a field ${REMOVES}. Gives 1, or -1 for a wrong name.`,
		removable,
	),
	fn(
		'remove_hf_idx',
		[str('name'), int('index')],
		'int',
		`Removes a field by its place among those of its name ${REMOVES}. Gives 1, 2 if there is none at the place, -1 for a wrong name.`,
		removeByIndex,
		{ cfg: 'remove_hf_idx' },
	),
	fn(
		'remove_hf_re',
		[regex('expression')],
		'int',
		`Removes fields whose names match ${REMOVES}. Gives 1, or -1 if there are none.`,
		(ctx, expression) => removeByName(ctx, 'KSR.textops.remove_hf_re', expression),
		{ cfg: 'remove_hf_re' },
	),
	fn(
		'remove_hf_exp',
		[regex('expression'), str('keep')],
		'int',
		`Removes fields whose names match, and do not match what is to be kept, ${REMOVES}. Gives 1, or -1 if there are none.`,
		(ctx, expression, keep) => removeByName(ctx, 'KSR.textops.remove_hf_exp', expression, keep),
		{ cfg: 'remove_hf_exp' },
	),
	fn(
		'remove_hf_match',
		[str('name'), str('operator'), str('text')],
		'int',
		`Removes fields whose values compare with a text (eq, ne, in, re) ${REMOVES}. Gives 1, -2 if there are none, -1 for a wrong argument.`,
		removeMatching,
		{ cfg: 'remove_hf_match' },
	),
];
