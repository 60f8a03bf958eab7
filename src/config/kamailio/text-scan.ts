/**
 * One pass over one text: cuts it into tokens, and separates comments and directives from them (core/cfg.lex).
 *
 * @module
 */
import type { TokenType } from 'chevrotain';
import type { Position } from './ast.ts';
import { DirectiveError } from './defines.ts';
import { type Directives, isCondition } from './directives.ts';
import type { SourceFile } from './source.ts';
import { unescapeString } from './strings.ts';
import * as T from './tokens.ts';

/** What editors on Windows put in front of UTF-8. */
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const BLANKS = /[ \t\r\n\b]+/y;
const WORD = /[A-Za-z0-9_]+/y;
const IPV4 = /\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/y;
const IPV6 =
	/(?:(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(?:[0-9a-fA-F]{1,4}:){1,7}(?::[0-9a-fA-F]{1,4}){1,7}|:(?::[0-9a-fA-F]{1,4}){1,7}|(?:[0-9a-fA-F]{1,4}:){1,7}:|::)/y;
const COLON_WORD = /(?:msg:len|uri:(?:host|port))(?!\w)/y;
const COMMENT_EDGE = /\/\*|\*\//g;
const DOUBLE_QUOTED = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const SINGLE_QUOTED = /'[^']*'/y;
const VARIABLE_START = /\$(?:\?|\w*)/y;
const SELECT = /@[A-Za-z_]\w*(?:\[(?:-?\w+|"[^"\n]*")\])?(?:\.[A-Za-z_]\w*(?:\[(?:-?\w+|"[^"\n]*")\])?)*/y;
const EVENT_NAME = /[A-Za-z][\w-]*(?::[\w.-]+)+/y;
const CAST = /\((?:int|str)\)/y;
const SYMBOL = /==|!=|=~|&&|\|\||<<|>>|<=|>=|[-+*/<>&|^~!=(){}[\],;:.]/y;

const SYMBOLS: Readonly<Record<string, TokenType>> = {
	'{': T.LBrace,
	'}': T.RBrace,
	'(': T.LParen,
	')': T.RParen,
	'[': T.LBracket,
	']': T.RBracket,
	',': T.Comma,
	';': T.Semicolon,
	':': T.Colon,
	'.': T.Dot,
	'=': T.Equals,
	'/': T.Slash,
	'*': T.Star,
	'-': T.Minus,
	'!': T.PrefixOp,
	'~': T.PrefixOp,
};

/** What becomes of the parts of a text. */
export interface Receiver {
	token(type: TokenType, image: string, at: Position, value?: string | number): void;
	word(word: string, at: Position): void;
	string(type: TokenType, image: string, text: string, at: Position): void;
	include(name: string, optional: boolean, at: Position): void;
	problem(at: Position, message: string, hint?: string): void;
	warning(at: Position, message: string, hint?: string): void;
	/** Takes the text of a comment without its marks. */
	comment?(at: Position, text: string): void;
	/** Takes the text itself, without conditions and includes, which are done. */
	text?(text: string): void;
}

/** One pass over one text. */
export class TextScan {
	readonly #file: SourceFile;
	readonly #text: string;
	readonly #out: Receiver;
	readonly #directives: Directives | undefined;
	readonly #last: () => T.CfgToken | undefined;
	#at: number;
	/** True if what was just read is not to be shown by `--cfg-print`. */
	#silent = false;

	/** @param directives undefined inside of defines, where there are none */
	constructor(
		file: SourceFile,
		out: Receiver,
		directives: Directives | undefined,
		last: () => T.CfgToken | undefined,
	) {
		this.#file = file;
		this.#text = file.text;
		this.#at = file.text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
		this.#out = out;
		this.#directives = directives;
		this.#last = last;
	}

