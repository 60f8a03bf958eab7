/**
 * Counting in windows of time, for all children at once: how often something happened in this window and in the one
 * before. Windows are counted from the clock's beginning, so that no timer is needed to start a new one.
 *
 * @module
 */
import type { SharedTable } from '../../store/store.ts';

/** Old counts that go whenever a new one is made. */
const SWEEP = 4;

/** Counts by name in windows of a length. */
export class Windows {
	readonly #counts: SharedTable;
	readonly #milliseconds: number;

	/**
	 * @param counts a table for nothing else
	 * @param seconds the length of a window
	 */
	constructor(counts: SharedTable, seconds: number) {
		this.#counts = counts;
		this.#milliseconds = Math.max(1, seconds * 1000);
	}

	/** The number of the window that it is now. */
	get now(): number {
		return Math.floor(Date.now() / this.#milliseconds);
	}

	/**
	 * Counts once more, and gives the count of this window.
	 * @throws StoreRefusal
	 */
	add(name: string, by = 1): number {
		const window = this.now;
		// the count is asked for until the next window is over
		const at = (window + 2) * this.#milliseconds;
		const count = this.#counts.increment(`${window} ${name}`, by, { initial: 0, at }) ?? by;
		if (count === by) this.#counts.takeExpired(SWEEP);
		return count;
	}

	/** The count of a window; by default of this one. */
	count(name: string, window = this.now): number {
		const count = this.#counts.get(`${window} ${name}`);
		return typeof count === 'number' ? count : 0;
	}

	/** The count of the window before this one. */
	before(name: string): number {
		return this.count(name, this.now - 1);
	}
}
