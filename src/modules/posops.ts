/**
 * KSR.posops: places in the request, counted in bytes, and edits there, of which a handler sees nothing (modules/posops).
 * It is built from Kamailio's source: Debian's 5.6.3 does not have it.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, type KemiModule, regex, str } from '../kemi/module.ts';
import { wordVariable } from '../pv/variables/names.ts';
import { messageBuffer } from '../pv/variables/request.ts';
import { compilePattern } from './textops/patterns.ts';

/** What the last function has found, for `$pos`. */
const last = requestLocal(() => ({ index: -1, result: -1, length: 0 }));

/** Keeps a place that was found, or that none was (-1), and gives what the function returns. */
function found(ctx: RequestContext, index: number, length = 0): number {
	const kept = ctx.get(last);
	kept.index = index;
	kept.length = index < 0 ? 0 : length;
	kept.result = index === 0 ? ctx.state(posops).zero : index;
	return kept.result;
}

/** Where the headers end and the content begins. */
function headersEnd(buffer: string): { end: number; body: number } {
	const match = /\r?\n(\r?\n)/.exec(buffer);
	const empty = match?.[1]?.length ?? 0;
	const body = match ? match.index + match[0].length : buffer.length;
	return { end: body - empty, body };
}

function placeFunction(name: string, doc: string, place: (buffer: string) => number): KemiFunction {
	const run = (ctx: RequestContext) => found(ctx, place(messageBuffer(ctx)));
	return fn(name, [], 'int', doc, run, { cfg: name });
}

/** The place of a text at or behind `from`; -1 without one. */
function find(buffer: string, from: number, text: string, { backwards = false, ignoreCase = false }): number {
	const start = from < 0 ? from + buffer.length : from;
	if (text === '' || start < 0 || start > buffer.length - text.length) return -1;
	const [where, what] = ignoreCase ? [buffer.toLowerCase(), text.toLowerCase()] : [buffer, text];
	const place = backwards ? where.lastIndexOf(what) : where.indexOf(what, start);
	return place < start ? -1 : place;
}

function findFunction(name: string, how: string, options: Parameters<typeof find>[3]): KemiFunction {
	return fn(
		name,
		[int('from'), str('text')],
		'int',
		`The place of the ${how} of a text at or after a place, which counts from the end where it is negative; -1 without one.`,
		(ctx, from, text) => found(ctx, find(messageBuffer(ctx), from, text, options), text.length),
		{ cfg: name },
	);
}

/** Behind so many matches the last one is not looked for any more. */
const MOST_MATCHES = 1000;

function search(ctx: RequestContext, name: string, from: number, source: string, backwards: boolean): number {
	const buffer = messageBuffer(ctx);
	const start = from < 0 ? from + buffer.length : from;
	const pattern = compilePattern(ctx, `KSR.posops.${name}`, source);
	if (!pattern || start < 0 || start >= buffer.length) return found(ctx, -1);
	// as in C, where the search begins is a beginning
	const text = buffer.slice(start);
	const matcher = pattern.matcher(text);
	let place = -1;
	let length = 0;
	for (let at = 0, matches = 0; matches < MOST_MATCHES && at <= text.length && matcher.find(at); matches++) {
		place = start + matcher.start();
		length = matcher.end() - matcher.start();
		if (!backwards) break;
		at = matcher.start() + 1;
	}
	return found(ctx, place, length);
}

function searchFunction(name: string, how: string, backwards: boolean): KemiFunction {
	return fn(
		name,
		[int('from'), regex('expression')],
		'int',
		`The place of the ${how} match of an expression, without regard to case, at or after a place; -1 without one. $pos(len) is how long it is.`,
		(ctx, from, source) => search(ctx, name, from, source, backwards),
		{ cfg: name },
	);
}

/** Whether an edit at a place would be taken: 1, or -1 after an error line. */
function edit(ctx: RequestContext, name: string, place: number, length: number): number {
	const size = messageBuffer(ctx).length;
	const offset = place < 0 ? size + place + 1 : place;
	if (length > 0 && offset >= 0 && offset <= size) return 1;
	return ctx.refuse(
		`KSR.posops.${name}: ${length > 0 ? `the request has ${size} bytes` : 'there is nothing to do'}`,
	);
}

const UNSEEN = 'of a forwarded request, nothing that a handler could see';

function editFunction(name: string, what: string): KemiFunction {
	return fn(
		name,
		[int('place'), str('text')],
		'int',
		`Puts a text ${what} a place ${UNSEEN}. Gives 1, or -1 for an empty text and a place beyond the end.`,
		(ctx, place, text) => edit(ctx, name, place, text.length),
		{ cfg: name },
	);
}

/** The functions on KSR.posops. */
export const posops: KemiModule<{ zero: number }> = defineModule<{ zero: number }>({
	name: 'posops',
	doc: 'Places in the request.',
	params: [{ name: 'idx0', type: 'int', default: -255, doc: 'What functions return for the place 0.' }],
	init: (params) => ({ zero: params.int('idx0') }),
	functions: [
		placeFunction(
			'pos_headers_start',
			'Where the header fields begin.',
			(buffer) => buffer.indexOf('\n') + 1,
		),
		placeFunction(
			'pos_headers_end',
			'Where the header fields end: at the empty line.',
			(buffer) => headersEnd(buffer).end,
		),
		placeFunction('pos_body_start', 'Where the content begins.', (buffer) => headersEnd(buffer).body),
		placeFunction('pos_body_end', 'Where the content ends.', (buffer) => buffer.length),
		findFunction('pos_find_str', 'first', {}),
		findFunction('pos_findi_str', 'first, without regard to case,', { ignoreCase: true }),
		findFunction('pos_rfind_str', 'last', { backwards: true }),
		findFunction('pos_rfindi_str', 'last, without regard to case,', { backwards: true, ignoreCase: true }),
		searchFunction('pos_search', 'first', false),
		searchFunction('pos_rsearch', 'last', true),
		editFunction('pos_append', 'after'),
		editFunction('pos_insert', 'before'),
		fn(
			'pos_rm',
			[int('place'), int('length')],
			'int',
			`Removes bytes ${UNSEEN}. Gives 1, or -1 for a length below 1 and bytes beyond the end.`,
			(ctx, place, length) => {
				const size = messageBuffer(ctx).length;
				const offset = place < 0 ? size + place + 1 : place;
				const result = edit(ctx, 'pos_rm', place, length);
				if (result < 0 || offset === size || offset + length <= size) return result;
				return ctx.refuse(`KSR.posops.pos_rm: the request has ${size} bytes`);
			},
			{ cfg: 'pos_rm' },
		),
		fn(
			'pos_set_char',
			[int('place'), str('char')],
			'int',
			'Changes a byte of the request: refused in handlers, -1, as by KSR.textopsx.msg_set_buffer.',
			(ctx) => ctx.refuse('KSR.posops.pos_set_char: the request cannot be changed here'),
			{ cfg: 'pos_set_char' },
		),
	],
	variables: [
		wordVariable(
			['pos'],
			'What the last function of posops found: idx the place, ret what it returned, len the length; -1 for nothing.',
			{
				idx: (ctx) => ctx.get(last).index,
				ret: (ctx) => ctx.get(last).result,
				len: (ctx) => ctx.get(last).length,
			},
		),
	],
});
