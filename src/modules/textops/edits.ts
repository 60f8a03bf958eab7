/**
 * The functions of KSR.textops that edit a forwarded request. A handler sees nothing of what they do, as in Kamailio,
 * but their return values say what they found. `subst_v` edits a text for the script.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fixed, fn, type KemiFunction, regex, str, variable } from '../../kemi/module.ts';
import { fieldNameProblem, headerValues } from '../../pv/headers.ts';
import {
	compileSubstitution,
	type Substitution,
	substitute,
	substitutionProblem,
} from '../../pv/substitution.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import { TransformationError } from '../../pv/transformation.ts';
import { changeRequestUri, rawRequestUri, rewriteRequestUri } from '../../pv/variables/request-uri.ts';
import { parseSipUri } from '../../pv/variables/sip-uri.ts';
import { setVariable } from '../pvx/write.ts';
import { behindFirstLine, bodyOf, fieldKey, headerLines } from './message.ts';
import { compilePattern, matchAll } from './patterns.ts';
import { chooseFields, search } from './search.ts';

/** Scripts can build expressions without end; beyond this many the cache starts anew. */
const CACHE_SIZE = 256;
const substitutions = new Map<string, Substitution | PvSyntaxError>();

function compile(source: string): Substitution | PvSyntaxError {
	let compiled = substitutions.get(source);
	if (compiled) return compiled;
	try {
		compiled = compileSubstitution(source);
	} catch (error) {
		if (!(error instanceof PvSyntaxError)) throw error;
		compiled = error;
	}
	if (substitutions.size >= CACHE_SIZE) substitutions.clear();
	substitutions.set(source, compiled);
	return compiled;
}

/** Runs a substitution; null if nothing matches, or after an error line. */
function attempt<T>(
	ctx: RequestContext,
	caller: string,
	source: string,
	run: (substitution: Substitution) => T | null,
): T | null {
	const substitution = compile(source);
	try {
		if (substitution instanceof PvSyntaxError) throw substitution;
		return run(substitution);
	} catch (error) {
		if (!(error instanceof TransformationError || error instanceof PvSyntaxError)) throw error;
		ctx.report('error', `${caller}: "${source}": ${error.message}`);
		return null;
	}
}

/** 1 if a substitution would replace something in one of some texts, -1 if not, or after an error line. */
function wouldReplace(ctx: RequestContext, caller: string, source: string, texts: readonly string[]): 1 | -1 {
	const changed = texts.filter((text) =>
		attempt(ctx, caller, source, (substitution) => {
			const found = substitute({ ...substitution, all: false }, text, ctx);
			if (found !== null && substitution.all && matchAll(substitution.regex, text) === 'empty')
				throw new TransformationError('the expression matches an empty text');
			return found === null ? null : true;
		}),
	);
	return changed.length > 0 ? 1 : -1;
}

/** Looks at the first field (`f`), the last (`l`) or all of a name. */
function substituteHeader(ctx: RequestContext, name: string, source: string, which: string): 1 | -1 {
	const caller = 'KSR.textops.subst_hf';
	if (!name || !source || fieldKey(ctx, caller, name) === undefined) return -1;
	return wouldReplace(ctx, caller, source, chooseFields(headerValues(ctx, name), which));
}

const UNSEEN = 'of a forwarded request, nothing that a handler could see';

type TextOf = (ctx: RequestContext) => string | undefined;

/** Replaces the first match, or puts a text behind it. */
function editFirst(name: string, what: string, textOf: TextOf): KemiFunction {
	return fn(
		name,
		[regex('expression'), str('text')],
		'int',
		`${what} ${UNSEEN}. Gives 1, or -1 if nothing matches.`,
		(ctx, expression) => search(ctx, `KSR.textops.${name}`, expression, textOf(ctx)),
		{ cfg: name },
	);
}

/** Replaces all matches. An empty one is an error. */
function editAll(name: string, what: string, textOf: TextOf): KemiFunction {
	return fn(
		name,
		[regex('expression'), str('text')],
		'int',
		`Replaces all matches ${what} ${UNSEEN}. Gives 1, or -1 if nothing matches.`,
		(ctx, expression) => {
			const regex = compilePattern(ctx, `KSR.textops.${name}`, expression);
			const text = textOf(ctx);
			const found = regex && text !== undefined ? matchAll(regex, text) : 'none';
			if (found === 'empty') return ctx.refuse(`KSR.textops.${name}: "${expression}" matches an empty text`);
			return found === 'some' ? 1 : -1;
		},
		{ cfg: name },
	);
}

