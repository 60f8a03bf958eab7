/**
 * Patterns of file names, `*.html`, as the C library's fnmatch() matches them without flags: a slash and a leading dot
 * are characters as any other. A bracket expression is a set of bytes of the C locale.
 *
 * @module
 */
import { compilePosix } from '../../pv/posix-regex.ts';

/** What stands at one place of a pattern: any number of bytes, one byte by its code, or one byte of a set. */
type Piece = 'star' | number | Uint8Array;

const ANY = new Uint8Array(256).fill(1);

const classes = new Map<string, Uint8Array>();

/** The bytes of a named class; undefined if there is none of that name. */
function classOf(name: string): Uint8Array | undefined {
	const known = classes.get(name);
	if (known) return known;
	const regex = /^[a-z]+$/.test(name) ? compilePosix(`[[:${name}:]]`) : '';
	if (typeof regex === 'string') return undefined;
	const set = Uint8Array.from({ length: 256 }, (_, code) => Number(regex.test(String.fromCharCode(code))));
	classes.set(name, set);
	return set;
}

/** The longest that `[:name:]` can be. */
const LONGEST_NAME = 16;

/** Reads one pattern. */
class PatternReader {
	readonly #pattern: string;
	#at = 0;

	constructor(pattern: string) {
		this.#pattern = pattern;
	}

	/** The pieces; undefined if the pattern matches nothing at all. */
	pieces(): Piece[] | undefined {
		const pieces: Piece[] = [];
		while (this.#at < this.#pattern.length) {
			const char = this.#next();
			if (char === '*') {
				if (pieces.at(-1) !== 'star') pieces.push('star');
			} else if (char === '?') pieces.push(ANY);
			else if (char === '[') {
				const set = this.#bracket();
				if (set === undefined) return undefined;
				pieces.push(set);
			} else if (char !== '\\') pieces.push(char.charCodeAt(0));
			else if (this.#at === this.#pattern.length) return undefined;
			else pieces.push(this.#next().charCodeAt(0));
		}
		return pieces;
	}

	#next(): string {
		return this.#pattern[this.#at++] as string;
	}

	/** A bracket expression; one that is not closed is an ordinary bracket. Undefined for an unknown class. */
	#bracket(): Piece | undefined {
		const start = this.#at;
		const negated = this.#pattern[start] === '!' || this.#pattern[start] === '^';
		if (negated) this.#at++;
		const members = new Uint8Array(256);
		for (let first = true; ; first = false) {
			if (this.#at >= this.#pattern.length) {
				this.#at = start;
				return '['.charCodeAt(0);
			}
			if (this.#pattern[this.#at] === ']' && !first) break;
			const name = this.#named(':');
			if (name !== undefined) {
				const set = classOf(name);
				if (!set) return undefined;
				set.forEach((member, code) => {
					members[code]! |= member;
				});
				continue;
			}
			const low = this.#element();
			members.fill(1, low.charCodeAt(0), (this.#rangeEnd() ?? low).charCodeAt(0) + 1);
		}
		this.#at++;
		return members.map((member) => Number((member === 1) !== negated));
	}

	/** What stands in `[:name:]`, which is passed over then; undefined if there is no such thing. */
	#named(mark: ':' | '.' | '='): string | undefined {
		const rest = this.#pattern.slice(this.#at, this.#at + LONGEST_NAME);
		if (!rest.startsWith(`[${mark}`)) return undefined;
		const name = rest.slice(2, Math.max(2, rest.indexOf(`${mark}]`, 2)));
		if (mark === ':' ? !/^[a-z]+$/.test(name) : name.length !== 1) return undefined;
		this.#at += name.length + 4;
		return name;
	}

	/** One byte: as it is, behind a backslash, or as `[.c.]` or `[=c=]`. */
	#element(): string {
		const named = this.#named('.') ?? this.#named('=');
		if (named !== undefined) return named;
		const char = this.#next();
		return char === '\\' && this.#at < this.#pattern.length ? this.#next() : char;
	}

	/** The end of a range, from behind its begin; undefined if there is no range. */
	#rangeEnd(): string | undefined {
		if (this.#pattern[this.#at] !== '-' || (this.#pattern[this.#at + 1] ?? ']') === ']') return undefined;
		this.#at++;
		return this.#element();
	}
}

/** True if a pattern matches the whole of a text. */
export function fnmatch(pattern: string, text: string): boolean {
	const pieces = new PatternReader(pattern).pieces();
	if (!pieces) return false;
	let piece = 0;
	let at = 0;
	// where to go on when a piece does not match: behind the last star, which takes one byte more
	let star = -1;
	let taken = 0;
	while (at < text.length) {
		const current = pieces[piece];
		const code = text.charCodeAt(at);
		if (current === 'star') {
			star = piece++;
			taken = at;
		} else if (current === code || (typeof current === 'object' && current[code])) {
			piece++;
			at++;
		} else if (star >= 0) {
			piece = star + 1;
			at = ++taken;
		} else return false;
	}
	while (pieces[piece] === 'star') piece++;
	return piece === pieces.length;
}
