/**
 * `{s.…}`: numbers out of a text (modules/pv/pv_trans.c).
 *
 * @module
 */
import { type Apply, type Transformation, TransformationError, WrittenInteger } from '../transformation.ts';
import { charParam, integerParam } from './params.ts';

/**
 * The integer that a whole text is, as Kamailio's str2slong() reads it: a sign and digits, either of which may be
 * missing. Kamailio's integers have 64 bits; here what a JavaScript number cannot hold exactly is too large.
 * @throws TransformationError
 */
export function toInteger(value: string): number {
	if (!/^[+-]?\d*$/.test(value)) throw new TransformationError(`"${value}" is no integer`);
	const digits = value.replace(/^[+-]/, '');
	const number = Number(digits) * (value.startsWith('-') ? -1 : 1);
	if (!Number.isSafeInteger(number)) throw new TransformationError(`"${value}" is too large`);
	return number || 0;
}

/** `{s.int}`: in a text it stands as it was written. */
const integer: Apply = (value, _ctx, typed, integer) =>
	new WrittenInteger(typeof typed === 'number' ? typed : (integer ?? toInteger(value)), value);

/** `{s.count}` */
const count: Transformation = {
	name: 's.count',
	params: ['char'],
	doc: 'How often a character occurs, as an integer.',
	bind([text]): Apply {
		const char = charParam(text);
		return (value, ctx) => value.split(char(ctx)).length - 1;
	},
};

/** `{s.byteat}` */
const byteAt: Transformation = {
	name: 's.byteat',
	params: ['index'],
	doc: 'The byte at an index as an integer, 0 to 255; -1 if there is none.',
	bind([text]): Apply {
		const index = integerParam(text);
		return (value, ctx) => {
			const at = index(ctx);
			return at >= 0 && at < value.length ? value.charCodeAt(at) : -1;
		};
	},
};

/** Transformations of the class `s` that give integers, or the digits of a text. */
export const numberTransformations: readonly Transformation[] = [
	{ name: 's.len', params: [], doc: 'How many bytes there are.', bind: () => (value) => value.length },
	{
		name: 's.int',
		params: [],
		doc: 'The integer that the whole text is; 0 for an empty one.',
		bind: () => integer,
	},
	{ name: 's.intv', params: [], doc: 'The same as s.int.', bind: () => integer },
	{
		name: 's.numeric',
		params: [],
		doc: 'The digits of the text, without everything else.',
		bind: () => (value) => value.replace(/[^0-9]+/g, ''),
	},
	count,
	byteAt,
];
