/**
 * Reads JSON as the json-c library does (json-c 0.16, json_tokener.c, not strict): more than JSON is taken, such as
 * single quotes, comments, a comma behind the last member, NaN, `TRUE` and `007`, and what follows the value does not
 * matter.
 *
 * @module
 */

import { bytesOf } from '../../bytes.ts';
import { CHARACTERS } from '../../json-escapes.ts';

/** A number or a boolean, as json-c prints it: reals keep the digits they were written with. */
export class Scalar {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

/** A value. Texts are byte strings, which need be no UTF-8. */
export type JsonValue = JsonObject | JsonValue[] | string | Scalar | null;

/** An object's members in the order they were written; of two with the same key the last counts, at the first's place. */
export type JsonObject = Map<string, JsonValue>;

/** How many arrays and objects can be inside of one another; the last of them must be empty. */
const DEEPEST = 32;

const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

const BLANKS = /[ \t\n\r]*/y;
const WORD = /(true|false)|null|nan|infinity/iy;
/** What json-c takes for a number before it looks closer. */
const NUMBER = /-?\d*(?:\.[-+]?\d*)?(?:[eE][-+]?\d*)?/y;
const REAL = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const PLAIN: Readonly<Record<string, RegExp>> = { '"': /[^"\\]*/y, "'": /[^'\\]*/y };
const ESCAPE = /\\(?:u([\da-fA-F]{4})|(["\\/bfnrt]))/y;

/** Says that a text is no JSON, even to json-c. */
class Invalid extends Error {}

class Parser {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	document(): JsonValue {
		this.#skip();
		const value = this.#value(1);
		// What follows is not read, except that a slash must begin a comment.
		do this.#match(BLANKS);
		while (this.#text[this.#at] === '/' && this.#comment());
		return value;
	}

	/** @param depth how many arrays and objects there are with this one, if it is one */
	#value(depth: number): JsonValue {
		const char = this.#text[this.#at];
		switch (char) {
			case '{':
				return this.#object(depth);
			case '[':
				return this.#array(depth);
			case '"':
			case "'":
				return this.#string(char);
		}
		return char !== undefined && /[-\d]/.test(char) ? this.#number(depth) : this.#word('');
	}

	#array(depth: number): JsonValue[] {
		const list: JsonValue[] = [];
		this.#at++;
		this.#skip();
		while (this.#text[this.#at] !== ']') {
			this.#enter(depth);
			list.push(this.#value(depth + 1));
			this.#separator(']');
		}
		this.#at++;
		return list;
	}

	#object(depth: number): JsonObject {
		const object: JsonObject = new Map();
		this.#at++;
		this.#skip();
		while (this.#text[this.#at] !== '}') {
			const quote = this.#text[this.#at];
			if (quote !== '"' && quote !== "'") throw new Invalid();
			const [key = ''] = this.#string(quote).split('\0', 1);
			this.#skip();
			if (this.#text[this.#at] !== ':') throw new Invalid();
			this.#at++;
			this.#skip();
			this.#enter(depth);
			object.set(key, this.#value(depth + 1));
			this.#separator('}');
		}
		this.#at++;
		return object;
	}

	#enter(depth: number): void {
		if (depth >= DEEPEST) throw new Invalid();
	}

	/** Passes over a comma, or stops at the closing bracket. */
	#separator(close: string): void {
		this.#skip();
		const char = this.#text[this.#at];
		if (char === close) return;
		if (char !== ',') throw new Invalid();
		this.#at++;
		this.#skip();
	}

	#word(sign: string): JsonValue {
		const [word, boolean] = this.#match(WORD) ?? [];
		if (word === undefined) throw new Invalid();
		if (boolean !== undefined) return new Scalar(boolean.toLowerCase());
		const lower = word.toLowerCase();
		if (lower === 'null') return null;
		return new Scalar(lower === 'nan' ? 'NaN' : `${sign}Infinity`);
	}

	/** Integers print as 64 bits hold them, cut to the largest or smallest where they do not fit. */
	#number(depth: number): JsonValue {
		const [source = ''] = this.#match(NUMBER) ?? [];
		const follows = this.#text[this.#at] ?? '';
		if (source === '-' && /[iI]/.test(follows)) return this.#word('-');
		if (depth > 1 && (follows === '' || !',]}/iI \t\n\r'.includes(follows))) throw new Invalid();
		if (/^-?\d+$/.test(source)) return new Scalar(clampInteger(source));
		const real = /[-+eE]$/.test(source) ? source.replace(/(?<=.)[-+eE]+$/, '') : source;
		if (!REAL.test(real)) throw new Invalid();
		return new Scalar(real);
	}

	#string(quote: '"' | "'"): string {
		let value = '';
		this.#at++;
		for (;;) {
			value += this.#match(PLAIN[quote] as RegExp)?.[0] ?? '';
			const char = this.#text[this.#at];
			if (char === quote) break;
			if (char === undefined) throw new Invalid();
			value += this.#escapes();
		}
		this.#at++;
		return value;
	}

