/**
 * Calls something again and again, one call after the other.
 *
 * @module
 */

/** A clock that ticks while nobody stops it. The time runs from the end of one tick to the begin of the next. */
export class Ticker {
	readonly #interval: number;
	readonly #tick: () => Promise<unknown>;
	#timer: NodeJS.Timeout | undefined;
	#stopped = true;

	/** @param interval in milliseconds */
	constructor(interval: number, tick: () => Promise<unknown>) {
		this.#interval = Math.max(1, interval);
		this.#tick = tick;
	}

	/** Starts it, unless it runs. */
	start(): void {
		if (!this.#stopped) return;
		this.#stopped = false;
		this.#arm();
	}

	/** Stops it. A tick that has begun goes on. */
	stop(): void {
		this.#stopped = true;
		clearTimeout(this.#timer);
	}

	#arm(): void {
		this.#timer = setTimeout(async () => {
			await this.#tick();
			if (!this.#stopped) this.#arm();
		}, this.#interval).unref();
	}
}
