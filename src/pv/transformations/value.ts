/**
 * `{val.…}` and `{num.…}`: what a value is, rather than what is in it (modules/pv/pv_trans.c of Kamailio 6).
 *
 * @module
 */
import { escapeText } from '../../json-escapes.ts';
import type { RequestContext } from '../../kemi/context.ts';
import type { Transformation } from '../transformation.ts';
import type { PvValue } from '../variable.ts';

/** A step that looks at the value's type: the registry hands it over as it is, behind its text. */
type TypedApply = (value: string, ctx: RequestContext, typed?: string | number) => PvValue;

/** A digit of an integer; 0 for a text, even one of digits. */
function digit(choose: (digits: string) => string | undefined): () => TypedApply {
	return () => (_value, _ctx, typed) =>
		typeof typed === 'number' ? Number(choose(String(Math.abs(typed)))) : 0;
}

/** Integers stay integers, in all four. */
function ofText(apply: (value: string) => string): () => TypedApply {
	return () => (value, _ctx, typed) => (typeof typed === 'number' ? typed : apply(value));
}

/** The transformations of the classes `val` and `num`. */
export const valueTransformations: readonly Transformation[] = [
	{
		name: 'val.n0',
		params: [],
		doc: 'The value; 0 for null.',
		ofNull: 0,
		bind: ofText((value) => value),
	},
	{
		name: 'val.ne',
		params: [],
		doc: 'The value; an empty text for null.',
		ofNull: '',
		bind: ofText((value) => value),
	},
	{
		name: 'val.json',
		params: [],
		doc: 'A text escaped for the inside of a JSON string; empty for null.',
		ofNull: '',
		bind: ofText((value) => escapeText(value)),
	},
	{
		name: 'val.jsonqe',
		params: [],
		doc: 'A text as a JSON string with its quotes, "" for null; integers stay.',
		ofNull: '""',
		bind: ofText((value) => `"${escapeText(value)}"`),
	},
	{
		name: 'num.fdigit',
		params: [],
		doc: 'The first digit of an integer; 0 for a text or null.',
		ofNull: 0,
		bind: digit((digits) => digits.at(0)),
	},
	{
		name: 'num.ldigit',
		params: [],
		doc: 'The last digit of an integer; 0 for a text or null.',
		ofNull: 0,
		bind: digit((digits) => digits.at(-1)),
	},
];
