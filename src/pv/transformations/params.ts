/**
 * What transformations do with their parameters, and the limit they share.
 *
 * A number or a text stands in the expression itself or comes from one variable. Kamailio is strict about the
 * variable's type: a `$var` that holds "2" is no number until it went through `{s.int}` (pv_trans.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { LONGEST_TEXT } from '../../kemi/refusal.ts';
import { parseVariable } from '../parse.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import { dynamicText } from '../text.ts';
import { TransformationError } from '../transformation.ts';
import { type Accessor, integerOf, type Text } from '../variable.ts';

/** A parameter's value for a request. */
export type Param<T> = (ctx: RequestContext) => T;

/** A sign or digits or both; Kamailio lets blanks follow the sign, and reads a sign alone as 0. */
const INTEGER = /^([+-]?)[ \t\n]*(\d*)[ \t\n]*$/;

/**
 * An integer.
 * @throws PvSyntaxError for a text that is none
 */
export function integerParam(text: Text | undefined): Param<number> {
	if (text?.variable) {
		const { variable, source } = text;
		return (ctx) => {
			const value = integerOf(variable, ctx);
			if (value !== null) return value;
			throw new TransformationError(`${source} is no integer`);
		};
	}
	const source = text?.source ?? '';
	const [, sign, digits = ''] = INTEGER.exec(source) ?? [];
	if (!sign && !digits) throw new PvSyntaxError(`"${source}" is no integer`, 0);
	const constant = Number(digits) * (sign === '-' ? -1 : 1);
	return () => constant;
}

/**
 * An integer that is written out without being negative; a variable may hold any.
 * @throws PvSyntaxError for a text that is none, or negative
 */
export function sizeParam(text: Text | undefined): Param<number> {
	if (!text?.variable && /^-\s*0*[1-9]/.test(text?.source ?? ''))
		throw new PvSyntaxError(`"${text?.source}" is negative`, 0);
	return integerParam(text);
}

/**
 * A text. A variable's must not be empty.
 * @throws PvSyntaxError for a comma, which Kamailio takes only where a character is wanted
 */
export function stringParam(text: Text | undefined): Param<string> {
	if (text && !text.variable && text.source.endsWith(','))
		throw new PvSyntaxError('a comma cannot be part of this parameter', 0);
	return anyString(text);
}

/** The first character of a text. Where none is written Kamailio finds the brace that closes the transformation. */
export function charParam(text: Text | undefined): Param<string> {
	const string = anyString(text);
	return (ctx) => string(ctx).charAt(0) || '}';
}

function anyString(text: Text | undefined): Param<string> {
	if (!text?.variable) {
		const constant = text?.source ?? '';
		return () => constant;
	}
	const { variable, source } = text;
	return (ctx) => {
		const value = variable.get(ctx) ?? '';
		if (value === '') throw new TransformationError(`${source} is empty`);
		return String(value);
	};
}

/**
 * A variable inside a parameter that is one raw text (`rawParam`), from the place of its `$`.
 * @returns the variable as a parameter, and the place behind it
 * @throws PvSyntaxError if it does not parse; an unknown name is found out when it is read
 */
export function embeddedVariable(source: string, dollar: number): { text: Text; end: number } {
	const { end } = parseVariable(source, dollar);
	const name = source.slice(dollar, end);
	const accessor: Accessor = {
		get: (ctx) => {
			const found = ctx.host.variables.variable(name);
			if (!(found instanceof PvSyntaxError)) return found.get(ctx);
			throw new TransformationError(`${name}: ${found.message}`);
		},
	};
	return { text: dynamicText(name, [accessor]), end };
}

/**
 * Keeps a transformation from making a value that is too long, before it does.
 * @param length of what it would become, in bytes
 * @throws TransformationError
 */
export function checkLength(length: number): void {
	if (length > LONGEST_TEXT) throw new TransformationError(`${length} bytes are more than ${LONGEST_TEXT}`);
}
