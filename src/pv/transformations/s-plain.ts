/**
 * Transformations of the class `s` that make a text of a text and take no parameters.
 *
 * @module
 */
import type { Transformation } from '../transformation.ts';
import { checkLength } from './params.ts';

/** One of them: `escape.common`, what it does, and the function that does it. */
export type PlainTransformation = readonly [name: string, doc: string, apply: (value: string) => string];

/** Declares them. Each refuses a text that is too long. */
export function plainTransformations(list: readonly PlainTransformation[]): readonly Transformation[] {
	return list.map(([name, doc, apply]) => ({
		name: `s.${name}`,
		params: [],
		doc,
		bind: () => (value) => {
			checkLength(value.length);
			return apply(value);
		},
	}));
}
