/**
 * The contract of a pseudo-variable.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';

/** A variable's value: a byte string, an integer, or null. */
export type PvValue = string | number | null;

/** `[n]` counts from the newest or first, negative from the other end; `[*]` is all, `[+]` the newest of those that have one. */
export type PvIndex = number | '*' | '+';

/** A variable with its inner name bound: what `$hdr(Host)` compiles to. */
export interface Accessor {
	get(ctx: RequestContext): PvValue;
	/**
	 * Absent where the variable is read-only; setting it then does nothing, as in Kamailio. Gives false, behind an
	 * error line, where it refuses the value.
	 */
	set?(ctx: RequestContext, value: PvValue): boolean | undefined;
	/** What stands in a text where there is no value: empty behind transformations, which fail then; else `<null>`. */
	readonly nullText?: string;
	/** What texts and transformations see, where that is something else than the integer that the value is. */
	text?(ctx: RequestContext): string | null;
	/** The integer that the value is as well, where it is a text: the number of the method that `$rm` is. */
	integer?(ctx: RequestContext): number;
	/** As in Variable, for all that it is made of. */
	readonly steady?: boolean;
}

/** What stands for a variable where an integer is wanted: null if it is none. */
export function integerOf(accessor: Accessor, ctx: RequestContext): number | null {
	if (accessor.integer) return accessor.integer(ctx);
	const value = accessor.get(ctx);
	return typeof value === 'number' ? value : null;
}

/** A text that may hold variables, which are compiled then: a format, an inner name, a transformation's parameter. */
export interface Text {
	/** The text as written. */
	readonly source: string;
	/** The value where there is no variable in it. */
	readonly constant: string | undefined;
	/** The text for a request. Variables without a value read as `<null>`, or
	 * as nothing where a transformation failed, as Kamailio's pv_printf writes them. */
	get(ctx: RequestContext): string;
	/** The single variable that the whole text is, if it is one: its null stays null. */
	readonly variable: Accessor | undefined;
	/** Whether blanks stand in front of it, where it is a transformation's parameter. */
	readonly indented?: boolean;
}

/** What stands behind a variable's name. */
export interface Binding {
	/** The text between the parentheses, with nested variables; undefined without parentheses. */
	readonly inner: Text | undefined;
	/** The index as it evaluates for a request; undefined if none was written. */
	readonly index: ((ctx: RequestContext) => PvIndex) | undefined;
}

/** A pseudo-variable: plain (`$rm`) with `get`, or with an inner name or an index (`$hdr(name)[i]`) with `bind`. */
export interface Variable {
	/** The name without `$`, and its aliases. */
	readonly names: readonly string[];
	readonly doc: string;
	readonly get?: (ctx: RequestContext) => PvValue;
	readonly set?: (ctx: RequestContext, value: PvValue) => boolean | undefined;
	/** As in Accessor. */
	readonly text?: (ctx: RequestContext) => string | null;
	/** As in Accessor. */
	readonly integer?: (ctx: RequestContext) => number;
	/** True if the value depends on nothing but the request as it came, and to read it leaves no trace, not even in the log. */
	readonly steady?: boolean;
	/** Throws a PvSyntaxError where the inner name is not good. */
	readonly bind?: (binding: Binding) => Accessor;
}