	run(): void {
		while (this.#at < this.#text.length) {
			const begin = this.#at;
			this.#silent = this.#directives?.skipping ?? false;
			if (this.#silent) this.#skip();
			else this.#step();
			if (!this.#silent) this.#out.text?.(this.#text.slice(begin, this.#at));
		}
	}

	#match(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.#at;
		return pattern.exec(this.#text)?.[0];
	}

	#position(offset = this.#at): Position {
		return this.#file.position(offset);
	}

	/** One token, comment or directive. */
	#step(): void {
		const blanks = this.#match(BLANKS);
		if (blanks) {
			this.#at += blanks.length;
			return;
		}
		const char = this.#text[this.#at] as string;
		const next = this.#text[this.#at + 1];
		if (char === '#' || (char === '!' && next === '!')) {
			if (this.#directive()) return;
			if (char === '#') {
				this.#skipLine(1);
				return;
			}
		}
		if (char === '/' && next === '/') {
			this.#skipLine(2);
			return;
		}
		if (char === '/' && next === '*') {
			this.#comment();
			return;
		}
		if (char === '"') {
			this.#quoted(DOUBLE_QUOTED, T.Text);
			return;
		}
		if (char === "'") {
			this.#quoted(SINGLE_QUOTED, T.RawText);
			return;
		}
		if (char === '$') {
			this.#variable();
			return;
		}
		if (char === '@') {
			this.#select();
			return;
		}
		if (char === '\\' && (next === '\n' || next === '\r')) {
			this.#at++;
			return;
		}
		this.#plain(char);
	}

	#emit(type: TokenType, image: string, value?: string | number): void {
		const at = this.#position();
		this.#at += image.length;
		this.#out.token(type, image, at, value);
	}

