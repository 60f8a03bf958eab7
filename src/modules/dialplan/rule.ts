/**
 * One rule of a dialplan: what it matches, and what it makes of it (modules/dialplan/dp_repl.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { compileReplacement, type Part } from '../../pv/substitution.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import { TransformationError } from '../../pv/transformation.ts';
import { RowError } from '../cached-tables.ts';
import type { Pcre } from '../regex/pcre.ts';
import { fnmatch } from '../textopsx/fnmatch.ts';
import { type DynamicExpressions, type Expressions, fixedExpression } from './expressions.ts';

/** `match_op` */
const OPERATORS = ['equal', 'regex', 'fnmatch'] as const;

/** The most bytes that a translation can have. */
const LONGEST_OUTPUT = 127;

/** A row of the table. */
export interface RuleRow {
	readonly plan: number;
	readonly priority: number;
	readonly operator: number;
	readonly match: string;
	/** How long a text has to be that it matches; 0 for any. */
	readonly length: number;
	readonly find: string;
	readonly replacement: string;
	readonly attributes: string;
}

/** What a rule gives for a text: its translation, or why there is none. */
export type Translation = { readonly output: string } | { readonly why: string };

/** A rule. */
export class Rule {
	readonly row: RuleRow;
	readonly #matches: (text: string, ctx: RequestContext | undefined) => boolean;
	readonly #find: Expressions | undefined;
	readonly #parts: readonly Part[];
	/** What the replacement needs: the highest group that it names. */
	readonly #groups: number;

	/**
	 * @param dynamic reads expressions with variables; undefined if a dollar sign is none (`match_dynamic`)
	 * @throws RowError
	 */
	constructor(row: RuleRow, dynamic: DynamicExpressions | undefined) {
		this.row = row;
		const compile = (expression: string) => dynamic?.read(expression) ?? fixedExpression(expression);
		this.#matches = matcher(row, compile);
		this.#find = row.find === '' ? undefined : compile(row.find);
		this.#parts = partsOf(row.replacement);
		this.#groups = Math.max(
			0,
			...this.#parts.map((part) => (typeof part === 'string' ? 0 : (part.group ?? 0))),
		);
		const { fixed } = this.#find ?? {};
		if (this.#find && !fixed) return;
		if (fixed && fixed.groups === undefined)
			throw new RowError(`subst_exp ${row.find}: the groups of \\K and (?|…) cannot be told`);
		if (this.#groups > (fixed?.groups ?? 0))
			throw new RowError(
				`repl_exp ${row.replacement} names group ${this.#groups}, and subst_exp "${row.find}" has ${fixed?.groups ?? 0}`,
			);
	}

	/** True if it matches; a context is needed for variables in expressions, without which those match nothing. */
	matches(text: string, ctx: RequestContext | undefined): boolean {
		return this.#matches(text, ctx);
	}

	/**
	 * What it makes of a text that it matches.
	 * @param ctx undefined if there is no request: variables stand for themselves then
	 */
	translate(text: string, ctx: RequestContext | undefined): Translation {
		const { replacement } = this.row;
		if (replacement === '') return { output: '' };
		if (!this.#find) return bounded(replacement);
		for (const expression of this.#find.all(ctx)) {
			const groups = expression.exec(text);
			if (groups) return this.#fill(groups, expression, ctx);
		}
		// what Kamailio makes of it: an expression with variables that does not match is no error
		return this.#find.fixed ? { why: `subst_exp ${this.row.find} does not match "${text}"` } : { output: '' };
	}

	#fill(
		groups: readonly string[],
		{ groups: count = 0 }: Pcre,
		ctx: RequestContext | undefined,
	): Translation {
		if (this.#groups > count)
			return { why: `subst_exp has ${count} groups, and repl_exp names ${this.#groups}` };
		let output = '';
		try {
			for (const part of this.#parts) {
				if (typeof part === 'string') output += part;
				else
					output += ctx || part.group !== undefined ? part.get(groups, ctx as RequestContext) : part.source;
				if (output.length > LONGEST_OUTPUT) return bounded(output);
			}
		} catch (error) {
			if (error instanceof TransformationError) return { why: error.message };
			throw error;
		}
		return { output };
	}
}

function bounded(output: string): Translation {
	if (output.length <= LONGEST_OUTPUT) return { output };
	return { why: `a translation has at most ${LONGEST_OUTPUT} bytes` };
}

function matcher(
	{ operator, match }: RuleRow,
	compile: (expression: string) => Expressions,
): (text: string, ctx: RequestContext | undefined) => boolean {
	switch (OPERATORS[operator]) {
		case 'equal':
			return (text) => text === match;
		case 'fnmatch':
			return (text) => match !== '' && fnmatch(match, text);
		case 'regex': {
			const expressions = compile(match);
			return (text, ctx) => expressions.all(ctx).some((expression) => expression.test(text));
		}
		default:
			throw new RowError(`match_op is ${operator}; there are 0 (equal), 1 (regex) and 2 (fnmatch)`);
	}
}

function partsOf(replacement: string): readonly Part[] {
	try {
		return compileReplacement(replacement, 0).parts;
	} catch (error) {
		if (error instanceof PvSyntaxError) throw new RowError(`repl_exp ${replacement}: ${error.message}`);
		throw error;
	}
}
