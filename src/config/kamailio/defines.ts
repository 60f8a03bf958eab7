/**
 * The names that `#!define` sets, and the texts that `#!subst` replaces (core/cfg.lex, core/ppcfg.c).
 *
 * @module
 */
import { bytesOf } from '../../bytes.ts';
import type { RequestContext } from '../../kemi/context.ts';
import { parseVariable } from '../../pv/parse.ts';
import { VariableRegistry } from '../../pv/registry.ts';
import { compileSubstitution, type Substitution, substitute } from '../../pv/substitution.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import { TransformationError } from '../../pv/transformation.ts';
import { standardTransformations } from '../../pv/transformations/standard.ts';
import { literalVariable } from '../../pv/variables/names.ts';
import { standardVariables } from '../../pv/variables/standard.ts';

/** What a directive cannot do. The message is for the reader, who is told the place by whoever catches it. */
export class DirectiveError extends Error {
	readonly hint: string | undefined;

	constructor(message: string, hint?: string) {
		super(message);
		this.hint = hint;
	}
}

/** As many as Kamailio takes (MAX_DEFINES). */
const MOST_DEFINES = 512;

/** Replacements have no variables left when they run; `\u`, the request's target, is what Kamailio makes up here. */
const NO_REQUEST = { request: { target: 'sip:you@kamailio.org' } } as unknown as RequestContext;

/** An environment variable. The configuration is the operator's: it sees all of them, whatever scripts may see. */
function environment(name: string): string | undefined {
	const value = process.env[name];
	return value === undefined ? undefined : bytesOf(value);
}

const HAVE_VALUES = '$def(NAME) and $env(NAME) have; $$ is a dollar sign, and \\$ is left for later';

/**
 * The variable that stands in a text.
 * @throws DirectiveError where it is none
 */
function variableAt(text: string, at: number): string {
	try {
		return text.slice(at, parseVariable(text, at).end);
	} catch (error) {
		if (!(error instanceof PvSyntaxError)) throw error;
		throw new DirectiveError(`"${text.slice(at)}" begins with no variable: ${error.message}`, HAVE_VALUES);
	}
}

/** The variables as they are before there is a host: defines are those so far, and the environment is all of it. */
function constantVariables(defines: Defines): VariableRegistry {
	const own = [
		literalVariable(['def', 'defn', 'defv'], 'A define.', (name) => ({ get: () => defines.get(name) ?? '' })),
		literalVariable(['env', 'envn'], 'Of the environment.', (name) => ({
			get: () => environment(name) ?? '',
		})),
	];
	return new VariableRegistry([...standardVariables, ...own], standardTransformations);
}

/** A name as it can be defined and expanded. */
export const NAME = /^[A-Za-z_]\w*$/;

/** All names with their values, and all replacements. */
export class Defines {
	readonly #values = new Map<string, string>();
	readonly #substitutions: Substitution[] = [];
	#variables: VariableRegistry | undefined;

	/** @param values what is defined before the first line: `-A`, and what Kamailio itself defines */
	constructor(values: Iterable<readonly [string, string]> = []) {
		for (const [name, value] of values) this.#values.set(name, value);
	}

	/** All names and values as they are now. */
	get values(): ReadonlyMap<string, string> {
		return this.#values;
	}

	/** A name's value; empty for a name without one, undefined for one that is not defined. */
	get(name: string): string | undefined {
		return this.#values.get(name);
	}

	has(name: string): boolean {
		return this.#values.has(name);
	}

