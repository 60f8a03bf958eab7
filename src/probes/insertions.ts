/**
 * Texts that are put into a source without moving its lines.
 *
 * @module
 */

/** Insertions at offsets of one source. */
export class Insertions {
	readonly #at: { offset: number; text: string }[] = [];

	/** Several at one offset stay in the order in which they were added. */
	add(offset: number, text: string): void {
		this.#at.push({ offset, text });
	}

	/** As `add`, in front of all that is added at the offset. */
	close(offset: number, text: string): void {
		this.#at.unshift({ offset, text });
	}

	/** The source with all of them. */
	apply(code: string): string {
		let result = '';
		let from = 0;
		for (const { offset, text } of this.#at.toSorted((a, b) => a.offset - b.offset)) {
			result += code.slice(from, offset) + text;
			from = offset;
		}
		return result + code.slice(from);
	}
}