	/** A run of escapes, so that the halves of a surrogate pair come together; one that stands alone is U+FFFD. */
	#escapes(): string {
		let value = '';
		let units = '';
		for (;;) {
			const [found, unit, short] = this.#match(ESCAPE) ?? [];
			if (unit !== undefined) {
				units += String.fromCharCode(Number.parseInt(unit, 16));
				continue;
			}
			value += bytesOf(units);
			units = '';
			if (found === undefined) break;
			value += CHARACTERS[short as string] as string;
		}
		if (value === '') throw new Invalid();
		return value;
	}

	/**
	 * Passes over blanks and comments. Where a comment behind a member is not closed, json-c gives that member for the
	 * whole document; here the document is invalid.
	 */
	#skip(): void {
		const code = this.#text.charCodeAt(this.#at);
		if (code > 0x20 && code !== 0x2f) return;
		this.#match(BLANKS);
		while (this.#text[this.#at] === '/') {
			if (!this.#comment()) throw new Invalid();
			this.#match(BLANKS);
		}
	}

	/** Passes over a comment. False if it is not closed: behind a star that ends nothing, one character is not seen. */
	#comment(): boolean {
		const text = this.#text;
		const kind = text[this.#at + 1];
		if (kind === '/') {
			const end = text.indexOf('\n', this.#at);
			if (end >= 0) this.#at = end + 1;
			return end >= 0;
		}
		if (kind !== '*') throw new Invalid();
		for (let star = text.indexOf('*', this.#at + 2); star >= 0; star = text.indexOf('*', star + 2)) {
			if (text[star + 1] !== '/') continue;
			this.#at = star + 2;
			return true;
		}
		return false;
	}

	#match(pattern: RegExp): RegExpExecArray | undefined {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#text);
		if (!found) return undefined;
		this.#at = pattern.lastIndex;
		return found;
	}
}

/** An integer's decimal digits, cut to the range of json-c: from -2^63 to 2^64-1. */
function clampInteger(source: string): string {
	const digits = source.replace(/^(-?)0+(?=\d)/, '$1');
	if (digits.length > 20) return String(digits.startsWith('-') ? INT64_MIN : UINT64_MAX);
	const integer = BigInt(digits);
	return String(integer < INT64_MIN ? INT64_MIN : integer > UINT64_MAX ? UINT64_MAX : integer);
}

/**
 * Reads a text. It ends at a NUL, as a text of C does.
 * @param text a byte string
 * @returns undefined if it is no JSON, and where it is `null`
 */
export function parseLax(text: string): Exclude<JsonValue, null> | undefined {
	const nul = text.indexOf('\0');
	try {
		return new Parser(nul < 0 ? text : text.slice(0, nul)).document() ?? undefined;
	} catch (error) {
		if (error instanceof Invalid) return undefined;
		throw error;
	}
}
