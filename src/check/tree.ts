/**
 * The common syntax tree: a small view of a script in any language, which the rules work on.
 *
 * @module
 */

import type { Program } from 'acorn';
import type { ConfigFile } from '../config/kamailio/ast.ts';

/** A place in a source; both count from 1. */
export interface Position {
	readonly line: number;
	readonly column: number;
	/** Undefined for the source itself; a configuration is made of several files. */
	readonly file?: string;
}

/** An expression. `path` is a name or a chain of them: `x`, `os.time`, `KSR.pv.get`. */
export type Expression = { readonly at: Position } & (
	| { readonly kind: 'path'; readonly path: string }
	| { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Expression[] }
	| { readonly kind: 'string'; readonly value: string }
	| { readonly kind: 'number'; readonly value: number }
	/** Any other constant or constructor: `boolean`, `nil`, `table`, `array`, `object`. */
	| { readonly kind: 'literal'; readonly type: string }
	| { readonly kind: 'function'; readonly body: readonly Statement[] }
	/** `..` joins texts in every language; `==` and `~=` compare. */
	| {
			readonly kind: 'binary';
			readonly operator: string;
			readonly left: Expression;
			readonly right: Expression;
	  }
	/** `and` and `or`, `&&`, `||` and `??`. */
	| { readonly kind: 'logical'; readonly left: Expression; readonly right: Expression }
	| {
			readonly kind: 'conditional';
			readonly test: Expression;
			readonly whenTrue: Expression;
			readonly whenFalse: Expression;
	  }
	/** Stands for any number of values: `...`. */
	| { readonly kind: 'spread'; readonly parts: readonly Expression[] }
	| { readonly kind: 'other'; readonly parts: readonly Expression[] }
);

/** A statement. */
export type Statement = { readonly at: Position } & (
	| { readonly kind: 'expression'; readonly value: Expression }
	/** A local variable, or a value that is assigned to something. */
	| {
			readonly kind: 'set';
			readonly target: Expression;
			readonly value: Expression | undefined;
			readonly declares: boolean;
	  }
	/** Every way through it; `exhaustive` where one of them is always taken. */
	| {
			readonly kind: 'branch';
			readonly tests: readonly Expression[];
			readonly ways: readonly (readonly Statement[])[];
			readonly exhaustive: boolean;
			/** True if each way goes on with the next one, unless a `break` ends it. */
			readonly falls?: boolean;
	  }
	| { readonly kind: 'loop'; readonly tests: readonly Expression[]; readonly body: readonly Statement[] }
	| {
			readonly kind: 'try';
			readonly body: readonly Statement[];
			readonly handler: readonly Statement[];
			/** False if there is only a `finally`. */
			readonly catches: boolean;
			readonly final: readonly Statement[];
	  }
	| { readonly kind: 'block'; readonly body: readonly Statement[] }
	/** `return`, `throw` and the like. What leaves the script is `exit` and its kin. */
	| { readonly kind: 'end'; readonly values: readonly Expression[]; readonly leaves?: 'function' | 'script' }
	| { readonly kind: 'break' }
);

/** A name that no scope declares. */
export interface GlobalUse {
	readonly name: string;
	readonly at: Position;
	readonly write: boolean;
	/** True inside of a function, false at the top level. */
	readonly inFunction: boolean;
}

/** A comment's text, for rules that are switched off. */
export interface Comment {
	readonly line: number;
	/** As in a position. */
	readonly file?: string;
	readonly text: string;
}

/** A file as the rules see it. */
export interface ScriptTree {
	readonly language: 'lua' | 'javascript' | 'native';
	readonly body: readonly Statement[];
	readonly globals: readonly GlobalUse[];
	readonly comments: readonly Comment[];
	/** The configuration that it was read from, for rules about Kamailio's own language. */
	readonly config?: ConfigFile;
	/** The program of acorn that it was read from, for rules about JavaScript. */
	readonly program?: Program;
}

/** A source that does not parse. */
export class ParseError extends Error {
	readonly at: Position;

	constructor(message: string, at: Position) {
		super(message);
		this.at = at;
	}
}
