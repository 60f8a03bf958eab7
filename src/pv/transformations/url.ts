/**
 * `{url.…}`: the parts of a request target (modules/xhttp/xhttp_trans.c). Nothing is decoded.
 *
 * @module
 */
import type { Transformation } from '../transformation.ts';

/** The transformations of the class `url`. */
export const urlTransformations: readonly Transformation[] = [
	{
		name: 'url.path',
		params: [],
		doc: 'What stands before the first question mark.',
		bind: () => (value, _ctx, typed) => {
			const mark = value.indexOf('?');
			return mark < 0 ? typed : value.slice(0, mark);
		},
	},
	{
		name: 'url.querystring',
		params: [],
		doc: 'What follows the first question mark; empty without one.',
		bind: () => (value) => {
			const mark = value.indexOf('?');
			return mark < 0 ? '' : value.slice(mark + 1);
		},
	},
];
