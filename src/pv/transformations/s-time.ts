/**
 * `{s.ftime}`: a Unix time written out, in the time zone of the process (modules/pv/pv_trans.c).
 *
 * @module
 */

import { breakDown, LONGEST_FORMAT, strftime } from '../../strftime.ts';
import { type Transformation, TransformationError } from '../transformation.ts';
import { stringParam } from './params.ts';
import { toInteger } from './s-number.ts';

/** JavaScript's dates end 100 million days from 1970. */
const LAST_SECOND = 8.64e12;

/** The transformation of times in the class `s`. */
export const timeTransformations: readonly Transformation[] = [
	{
		name: 's.ftime',
		params: ['format'],
		doc: "The value as a Unix time, written with strftime()'s conversions.",
		bind([text]) {
			const format = stringParam(text);
			return (value, ctx, typed, integer) => {
				const seconds = typeof typed === 'number' ? typed : (integer ?? toInteger(value));
				if (Math.abs(seconds) > LAST_SECOND) throw new TransformationError(`${value} is too far from 1970`);
				const wanted = format(ctx);
				if (wanted.length > LONGEST_FORMAT)
					throw new TransformationError(`a format has at most ${LONGEST_FORMAT} bytes`);
				return strftime(wanted, breakDown(seconds * 1000, false));
			};
		},
	},
];
