/**
 * The name syntax of `$xavp` and `$xavi`: `root[index]=>field[index]` (modules/pv/pv_xavp.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { constantIndex } from '../parse.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { PvIndex } from '../variable.ts';

/** `[n]` or `[*]`. */
export type XavpIndex = Exclude<PvIndex, '+'>;

/** A name with an index. */
export interface XavpStep {
	readonly name: string;
	/** Undefined if none was written. A variable that holds no integer gives undefined after an error line. */
	readonly index: ((ctx: RequestContext) => XavpIndex | undefined) | undefined;
}

/** A whole name. */
export interface XavpName {
	readonly root: XavpStep;
	readonly field: XavpStep | undefined;
	/** What stands behind a name that is over: nothing comes of it, as in Kamailio. Empty in nearly all names. */
	readonly ignored: string;
}

const STEP = /[ \t\r\n]*([^=[ \t\r\n]+)[ \t\r\n]*/y;

/** The place behind a bracket's counterpart. */
function closing(source: string, open: number): number {
	let depth = 0;
	for (let at = open; at < source.length; at++) {
		if (source[at] === '[') depth++;
		else if (source[at] === ']' && --depth === 0) return at + 1;
	}
	throw new PvSyntaxError('"[" is not closed', open);
}

/**
 * An index inside a name: a number, `*` or a variable, which gives undefined after an error line if it holds no integer.
 * @param column where it stands, for errors
 * @throws PvSyntaxError
 */
export function parseIndex(source: string, column: number): (ctx: RequestContext) => XavpIndex | undefined {
	const constant = constantIndex(source);
	// of a name that has `[+]` the newest is meant
	if (constant !== undefined) return constant === '+' ? () => 0 : () => constant;
	if (!source.startsWith('$')) throw new PvSyntaxError(`"${source}" is no index`, column);
	return (ctx) => {
		const variable = ctx.host.variables.variable(source);
		const value = variable instanceof PvSyntaxError ? variable.message : variable.get(ctx);
		if (typeof value === 'number') return Math.trunc(value);
		ctx.report('error', `the index [${source}] is no integer`);
		return undefined;
	};
}

function parseStep(source: string, from: number): { step: XavpStep; end: number } {
	STEP.lastIndex = from;
	const name = STEP.exec(source)?.[1];
	if (name === undefined) throw new PvSyntaxError('a name is missing', from);
	let end = STEP.lastIndex;
	if (source[end] !== '[') return { step: { name, index: undefined }, end };
	const open = end;
	end = closing(source, open);
	return { step: { name, index: parseIndex(source.slice(open + 1, end - 1), open + 1) }, end };
}

/**
 * Reads a name. Names are taken as they stand; an index may be a variable. There are two levels: Kamailio reads no further
 * than the field, so that `a=>b=>c` is `a=>b`, and a name is over where something stands between its index and the arrow.
 * @throws PvSyntaxError
 */
export function parseXavpName(source: string): XavpName {
	const root = parseStep(source, 0);
	if (source[root.end] !== '=')
		return { root: root.step, field: undefined, ignored: source.slice(root.end).trim() };
	if (source[root.end + 1] !== '>') throw new PvSyntaxError('"=>" is expected', root.end);
	const field = parseStep(source, root.end + 2);
	return { root: root.step, field: field.step, ignored: source.slice(field.end).trim() };
}
