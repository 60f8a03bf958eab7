/**
 * The contract of a rule.
 *
 * @module
 */
import type { Facts } from './facts.ts';
import type { Position } from './tree.ts';

/** What a rule found. */
export interface RuleFinding {
	readonly at: Position;
	/** A variable in the text that stands at this place: the finding points at the variable. */
	readonly part?: string;
	readonly message: string;
	/** What the reader can do. */
	readonly hint?: string | undefined;
}

/** A kind of mistake. */
export interface Rule {
	/** Stable; what a comment switches off. */
	readonly code: string;
	readonly name: string;
	readonly severity: 'error' | 'warning';
	/** One sentence: what is reported. */
	readonly doc: string;
	/** Why it is a mistake, and what to write instead. */
	readonly why: string;
	/**
	 * Lua that has the mistake on its first line with `!!`, for the documentation and a test. In Kamailio's own language
	 * it is a whole file of routes, or what stands in the one for requests.
	 */
	readonly bad: string;
	/** The same without the mistake. */
	readonly good: string;
	/** What the pair is written in where Lua has no such mistake. */
	readonly language?: 'lua' | 'javascript' | 'native';
	check?(facts: Facts): Iterable<RuleFinding>;
}

/** Something wrong in a file. */
export interface Finding extends RuleFinding {
	readonly rule: Rule;
	/** The file's path. */
	readonly file: string;
	/** The source line, as text. */
	readonly source: string;
}

/** Declares a rule. */
export const rule = (declared: Rule): Rule => declared;
