/**
 * Compiles a Lua pattern to a list of items, which `pattern.ts` runs over bytes. The pattern language is that of
 * Lua 5.3 and 5.4 (manual, 6.4.1) in the C locale; error messages are Lua's.
 *
 * @module
 */

/** How often a single character may occur. */
export type Repeat = 'once' | 'optional' | 'greedy' | 'lazy';

/** One step of a pattern. `set` has a 1 for each byte that fits. */
export type Item =
	| {
			readonly type: 'single';
			readonly set: Uint8Array;
			readonly repeat: Repeat;
			readonly atLeastOne: boolean;
	  }
	| { readonly type: 'open'; readonly position: boolean }
	| { readonly type: 'close' }
	| { readonly type: 'same'; readonly capture: number }
	| { readonly type: 'balance'; readonly open: number; readonly close: number }
	| { readonly type: 'frontier'; readonly set: Uint8Array }
	| { readonly type: 'end' };

/** A compiled pattern. */
export interface Pattern {
	/** True if it only matches at the start. */
	readonly anchored: boolean;
	readonly items: readonly Item[];
}

/** What is wrong with a pattern, in Lua's words. */
export class PatternError extends Error {
	override readonly name = 'PatternError';
}

const MAX_CAPTURES = 32;
const PERCENT = 0x25;

const inRanges =
	(...ranges: readonly (readonly [number, number])[]) =>
	(c: number) =>
		ranges.some(([from, to]) => c >= from && c <= to);
const UPPER = [0x41, 0x5a] as const;
const LOWER = [0x61, 0x7a] as const;
const DIGIT = [0x30, 0x39] as const;

/** The classes by their lower-case letter; an upper-case one means all other bytes. */
const CLASSES: Readonly<Record<string, (c: number) => boolean>> = {
	a: inRanges(UPPER, LOWER),
	c: inRanges([0, 0x1f], [0x7f, 0x7f]),
	d: inRanges(DIGIT),
	g: inRanges([0x21, 0x7e]),
	l: inRanges(LOWER),
	p: inRanges([0x21, 0x2f], [0x3a, 0x40], [0x5b, 0x60], [0x7b, 0x7e]),
	s: inRanges([9, 13], [32, 32]),
	u: inRanges(UPPER),
	w: inRanges(UPPER, LOWER, DIGIT),
	x: inRanges(DIGIT, [0x41, 0x46], [0x61, 0x66]),
	z: inRanges([0, 0]),
};

/** The test for what follows a `%`: a class, or the character itself. */
function escaped(code: number): (c: number) => boolean {
	const letter = String.fromCharCode(code);
	const test = CLASSES[letter.toLowerCase()];
	if (!test) return (c) => c === code;
	return letter === letter.toLowerCase() ? test : (c) => !test(c);
}

function setOf(test: (c: number) => boolean): Uint8Array {
	return Uint8Array.from({ length: 256 }, (_, c) => (test(c) ? 1 : 0));
}

/** Sets of single characters and classes, kept since they are asked for again and again. */
const sets = new Map<string, Uint8Array>();

function knownSet(key: string, test: (c: number) => boolean): Uint8Array {
	let set = sets.get(key);
	if (!set) {
		set = setOf(test);
		sets.set(key, set);
	}
	return set;
}