	/**
	 * `#!define`, `#!trydef`, `#!redefine`.
	 * @throws DirectiveError for `define` where the name is taken
	 */
	define(name: string, value: string, how: 'define' | 'trydef' | 'redefine' = 'define'): void {
		const known = this.#values.has(name);
		if (known && how === 'trydef') return;
		if (known && how === 'define')
			throw new DirectiveError(
				`${name} is already defined`,
				`#!trydef leaves it as it is, #!redefine gives it another value`,
			);
		if (!known && this.#values.size >= MOST_DEFINES) throw new DirectiveError('there are too many defines');
		this.#values.set(name, value);
	}

	/**
	 * `#!undef`, `#!tryundef`.
	 * @throws DirectiveError if there is no such name and that matters
	 */
	undefine(name: string, must: boolean): void {
		if (!this.#values.delete(name) && must) throw new DirectiveError(`${name} is not defined`);
	}

	/**
	 * `#!defenv NAME=VARIABLE` or `#!defenv VARIABLE`.
	 * @param quoted the value becomes a string: `#!defenvs`
	 * @param must false for `#!trydefenv`, which does without the variable
	 */
	defineFromEnvironment(text: string, quoted: boolean, must: boolean): void {
		const [, name = '', variable = name] = /^([^=]*)(?:=(.+))?$/.exec(text) ?? [];
		if (!NAME.test(name)) throw new DirectiveError(`"${text}" is no NAME=VARIABLE`);
		const value = environment(variable);
		if (value === undefined) {
			if (must)
				throw new DirectiveError(
					`the environment has no variable ${variable}`,
					'#!trydefenv goes on without it',
				);
			return;
		}
		this.define(name, quoted ? `"${value}"` : value);
	}

	/**
	 * `#!subst "/expression/replacement/flags"`: from here on it changes every string and every variable's text.
	 * @throws DirectiveError
	 */
	addSubstitution(source: string): void {
		try {
			this.#substitutions.push(compileSubstitution(this.#withValues(source)));
		} catch (error) {
			if (error instanceof PvSyntaxError) throw new DirectiveError(`bad substitution: ${error.message}`);
			throw error;
		}
	}

	/**
	 * `#!substdef "!NAME!value!g"`: a replacement and a define in one.
	 * @param quoted the define is a string: `#!substdefs`
	 * @throws DirectiveError
	 */
	addSubstitutionAndDefine(source: string, quoted: boolean): void {
		const separator = source.charAt(0);
		const [name = '', value = '', rest] = splitAt(source, separator);
		if (rest === undefined || name === '') throw new DirectiveError(`"${source}" is no "!NAME!value!flags"`);
		this.addSubstitution(source);
		const evaluated = this.#evaluate(value);
		this.define(name, quoted ? `"${evaluated}"` : evaluated);
	}

	/**
	 * A text with all replacements made, in the order they were given.
	 * @throws DirectiveError if one makes it too long, or matches nothing at all
	 */
	substitute(text: string): string {
		let result = text;
		for (const substitution of this.#substitutions) {
			if (result === '') return result;
			try {
				result = substitute(substitution, result, NO_REQUEST) ?? result;
			} catch (error) {
				if (error instanceof TransformationError) throw new DirectiveError(`#!subst: ${error.message}`);
				throw error;
			}
		}
		return result;
	}

	/**
	 * A text with its variables by their values: those that need no request, such as `$def(NAME)`, `$(env(NAME){s.tolower})`
	 * or `$HN(f)`. What has a backslash in front is left for later.
	 * @param asValue what a value becomes in the text
	 */
	#evaluate(text: string, asValue = (value: string) => value): string {
		let evaluated = '';
		let at = 0;
		for (;;) {
			const next = text.slice(at).search(/[\\$]/);
			if (next < 0) return evaluated + text.slice(at);
			evaluated += text.slice(at, at + next);
			at += next;
			const pair = text.slice(at, at + 2);
			const source = pair[0] === '\\' || pair === '$$' ? pair : variableAt(text, at);
			evaluated += pair[0] === '\\' ? pair : asValue(pair === '$$' ? '$' : this.#valueOf(source));
			at += source.length;
		}
	}

	#valueOf(source: string): string {
		this.#variables ??= constantVariables(this);
		const variable = this.#variables.variable(source);
		if (variable instanceof PvSyntaxError) throw new DirectiveError(`${source}: ${variable.message}`);
		try {
			return String(variable.text?.(NO_REQUEST) ?? variable.get(NO_REQUEST) ?? '');
		} catch {
			throw new DirectiveError(`${source} has no value while the configuration is read`, HAVE_VALUES);
		}
	}

	/** A substitution whose replacement has values in the place of variables. */
	#withValues(source: string): string {
		const separator = source.charAt(0);
		const [expression = '', replacement] = splitAt(source, separator);
		if (!replacement?.includes('$')) return source;
		const begin = expression.length + 2;
		const value = this.#evaluate(replacement, (found) =>
			found.replace(/[\\$]/g, '\\$&').replaceAll(separator, `\\${separator}`),
		);
		return source.slice(0, begin) + value + source.slice(begin + replacement.length);
	}
}

/** The parts between separators, behind the first one; a backslash in front makes it no separator. */
function splitAt(source: string, separator: string): string[] {
	const parts: string[] = [];
	let from = 1;
	for (let at = 1; at < source.length; at++) {
		if (source[at] !== separator || source[at - 1] === '\\') continue;
		parts.push(source.slice(from, at));
		from = at + 1;
	}
	parts.push(source.slice(from));
	return parts;
}
