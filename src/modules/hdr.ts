/**
 * KSR.hdr: reading the request's header fields, and adding some to the reply (core/kemi.c).
 *
 * @module
 */
import { lowerAscii } from '../bytes.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fixed, fn, int, type KemiFunction, type Postponable, str } from '../kemi/module.ts';
import type { KemiValue } from '../kemi/value.ts';
import { fieldNameProblem, findHeader, headerValues } from '../pv/headers.ts';
import { words } from '../words.ts';

/** A field's value by its place among those of the same name, negative from the end. */
function valueAt(ctx: RequestContext, name: string, index: number): string | null {
	return headerValues(ctx, name).at(index) ?? null;
}

/** Request edits change a copy that only a forwarded SIP request would show. They succeed wherever the name is good. */
function edit(ctx: RequestContext, caller: string, name: string): 1 | -1 {
	const wrong = fieldNameProblem(name);
	return wrong === undefined ? 1 : ctx.refuse(`KSR.hdr.${caller}: ${wrong}`);
}

/** What `match_content` compares: the field's value with a text, without regard to case. */
const COMPARISONS: Readonly<Record<string, (value: string, text: string) => boolean>> = words({
	eq: (value, text) => value === text,
	ne: (value, text) => value !== text,
	sw: (value, text) => value.startsWith(text),
	in: (value, text) => value.includes(text),
});

/** Which fields of a name `match_content` looks at: first, last, all, or at least one. */
const QUANTIFIERS: Readonly<Record<string, (values: string[], test: (value: string) => boolean) => boolean>> =
	words({
		f: (values, test) => values.slice(0, 1).some(test),
		l: (values, test) => values.slice(-1).some(test),
		a: (values, test) => values.length > 0 && values.every(test),
		o: (values, test) => values.some(test),
	});

function matchContent(
	ctx: RequestContext,
	name: string,
	operator: string,
	text: string,
	which: string,
): boolean {
	const compare = COMPARISONS[operator];
	const quantify = QUANTIFIERS[which];
	if (!compare || !quantify) {
		ctx.report('error', `KSR.hdr.match_content: "${compare ? which : operator}" is not one of its words`);
		return false;
	}
	const wanted = lowerAscii(text);
	return quantify(headerValues(ctx, name), (value) => compare(lowerAscii(value), wanted));
}

