/**
 * A limit on a script's log lines: a number of lines in each second, then one line that says how many were left
 * out.
 *
 * @module
 */

/** A second, in milliseconds. */
const WINDOW = 1000;

/** Lets lines through up to a number in each second. */
export class FloodGate {
	readonly #most: number;
	readonly #say: (dropped: number) => void;
	#windowEnd = 0;
	#count = 0;
	#dropped = 0;
	#timer: NodeJS.Timeout | undefined;

	/**
	 * @param most lines in a second
	 * @param say tells how many lines were left out in the second that is over
	 */
	constructor(most: number, say: (dropped: number) => void) {
		this.#most = most;
		this.#say = say;
	}

	/**
	 * Counts a line. False if it is to be left out.
	 * @param now Unix time in milliseconds
	 */
	passes(now: number): boolean {
		// a clock that was set back begins anew as well
		if (now >= this.#windowEnd || now < this.#windowEnd - WINDOW) {
			this.flush();
			this.#windowEnd = now + WINDOW;
			this.#count = 0;
		}
		if (++this.#count <= this.#most) return true;
		this.#dropped++;
		this.#timer ??= setTimeout(() => this.flush(), this.#windowEnd - now).unref();
		return false;
	}

	/** Tells at once of the lines that were left out so far, as when the host ends. */
	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const dropped = this.#dropped;
		this.#dropped = 0;
		if (dropped > 0) this.#say(dropped);
	}
}
