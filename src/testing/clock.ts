/**
 * A clock that tests can stop and move.
 *
 * @module
 */
import type { Clock } from '../clock.ts';

/** Goes with the machine's clock until it is told otherwise. */
export class TestClock implements Clock {
	#offset = 0;
	#frozen: number | undefined;

	now(): number {
		return this.#frozen ?? Date.now() + this.#offset;
	}

	/**
	 * Stops the time.
	 * @param at Unix time in seconds, or a text that `Date` reads; by default now
	 * @throws RangeError for a text that is no time
	 */
	freeze(at?: number | string): void {
		const time = typeof at === 'string' ? Date.parse(at) : at === undefined ? this.now() : at * 1000;
		if (Number.isNaN(time)) throw new RangeError(`"${at}" is no time`);
		this.#frozen = time;
	}

	/** Moves the time by seconds, whether it stands or goes. */
	advance(seconds: number): void {
		if (this.#frozen === undefined) this.#offset += seconds * 1000;
		else this.#frozen += seconds * 1000;
	}

	/** Lets the time go on from where it stands. */
	unfreeze(): void {
		if (this.#frozen === undefined) return;
		this.#offset = this.#frozen - Date.now();
		this.#frozen = undefined;
	}
}
