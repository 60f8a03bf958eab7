/**
 * The contract of a transformation: `{s.len}` behind a variable.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { PvSyntaxError } from './syntax-error.ts';
import type { Text } from './text.ts';
import type { PvValue } from './variable.ts';

/** Applies a transformation to a value. Throws a TransformationError where it cannot. */
export type Apply = (value: string, ctx: RequestContext) => PvValue;

/** A step that failed: the whole variable is null then, and the reason is logged. */
export class TransformationError extends Error {}

/** A transformation. */
export interface Transformation {
	/** `s.substr`. */
	readonly name: string;
	/** The parameters' names, those in brackets may be left out: `offset`, `[length]`. */
	readonly params: readonly string[];
	readonly doc: string;
	/** True where the parameter is one text that may hold commas, as in `{re.subst,/a,b/c/}`. */
	readonly rawParam?: boolean;
	/** What null becomes; where it is left out, null fails the step. */
	readonly ofNull?: PvValue;
	/** Compiles the step once for its parameters. Integers come in as their decimal text. */
	bind(args: readonly Text[]): Apply;
}

/** A parameter as an integer for a request. */
export function intParam(text: Text | undefined, fallback?: number): (ctx: RequestContext) => number {
	if (text === undefined) {
		if (fallback === undefined) throw new PvSyntaxError('a parameter is missing', 0);
		return () => fallback;
	}
	const parse = (value: string): number => {
		if (!/^[+-]?\d+$/.test(value)) throw new TransformationError(`"${value}" is no integer`);
		return Number(value);
	};
	if (text.constant === undefined) return (ctx) => parse(text.get(ctx));
	if (!/^[+-]?\d+$/.test(text.constant)) throw new PvSyntaxError(`"${text.constant}" is no integer`, 0);
	const constant = parse(text.constant);
	return () => constant;
}

/** A parameter as a text for a request. */
export function textParam(text: Text | undefined, fallback?: string): (ctx: RequestContext) => string {
	if (text !== undefined) return (ctx) => text.get(ctx);
	if (fallback === undefined) throw new PvSyntaxError('a parameter is missing', 0);
	return () => fallback;
}