/** Compiles one pattern. */
class Compiler {
	readonly #text: string;
	readonly #items: Item[] = [];
	/** For each capture whether it is closed. */
	readonly #closed: boolean[] = [];
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	compile(): Pattern {
		const anchored = this.#text.startsWith('^');
		if (anchored) this.#at++;
		while (this.#at < this.#text.length) this.#items.push(this.#item());
		if (this.#closed.includes(false)) throw new PatternError('unfinished capture');
		return { anchored, items: this.#items };
	}

	#item(): Item {
		const text = this.#text;
		const letter = text[this.#at];
		if (letter === '(') return this.#open();
		if (letter === ')') return this.#close();
		if (letter === '$' && this.#at + 1 === text.length) {
			this.#at++;
			return { type: 'end' };
		}
		if (letter === '%') {
			const next = text[this.#at + 1];
			if (next === 'b') return this.#balance();
			if (next === 'f') return this.#frontier();
			if (next !== undefined && next >= '0' && next <= '9') return this.#same(Number(next));
		}
		return this.#repeated(this.#single());
	}

	#open(): Item {
		if (this.#closed.length >= MAX_CAPTURES) throw new PatternError('too many captures');
		const position = this.#text[this.#at + 1] === ')';
		this.#closed.push(position);
		this.#at += position ? 2 : 1;
		return { type: 'open', position };
	}

	#close(): Item {
		const capture = this.#closed.lastIndexOf(false);
		if (capture < 0) throw new PatternError('invalid pattern capture');
		this.#closed[capture] = true;
		this.#at++;
		return { type: 'close' };
	}

	#same(number: number): Item {
		if (this.#closed[number - 1] !== true) throw new PatternError(`invalid capture index %${number}`);
		this.#at += 2;
		return { type: 'same', capture: number - 1 };
	}

	#balance(): Item {
		if (this.#at + 3 >= this.#text.length)
			throw new PatternError("malformed pattern (missing arguments to '%b')");
		const [open, close] = [this.#code(this.#at + 2), this.#code(this.#at + 3)];
		this.#at += 4;
		return { type: 'balance', open, close };
	}

	#frontier(): Item {
		this.#at += 2;
		if (this.#text[this.#at] !== '[') throw new PatternError("missing '[' after '%f' in pattern");
		return { type: 'frontier', set: this.#bracket() };
	}

	#repeated(set: Uint8Array): Item {
		const sign = this.#text[this.#at];
		if (sign !== '*' && sign !== '+' && sign !== '-' && sign !== '?')
			return { type: 'single', set, repeat: 'once', atLeastOne: true };
		this.#at++;
		const repeat = sign === '?' ? 'optional' : sign === '-' ? 'lazy' : 'greedy';
		return { type: 'single', set, repeat, atLeastOne: sign === '+' };
	}

	#single(): Uint8Array {
		const letter = this.#text[this.#at] as string;
		if (letter === '[') return this.#bracket();
		if (letter === '.') {
			this.#at++;
			return knownSet('any', () => true);
		}
		const code = this.#code(this.#at);
		if (letter !== '%') {
			this.#at++;
			return knownSet(letter, (c) => c === code);
		}
		if (this.#at + 1 >= this.#text.length) throw new PatternError("malformed pattern (ends with '%')");
		const next = this.#code(this.#at + 1);
		this.#at += 2;
		return knownSet(`%${next}`, escaped(next));
	}

	#bracket(): Uint8Array {
		const start = this.#at;
		const end = this.#bracketEnd();
		this.#at = end + 1;
		return this.#readBracket(start, end);
	}

	/** Where the closing bracket is. The first character is never it: `[]]` and `[^]]` are sets of `]`. */
	#bracketEnd(): number {
		let at = this.#at + 1;
		if (this.#text[at] === '^') at++;
		do {
			if (at >= this.#text.length) throw new PatternError("malformed pattern (missing ']')");
			at += this.#text[at] === '%' ? 2 : 1;
		} while (this.#text[at] !== ']');
		return at;
	}

	#readBracket(start: number, end: number): Uint8Array {
		const complement = this.#text[start + 1] === '^';
		const set = new Uint8Array(256);
		for (let at = start + (complement ? 2 : 1); at < end; at++) {
			const code = this.#code(at);
			if (code === PERCENT && at + 1 < end) {
				at++;
				const test = escaped(this.#code(at));
				for (let c = 0; c < 256; c++) if (test(c)) set[c] = 1;
			} else if (this.#text[at + 1] === '-' && at + 2 < end) {
				set.fill(1, code, Math.max(code, this.#code(at + 2) + 1));
				at += 2;
			} else set[code] = 1;
		}
		return complement ? set.map((bit) => 1 - bit) : set;
	}

	#code(at: number): number {
		return this.#text.charCodeAt(at);
	}
}

const MAX_KEPT = 500;
const kept = new Map<string, Pattern>();

/**
 * Compiles a pattern, or gives it as compiled before.
 * @param text a byte string
 * @throws PatternError
 */
export function compilePattern(text: string): Pattern {
	let pattern = kept.get(text);
	if (!pattern) {
		pattern = new Compiler(text).compile();
		if (kept.size >= MAX_KEPT) kept.clear();
		kept.set(text, pattern);
	}
	return pattern;
}
