/**
 * Reads JSON as the jansson library does (jansson 2.14, load.c, with JSON_REJECT_DUPLICATES): an object or an array
 * to the letter of RFC 8259, each key once, integers of 64 bits, texts of valid UTF-8 without NUL.
 *
 * JSON.parse would lose the difference between 1 and 1.0, large integers, and the order of keys that look like numbers.
 *
 * @module
 */

import { isUtf8 } from 'node:buffer';
import { bytesOf, isAscii } from '../../bytes.ts';
import { CHARACTERS } from '../../json-escapes.ts';
import type { JsonObject, JsonValue } from './value.ts';

/** A text that is no JSON. */
export class JsonSyntaxError extends Error {
	/** The line and the column of the character that cannot stand there, both from 1. */
	readonly line: number;
	readonly column: number;

	constructor(message: string, text: string, at: number) {
		super(message);
		const lines = text.slice(0, at).split('\n');
		this.line = lines.length;
		this.column = (lines.at(-1)?.length ?? 0) + 1;
	}
}

/** How many values can be inside of one another. Nothing here recurses, so that it costs no stack. */
const DEEPEST = 2048;

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const FRACTION = /(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|(["\\/bfnrt]))/y;

const LITERALS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/** An object or an array that is not closed yet. */
class Open {
	readonly value: JsonValue[] | JsonObject;
	/** The key of an object's next member. */
	key: string;

	constructor(value: JsonValue[] | JsonObject, key = '') {
		this.value = value;
		this.key = key;
	}

	add(member: JsonValue): void {
		if (Array.isArray(this.value)) this.value.push(member);
		else this.value.set(this.key, member);
	}
}

function isDigit(code: number): boolean {
	return code >= ZERO && code <= NINE;
}

class Parser {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	document(): JsonValue {
		const first = this.#peek();
		if (first !== OPEN_OBJECT && first !== OPEN_LIST) this.#fail('"{" or "[" is expected');
		const open: Open[] = [];
		for (;;) {
			if (open.length >= DEEPEST) this.#fail(`values are nested deeper than ${DEEPEST}`);
			const begun = this.#value();
			if (begun instanceof Open) {
				open.push(begun);
				continue;
			}
			let value = begun;
			for (let parent = open.at(-1); parent !== undefined; parent = open.at(-1)) {
				parent.add(value);
				if (this.#next(parent)) break;
				value = parent.value;
				open.pop();
			}
			if (open.length > 0) continue;
			this.#peek();
			if (this.#at < this.#text.length) this.#fail('something follows the end of the document');
			return value;
		}
	}

	/** Reads a value up to its end, or an object or array up to its first member. */
	#value(): JsonValue | Open {
		const code = this.#peek();
		if (code === QUOTE) return this.#string();
		if (code === OPEN_LIST) return this.#closesAtOnce(CLOSE_LIST) ? [] : new Open([]);
		if (code === OPEN_OBJECT) {
			const object: JsonObject = new Map();
			return this.#closesAtOnce(CLOSE_OBJECT) ? object : new Open(object, this.#key(object));
		}
		if (isDigit(code) || code === MINUS) return this.#number();
		LITERAL.lastIndex = this.#at;
		const [word] = LITERAL.exec(this.#text) ?? this.#fail('a value is expected');
		this.#at += word.length;
		return LITERALS[word] as boolean | null;
	}

	/** Goes on to the next member. False if its object or array ends. */
	#next(parent: Open): boolean {
		const close = Array.isArray(parent.value) ? CLOSE_LIST : CLOSE_OBJECT;
		const code = this.#peek();
		if (code !== COMMA && code !== close) this.#fail(`"," or "${String.fromCharCode(close)}" is expected`);
		this.#at++;
		if (code === close) return false;
		if (parent.value instanceof Map) parent.key = this.#key(parent.value);
		return true;
	}

	/** True if the bracket that opens here is closed at once. */
	#closesAtOnce(close: number): boolean {
		this.#at++;
		if (this.#peek() !== close) return false;
		this.#at++;
		return true;
	}

	#key(object: JsonObject): string {
		if (this.#peek() !== QUOTE) this.#fail('a key is expected');
		const begin = this.#at;
		const key = this.#string();
		if (object.has(key)) this.#fail('the object has that key already', begin);
		if (this.#peek() !== COLON) this.#fail('":" is expected');
		this.#at++;
		return key;
	}

	#number(): bigint | number {
		const text = this.#text;
		const begin = this.#at;
		let at = text.charCodeAt(begin) === MINUS ? begin + 1 : begin;
		if (!isDigit(text.charCodeAt(at))) this.#fail('digits are expected');
		if (text.charCodeAt(at) === ZERO) at++;
		else while (isDigit(text.charCodeAt(at))) at++;
		FRACTION.lastIndex = at;
		const [fraction = ''] = FRACTION.exec(text) ?? [];
		this.#at = at + fraction.length;
		const source = text.slice(begin, this.#at);
		if (fraction) {
			const real = Number(source);
			return Number.isFinite(real) ? real : this.#fail('the number is too large', begin);
		}
		// Fifteen digits fit a number; twenty characters hold the sign and the digits of 64 bits, and longer ones would
		// only take time.
		if (source.length <= 15) return BigInt(Number(source));
		const integer = source.length > 20 ? undefined : BigInt(source);
		if (integer === undefined || integer !== BigInt.asIntN(64, integer))
			this.#fail('the integer has more than 64 bits', begin);
		return integer;
	}

	#string(): string {
		const text = this.#text;
		let value = '';
		let begin = ++this.#at;
		for (;;) {
			const code = text.charCodeAt(this.#at);
			if (code === QUOTE) break;
			if (code === BACKSLASH) {
				value += text.slice(begin, this.#at) + this.#escape();
				begin = this.#at;
			} else if (code >= 0x20) this.#at++;
			else if (this.#at < text.length) this.#fail('a control character must be escaped');
			else this.#fail('a text is not closed');
		}
		value += text.slice(begin, this.#at);
		this.#at++;
		return value;
	}

	/** What an escape stands for. Halves of a pair must come together, and NUL cannot be written. */
	#escape(): string {
		const begin = this.#at;
		const first = this.#escapeUnit();
		if (typeof first === 'string') return first;
		if (first === 0) this.#fail('\\u0000 is not allowed', begin);
		if (first < 0xd800 || first > 0xdfff) return bytesOf(String.fromCharCode(first));
		const second = first < 0xdc00 && this.#text.charCodeAt(this.#at) === BACKSLASH ? this.#escapeUnit() : 0;
		if (typeof second === 'string' || second < 0xdc00 || second > 0xdfff)
			this.#fail('half of a surrogate pair stands alone', begin);
		return bytesOf(String.fromCharCode(first, second));
	}

	/** One escape: a character, or the unit of UTF-16 that `\u` gives. */
	#escapeUnit(): string | number {
		ESCAPE.lastIndex = this.#at;
		const [source, unit, short] = ESCAPE.exec(this.#text) ?? this.#fail('there is no such escape');
		this.#at += source.length;
		return unit === undefined ? (CHARACTERS[short as string] as string) : Number.parseInt(unit, 16);
	}

	/** Passes over blanks. Gives the code of what follows; NaN at the end. */
	#peek(): number {
		for (;;) {
			const code = this.#text.charCodeAt(this.#at);
			if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return code;
			this.#at++;
		}
	}

	#fail(message: string, at = this.#at): never {
		throw new JsonSyntaxError(message, this.#text, at);
	}
}

/**
 * Reads a document. Its text ends at a NUL, as a text of C does.
 * @param text a byte string
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): JsonValue {
	const nul = text.indexOf('\0');
	const document = nul < 0 ? text : text.slice(0, nul);
	if (!isAscii(document) && !isUtf8(Buffer.from(document, 'latin1')))
		throw new JsonSyntaxError('the text is no valid UTF-8', document, 0);
	return new Parser(document).document();
}
