/**
 * Bracket expressions of POSIX, `[a-z[:digit:]]`, as sets of bytes.
 *
 * The C locale is meant: ranges go by byte, and a collating symbol or an equivalence class is one character. Without
 * regard to case glibc reads the expression in upper case and compares texts in upper case: `[Z-a]` is an error then.
 *
 * @module
 */

import { words } from '../words.ts';
import type { PosixOptions } from './posix-options.ts';

/** An expression that regcomp() refuses. */
export class PosixSyntaxError extends Error {}

/** The named classes, as regular expressions for one byte. */
const NAMED: Readonly<Record<string, RegExp>> = words({
	alnum: /[0-9A-Za-z]/,
	alpha: /[A-Za-z]/,
	blank: /[ \t]/,
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the class is that of control characters
	cntrl: /[\x00-\x1f\x7f]/,
	digit: /[0-9]/,
	graph: /[!-~]/,
	lower: /[a-z]/,
	print: /[ -~]/,
	punct: /[!-/:-@[-`{-~]/,
	space: /[ \t-\r]/,
	upper: /[A-Z]/,
	xdigit: /[0-9A-Fa-f]/,
});

const LINE_FEED = 10;

/** The upper-case form of an ASCII letter's code; other codes stay. */
function upperCase(code: number): number {
	return code >= 0x61 && code <= 0x7a ? code - 0x20 : code;
}

/** An element: one byte, or a class, which cannot end a range. */
type Element = { code: number } | { named: RegExp };

/** Reads elements up to the closing bracket. */
class BracketReader {
	readonly #source: string;
	readonly #fold: boolean;
	at: number;

	constructor(source: string, at: number, fold: boolean) {
		this.#source = source;
		this.at = at;
		this.#fold = fold;
	}

	/** True at the closing bracket, which is passed over then. */
	closes(): boolean {
		if (this.#source[this.at] !== ']') return false;
		this.at++;
		return true;
	}

	/** True at a hyphen that makes a range, which is passed over then: one that does not stand last. */
	ranges(): boolean {
		if (this.#source[this.at] !== '-' || this.#source[this.at + 1] === ']') return false;
		this.at++;
		return true;
	}

	element(): Element {
		const char = this.#source[this.at];
		if (char === undefined) throw new PosixSyntaxError('"[" is not closed');
		const kind = char === '[' ? this.#source[this.at + 1] : undefined;
		if (kind === ':' || kind === '.' || kind === '=') return this.#bracketed(kind);
		this.at++;
		return { code: this.#code(char) };
	}

	/** `[:name:]`, `[.c.]`, `[=c=]` */
	#bracketed(kind: ':' | '.' | '='): Element {
		const begin = this.at + 2;
		const end = this.#source.indexOf(`${kind}]`, begin);
		if (end < 0) throw new PosixSyntaxError(`"[${kind}" is not closed`);
		this.at = end + 2;
		const name = this.#source.slice(begin, end);
		if (kind !== ':') {
			if (name.length !== 1) throw new PosixSyntaxError(`"${name}" is no single character`);
			return { code: this.#code(name) };
		}
		if (!Object.hasOwn(NAMED, name)) throw new PosixSyntaxError(`there is no character class "${name}"`);
		return { named: NAMED[this.#fold && (name === 'upper' || name === 'lower') ? 'alpha' : name] as RegExp };
	}

	#code(char: string): number {
		const code = char.charCodeAt(0);
		return this.#fold ? upperCase(code) : code;
	}
}

/**
 * Reads a bracket expression.
 * @param at behind its opening bracket
 * @returns 256 flags, one for each byte that matches, and where it ends
 * @throws PosixSyntaxError
 */
export function parseBracket(
	source: string,
	at: number,
	options: PosixOptions,
): { set: Uint8Array; end: number } {
	const fold = options.ignoreCase ?? false;
	const negated = source[at] === '^';
	const reader = new BracketReader(source, at + (negated ? 1 : 0), fold);
	const members = new Uint8Array(256);
	for (let first = true; first || !reader.closes(); first = false) {
		const hyphen = !first && source[reader.at] === '-' && source[reader.at + 1] !== ']';
		if (hyphen) throw new PosixSyntaxError('"-" stands where no range can begin');
		const low = reader.element();
		const high = reader.ranges() ? reader.element() : low;
		if ('named' in low) {
			if (high !== low) throw new PosixSyntaxError('a class cannot begin a range');
			for (let code = 0; code < 256; code++)
				members[code]! |= Number(low.named.test(String.fromCharCode(code)));
			continue;
		}
		if ('named' in high || high.code < low.code) throw new PosixSyntaxError('a range ends before it begins');
		members.fill(1, low.code, high.code + 1);
	}
	const set = members.map((_, code) => Number((members[fold ? upperCase(code) : code] === 1) !== negated));
	if (negated && options.newline) set[LINE_FEED] = 0;
	return { set, end: reader.at };
}

/** What matches no byte, as RE2 writes it. */
export const NOTHING = '[^\\x00-\\x{10ffff}]';

/** A set of bytes as RE2 writes it. */
export function printSet(set: Uint8Array): string {
	const hex = (code: number) => `\\x${code.toString(16).padStart(2, '0')}`;
	let text = '';
	for (let code = 0; code < 256; code++) {
		if (!set[code]) continue;
		const begin = code;
		while (set[code + 1]) code++;
		text += code > begin ? `${hex(begin)}-${hex(code)}` : hex(begin);
	}
	return text ? `[${text}]` : NOTHING;
}