/** Replaces texts, without expressions: it always succeeds where there is something to look at. */
function editText(name: string, what: string, textOf: TextOf): KemiFunction {
	return fn(
		name,
		[str('text'), str('replacement'), str('which')],
		'int',
		`Replaces a text ${what} ${UNSEEN}: f the first, a all. Gives 1 whether it is found or not.`,
		(ctx) => (textOf(ctx) === undefined ? -1 : 1),
		{ cfg: name },
	);
}

/** Sets `$ru`, or its user, to what a substitution makes of it. */
function substituteUri(
	ctx: RequestContext,
	name: 'subst_uri' | 'subst_user',
	source: string,
	text: string | undefined,
): 1 | -1 {
	if (!source || text === undefined) return -1;
	const result = attempt(ctx, `KSR.textops.${name}`, source, (substitution) =>
		substitute(substitution, text, ctx),
	);
	if (result === null) return -1;
	if (name === 'subst_user') return changeRequestUri(ctx, () => ({ user: result })) ? 1 : -1;
	rewriteRequestUri(ctx, result);
	return 1;
}

function substFunction(name: string, what: string, textOf: TextOf): KemiFunction {
	return fn(
		name,
		[fixed('substitution', substitutionProblem)],
		'int',
		`Replaces ${what} ${UNSEEN}, by /expression/replacement/flags. Gives 1, or -1 if nothing matches.`,
		(ctx, source) => {
			if (!source) return -1;
			const text = textOf(ctx);
			return wouldReplace(ctx, `KSR.textops.${name}`, source, text === undefined ? [] : [text]);
		},
		{ cfg: name },
	);
}

/** Edits. */
export const editFunctions: readonly KemiFunction[] = [
	editFirst('search_append', 'Puts a text after the first match in headers and body', behindFirstLine),
	editFirst('search_append_body', 'Puts a text after the first match in the body', bodyOf),
	editFirst('replace', 'Replaces the first match in headers and body', behindFirstLine),
	editFirst('replace_body', 'Replaces the first match in the body', bodyOf),
	editFirst('replace_hdrs', 'Replaces the first match in the headers', headerLines),
	editAll('replace_all', 'in headers and body', behindFirstLine),
	editAll('replace_body_all', 'in the body', bodyOf),
	editAll('replace_body_atonce', 'in the body', bodyOf),
	editText('replace_str', 'in headers and body', behindFirstLine),
	editText('replace_body_str', 'in the body', bodyOf),
	editText('replace_hdrs_str', 'in the headers', headerLines),
	substFunction('subst', 'in headers and body', behindFirstLine),
	substFunction('subst_body', 'in the body', bodyOf),
	fn(
		'subst_uri',
		[fixed('substitution', substitutionProblem)],
		'int',
		'Replaces in $ru, by /expression/replacement/flags; $hu stays. Gives 1, or -1 if nothing matches.',
		(ctx, source) => substituteUri(ctx, 'subst_uri', source, rawRequestUri(ctx)),
		{ cfg: 'subst_uri' },
	),
	fn(
		'subst_user',
		[fixed('substitution', substitutionProblem)],
		'int',
		'Replaces in the user of $ru, by /expression/replacement/flags. Gives 1, or -1 if nothing matches or $ru is no SIP URI.',
		(ctx, source) => substituteUri(ctx, 'subst_user', source, parseSipUri(rawRequestUri(ctx))?.user),
		{ cfg: 'subst_user' },
	),
	fn(
		'subst_hf',
		[fixed('name', fieldNameProblem), fixed('substitution', substitutionProblem), str('which')],
		'int',
		`Replaces in fields of a name ${UNSEEN}, by /expression/replacement/flags: f the first of its name, l the last, a all. Gives 1, or -1 if nothing matches.`,
		substituteHeader,
		{ cfg: 'subst_hf' },
	),
	fn(
		'subst_v',
		[str('text'), str('substitution'), variable('variable')],
		'int',
		'Sets a variable to a text after /expression/replacement/flags. Gives 1, or -1 if nothing matches.',
		(ctx, text, source, variable) => {
			const caller = 'KSR.textops.subst_v';
			const result = attempt(ctx, caller, source, (substitution) => substitute(substitution, text, ctx));
			return result === null ? -1 : setVariable(ctx, caller, variable, result);
		},
		{ cfg: 'subst_v' },
	),
];
