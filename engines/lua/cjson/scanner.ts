/**
 * Splits JSON into tokens as lua-cjson does. It accepts more than JSON (`0x10`, `inf`, `012`, comments), and its
 * names for tokens appear in error messages, so scripts can see them.
 *
 * @module
 */

import { bytesOf } from '../../../src/bytes.ts';
import { CHARACTERS } from '../../../src/json-escapes.ts';

/** The kinds of tokens, by lua-cjson's names. */
export type Token =
	| 'T_OBJ_BEGIN'
	| 'T_OBJ_END'
	| 'T_ARR_BEGIN'
	| 'T_ARR_END'
	| 'T_STRING'
	| 'T_NUMBER'
	| 'T_INTEGER'
	| 'T_BOOLEAN'
	| 'T_NULL'
	| 'T_COLON'
	| 'T_COMMA'
	| 'T_END'
	| 'T_ERROR';

const SIGNS: Readonly<Record<string, Token>> = {
	'{': 'T_OBJ_BEGIN',
	'}': 'T_OBJ_END',
	'[': 'T_ARR_BEGIN',
	']': 'T_ARR_END',
	',': 'T_COMMA',
	':': 'T_COLON',
	'\0': 'T_END',
	'': 'T_END',
};
const BLANKS = /[ \t\n\r]*/y;
const INTEGER = /[-+]?\d+/y;
const FLOAT = /([-+]?)(?:0x([\da-f]+)|inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/iy;
/** What is a number to C's strtod and none to JSON: signs in front, leading zeros, hexadecimals, inf and nan. */
const NOT_JSON = /\+|-?(?:0[x\d]|inf|nan)/iy;
/** What ends the run of plain characters in a string. lua-cjson takes control characters as they are. */
const NOT_PLAIN = /["\\\0]/g;
const HEX4 = /[\da-f]{4}/iy;
const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);

/** Reads one text, token by token. */
export class Scanner {
	/** The token that was read last. */
	type: Token = 'T_END';
	/** Where it begins, or where an error in it is, from 0. */
	index = 0;
	/** The value of a string, a boolean, an integer, a number; what is wrong with an error. */
	value: string | number | bigint | boolean = '';
	/** Where reading goes on. */
	position = 0;
	readonly #text: string;
	readonly #invalidNumbers: boolean;
	readonly #comments: boolean;

	/**
	 * @param text a byte string
	 * @param invalidNumbers whether what is no number in JSON is one here
	 * @param comments whether comments are passed over
	 */
	constructor(text: string, invalidNumbers: boolean, comments: boolean) {
		this.#text = text;
		this.#invalidNumbers = invalidNumbers;
		this.#comments = comments;
	}

	/** Reads the next token. Reading stays where it is at the end and at an error. */
	next(): Token {
		if (!this.#skip()) return this.#fail('unclosed multi-line comment');
		this.index = this.position;
		const sign = this.#text.charAt(this.position);
		const simple = SIGNS[sign];
		if (simple) {
			if (simple !== 'T_END') this.position++;
			return this.#is(simple, '');
		}
		if (sign === '"') return this.#string();
		if (sign === '-' || (sign >= '0' && sign <= '9')) return this.#number();
		for (const [word, type, value] of [
			['true', 'T_BOOLEAN', true],
			['false', 'T_BOOLEAN', false],
			['null', 'T_NULL', ''],
		] as const)
			if (sign === word.charAt(0) && this.#text.startsWith(word, this.position)) {
				this.position += word.length;
				return this.#is(type, value);
			}
		if (this.#invalidNumbers && this.#at(NOT_JSON)) return this.#number();
		return this.#fail('invalid token');
	}

	#is(type: Token, value: Scanner['value']): Token {
		this.value = value;
		this.type = type;
		return type;
	}

	#fail(why: string): Token {
		this.index = this.position;
		return this.#is('T_ERROR', why);
	}

	/** What a sticky expression finds where reading is. */
	#at(expression: RegExp, offset = 0): RegExpExecArray | null {
		expression.lastIndex = this.position + offset;
		return expression.exec(this.#text);
	}

	/** Passes over blanks and comments. False if a comment has no end. */
	#skip(): boolean {
		for (;;) {
			this.position += this.#at(BLANKS)?.[0].length ?? 0;
			if (!this.#comments || this.#text.charAt(this.position) !== '/') return true;
			const kind = this.#text.charAt(this.position + 1);
			if (kind !== '/' && kind !== '*') return true;
			const end = this.#text.indexOf(kind === '/' ? '\n' : '*/', this.position + 2);
			if (end < 0 && kind === '*') {
				this.position = this.#text.length;
				return false;
			}
			this.position = end < 0 ? this.#text.length : end + (kind === '/' ? 1 : 2);
		}
	}

	#number(): Token {
		if (!this.#invalidNumbers && this.#at(NOT_JSON)) return this.#fail('invalid number');
		const whole = this.#at(INTEGER)?.[0];
		if (whole !== undefined && !/[.ex]/i.test(this.#text.charAt(this.position + whole.length))) {
			this.position += whole.length;
			const small = Number(whole);
			if (Number.isSafeInteger(small)) return this.#is('T_INTEGER', BigInt(small));
			const value = BigInt(whole.replace('+', ''));
			return value > MAX_INTEGER || value < MIN_INTEGER
				? this.#is('T_NUMBER', small)
				: this.#is('T_INTEGER', value);
		}
		const [text, sign, hex] = this.#at(FLOAT) ?? [];
		if (text === undefined) return this.#fail('invalid number');
		this.position += text.length;
		const size = text.slice(sign?.length);
		const value = hex
			? Number.parseInt(hex, 16)
			: /^i/i.test(size)
				? Number.POSITIVE_INFINITY
				: Number.parseFloat(size);
		return this.#is('T_NUMBER', sign === '-' ? -value : value);
	}

	#string(): Token {
		this.position++;
		let value = '';
		for (;;) {
			NOT_PLAIN.lastIndex = this.position;
			const found = NOT_PLAIN.exec(this.#text);
			const end = found?.index ?? this.#text.length;
			value += this.#text.slice(this.position, end);
			this.position = end;
			if (found?.[0] === '"') {
				this.position++;
				return this.#is('T_STRING', value);
			}
			if (found?.[0] !== '\\') return this.#fail('unexpected end of string');
			const sign = this.#text.charAt(end + 1);
			if (sign === 'u') {
				const character = this.#unicode();
				if (character === undefined) return this.#fail('invalid unicode escape code');
				value += character;
			} else {
				const character = CHARACTERS[sign];
				if (character === undefined) return this.#fail('invalid escape code');
				value += character;
				this.position += 2;
			}
		}
	}

	/** The UTF-8 of `\uXXXX`, or of two of them that are a surrogate pair. */
	#unicode(): string | undefined {
		const high = this.#at(HEX4, 2)?.[0];
		if (high === undefined) return undefined;
		const unit = Number.parseInt(high, 16);
		if ((unit & 0xf800) !== 0xd800) {
			this.position += 6;
			return bytesOf(String.fromCharCode(unit));
		}
		const low = this.#text.startsWith('\\u', this.position + 6) ? this.#at(HEX4, 8)?.[0] : undefined;
		const second = low === undefined ? 0 : Number.parseInt(low, 16);
		if ((unit & 0x400) !== 0 || (second & 0xfc00) !== 0xdc00) return undefined;
		this.position += 12;
		return bytesOf(String.fromCharCode(unit, second));
	}
}
