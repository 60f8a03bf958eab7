/**
 * The directives of the preprocessor: `#!define` and its kin, conditions, substitutions (core/cfg.lex).
 *
 * @module
 */
import { suggest } from '../../kemi/suggest.ts';
import type { Position } from './ast.ts';
import { type Defines, DirectiveError, NAME } from './defines.ts';
import { evaluate, holds } from './expression.ts';
import { unescapeString } from './strings.ts';

/** A directive as it stands in the text. */
export interface DirectiveLine {
	readonly name: string;
	/** What follows the name. */
	readonly rest: string;
	/** How much of the text it takes. */
	readonly length: number;
}

type Run = (rest: string, at: Position) => void;

/** Other names of the same. */
const SYNONYMS: Readonly<Record<string, string>> = {
	def: 'define',
	trydefine: 'trydef',
	redef: 'redefine',
	undefine: 'undef',
	tryundefine: 'tryundef',
};

/** Headers that say which dialect the file is in; kemihost reads Kamailio's whichever it is. */
const HEADERS = ['KAMAILIO', 'OPENSER', 'SER', 'MAXCOMPAT', 'ALL'];
const CONDITIONS = ['ifdef', 'ifndef', 'ifexp', 'else', 'endif'];
/** True for directives that leave text out or let it in. */
export const isCondition = (name: string): boolean => CONDITIONS.includes(name);
const SUBSTITUTIONS = ['subst', 'substdef', 'substdefs'];
/** As many conditions may be open (MAX_IFDEFS). */
const DEEPEST = 512;

