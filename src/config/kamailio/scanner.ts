/**
 * The first half of reading a configuration: files in, tokens out, with all directives done. As in Kamailio, the
 * preprocessor works while the text is cut into tokens, since only that tells a directive from what looks like one in
 * a string or a comment (core/cfg.lex).
 *
 * @module
 */
import type { TokenType } from 'chevrotain';
import type { Position } from './ast.ts';
import { CORE_PARAMETERS } from './core-parameters.ts';
import { type Defines, DirectiveError } from './defines.ts';
import { Directives } from './directives.ts';
import type { ConfigFiles } from './files.ts';
import type { Problems } from './problem.ts';
import type { SourceFile } from './source.ts';
import { TextScan } from './text-scan.ts';
import * as T from './tokens.ts';

/** Defines may stand for defines this deep; one that stands for itself is found by it. */
const DEEPEST_DEFINE = 32;
/** As in Kamailio (MAX_INCLUDE_DEPTH). */
const DEEPEST_INCLUDE = 10;
/** The most tokens of a configuration, against defines that multiply. The largest real ones have some 20 000. */
const MOST_TOKENS = 2_000_000;

const NAME = /^[A-Za-z_]/;
const NUMBER = /^(?:0x[0-9a-fA-F]+|0[0-7]+|0|[1-9]\d*|[01]+b)$/;

const LONG_MAX = 2n ** 63n - 1n;

/** What cannot be gone on from: too many tokens, too many includes. */
class ScanLimit extends Error {}

/** Cuts one configuration into tokens. */
export class Scanner {
	readonly #files: ConfigFiles;
	readonly #problems: Problems;
	readonly #defines: Defines;
	readonly #directives: Directives;
	readonly #text: ((text: string) => void) | undefined;
	readonly #tokens: T.CfgToken[] = [];
	/** The names of files that are imported and not there. */
	readonly missing: string[] = [];
	/** What was passed over, for tools that look for marks in it. */
	readonly comments: { readonly at: Position; readonly text: string }[] = [];

	/** @param text takes the text without what conditions leave out and with what is included */
	constructor(files: ConfigFiles, defines: Defines, problems: Problems, text?: (text: string) => void) {
		this.#text = text;
		this.#files = files;
		this.#defines = defines;
		this.#problems = problems;
		this.#directives = new Directives(defines);
	}

	/**
	 * The tokens of a file and of all it includes. What is wrong is noted as a problem.
	 * @throws KemihostError if the file cannot be read
	 */
	scan(path: string): T.CfgToken[] {
		try {
			this.#scanFile(this.#files.open(path), 1);
		} catch (error) {
			if (!(error instanceof ScanLimit)) throw error;
		}
		for (const at of this.#directives.open) this.#problems.error(at, 'there is no #!endif for this');
		return this.#tokens;
	}

	#scanFile(file: SourceFile, depth: number): void {
		new TextScan(
			file,
			{
				token: (type, image, at, value) => this.#add(type, image, at, value),
				word: (word, at) => this.#word(word, at, 0),
				string: (type, image, text, at) => this.#string(type, image, text, at),
				include: (name, optional, at) => this.#include(file, name, optional, at, depth),
				problem: (at, message, hint) => this.#problems.error(at, message, hint),
				warning: (at, message, hint) => this.#problems.warning(at, message, hint),
				comment: (at, text) => void this.comments.push({ at, text }),
				...(this.#text ? { text: this.#text } : {}),
			},
			this.#directives,
			() => this.#tokens.at(-1),
		).run();
	}

	/** Includes a file: from the working folder, else from the folder of the file that includes it. */
	#include(from: SourceFile, name: string, optional: boolean, at: Position, depth: number): void {
		if (depth > DEEPEST_INCLUDE) {
			this.#problems.error(at, `files include each other more than ${DEEPEST_INCLUDE} deep`);
			throw new ScanLimit();
		}
		const file = this.#substituted(name, at);
		const found = this.#files.include(file, from.path);
		if (typeof found !== 'string') this.#scanFile(found, depth + 1);
		else if (optional) this.missing.push(file);
		else
			this.#problems.error(at, `cannot include "${file}": ${found}`, 'import_file goes on without the file');
	}

	#add(type: TokenType, image: string, at: Position, value: string | number = image): void {
		if (this.#tokens.length >= MOST_TOKENS) {
			this.#problems.error(at, 'the configuration is too long: a define may stand for too much');
			throw new ScanLimit();
		}
		const offset = this.#tokens.length;
		const token = { image, startOffset: offset, endOffset: offset, tokenType: type, at, value };
		this.#tokens.push({ ...token, tokenTypeIdx: type.tokenTypeIdx as number });
	}

	#string(type: TokenType, image: string, text: string, at: Position): void {
		const value = this.#substituted(text, at);
		const before = this.#tokens.slice(-2).map(({ tokenType }) => tokenType);
		this.#add(type, image, at, value);
		// a module that is loaded is a define too: #!ifdef MOD_xhttp
		if (before[1] === T.Loadmodule || (before[0] === T.Loadmodule && before[1] === T.LParen)) {
			const name = /([^/]*?)(?:\.so)?$/.exec(value)?.[1] ?? '';
			if (name) this.#defines.define(`MOD_${name}`, '', 'trydef');
		}
	}

	#substituted(text: string, at: Position): string {
		try {
			return this.#defines.substitute(text);
		} catch (error) {
			if (!(error instanceof DirectiveError)) throw error;
			this.#problems.error(at, error.message, error.hint);
			return text;
		}
	}

	/** A keyword, a number, a name, or a define and then what it stands for. */
	#word(word: string, at: Position, depth: number): void {
		const keyword = T.KEYWORDS.get(word);
		if (keyword) {
			this.#add(keyword, word, at);
			return;
		}
		const number = T.NUMBER_WORDS.get(word) ?? (NUMBER.test(word) ? parseInteger(word) : undefined);
		if (number !== undefined) {
			this.#add(T.Int, word, at, number);
			return;
		}
		if (!NAME.test(word)) {
			this.#add(T.NumberWord, word, at);
			return;
		}
		const define = CORE_PARAMETERS.has(word) ? undefined : this.#defines.get(word);
		if (define === undefined) {
			this.#add(T.Word, word, at);
			return;
		}
		if (depth >= DEEPEST_DEFINE) {
			this.#problems.error(at, `the define ${word} stands for itself`);
			return;
		}
		const { file } = at;
		new TextScan(
			this.#files.text(file, define),
			{
				token: (type, image, _at, value) => this.#add(type, image, at, value),
				word: (inner) => this.#word(inner, at, depth + 1),
				string: (type, image, text) => this.#string(type, image, text, at),
				include: () => this.#problems.error(at, `the define ${word} includes a file`),
				problem: (_at, message, hint) => this.#problems.error(at, `${message}, in the define ${word}`, hint),
				warning: () => {},
			},
			undefined,
			() => this.#tokens.at(-1),
		).run();
	}
}

/** An integer as strtol() and an int of C make it: clamped to 64 bits, then wrapped to 32. */
function parseInteger(text: string): number {
	const binary = /^[01]+b$/.test(text) ? `0b${text.slice(0, -1)}` : undefined;
	const octal = /^0[0-7]+$/.test(text) ? `0o${text.slice(1)}` : undefined;
	const value = BigInt(binary ?? octal ?? text);
	return Number(BigInt.asIntN(32, value > LONG_MAX ? LONG_MAX : value));
}
