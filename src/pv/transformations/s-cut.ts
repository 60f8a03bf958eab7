/**
 * `{s.…}`: parts of a text, by position, by separator and by character (modules/pv/pv_trans.c).
 *
 * @module
 */
import { PvSyntaxError } from '../syntax-error.ts';
import { constantText } from '../text.ts';
import { type Apply, type Transformation, TransformationError } from '../transformation.ts';
import type { Text } from '../variable.ts';
import { charParam, embeddedVariable, integerParam, type Param, sizeParam, stringParam } from './params.ts';

/** `{s.substr}` */
function substr([offsetText, lengthText]: readonly Text[]): Apply {
	const offset = integerParam(offsetText);
	const length = sizeParam(lengthText);
	return (value, ctx) => {
		const from = offset(ctx);
		const count = length(ctx);
		if (count < 0) throw new TransformationError('the length is negative');
		if (from >= value.length || -from > value.length)
			throw new TransformationError(`offset ${from} is outside of the ${value.length} bytes`);
		const begin = from < 0 ? value.length + from : from;
		return count === 0 ? value.slice(begin) : value.slice(begin, begin + count);
	};
}

/** The field at an index, counted from the end where it is negative (-1 is the last); empty where there is none. */
function field(fields: readonly string[], index: number): string {
	return fields.at(index) ?? '';
}

const ESCAPED_SEPARATORS: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r', t: '\t' };

/** `{s.select}`: the separator is whatever character stands behind the comma, a blank or a `$` too. */
function select([raw]: readonly Text[]): Apply {
	const source = raw?.source ?? '';
	const begin = source.search(/[^ \t\n]/);
	const variable = source[begin] === '$' ? embeddedVariable(source, begin) : undefined;
	const comma = source.indexOf(',', variable?.end);
	const between = source.slice(variable?.end ?? begin, comma);
	if (comma < 0 || (variable && /[^ \t\n]/.test(between)))
		throw new PvSyntaxError('an index and a separator are expected', 0);
	const index = integerParam(variable?.text ?? constantText(between));
	const [, escaped, char = ESCAPED_SEPARATORS[escaped ?? '']] =
		/^(?:\\([\\nrt])|([^\\]))[ \t\n]*$/.exec(source.slice(comma + 1)) ?? [];
	if (char === undefined)
		throw new PvSyntaxError('the separator is one character, or \\\\, \\n, \\r, \\t', comma + 1);
	return (value, ctx) => field(value.split(char), index(ctx));
}

/** `{s.strip}` and `{s.striptail}` */
function strip(cut: (value: string, count: number) => string): (args: readonly Text[]) => Apply {
	return ([countText]) => {
		const count = integerParam(countText);
		return (value, ctx) => {
			const n = count(ctx);
			return n <= 0 ? value : n >= value.length ? '' : cut(value, n);
		};
	};
}

/** `{s.stripto}` */
function stripTo([text]: readonly Text[]): Apply {
	stringParam(text); // refuses a comma, as Kamailio does here alone
	const char = charParam(text);
	return (value, ctx) => {
		const at = value.indexOf(char(ctx));
		return at < 0 ? '' : value.slice(at);
	};
}

/** Transformations that look for one character: `at` is its place, -1 without one. */
function atChar(
	find: (value: string, char: string) => number,
	cut: (value: string, at: number) => string,
): (args: readonly Text[]) => Apply {
	return ([text]) => {
		const char: Param<string> = charParam(text);
		return (value, ctx) => cut(value, find(value, char(ctx)));
	};
}

const first = (value: string, char: string) => value.indexOf(char);
const last = (value: string, char: string) => value.lastIndexOf(char);
const before = (value: string, at: number) => (at < 0 ? value : value.slice(0, at));
const after = (value: string, at: number) => (at < 0 ? '' : value.slice(at + 1));

/** Kamailio's own limit: with quadratic growth, its buffer of 64 KiB is as good as any. */
const PREFIXES_BYTES = 65535;

/** `{s.prefixes}` and `{s.prefixes.quoted}` */
function prefixes(quote: string, perPrefix: number): (args: readonly Text[]) => Apply {
	return ([mostText]) => {
		const most = mostText ? integerParam(mostText) : () => 0;
		return (value, ctx) => {
			const wanted = most(ctx);
			const count = wanted > 0 ? Math.min(wanted, value.length) : value.length;
			if (count * (Math.floor(count / 2) + perPrefix) > PREFIXES_BYTES)
				throw new TransformationError(`${count} prefixes are too many`);
			return Array.from({ length: count }, (_, i) => quote + value.slice(0, i + 1) + quote).join();
		};
	};
}

/** Cutting transformations of the class `s`. */
export const cuttingTransformations: readonly Transformation[] = [
	{
		name: 's.substr',
		params: ['offset', 'length'],
		doc: 'The part from an offset, counted from the end where it is negative; length 0 takes all that follows.',
		bind: substr,
	},
	{
		name: 's.select',
		params: ['index,separator'],
		rawParam: true,
		doc: 'The field at an index, split at one character; negative counts from the end. Empty where there is none.',
		bind: select,
	},
	{
		name: 's.selectsw',
		params: ['index'],
		doc: 'The field at an index, split at each blank, tab, CR and LF; negative counts from the end.',
		bind: ([text]) => {
			const index = integerParam(text);
			return (value, ctx) => field(value.split(/[ \t\r\n]/), index(ctx));
		},
	},
	{
		name: 's.strip',
		params: ['count'],
		doc: 'The value without its first bytes.',
		bind: strip((value, count) => value.slice(count)),
	},
	{
		name: 's.striptail',
		params: ['count'],
		doc: 'The value without its last bytes.',
		bind: strip((value, count) => value.slice(0, -count)),
	},
	{
		name: 's.stripto',
		params: ['char'],
		doc: 'The value from the first such character on; empty without one.',
		bind: stripTo,
	},
	{
		name: 's.before',
		params: ['char'],
		doc: 'What stands before the first such character; the whole value without one.',
		bind: atChar(first, before),
	},
	{
		name: 's.after',
		params: ['char'],
		doc: 'What follows the first such character; empty without one.',
		bind: atChar(first, after),
	},
	{
		name: 's.rbefore',
		params: ['char'],
		doc: 'What stands before the last such character; the whole value without one.',
		bind: atChar(last, before),
	},
	{
		name: 's.rafter',
		params: ['char'],
		doc: 'What follows the last such character; empty without one.',
		bind: atChar(last, after),
	},
	{
		name: 's.charat',
		params: ['index'],
		doc: 'The byte at an index; empty where there is none.',
		bind: ([text]) => {
			const index = integerParam(text);
			return (value, ctx) => value.charAt(index(ctx));
		},
	},
	{
		name: 's.prefixes',
		params: ['[count]'],
		doc: 'All prefixes up to a length, shortest first, with commas between them.',
		bind: prefixes('', 3),
	},
	{
		name: 's.prefixes.quoted',
		params: ['[count]'],
		doc: 'All prefixes up to a length, each in single quotes, with commas between them.',
		bind: prefixes("'", 1),
	},
];