const START = /(?:#!|!!)(\w+)/y;
const REST = /(?:\\\r?\n|[^\n])*/y;
const STRINGS = /[ \t\r\n]*"(?:[^"\\]|\\[\s\S])*"(?:[ \t\r\n]*"(?:[^"\\]|\\[\s\S])*")*|[ \t\r\n]*'[^']*'/y;
const NEXT_CONDITION = /(?:#!|!!)(?:ifdef|ifndef|ifexp|else|endif)\b/g;

/** The state of the preprocessor over all files of a configuration. */
export class Directives {
	readonly #defines: Defines;
	/** The open conditions, innermost last. */
	readonly #conditions: { on: boolean; else: boolean; at: Position }[] = [];
	#skipping = false;
	readonly #run: Readonly<Record<string, Run>>;

	constructor(defines: Defines) {
		this.#defines = defines;
		this.#run = {
			define: (rest) => this.#define(rest, 'define'),
			trydef: (rest) => this.#define(rest, 'trydef'),
			redefine: (rest) => this.#define(rest, 'redefine'),
			defexp: (rest) => this.#defineExpression(rest, false),
			defexps: (rest) => this.#defineExpression(rest, true),
			undef: (rest) => defines.undefine(nameOf(rest), true),
			tryundef: (rest) => defines.undefine(nameOf(rest), false),
			defenv: (rest) => defines.defineFromEnvironment(rest.trim(), false, true),
			defenvs: (rest) => defines.defineFromEnvironment(rest.trim(), true, true),
			trydefenv: (rest) => defines.defineFromEnvironment(rest.trim(), false, false),
			trydefenvs: (rest) => defines.defineFromEnvironment(rest.trim(), true, false),
			subst: (rest) => defines.addSubstitution(textIn(rest)),
			substdef: (rest) => defines.addSubstitutionAndDefine(textIn(rest), false),
			substdefs: (rest) => defines.addSubstitutionAndDefine(textIn(rest), true),
			ifdef: (rest, at) => this.#open(() => defines.has(firstNameOf(rest)), at),
			ifndef: (rest, at) => this.#open(() => !defines.has(firstNameOf(rest)), at),
			ifexp: (rest, at) => this.#open(() => holds(rest, defines), at),
			else: () => this.#else(),
			endif: () => this.#end(),
		};
	}

	/** True while a condition leaves text out. */
	get skipping(): boolean {
		return this.#skipping;
	}

	/** Where the conditions begin that have not ended. */
	get open(): readonly Position[] {
		return this.#conditions.map(({ at }) => at);
	}

	/** The directive at an offset; undefined if there is none. */
	match(text: string, offset: number): DirectiveLine | undefined {
		START.lastIndex = offset;
		const start = START.exec(text);
		const name = start?.[1] ?? '';
		if (HEADERS.includes(name)) return { name, rest: '', length: start?.[0].length ?? 0 };
		if (name === 'include_file' || name === 'import_file')
			return { name, rest: '', length: start?.[0].length ?? 0 };
		const known = SYNONYMS[name] ?? name;
		if (!start || !Object.hasOwn(this.#run, known)) return undefined;
		// a substitution takes a string, which may go on over lines; all others take what is left of the line
		const pattern = SUBSTITUTIONS.includes(known) ? STRINGS : REST;
		pattern.lastIndex = START.lastIndex;
		const rest = pattern.exec(text)?.[0] ?? '';
		return { name: known, rest, length: start[0].length + rest.length };
	}

	/** For what is a comment by Kamailio's rules: the directive that may have been meant. */
	misspelt(text: string, offset: number): { word: string; near: string | undefined } {
		START.lastIndex = offset;
		const word = START.exec(text)?.[1] ?? '';
		const near =
			word.length > 2 ? suggest(word, [...Object.keys(this.#run), 'include_file', 'import_file']) : undefined;
		return { word, near };
	}

	/** The offset of the next directive that opens, turns or ends a condition. */
	nextCondition(text: string, offset: number): number {
		NEXT_CONDITION.lastIndex = offset;
		return NEXT_CONDITION.exec(text)?.index ?? text.length;
	}

	/**
	 * Does what a directive says.
	 * @throws DirectiveError
	 */
	run(line: DirectiveLine, at: Position): void {
		if (this.#skipping && !CONDITIONS.includes(line.name)) return;
		this.#run[line.name]?.(line.rest, at);
	}

	#define(rest: string, how: 'define' | 'trydef' | 'redefine'): void {
		const { name, value } = nameAndValue(rest);
		this.#defines.define(name, value, how);
	}

	#defineExpression(rest: string, quoted: boolean): void {
		const { name, value } = nameAndValue(rest);
		const result = evaluate(value, this.#defines);
		const text = typeof result === 'number' ? String(Math.trunc(result)) : result;
		this.#defines.define(name, quoted ? `"${text}"` : text);
	}

	/** A condition that is not good is open all the same, so that what ends it is no second error. */
	#open(isOn: () => boolean, at: Position): void {
		if (this.#conditions.length >= DEEPEST)
			throw new DirectiveError('there are too many conditions in each other');
		const condition = { on: false, else: false, at };
		this.#conditions.push(condition);
		try {
			// inside of skipped text a condition only has to be counted
			condition.on = !this.#skipping && isOn();
		} finally {
			this.#update();
		}
	}

	#else(): void {
		const condition = this.#conditions.at(-1);
		if (!condition) throw new DirectiveError('there is no condition that this #!else could turn');
		if (condition.else) throw new DirectiveError('this condition has a second #!else');
		condition.on = !condition.on;
		condition.else = true;
		this.#update();
	}

	#end(): void {
		if (!this.#conditions.pop())
			throw new DirectiveError('there is no condition that this #!endif could end');
		this.#update();
	}

	#update(): void {
		this.#skipping = this.#conditions.some(({ on }) => !on);
	}
}

function nameOf(rest: string): string {
	const name = rest.trim();
	if (NAME.test(name)) return name;
	throw new DirectiveError(name ? `"${name}" is no name of a define` : 'the name of a define is missing');
}

/** The name behind `#!ifdef`. What follows it on the line, mostly a comment, is passed over, as in Kamailio. */
function firstNameOf(rest: string): string {
	return nameOf(/^\s*[A-Za-z_]\w*(?![\w-])/.exec(rest)?.[0] ?? rest);
}

function nameAndValue(rest: string): { name: string; value: string } {
	const [, name, value = ''] = /^[ \t\b]+([A-Za-z_]\w*)(?![\w-])[ \t\b]*([\s\S]*)$/.exec(rest) ?? [];
	if (name === undefined)
		throw new DirectiveError(
			rest.trim()
				? `"${rest.trim().split(/\s/)[0]}" is no name of a define`
				: 'the name of a define is missing',
		);
	return { name, value: value.replace(/\\\r?\n/g, '').replace(/\r$/, '') };
}

/** The string behind `#!subst`. */
function textIn(rest: string): string {
	const text = rest.trim();
	if (text.startsWith("'")) return text.slice(1, -1);
	const parts = text.match(/"(?:[^"\\]|\\[\s\S])*"/g);
	if (!parts) throw new DirectiveError('a string is missing', 'write #!subst "/expression/replacement/g"');
	return parts.map((part) => unescapeString(part.slice(1, -1))).join('');
}
