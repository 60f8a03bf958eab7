/**
 * Inserts texts into a source without moving its lines.
 *
 * @module
 */

/** Insertions at offsets of one source. */
export class Insertions {
	readonly #closing: { offset: number; text: string }[] = [];
	readonly #opening: { offset: number; text: string }[] = [];

	/** Several at one offset stay in the order in which they were added. */
	add(offset: number, text: string): void {
		this.#opening.push({ offset, text });
	}

	/** As `add`, in front of all that is added at the offset: what ends there comes before what begins. */
	close(offset: number, text: string): void {
		this.#closing.push({ offset, text });
	}

	/** The source with all of them. */
	apply(code: string): string {
		let result = '';
		let from = 0;
		const all = [...this.#closing, ...this.#opening].sort((a, b) => a.offset - b.offset); // a stable order
		for (const { offset, text } of all) {
			result += code.slice(from, offset) + text;
			from = offset;
		}
		return result + code.slice(from);
	}
}
