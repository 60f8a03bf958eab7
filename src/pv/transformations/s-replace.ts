/**
 * `{s.…}`: texts replaced and lines broken (modules/pv/pv_trans.c).
 *
 * @module
 */

import { type Apply, type Transformation, TransformationError } from '../transformation.ts';
import type { Text } from '../variable.ts';
import { checkLength, sizeParam, stringParam } from './params.ts';

/** Every occurrence of `search`; where Kamailio would loop over an empty one, nothing is replaced. */
function replaceAll(value: string, search: string, replacement: string): string {
	if (search === '') return value;
	const parts = value.split(search);
	checkLength(value.length + (parts.length - 1) * (replacement.length - search.length));
	return parts.join(replacement);
}

/** `{s.rm}`: in a text that is written out, a backslash makes n, r and t the control characters of that name. */
function remove([text]: readonly Text[]): Apply {
	const search = stringParam(text);
	const unescaped = text?.variable ? (written: string) => written : unescapeWritten;
	return (value, ctx) => replaceAll(value, unescaped(search(ctx)), '');
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescapeWritten(written: string): string {
	return written.replace(/\\(.)/gs, (_, char: string) => CONTROLS[char] ?? char);
}

/**
 * `{s.fmtlines}` and `{s.fmtlinet}`. Kamailio's documentation has them break a text into lines of a width; what it
 * does, in all versions, is to break behind each of the first bytes, one less than the width. Scripts see that.
 */
function breakLines(indent: string): (args: readonly Text[]) => Apply {
	return ([widthText, depthText]) => {
		const width = sizeParam(widthText);
		const depth = sizeParam(depthText);
		return (value, ctx) => {
			const n = width(ctx);
			const m = depth(ctx);
			if (n <= 0 || m < 0)
				throw new TransformationError('the width must be positive and the indent not negative');
			// here Kamailio overwrites the text while it reads it
			if (m >= value.length) return value;
			const broken = Math.min(n, value.length) - 1;
			checkLength(value.length + broken * (2 + m));
			return [...value.slice(0, broken), value.slice(broken)].join(`\r\n${indent.repeat(m)}`);
		};
	};
}

/** Replacing transformations of the class `s`. */
export const replacingTransformations: readonly Transformation[] = [
	{
		name: 's.replace',
		params: ['search', 'replacement'],
		doc: 'Every occurrence of a text replaced by another.',
		bind([searchText, replacementText]) {
			const search = stringParam(searchText);
			const replacement = stringParam(replacementText);
			return (value, ctx) => replaceAll(value, search(ctx), replacement(ctx));
		},
	},
	{
		name: 's.rm',
		params: ['text'],
		doc: 'The value without any occurrence of a text, in which \\n, \\r, \\t and \\\\ stand for a character.',
		bind: remove,
	},
	{
		name: 's.fmtlines',
		params: ['width', 'indent'],
		doc: 'CR LF and an indent of blanks after each of the first bytes, one less than the width.',
		bind: breakLines(' '),
	},
	{
		name: 's.fmtlinet',
		params: ['width', 'indent'],
		doc: 'CR LF and an indent of tabs after each of the first bytes, one less than the width.',
		bind: breakLines('\t'),
	},
];
