/**
 * Lists of prefixes, each of which blocks or allows what begins with it (lib/trie/dtrie.c).
 *
 * @module
 */
import type { Row } from '../cached-tables.ts';

/** What a list says of a number: the longest prefix decides. */
export type Verdict = 'blocked' | 'allowed' | undefined;

/** How numbers are compared: by their digits, or by all characters of ASCII. */
export type Characters = 'digits' | 'ascii';

/** A prefix with what it says. */
interface Entry {
	readonly prefix: string;
	readonly allows: boolean;
}

const GOOD: Readonly<Record<Characters, RegExp>> = { digits: /^\d*/, ascii: /^[\0-\x7f]*/ };

/** A list. */
export class Prefixes {
	readonly #entries = new Map<string, boolean>();
	readonly #characters: Characters;
	#longest = 0;

	/**
	 * @param rows prefixes, each with whether it allows; NULL in either leaves a row out
	 * @param leftOut told of prefixes that cannot be compared
	 */
	constructor(rows: readonly Row[], characters: Characters, leftOut: (prefix: string) => void) {
		this.#characters = characters;
		for (const [prefix, allows] of rows) {
			if (prefix === null || prefix === undefined || allows === null || allows === undefined) continue;
			const text = String(prefix);
			if (comparable(text, characters) !== text) {
				leftOut(text);
				continue;
			}
			this.#entries.set(text, Number(allows) !== 0);
			this.#longest = Math.max(this.#longest, text.length);
		}
	}

	/** What the list says of a number. By digits, what stands in front of the first one does not count. */
	verdict(number: string): Verdict {
		const text = comparable(
			this.#characters === 'digits' ? number.replace(/^\D+/, '') : number,
			this.#characters,
		);
		for (let length = Math.min(text.length, this.#longest); length >= 0; length--) {
			const allows = this.#entries.get(text.slice(0, length));
			if (allows !== undefined) return allows ? 'allowed' : 'blocked';
		}
		return undefined;
	}

	/** All prefixes, each behind those that it begins with. */
	get entries(): readonly Entry[] {
		return [...this.#entries]
			.map(([prefix, allows]) => ({ prefix, allows }))
			.sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
	}
}

/** The part that can be compared. */
function comparable(text: string, characters: Characters): string {
	return GOOD[characters].exec(text)?.[0] ?? '';
}
