/**
 * KSR.textopsx: patterns of file names, iterators over headers and lines, single values of header fields
 * (modules/textopsx/textopsx.c). What edits a forwarded request changes nothing that a handler could see.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, str } from '../kemi/module.ts';
import type { KemiValue } from '../kemi/value.ts';
import { allHeaderValues } from '../pv/headers.ts';
import type { Variable } from '../pv/variable.ts';
import { literalVariable } from '../pv/variables/names.ts';
import { bodyText } from '../pv/variables/request.ts';
import { headerNames } from './textops/message.ts';
import { beforeNul, compilePattern } from './textops/patterns.ts';
import { fnmatch } from './textopsx/fnmatch.ts';
import { headerValueFunctions } from './textopsx/header-values.ts';
import { HeaderIterator, Iterators, LineIterator } from './textopsx/iterators.ts';

const headerIterators = requestLocal(() => new Iterators<HeaderIterator>('KSR.textopsx.hf_iterator'));
const lineIterators = requestLocal(() => new Iterators<LineIterator>('KSR.textopsx.bl_iterator'));

const headerIterator = (ctx: RequestContext, name: string) => ctx.get(headerIterators).find(ctx, name);
const lineIterator = (ctx: RequestContext, name: string) => ctx.get(lineIterators).find(ctx, name);

type Find<T> = (ctx: RequestContext, name: string) => T | undefined;

function iteratorFunction(
	name: string,
	doc: string,
	run: (ctx: RequestContext, iterator: string) => boolean,
): KemiFunction {
	return fn(name, [str('iterator')], 'int', doc, (ctx, iterator) => (run(ctx, iterator) ? 1 : -1), {
		cfg: name,
	});
}

/** An edit at the place where an iterator stands. */
function editFunction<T>(
	name: string,
	doc: string,
	find: Find<T>,
	stands: (iterator: T) => boolean,
): KemiFunction {
	return fn(
		name,
		[str('iterator'), str('text')],
		'int',
		`${doc} of a forwarded request, nothing that a handler could see. Gives 1, or -1 if the iterator stands nowhere.`,
		(ctx, iterator) => {
			const found = find(ctx, iterator);
			return found && stands(found) ? 1 : -1;
		},
		{ cfg: name },
	);
}

const onHeader = (iterator: HeaderIterator) => iterator.place !== undefined;
const onLine = (iterator: LineIterator) => iterator.line !== undefined;

/** The name or the value of the header field that an iterator stands at. */
function fieldName(ctx: RequestContext, iterator: string): string | null {
	const place = headerIterator(ctx, iterator)?.place;
	return place === undefined ? null : (headerNames(ctx)[place] ?? null);
}

function fieldValue(ctx: RequestContext, iterator: string): string | null {
	const place = headerIterator(ctx, iterator)?.place;
	return place === undefined ? null : (allHeaderValues(ctx)[place] ?? null);
}

function line(ctx: RequestContext, iterator: string): string | null {
	return lineIterator(ctx, iterator)?.line ?? null;
}

function getter(
	name: string,
	doc: string,
	get: (ctx: RequestContext, iterator: string) => KemiValue,
): KemiFunction {
	return fn(
		name,
		[str('iterator')],
		'xval',
		`${doc} that an iterator stands at; null if it stands nowhere.`,
		get,
	);
}

function variable(
	name: string,
	doc: string,
	get: (ctx: RequestContext, iterator: string) => string | null,
): Variable {
	return literalVariable(
		[name],
		`${doc} that an iterator stands at; null if it stands nowhere.`,
		(iterator) => ({
			get: (ctx) => get(ctx, iterator),
		}),
	);
}

const iteratorFunctions: readonly KemiFunction[] = [
	iteratorFunction(
		'hf_iterator_start',
		'Starts an iterator over the header fields, in front of the first. A request can have four, with names of up to 31 bytes.',
		(ctx, name) => ctx.get(headerIterators).start(ctx, name, new HeaderIterator(headerNames(ctx).length)),
	),
	iteratorFunction(
		'hf_iterator_next',
		'Goes to the next header field: 1, or -1 after the last one.',
		(ctx, name) => headerIterator(ctx, name)?.next() ?? false,
	),
	iteratorFunction(
		'hf_iterator_prev',
		'Goes to the header field before: 1, also in front of the first one, or -1 if the last one was passed.',
		(ctx, name) => headerIterator(ctx, name)?.previous() ?? false,
	),
	iteratorFunction('hf_iterator_end', 'Goes back in front of the first header field.', (ctx, name) => {
		const iterator = headerIterator(ctx, name);
		iterator?.end();
		return iterator !== undefined;
	}),
	getter('hf_iterator_hname', 'The name of the header field', fieldName),
	getter('hf_iterator_hbody', 'The value of the header field', fieldValue),
	iteratorFunction(
		'hf_iterator_rm',
		'Removes the header field that an iterator stands at of a forwarded request, nothing that a handler could see.',
		(ctx, name) => {
			const iterator = headerIterator(ctx, name);
			return iterator !== undefined && onHeader(iterator);
		},
	),
	editFunction('hf_iterator_append', 'Puts a header field after the one', headerIterator, onHeader),
	editFunction('hf_iterator_insert', 'Puts a header field before the one', headerIterator, onHeader),
	iteratorFunction(
		'bl_iterator_start',
		'Starts an iterator over the lines of the body, in front of the first. A request can have four, with names of up to 31 bytes.',
		(ctx, name) => ctx.get(lineIterators).start(ctx, name, new LineIterator(bodyText(ctx))),
	),
	iteratorFunction(
		'bl_iterator_next',
		'Goes to the next line: 1, or -1 after the last one.',
		(ctx, name) => lineIterator(ctx, name)?.next() ?? false,
	),
	iteratorFunction(
		'bl_iterator_end',
		'Lets go of the body; the iterator can be started again.',
		(ctx, name) => {
			const iterator = lineIterator(ctx, name);
			iterator?.end();
			return iterator !== undefined;
		},
	),
	getter('bl_iterator_value', 'The line, its end included,', line),
	iteratorFunction(
		'bl_iterator_rm',
		'Removes the line that an iterator stands at of a forwarded request, nothing that a handler could see.',
		(ctx, name) => {
			const iterator = lineIterator(ctx, name);
			return iterator !== undefined && onLine(iterator);
		},
	),
	editFunction('bl_iterator_append', 'Puts a text after the line', lineIterator, onLine),
	editFunction('bl_iterator_insert', 'Puts a text before the line', lineIterator, onLine),
];

