/**
 * The forms that variables have: how their inner names are read and refused.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { suggest } from '../../kemi/suggest.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { Accessor, Binding, PvValue, Text, Variable } from '../variable.ts';

/** Reads a variable for a request. */
export type Getter = (ctx: RequestContext) => PvValue;

/** Sets a variable for a request. False, after an error line, where the value is refused. */
export type Setter = (ctx: RequestContext, value: PvValue) => boolean;

/**
 * The inner name that a variable cannot do without.
 * @throws PvSyntaxError if there is none
 */
export function requireInner({ inner }: Binding): Text {
	if (inner === undefined) throw new PvSyntaxError('a name in parentheses is missing', 0);
	if (inner.source === '') throw new PvSyntaxError('the name in parentheses is empty', 0);
	return inner;
}

/** @throws PvSyntaxError if an index was written for a variable that has none */
export function refuseIndex({ index }: Binding): void {
	if (index !== undefined) throw new PvSyntaxError('this variable takes no index', 0);
}

/** One of a few words, as in `$time(hour)`. */
export function wordVariable(
	names: readonly string[],
	doc: string,
	words: Readonly<Record<string, Getter>>,
): Variable {
	const known = new Map(Object.entries(words));
	return {
		names,
		doc,
		bind(binding) {
			refuseIndex(binding);
			const word = requireInner(binding).source;
			const get = known.get(word);
			if (get) return { get };
			const near = suggest(word, [...known.keys()]);
			throw new PvSyntaxError(
				`$${names[0]} knows no "${word}"; ${near ? `did you mean ${near}?` : `it knows ${[...known.keys()].join(', ')}`}`,
				0,
			);
		},
	};
}

/**
 * A name that is taken as it is written, as in `$env(HOME)`: a variable inside of it is not evaluated.
 * @param bind may throw a PvSyntaxError for a name that is not good
 */
export function literalVariable(
	names: readonly string[],
	doc: string,
	bind: (name: string) => Accessor,
): Variable {
	return {
		names,
		doc,
		bind(binding) {
			refuseIndex(binding);
			return bind(requireInner(binding).source);
		},
	};
}

/**
 * The variable that a name consists of, as in `$hdr($var(x))`; undefined if the name stands there itself. Only a
 * name that begins with `$` is dynamic (pvapi.c); `x$var(i)` is a name with a dollar sign in it.
 * @throws PvSyntaxError for text behind the variable, which Kamailio would pass over
 */
export function dynamicName(inner: Text): Accessor | undefined {
	if (inner.variable) return inner.variable;
	if (inner.constant === undefined && inner.source.startsWith('$'))
		throw new PvSyntaxError('text after the variable in a name', 0);
	return undefined;
}
