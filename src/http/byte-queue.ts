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

	/** What waits, in one piece. Not to be kept over a `push`. */
	get bytes(): Buffer {
		return this.#bytes;
	}

	/** How many bytes wait. */
	get length(): number {
		return this.#bytes.length;
	}

	/** Adds a piece, which belongs to the queue from now on. */
	push(piece: Buffer): void {
		if (this.#bytes.length === 0) {
			this.#bytes = piece;
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

	/** Takes bytes from the front; there have to be as many. */
	take(length: number): Buffer {
		const taken = this.#bytes.subarray(0, length);
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
