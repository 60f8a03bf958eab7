/**
 * The contract of a transformation: `{s.len}` behind a variable.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import type { PvValue, Text } from './variable.ts';

/** An integer that texts show in another way: `{s.int}` of `007` is 7, and 007 in a text. */
export class WrittenInteger {
	readonly integer: number;
	readonly text: string;

	constructor(integer: number, text: string) {
		this.integer = integer;
		this.text = text;
	}
}

/**
 * Applies a transformation to a value: as text, as it is, and as the integer that a text is as well (`$rm`). Throws a
 * TransformationError where it cannot.
 */
export type Apply = (
	value: string,
	ctx: RequestContext,
	typed: string | number,
	integer?: number,
) => PvValue | WrittenInteger;

/** A step that failed: the whole variable is null then, and the reason is logged. */
export class TransformationError extends Error {}

/** A transformation. */
export interface Transformation {
	/** `s.substr`. */
	readonly name: string;
	/** The parameters' names, those in brackets may be left out: `offset`, `[length]`. */
	readonly params: readonly string[];
	readonly doc: string;
	/** True if the parameter is one text that may hold commas, as in `{re.subst,/a,b/c/}`. */
	readonly rawParam?: boolean;
	/** What null becomes; where it is left out, null fails the step. */
	readonly ofNull?: PvValue;
	/** Compiles the step once for its parameters. Integers come in as their decimal text. */
	bind(args: readonly Text[]): Apply;
}