/** 0 for a match, as KEMI has it. In Kamailio's own language, where 0 would end the script, it is 1. */
function match(text: string, pattern: string): 0 | -1 {
	return fnmatch(beforeNul(pattern), beforeNul(text)) ? 0 : -1;
}

const nativeMatch = (_ctx: RequestContext, text: string, pattern: string) =>
	match(text, pattern) === 0 ? 1 : -1;

/** The same in Kamailio's own language. */
const matchingFunctions: readonly KemiFunction[] = [
	fn(
		'fnmatch',
		[str('text'), str('pattern')],
		'int',
		'1 if a pattern of file names (*, ?, [a-z]) matches a whole text, -1 if not.',
		nativeMatch,
	),
	fn(
		'fnmatch',
		[str('text'), str('pattern'), str('flags')],
		'int',
		'The same; the flags do nothing.',
		nativeMatch,
	),
];

/** What changes the request itself is for Kamailio's request_route; in an event route it is refused. */
function wrongRoute(ctx: RequestContext, name: string): -1 {
	return ctx.refuse(`KSR.textopsx.${name}: the request cannot be changed here`);
}

/** A status that a reply that is passed on could be given: 1 if Kamailio takes it, else -1 after an error line. */
function changeStatus(ctx: RequestContext, code: number, reason: string): 1 | -1 {
	const why =
		reason === ''
			? 'the reason is empty'
			: code < 100 || code > 699
				? `${code} is no status`
				: code < 300
					? 'a reply that says yes, or not yet, stays so'
					: undefined;
	return why === undefined ? 1 : ctx.refuse(`KSR.textopsx.change_reply_status: ${why}`);
}

/** The functions on KSR.textopsx. */
export const textopsx = defineModule({
	name: 'textopsx',
	doc: 'Patterns, iterators, and values of header fields.',
	depends: ['pv'],
	cfgFunctions: matchingFunctions,
	functions: [
		fn(
			'fnmatch',
			[str('text'), str('pattern')],
			'int',
			'0 if a pattern of file names (*, ?, [a-z]) matches a whole text, -1 if not.',
			(_ctx, text, pattern) => match(text, pattern),
		),
		fn(
			'fnmatch_ex',
			[str('text'), str('pattern'), str('flags')],
			'int',
			'The same as fnmatch. The flags do nothing: Kamailio, as it is built, does not have the one it describes (i).',
			(_ctx, text, pattern) => match(text, pattern),
		),
		...iteratorFunctions,
		...headerValueFunctions,
		fn(
			'msg_set_buffer',
			[str('text')],
			'int',
			'Replaces the request: refused in handlers, -1.',
			(ctx) => wrongRoute(ctx, 'msg_set_buffer'),
			{ cfg: 'msg_set_buffer' },
		),
		fn(
			'msg_apply_changes',
			[],
			'int',
			'Applies edits to the request: refused in handlers, -1.',
			(ctx) => wrongRoute(ctx, 'msg_apply_changes'),
			{ cfg: 'msg_apply_changes' },
		),
		fn(
			'remove_body',
			[],
			'int',
			'Removes the body of a forwarded request, nothing that a handler could see. Gives 1.',
			() => 1,
			{ cfg: 'remove_body' },
		),
		fn(
			'change_reply_status',
			[int('code'), str('reason')],
			'int',
			'Changes the status of a SIP reply that is passed on, nothing that a handler could see: xhttp_reply sets its own. 1, or -1 for a code below 300 or above 699, or an empty reason.',
			changeStatus,
			{ cfg: 'change_reply_status' },
		),
		fn(
			'change_reply_status_code',
			[int('code')],
			'int',
			'The same as change_reply_status; the reason stays.',
			(ctx, code) => changeStatus(ctx, code, 'as it is'),
		),
		fn(
			'keep_hf',
			[],
			'int',
			'Removes most header fields of a forwarded request, nothing that a handler could see. Gives -1, as Kamailio does.',
			() => -1,
			{ cfg: 'keep_hf' },
		),
		fn(
			'keep_hf_re',
			[str('expression')],
			'int',
			'The same as keep_hf; fields whose names match stay.',
			(ctx, expression) => {
				if (expression) compilePattern(ctx, 'KSR.textopsx.keep_hf_re', expression);
				return -1;
			},
			{ cfg: 'keep_hf' },
		),
	],
	variables: [
		variable('hfitname', 'The name of the header field', fieldName),
		variable('hfitbody', 'The value of the header field', fieldValue),
		variable('blitval', 'The line of the body', line),
	],
});
