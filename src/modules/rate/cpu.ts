/**
 * The load of the machine, and how much to turn away so that it stays at a wanted level: the FEEDBACK algorithm of
 * ratelimit and pipelimit.
 *
 * @module
 */
import { cpus } from 'node:os';

/** Milliseconds that all processors together were busy, and all that went by. */
function cpuTimes(): { busy: number; all: number } {
	let [busy, all] = [0, 0];
	for (const { times } of cpus()) {
		const sum = Object.values(times).reduce((total, time) => total + time, 0);
		all += sum;
		busy += sum - times.idle;
	}
	return { busy, all };
}

/** The factor of the integral term in Kamailio's controller; its other factors are 0. */
const INTEGRAL = -25;

/** Looks at the load in intervals. Each child has its own, and looks at the same machine. */
export class CpuFeedback {
	readonly #seconds: number;
	#last = cpuTimes();
	#error = 0;
	#dropped = 0;
	#timer: NodeJS.Timeout | undefined;
	#wanted = 0;

	/** @param seconds the interval */
	constructor(seconds: number) {
		this.#seconds = seconds;
	}

	/**
	 * How many requests of a hundred are to be turned away.
	 * @param wanted the load to stay at, in percent
	 */
	dropRate(wanted: number): number {
		this.#wanted = wanted / 100;
		this.#timer ??= setInterval(() => this.#look(), this.#seconds * 1000).unref();
		return this.#dropped;
	}

	/** Stops looking. */
	close(): void {
		clearInterval(this.#timer);
	}

	#look(): void {
		const { busy, all } = cpuTimes();
		const load = all > this.#last.all ? (busy - this.#last.busy) / (all - this.#last.all) : 0;
		this.#last = { busy, all };
		const error = this.#wanted - load;
		// a machine that was idle for long does not save up for later
		if (this.#error < 0 || error < 0) this.#error += error;
		this.#dropped = Math.max(0, Math.trunc(INTEGRAL * this.#error));
	}
}
