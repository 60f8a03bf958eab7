/**
 * All variables and transformations of the loaded modules, and the compiler from text to accessor. What was compiled
 * is kept by its text: a script asks for the same few variables in every request.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { checkTextLength, LONGEST_TEXT } from '../kemi/refusal.ts';
import { suggest } from '../kemi/suggest.ts';
import {
	constantIndex,
	type ParamSyntax,
	parseText,
	parseVariable,
	type Span,
	splitParams,
	type VariableSyntax,
} from './parse.ts';
import { PvSyntaxError } from './syntax-error.ts';
import { constantText, dynamicText } from './text.ts';
import { type Apply, type Transformation, TransformationError, WrittenInteger } from './transformation.ts';
import {
	type Accessor,
	integerOf,
	type PvIndex,
	type PvValue,
	type Text,
	type Variable,
} from './variable.ts';

/** Scripts can build names without end; beyond this many the cache starts anew. */
const CACHE_SIZE = 4096;

/** A cache of compiled texts, with the errors of those that do not compile. */
class Cache<T> {
	readonly #compile: (source: string) => T;
	readonly #entries = new Map<string, T | PvSyntaxError>();

	constructor(compile: (source: string) => T) {
		this.#compile = compile;
	}

	/** The texts that compile. */
	get good(): string[] {
		return [...this.#entries].flatMap(([source, entry]) => (entry instanceof PvSyntaxError ? [] : [source]));
	}

	get(source: string): T | PvSyntaxError {
		let entry = this.#entries.get(source);
		if (entry === undefined) {
			try {
				entry = this.#compile(source);
			} catch (error) {
				if (!(error instanceof PvSyntaxError)) throw error;
				entry = error;
			}
			if (this.#entries.size >= CACHE_SIZE) this.#entries.clear();
			this.#entries.set(source, entry);
		}
		return entry;
	}
}

/** A transformation as the chain of one variable runs it. */
interface Step {
	readonly name: string;
	readonly ofNull: PvValue | undefined;
	readonly apply: Apply;
}

/** A compiled index, and the variable it is read from where it is one. */
interface Index {
	get(ctx: RequestContext): PvIndex;
	readonly variable: Accessor | undefined;
}

/** Variables may stand in each other so deep. Those that people write have some three. */
const DEEPEST = 100;

/** A dollar sign as a variable of its own. */
const MARKERS = new Set(['$$', '$($)']);

/** Compiles `$…` of one host. */
export class VariableRegistry {
	readonly #variables = new Map<string, Variable>();
	readonly #absent: ReadonlyMap<string, Variable>;
	readonly #transformations = new Map<string, Transformation>();
	readonly #accessors = new Cache((source) => this.#compileWhole(source));
	readonly #texts = new Cache((source) => this.#compileText({ text: source, column: 0 }));
	/** How many variables stand around the one that is compiled. */
	#depth = 0;

	/** @param absent stand for what is known and not here; nobody is pointed to them */
	constructor(
		variables: readonly Variable[],
		transformations: readonly Transformation[],
		absent: readonly Variable[] = [],
	) {
		this.#absent = new Map(absent.flatMap((variable) => variable.names.map((name) => [name, variable])));
		for (const variable of variables) for (const name of variable.names) this.#variables.set(name, variable);
		for (const transformation of transformations)
			this.#transformations.set(transformation.name, transformation);
	}

	/** One variable with nothing around it: `$hu`, `$(hu{s.len})`. Gives the error where it is something else. */
	variable(source: string): Accessor | PvSyntaxError {
		return this.#accessors.get(source);
	}

	/** Of a variable that is known and not here, what there is to say of it; undefined for any other. */
	absence(source: string): string | undefined {
		const [, name = ''] = /^\$\(?([\w.]+)/.exec(source) ?? [];
		return this.#absent.get(name)?.doc;
	}

	/** The variables that were asked for as a whole, as they were written; not more than are kept. */
	get asked(): string[] {
		return this.#accessors.good;
	}

	/** A text with variables in it: a format. */
	text(source: string): Text | PvSyntaxError {
		return this.#texts.get(source);
	}

	#compileWhole(source: string): Accessor {
		if (MARKERS.has(source)) return { get: () => '$' };
		if (source[0] !== '$') throw new PvSyntaxError('a variable begins with "$"', 0);
		const syntax = parseVariable(source, 0);
		if (!isBalanced(source)) throw new PvSyntaxError('a parenthesis is missing, or there is one too many', 0);
		if (syntax.end !== source.length)
			throw new PvSyntaxError('text after the variable; $_s(...) evaluates a text', syntax.end);
		return this.#compile(syntax);
	}

	#compileText({ text, column }: Span): Text {
		if (!text.includes('$')) return constantText(text);
		return shifted(column, () =>
			dynamicText(
				text,
				parseText(text).map((part) => (typeof part === 'string' ? part : this.#compile(part))),
			),
		);
	}

	#compile(syntax: VariableSyntax): Accessor {
		if (this.#depth === DEEPEST)
			throw new PvSyntaxError(`variables stand in each other more than ${DEEPEST} deep`, syntax.name.column);
		this.#depth++;
		try {
			return this.#compileVariable(syntax);
		} finally {
			this.#depth--;
		}
	}

	#compileVariable(syntax: VariableSyntax): Accessor {
		const base = bounded(this.#bind(syntax), syntax);
		if (syntax.transformations.length === 0) return base;
		const steps = syntax.transformations.map(({ name, params }): Step => {
			const transformation = this.#transformations.get(name.text);
			if (!transformation) throw this.#unknown('transformation', name, this.#transformations.keys());
			return {
				name: name.text,
				ofNull: transformation.ofNull,
				apply: this.#bindStep(transformation, name, params),
			};
		});
		const run = (ctx: RequestContext, asText: boolean): PvValue => {
			let value = base.get(ctx);
			let text = value === null ? null : (base.text?.(ctx) ?? null);
			let integer = base.integer?.(ctx);
			for (const step of steps) {
				if (value === null) {
					if (step.ofNull === undefined) return failStep(ctx, syntax, step.name, 'its input is null');
					value = step.ofNull;
					continue;
				}
				try {
					const result = step.apply(text ?? String(value), ctx, value, integer);
					const isWritten = result instanceof WrittenInteger;
					value = isWritten ? result.integer : result;
					text = isWritten ? result.text : null;
					integer = undefined;
				} catch (error) {
					if (!(error instanceof TransformationError)) throw error;
					return failStep(ctx, syntax, step.name, error.message);
				}
				if (typeof value === 'string' && value.length > LONGEST_TEXT)
					return failStep(ctx, syntax, step.name, `${value.length} bytes are more than ${LONGEST_TEXT}`);
			}
			return asText ? (text ?? value) : value;
		};
		return {
			// Setting goes past the transformations, as in Kamailio.
			...(base.set ? { set: (ctx: RequestContext, value: PvValue) => base.set?.(ctx, value) } : {}),
			nullText: '',
			get: (ctx) => run(ctx, false),
			text(ctx) {
				const value = run(ctx, true);
				return value === null ? null : String(value);
			},
		};
	}

	#bindStep(transformation: Transformation, name: Span, params: Span | undefined): Apply {
		const { length: most } = transformation.params;
		let texts: Text[] = [];
		if (params && transformation.rawParam) texts = [constantText(params.text)];
		else if (params)
			texts = shifted(params.column, () =>
				splitParams(params.text, most).map((param) => this.#compileParam(param)),
			);
		const required = transformation.params.filter((param) => !param.startsWith('[')).length;
		if (texts.length < required || texts.length > most)
			throw new PvSyntaxError(
				`{${transformation.name}} takes (${transformation.params.join(', ')}), got ${texts.length}`,
				name.column,
			);
		return shifted(params?.column ?? name.column, () => transformation.bind(texts));
	}

	/** Kamailio takes a parameter as one variable or as a text in which `$` means nothing (_tr_parse_sparam). */
	#compileParam({ text, variable, indented }: ParamSyntax): Text {
		const compiled = variable ? dynamicText(text, [this.#compile(variable)]) : constantText(text);
		return indented ? { ...compiled, indented } : compiled;
	}

	#bind(syntax: VariableSyntax): Accessor {
		const variable = this.#variables.get(syntax.name.text) ?? this.#absent.get(syntax.name.text);
		if (!variable) throw this.#unknown('variable', syntax.name, this.#variables.keys());
		if (variable.bind) {
			const inner = syntax.inner ? this.#compileText(syntax.inner) : undefined;
			const index = syntax.index ? this.#compileIndex(syntax.index) : undefined;
			const accessor = shifted(syntax.inner?.column ?? syntax.name.column, () =>
				variable.bind!({ inner, index: index?.get }),
			);
			if (index?.variable) return withCheckedIndex(accessor, index.variable, syntax);
			const steady = variable.steady && (inner === undefined || inner.constant !== undefined);
			return steady ? { ...accessor, steady } : accessor;
		}
		if (syntax.inner)
			throw new PvSyntaxError(`$${syntax.name.text} takes no name in parentheses`, syntax.inner.column);
		if (syntax.index) throw new PvSyntaxError(`$${syntax.name.text} takes no index`, syntax.index.column);
		return variable as Accessor;
	}

	#compileIndex({ text: source, column }: Span): Index {
		const constant = constantIndex(source);
		if (constant !== undefined) return { get: () => constant, variable: undefined };
		if (source[0] !== '$') throw new PvSyntaxError('an index is a number, a variable or *', column);
		// what stands behind the variable has no meaning, as in Kamailio
		const variable = shifted(column, () => this.#compile(parseVariable(source, 0)));
		return { get: (ctx) => integerOf(variable, ctx) ?? 0, variable };
	}

	#unknown(what: string, name: Span, known: Iterable<string>): PvSyntaxError {
		const near = suggest(name.text, [...known]);
		const shown = what === 'variable' ? `$${name.text}` : `{${name.text}}`;
		return new PvSyntaxError(
			`there is no ${what} ${shown}${near ? `; did you mean ${near}?` : ''}`,
			name.column,
		);
	}
}

/** Runs a compilation of a part of a text, with the columns of its errors counted from the start of the whole. */
function shifted<T>(column: number, compile: () => T): T {
	try {
		return compile();
	} catch (error) {
		if (error instanceof PvSyntaxError && column > 0)
			throw new PvSyntaxError(error.message, error.column + column);
		throw error;
	}
}

/** Where Kamailio looks for the end of a variable first, it counts parentheses, those in transformations as well. */
function isBalanced(source: string): boolean {
	let depth = 0;
	for (const char of source)
		if (char === '(') depth++;
		else if (char === ')' && --depth < 0) return false;
	return depth === 0;
}

/** A variable whose index is another variable: null, after an error line, where that holds no integer. */
function withCheckedIndex(accessor: Accessor, index: Accessor, { name }: VariableSyntax): Accessor {
	const isGood = (ctx: RequestContext): boolean => {
		if (integerOf(index, ctx) !== null) return true;
		ctx.report('error', `$${name.text}: the index is no integer`);
		return false;
	};
	return {
		get: (ctx) => (isGood(ctx) ? accessor.get(ctx) : null),
		// a bad index leaves nothing in a text, other than a value that is not there
		text(ctx) {
			if (!isGood(ctx)) return '';
			const value = accessor.get(ctx);
			return value === null ? null : String(value);
		},
		...(accessor.set
			? { set: (ctx: RequestContext, value: PvValue) => isGood(ctx) && accessor.set?.(ctx, value) }
			: {}),
	};
}

/** A variable that refuses texts that are too long. */
function bounded(accessor: Accessor, { name }: VariableSyntax): Accessor {
	if (!accessor.set) return accessor;
	return {
		...accessor,
		set(ctx, value) {
			if (typeof value === 'string') checkTextLength(`the value for $${name.text}`, value.length);
			return accessor.set?.(ctx, value);
		},
	};
}

function failStep(ctx: RequestContext, syntax: VariableSyntax, step: string, why: string): PvValue {
	ctx.report('error', `$(${syntax.name.text}...{${step}}): ${why}`);
	return null;
}
