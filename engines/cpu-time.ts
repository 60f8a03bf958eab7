/**
 * How much CPU time a slice of script code has used. Most of the time a look at the wall clock is enough.
 *
 * On a busy machine a process may not run for a second, which the script must not be blamed for; so what counts is
 * CPU time. But asking the system for the CPU time costs a microsecond, too much for each entry. So it is asked
 * only now and then, and when the wall clock says that the limit may be reached: the difference between two
 * readings is the most that the slice can have used.
 *
 * @module
 */

/** How old a reading may be that a slice is measured from, as a part of the limit: so much may be counted too much. */
const STALE = 1 / 8;

/** CPU time of this thread in milliseconds. */
function cpuTime(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

/** Watches over the slices of one engine. Entries may stand inside of one another: the time is that of the outermost. */
export class CpuTime {
	readonly #limit: number;
	#depth = 0;
	#began = 0;
	/** When it has to be looked at more closely, on the clock. */
	#next = Number.POSITIVE_INFINITY;
	/** The last reading before the slice began, and when that was. */
	#reading = 0;
	#readAt = Number.NEGATIVE_INFINITY;

	/** @param limit milliseconds of CPU time for a slice */
	constructor(limit: number) {
		this.#limit = limit;
	}

	/** True while script code runs. */
	get running(): boolean {
		return this.#depth > 0;
	}

	/** When the slice began, on the clock of `performance.now()`. */
	get began(): number {
		return this.#began;
	}

	/** Script code begins to run. Every `enter` has its `leave`. */
	enter(): void {
		if (this.#depth++ > 0) return;
		this.#began = performance.now();
		this.#next = this.#began + this.#limit;
		if (this.#began - this.#readAt < this.#limit * STALE) return;
		this.#readAt = this.#began;
		this.#reading = cpuTime();
	}

	/** It has ended, or waits. */
	leave(): void {
		if (--this.#depth === 0) this.#next = Number.POSITIVE_INFINITY;
	}

	/** True once the slice has used up its time. */
	get over(): boolean {
		const now = performance.now();
		return now >= this.#next && this.#isOver(now);
	}

	#isOver(now: number): boolean {
		const left = this.#limit - Math.min(now - this.#began, cpuTime() - this.#reading);
		this.#next = now + left; // in the past where nothing is left
		return left <= 0;
	}
}
