/**
 * What PCRE writes with one backslash, and its character classes, `[a-z\d]`, as sets of bytes.
 *
 * @module
 */
import { PosixSyntaxError, parseBracket } from '../../pv/posix-bracket.ts';
import { words } from '../../words.ts';

/** An expression that PCRE refuses, or that needs what matching in linear time cannot give. */
export class PcreError extends Error {}

/** 256 flags, one for each byte that matches. */
export type ByteSet = Uint8Array;

/** The bytes that a class written in POSIX matches: `[a-z]`, `[[:alpha:]]`. */
function bytesOfClass(posix: string): ByteSet {
	try {
		return parseBracket(posix, 1, {}).set;
	} catch (error) {
		if (error instanceof PosixSyntaxError) throw new PcreError(`there is no class ${posix}`);
		throw error;
	}
}

/** All bytes that are not in a set. */
export function complement(set: ByteSet): ByteSet {
	return set.map((member) => 1 - member);
}

/** A set with the other case of its ASCII letters. */
export function bothCases(set: ByteSet): ByteSet {
	return set.map((member, code) => {
		const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
		return member | (letter ? (set[code ^ 0x20] as number) : 0);
	});
}

/** A set of one byte. */
export function single(code: number): ByteSet {
	const set = new Uint8Array(256);
	set[code] = 1;
	return set;
}

/** The sets that a letter stands for behind a backslash; the letter in upper case is the complement. */
const LETTERS: Readonly<Record<string, ByteSet>> = {
	d: bytesOfClass('[0-9]'),
	w: bytesOfClass('[0-9A-Za-z_]'),
	s: bytesOfClass('[ \t-\r]'),
	h: bytesOfClass('[\t \xa0]'),
	v: bytesOfClass('[\n-\r\x85]'),
};

/** The set of `\d`, `\W` and so on; undefined for another letter. */
export function letterSet(letter: string): ByteSet | undefined {
	const lower = letter.toLowerCase();
	const set = Object.hasOwn(LETTERS, lower) ? (LETTERS[lower] as ByteSet) : undefined;
	return set && (letter === lower ? set : complement(set));
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** The byte that `\n`, `\x41`, `\cA`, `\101` or `\.` means. */
const BYTE =
	/(?:x\{([\da-fA-F]{1,8})\}|x([\da-fA-F]{0,2})|c([\x20-\x7e])|o\{([0-7]{1,8})\}|([0-7]{1,3})|(.))/sy;

/**
 * Reads what stands behind a backslash as one byte.
 * @param at behind the backslash
 */
export function escapedByte(source: string, at: number): { code: number; end: number } {
	BYTE.lastIndex = at;
	const [whole = '', braced, hex, control, octalBraced, octal, char = ''] = BYTE.exec(source) ?? [];
	if (whole === '') throw new PcreError('a backslash at the end');
	const end = at + whole.length;
	let code: number;
	if (braced !== undefined) code = Number.parseInt(braced, 16);
	else if (hex !== undefined) code = Number.parseInt(hex || '0', 16);
	else if (control !== undefined) code = control.toUpperCase().charCodeAt(0) ^ 0x40;
	else if (octalBraced !== undefined) code = Number.parseInt(octalBraced, 8);
	else if (octal !== undefined) code = Number.parseInt(octal, 8);
	else if (/[LlNpPUuXRgkGc]/.test(char)) throw new PcreError(`\\${char} is not supported`);
	else code = CONTROLS[char] ?? char.charCodeAt(0);
	if (code > 255) throw new PcreError(`\\${whole} is more than a byte`);
	return { code, end };
}

/** An element of a class: a byte, which can begin or end a range, or a set. */
type Element = number | ByteSet;

/** Reads one class. */
class ClassReader {
	readonly #source: string;
	at: number;
	#quoted = false;

	constructor(source: string, at: number) {
		this.#source = source;
		this.at = at;
	}

	/** Passes a text over, if it stands here. */
	skip(text: string): boolean {
		if (this.#quoted || !this.#source.startsWith(text, this.at)) return false;
		this.at += text.length;
		return true;
	}

	/** Passes `\Q` and `\E` over: between them everything is a character. */
	quotes(): void {
		for (;;) {
			if (this.#quoted ? this.#source.startsWith('\\E', this.at) : this.skip('\\E')) {
				if (this.#quoted) this.at += 2;
				this.#quoted = false;
			} else if (this.skip('\\Q')) this.#quoted = true;
			else return;
		}
	}

	/** True at a hyphen that makes a range; it is passed over then. */
	ranges(): boolean {
		if (this.#quoted || this.#source[this.at] !== '-' || this.#source[this.at + 1] === ']') return false;
		this.at++;
		this.quotes();
		return true;
	}

	element(): Element {
		const char = this.#source[this.at];
		if (char === undefined) throw new PcreError('"[" is not closed');
		if (this.#quoted || (char !== '\\' && char !== '[')) {
			this.at++;
			return char.charCodeAt(0);
		}
		return char === '[' ? this.#bracketed() : this.#escaped();
	}

	/** `[:alpha:]`, `[:^alpha:]` */
	#bracketed(): Element {
		const [whole = '', mark, not, name = ''] =
			/^\[([:.=])(\^?)([^\]\\]*?)\1\]/.exec(this.#source.slice(this.at, this.at + 24)) ?? [];
		this.at += whole.length || 1;
		if (whole === '') return '['.charCodeAt(0);
		if (mark !== ':') throw new PcreError(`${whole} is not supported`);
		const set = POSIX_CLASSES[name] ?? bytesOfClass(`[[:${name}:]]`);
		return not ? complement(set) : set;
	}

	#escaped(): Element {
		const letter = this.#source[this.at + 1] ?? '';
		const set = letterSet(letter);
		if (set) {
			this.at += 2;
			return set;
		}
		if (letter === 'b') {
			this.at += 2;
			return 8;
		}
		if (letter === 'N') throw new PcreError('\\N is no member of a class');
		if (letter !== '' && 'BRX'.includes(letter)) {
			this.at += 2;
			return letter.charCodeAt(0);
		}
		const { code, end } = escapedByte(this.#source, this.at + 1);
		this.at = end;
		return code;
	}
}

/** Classes that PCRE has and POSIX does not. */
const POSIX_CLASSES: Readonly<Record<string, ByteSet>> = words({
	word: LETTERS['w'] as ByteSet,
	ascii: bytesOfClass('[\x01-\x7f]').fill(1, 0, 1),
});

/**
 * Reads a class.
 * @param at behind its opening bracket
 * @returns its bytes and where it ends
 * @throws PcreError
 */
export function parseClass(source: string, at: number, ignoreCase: boolean): { set: ByteSet; end: number } {
	const reader = new ClassReader(source, at);
	reader.quotes();
	const negated = reader.skip('^');
	const members = new Uint8Array(256);
	const add = (set: ByteSet) =>
		set.forEach((member, code) => {
			members[code]! |= member;
		});
	for (let first = true; ; first = false) {
		reader.quotes();
		if (!first && reader.skip(']')) break;
		const low = reader.element();
		reader.quotes();
		if (typeof low === 'object') {
			add(low);
			continue;
		}
		if (!reader.ranges()) {
			members[low] = 1;
			continue;
		}
		const high = reader.element();
		if (typeof high === 'object') throw new PcreError('a range ends in a class');
		if (high < low) throw new PcreError('a range ends before it begins');
		members.fill(1, low, high + 1);
	}
	const set = ignoreCase ? bothCases(members) : members;
	return { set: negated ? complement(set) : set, end: reader.at };
}
