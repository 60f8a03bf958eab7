/**
 * Limits a log line about something that may happen thousands of times a second.
 *
 * @module
 */

/** How often such a line is written, in milliseconds. */
const INTERVAL = 10_000;

/** Writes the line at once when it happens first, and then now and then for all that has happened meanwhile. */
export class RepeatedLine {
	readonly #say: (count: number) => void;
	#count = 0;
	#timer: NodeJS.Timeout | undefined;

	/** @param say writes the line, given how often it has happened since the last */
	constructor(say: (count: number) => void) {
		this.#say = say;
	}

	/** It has happened. */
	happened(): void {
		this.#count++;
		if (!this.#timer) this.#write();
	}

	#write(): void {
		this.#timer = undefined;
		if (this.#count === 0) return;
		this.#say(this.#count);
		this.#count = 0;
		this.#timer = setTimeout(() => this.#write(), INTERVAL).unref();
	}
}
