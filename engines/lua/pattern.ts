/**
 * Runs Lua patterns in steps that are counted, so that a script's deadline is noticed in the middle of a match.
 * Lua's own matcher can be made to run for years (`("a"):rep(40):find((".-"):rep(20) .. "b")`), and calls no hook
 * meanwhile.
 *
 * @module
 */
import { compilePattern, type Item, type Pattern, PatternError } from './pattern-compiler.ts';

const { latin1Slice } = Buffer.prototype as unknown as {
	latin1Slice(this: Uint8Array, start: number, end: number): string;
};

/** Lua's limit on how deep captures and repetitions may nest, which also keeps JavaScript's stack small. */
const MAX_DEPTH = 200;
/** So many steps are done between two looks at the deadline: about a tenth of a millisecond. */
const STEPS = 20_000;
/** The lengths of captures that are not closed, and of those that only stand for a position. */
const UNCLOSED = -1;
const POSITION = -2;

/** One attempt to match a pattern to a subject. */
class Match {
	readonly starts: number[] = [];
	readonly lengths: number[] = [];
	readonly #subject: Uint8Array;
	readonly #items: readonly Item[];
	readonly #tick: () => void;
	#depth = 0;
	#steps = STEPS;

	constructor(subject: Uint8Array, pattern: Pattern, tick: () => void) {
		this.#subject = subject;
		this.#items = pattern.items;
		this.#tick = tick;
	}

	/** Matches the items from `index` on at a position of the subject. Gives the end of the match, or -1. */
	run(at: number, index: number): number {
		if (++this.#depth > MAX_DEPTH) throw new PatternError('pattern too complex');
		const end = this.#match(at, index);
		this.#depth--;
		return end;
	}

	#match(start: number, first: number): number {
		const subject = this.#subject;
		let at = start;
		for (let index = first; index < this.#items.length; index++) {
			const item = this.#items[index] as Item;
			this.#step();
			switch (item.type) {
				case 'single': {
					if (item.repeat === 'greedy') return this.#greedy(item, at, index + 1);
					if (item.repeat === 'lazy') return this.#lazy(item.set, at, index + 1);
					const fits = at < subject.length && item.set[subject[at] as number] === 1;
					if (item.repeat === 'optional') {
						if (!fits) continue;
						const end = this.run(at + 1, index + 1);
						if (end >= 0) return end;
					} else if (fits) at++;
					else return -1;
					continue;
				}
				case 'open':
					return this.#open(item.position, at, index + 1);
				case 'close':
					return this.#close(at, index + 1);
				case 'same':
					at = this.#same(item.capture, at);
					break;
				case 'balance':
					at = this.#balance(item.open, item.close, at);
					break;
				case 'frontier': {
					// Both ends of the subject count as a zero byte.
					const before = at === 0 ? 0 : (subject[at - 1] as number);
					const here = at < subject.length ? (subject[at] as number) : 0;
					if (item.set[before] === 1 || item.set[here] === 0) return -1;
					continue;
				}
				case 'end':
					return at === subject.length ? at : -1;
			}
			if (at < 0) return -1;
		}
		return at;
	}

	#step(): void {
		if (--this.#steps > 0) return;
		this.#steps = STEPS;
		this.#tick();
	}

	#greedy(item: Item & { type: 'single' }, at: number, next: number): number {
		const subject = this.#subject;
		let end = at;
		while (end < subject.length && item.set[subject[end] as number] === 1) {
			end++;
			this.#step();
		}
		const least = item.atLeastOne ? at + 1 : at;
		for (; end >= least; end--) {
			const found = this.run(end, next);
			if (found >= 0) return found;
		}
		return -1;
	}

	#lazy(set: Uint8Array, start: number, next: number): number {
		const subject = this.#subject;
		for (let at = start; ; at++) {
			const found = this.run(at, next);
			if (found >= 0) return found;
			if (at >= subject.length || set[subject[at] as number] === 0) return -1;
		}
	}

	#open(position: boolean, at: number, next: number): number {
		this.starts.push(at);
		this.lengths.push(position ? POSITION : UNCLOSED);
		const end = this.run(at, next);
		if (end < 0) {
			this.starts.pop();
			this.lengths.pop();
		}
		return end;
	}

	#close(at: number, next: number): number {
		const capture = this.lengths.lastIndexOf(UNCLOSED);
		this.lengths[capture] = at - (this.starts[capture] as number);
		const end = this.run(at, next);
		if (end < 0) this.lengths[capture] = UNCLOSED;
		return end;
	}

	#same(capture: number, at: number): number {
		const subject = this.#subject;
		const start = this.starts[capture] as number;
		const length = this.lengths[capture] as number;
		if (length < 0 || at + length > subject.length) return -1; // a position is like no text
		for (let i = 0; i < length; i++) {
			this.#step();
			if (subject[start + i] !== subject[at + i]) return -1;
		}
		return at + length;
	}

	#balance(open: number, close: number, start: number): number {
		const subject = this.#subject;
		if (start >= subject.length || subject[start] !== open) return -1;
		let depth = 1;
		for (let at = start + 1; at < subject.length; at++) {
			this.#step();
			if (subject[at] === close) {
				if (--depth === 0) return at + 1;
			} else if (subject[at] === open) depth++;
		}
		return -1;
	}
}

/**
 * Looks for a pattern, as `string.find` does.
 * @param subject bytes
 * @param text the pattern, a byte string
 * @param init where to start, from 0
 * @param tick called now and then; what it throws comes out of here
 * @returns the positions, from 1, of the first and last byte of the match, and its captures; undefined for no match
 * @throws PatternError
 */
export function findPattern(
	subject: Uint8Array,
	text: string,
	init: number,
	tick: () => void,
): [first: number, last: number, ...captures: (string | number)[]] | undefined {
	const pattern = compilePattern(text);
	const match = new Match(subject, pattern, tick);
	const last = pattern.anchored ? init : subject.length;
	for (let start = init; start <= last; start++) {
		const end = match.run(start, 0);
		if (end < 0) continue;
		const captures = match.starts.map((from, i) => {
			const length = match.lengths[i] as number;
			return length === POSITION ? from + 1 : latin1Slice.call(subject, from, from + length);
		});
		return [start + 1, end, ...captures];
	}
	return undefined;
}

/**
 * Looks for a text, as `string.find` does with its argument `plain`.
 * @param init where to start, from 0
 * @returns the positions, from 1, of the first and last byte
 */
export function findPlain(
	subject: Uint8Array,
	text: string,
	init: number,
): [first: number, last: number] | undefined {
	const bytes = Buffer.from(subject.buffer, subject.byteOffset, subject.length);
	const at = bytes.indexOf(text, init, 'latin1');
	return at < 0 ? undefined : [at + 1, at + text.length];
}
