/**
 * Bytes that come in pieces of any size, and are taken from the front.
 *
 * @module
 */

const EMPTY = Buffer.alloc(0);

/**
 * Joins pieces as they come. Memory is taken twofold, so that a client which sends byte by byte costs as much for
 * each byte at the end of a long body as at its start. Memory that was given out is never written again.
 */
export class ByteQueue {
	#bytes: Buffer = EMPTY;
	/** What `#bytes` is the used end of; empty while `#bytes` is a piece as it came. */
	#memory: Buffer = EMPTY;
	/** How much of the memory is used. */
	#used = 0;
	/** `#bytes` lie in memory that others will write to. */
	#lent = false;

	/** What waits, in one piece. Not to be kept over a `push`. */
	get bytes(): Buffer {
		return this.#bytes;
	}

	/** How many bytes wait. */
	get length(): number {
		return this.#bytes.length;
	}

	/** Adds a piece, which belongs to the queue from now on, or where it is lent, until `keep` is called. */
	push(piece: Buffer, lent = false): void {
		if (this.#bytes.length === 0) {
			this.#bytes = piece;
			this.#lent = lent;
			return;
		}
		const length = this.#bytes.length + piece.length;
		if (this.#used + piece.length > this.#memory.length) {
			this.#memory = Buffer.allocUnsafeSlow(2 * length);
			this.#used = this.#bytes.copy(this.#memory);
		}
		this.#used += piece.copy(this.#memory, this.#used);
		this.#bytes = this.#memory.subarray(this.#used - length, this.#used);
	}

	/** The piece that was lent is about to go: copies what is left of it. */
	keep(): void {
		if (!this.#lent) return;
		this.#lent = false;
		if (this.#bytes.length > 0) this.#bytes = Buffer.from(this.#bytes);
	}

	/** Takes bytes from the front; there have to be as many. */
	take(length: number): Buffer {
		const piece = this.#bytes.subarray(0, length);
		const taken = this.#lent ? Buffer.from(piece) : piece;
		this.drop(length);
		return taken;
	}

	/** Takes bytes from the front that nobody wants. */
	drop(length: number): void {
		if (length < this.#bytes.length) {
			this.#bytes = this.#bytes.subarray(length);
		} else {
			// An idle connection holds no memory.
			this.#bytes = EMPTY;
			this.#memory = EMPTY;
			this.#used = 0;
		}
	}
}
