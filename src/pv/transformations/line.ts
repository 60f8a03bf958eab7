/**
 * `{line.…}`: lines of a text (modules/pv/pv_trans.c). They end in LF; a CR in front of it does not belong to them.
 *
 * @module
 */

import { type Apply, type Transformation, TransformationError } from '../transformation.ts';
import type { Text } from '../variable.ts';
import { integerParam, stringParam } from './params.ts';

/** Refuses an empty text, as Kamailio does in this class. */
function filled(apply: Apply): Apply {
	return (value, ctx, typed) => {
		if (value === '') throw new TransformationError('there are no lines');
		return apply(value, ctx, typed);
	};
}

function withoutCr(line: string): string {
	return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** The line at an index from 0 on; empty where there is none. */
function lineAt(value: string, index: number): string {
	let begin = 0;
	for (let i = 0; i < index; i++) {
		begin = value.indexOf('\n', begin) + 1;
		if (begin === 0) return '';
	}
	const end = value.indexOf('\n', begin);
	return value.slice(begin, end < 0 ? undefined : end);
}

/**
 * The line at an index counted from the end, 1 for the last. Kamailio looks for the line end before a line from the
 * line's last byte but one on, so that an empty line comes out with the one before it.
 */
function lineFromEnd(value: string, index: number): string {
	let last = value.length - (value.endsWith('\n') ? 2 : 1);
	for (let i = 1; ; i++) {
		const lineEnd = last > 0 ? value.lastIndexOf('\n', last - 1) : -1;
		if (i === index) return value.slice(lineEnd + 1, last + 1);
		if (lineEnd < 0) return '';
		last = lineEnd - 1;
	}
}

/** The first line that starts with a text; empty without one. */
function lineStartingWith(value: string, start: string): string {
	for (let begin = 0; ; ) {
		if (value.startsWith(start, begin)) {
			const end = value.indexOf('\n', begin + start.length);
			return value.slice(begin, end < 0 ? undefined : end);
		}
		begin = value.indexOf('\n', begin) + 1;
		if (begin === 0) return '';
	}
}

function at([text]: readonly Text[]): Apply {
	const index = integerParam(text);
	return filled((value, ctx) => {
		const i = index(ctx);
		return withoutCr(i < 0 ? lineFromEnd(value, -i) : lineAt(value, i));
	});
}

function startingWith([text]: readonly Text[]): Apply {
	const start = stringParam(text);
	return filled((value, ctx) => withoutCr(lineStartingWith(value, start(ctx))));
}

/** As text: the integer loses its type at the end of Kamailio's tr_eval_line(). */
function count(): Apply {
	return filled((value) => String(value.split('\n').length - (value.endsWith('\n') ? 1 : 0)));
}

/** The transformations of the class `line`. */
export const lineTransformations: readonly Transformation[] = [
	{ name: 'line.count', params: [], doc: 'How many lines there are, as text.', bind: count },
	{
		name: 'line.at',
		params: ['index'],
		doc: 'The line at an index; negative counts from the end. Empty where there is none.',
		bind: at,
	},
	{
		name: 'line.sw',
		params: ['start'],
		doc: 'The first line that starts with a text; empty without one.',
		bind: startingWith,
	},
];