	#plain(char: string): void {
		if (this.#last()?.tokenType === T.LBracket && this.#afterEventRoute()) {
			const name = this.#match(EVENT_NAME);
			if (name) {
				this.#emit(T.EventName, name);
				return;
			}
		}
		if (/[0-9a-fA-F:]/.test(char)) {
			const ipv6 = this.#match(IPV6);
			if (ipv6) {
				this.#emit(T.Ipv6, ipv6);
				return;
			}
			const ipv4 = this.#match(IPV4);
			if (ipv4) {
				this.#emit(T.Ipv4, ipv4);
				return;
			}
		}
		const colonWord = this.#match(COLON_WORD);
		if (colonWord) {
			this.#emit(colonWord === 'msg:len' ? T.CoreWord : T.Word, colonWord);
			return;
		}
		const word = this.#match(WORD);
		if (word) {
			const at = this.#position();
			this.#at += word.length;
			this.#word(word, at);
			return;
		}
		const cast = this.#match(CAST);
		if (cast) {
			this.#emit(T.PrefixOp, cast);
			return;
		}
		const symbol = this.#match(SYMBOL);
		if (symbol) {
			this.#emit(SYMBOLS[symbol] ?? T.Operator, symbol);
			return;
		}
		this.#out.problem(
			this.#position(),
			`unexpected character ${JSON.stringify(char)}`,
			char === '%' ? 'attributes of SER (%name) are not supported; the remainder is `mod`' : undefined,
		);
		this.#at++;
	}

	#word(word: string, at: Position): void {
		if (this.#directives && (word === 'include_file' || word === 'import_file')) {
			this.#includeDirective(word, at);
			return;
		}
		this.#out.word(word, at);
	}

	/** True if the bracket that was read last is that of an event route. */
	#afterEventRoute(): boolean {
		return /event_route\s*\[\s*$/.test(this.#text.slice(Math.max(0, this.#at - 40), this.#at));
	}

	/** @param marks the length of what makes it a comment */
	#skipLine(marks: number): void {
		const found = this.#text.indexOf('\n', this.#at);
		const end = found < 0 ? this.#text.length : found;
		this.#out.comment?.(this.#position(), this.#text.slice(this.#at + marks, end));
		this.#at = end;
	}

	/** Comments nest. */
	#comment(): void {
		const begin = this.#at;
		let depth = 0;
		COMMENT_EDGE.lastIndex = begin;
		for (let edge = COMMENT_EDGE.exec(this.#text); edge; edge = COMMENT_EDGE.exec(this.#text)) {
			depth += edge[0] === '/*' ? 1 : -1;
			if (depth > 0) continue;
			this.#at = COMMENT_EDGE.lastIndex;
			this.#out.comment?.(this.#position(begin), this.#text.slice(begin + 2, this.#at - 2));
			return;
		}
		this.#out.problem(
			this.#position(begin),
			'this comment does not end',
			'comments nest: each /* wants a */',
		);
		this.#at = this.#text.length;
	}

	#quoted(pattern: RegExp, type: TokenType): void {
		const image = this.#match(pattern);
		const at = this.#position();
		if (image === undefined) {
			this.#out.problem(at, 'this string does not end');
			this.#at = this.#text.length;
			return;
		}
		this.#at += image.length;
		const inner = image.slice(1, -1);
		this.#out.string(type, image, type === T.Text ? unescapeString(inner) : inner, at);
	}

	/** `$name`, `$name(…)`, `$(…)`: parentheses are counted, as Kamailio does it. */
	#variable(): void {
		const begin = this.#at;
		const start = this.#match(VARIABLE_START) as string;
		let end = begin + start.length;
		if (this.#text[end] === '(' && start !== '$?') {
			let depth = 0;
			for (; end < this.#text.length && this.#text[end] !== '\n'; end++) {
				if (this.#text[end] === '(') depth++;
				else if (this.#text[end] === ')' && --depth === 0) break;
			}
			if (this.#text[end] !== ')') {
				this.#out.problem(this.#position(), 'the parentheses of this variable do not close on their line');
				this.#at = end;
				return;
			}
			end++;
		}
		const image = this.#text.slice(begin, end);
		const at = this.#position();
		this.#at = end;
		if (image === '$') this.#out.problem(at, 'a variable has a name: $var(x)');
		else this.#out.string(T.Variable, image, image, at);
	}

	#select(): void {
		const image = this.#match(SELECT);
		if (image) {
			this.#emit(T.SelectPath, image, image.slice(1));
			return;
		}
		this.#out.problem(this.#position(), 'a select has a name: @hdr["X"]');
		this.#at++;
	}

	/** `#!…` and `!!…`. False if it is none, which makes it a comment. */
	#directive(): boolean {
		const at = this.#position();
		const directives = this.#directives;
		if (!directives) return false;
		const line = directives.match(this.#text, this.#at);
		if (!line) {
			const { near, word } = directives.misspelt(this.#text, this.#at);
			if (near)
				this.#out.warning(
					at,
					`#!${word} is a comment: there is no such directive`,
					`did you mean #!${near}?`,
				);
			return false;
		}
		this.#at += line.length;
		if (line.name === 'include_file' || line.name === 'import_file') {
			this.#includeDirective(line.name, at);
			return true;
		}
		if (isCondition(line.name)) {
			this.#silent = true;
			if (this.#text[this.#at] === '\n') this.#at++;
		}
		try {
			directives.run(line, at);
		} catch (error) {
			if (!(error instanceof DirectiveError)) throw error;
			this.#out.problem(at, error.message, error.hint);
		}
		return true;
	}

	#includeDirective(word: string, at: Position): void {
		this.#silent = true;
		const [image = '', name] =
			/^[ \t]*"((?:[^"\\\n]|\\.)*)"/.exec(this.#text.slice(this.#at, this.#at + 1024)) ?? [];
		if (!name) {
			this.#out.problem(at, `${word} wants the name of a file in double quotes`);
			return;
		}
		this.#at += image.length;
		this.#out.include(unescapeString(name), word === 'import_file', at);
	}

	/** Text that a condition leaves out: only directives of conditions count, wherever they are. */
	#skip(): void {
		const directives = this.#directives as Directives;
		const begin = directives.nextCondition(this.#text, this.#at);
		this.#at = begin;
		if (begin < this.#text.length && !this.#directive()) this.#at++;
	}
}