/** A line that is surely good, and none that says where the reply ends. */
const APPENDED: Postponable = {
	gives: 1,
	ready: (ctx) => ctx.reply.untouched,
	sure(text, ...more) {
		if (typeof text !== 'string' || more.length > 0) return false;
		let end = text.length;
		if (end > 1 && text[end - 1] === '\n' && text[end - 2] === '\r') end -= 2;
		let colon = 0;
		for (let char = text[0] ?? ''; colon < end && char !== ':'; char = text[++colon] as string)
			if (!((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '-')) return false;
		// Content-Length and Transfer-Encoding have as many letters
		if (colon === 0 || colon === end || colon === 14 || colon === 17) return false;
		for (let i = colon + 1; i < end; i++)
			if ((text[i] as string) < ' ' || (text[i] as string) > '~') return false;
		return true;
	},
};

const orEmpty = (value: KemiValue) => value ?? '';
const orNull = (value: KemiValue) => value ?? '<null>';

/** append_hf and insert_hf of Kamailio's own language: as KEMI's, but an empty text is refused there. */
const nativeFunctions = ['append_hf', 'insert_hf'].flatMap((name): KemiFunction[] => [
	fn(
		name,
		[str('header')],
		'int',
		'Adds a field to a forwarded request, which a handler cannot see: 1, or -1 for an empty text.',
		(_ctx, header) => (header === '' ? -1 : 1),
	),
	fn(
		name,
		[str('header'), fixed('name', fieldNameProblem)],
		'int',
		'The same after, or before, the field of a name.',
		(ctx, header, field) => (header === '' ? -1 : edit(ctx, name, field)),
	),
]);

/** The functions on KSR.hdr. */
export const hdr = defineModule<{ several: boolean }>({
	name: 'hdr',
	doc: 'Header fields.',
	params: [
		{
			name: 'multi_header',
			type: 'int',
			default: 0,
			doc: '1 lets append_to_reply take several header lines in one text, as Kamailio does.',
		},
	],
	init: (params) => ({ several: params.int('multi_header') !== 0 }),
	cfgFunctions: nativeFunctions,
	functions: [
		fn(
			'get',
			[str('name')],
			'xval',
			"The first such field's value; null without one.",
			(ctx, name) => findHeader(ctx, name),
			{ steady: true },
		),
		fn(
			'gete',
			[str('name')],
			'xval',
			"The first such field's value; an empty string without one.",
			(ctx, name) => orEmpty(findHeader(ctx, name)),
			{ steady: true },
		),
		fn('getw', [str('name')], 'xval', "The first such field's value; <null> without one.", (ctx, name) =>
			orNull(findHeader(ctx, name)),
		),
		fn(
			'get_idx',
			[str('name'), int('index')],
			'xval',
			'The value of the field at an index among those of the name, negative from the end; null without one.',
			valueAt,
		),
		fn(
			'gete_idx',
			[str('name'), int('index')],
			'xval',
			'The same as get_idx; an empty string without one.',
			(ctx, name, index) => orEmpty(valueAt(ctx, name, index)),
		),
		fn(
			'getw_idx',
			[str('name'), int('index')],
			'xval',
			'The same as get_idx; <null> without one.',
			(ctx, name, index) => orNull(valueAt(ctx, name, index)),
		),
		fn(
			'is_present',
			[str('name')],
			'int',
			'1 if the request has such a field, -1 if not.',
			(ctx, name) => (fieldNameProblem(name) === undefined && findHeader(ctx, name) !== null ? 1 : -1),
			{ steady: true },
		),
		fn(
			'match_content',
			[str('name'), str('operator'), str('text'), str('which')],
			'bool',
			'Compares fields of a name, without regard to case: eq equal, ne not equal, sw starts with, in contains; f the first field, l the last, a all, o at least one.',
			matchContent,
		),
		fn(
			'append_to_reply',
			[str('header')],
			'int',
			'Adds a header line to the reply, before the reply is sent: 1, or -1 if it is refused. One line at a time; the line end may be left out.',
			(ctx, header) => {
				if (!header) return ctx.refuse('KSR.hdr.append_to_reply: the header is empty');
				const refused = ctx.reply.append(header, ctx.state(hdr).several);
				return refused === undefined ? 1 : ctx.refuse(`KSR.hdr.append_to_reply: ${refused}`);
			},
			{ cfg: 'append_to_reply', later: APPENDED },
		),
		fn(
			'append',
			[str('header')],
			'int',
			'Adds a field to a forwarded request; nothing that a handler could see.',
			() => 1,
		),
		fn(
			'append_after',
			[str('header'), fixed('name', fieldNameProblem)],
			'int',
			'Adds a field after another to a forwarded request; nothing that a handler could see.',
			(ctx, _header, name) => edit(ctx, 'append_after', name),
		),
		fn(
			'insert',
			[str('header')],
			'int',
			'Adds a first field to a forwarded request; nothing to see here.',
			() => 1,
		),
		fn(
			'insert_before',
			[str('header'), fixed('name', fieldNameProblem)],
			'int',
			'Adds a field before another to a forwarded request; nothing that a handler could see.',
			(ctx, _header, name) => edit(ctx, 'insert_before', name),
		),
		fn(
			'remove',
			[str('name')],
			'int',
			'Removes a field from a forwarded request; nothing that a handler could see.',
			(ctx, name) => edit(ctx, 'remove', name),
		),
		fn(
			'rmappend',
			[str('name'), str('header')],
			'int',
			'Replaces a field of a forwarded request at its end; nothing that a handler could see.',
			(ctx, name) => edit(ctx, 'rmappend', name),
		),
		fn(
			'rminsert',
			[str('name'), str('header')],
			'int',
			'Replaces a field of a forwarded request at its start; nothing that a handler could see.',
			(ctx, name) => edit(ctx, 'rminsert', name),
		),
	],
});
