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

/** The factors of the controller: of the sum of what the load was away from the wanted one, of the last such distance, and of
 * its change. */
export interface Factors {
	readonly integral: number;
	readonly proportional: number;
	readonly differential: number;
}

/** Kamailio's. */
const FACTORS: Factors = { integral: -25, proportional: 0, differential: 0 };

/** Looks at the load in intervals. Each child has its own, and looks at the same machine. */
export class CpuFeedback {
	readonly #seconds: number;
	#last = cpuTimes();
	factors: Factors;
	#sum = 0;
	#error = 0;
	#dropped = 0;
	#timer: NodeJS.Timeout | undefined;
	#wanted = 0;

	/**
	 * @param seconds the interval
	 * @param factors by default Kamailio's
	 */
	constructor(seconds: number, factors = FACTORS) {
		this.#seconds = seconds;
		this.factors = factors;
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

	/** How many of a hundred are turned away now. */
	get dropped(): number {
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
		if (this.#sum < 0 || error < 0) this.#sum += error;
		const { integral, proportional, differential } = this.factors;
		const output = integral * this.#sum + proportional * error + differential * (error - this.#error);
		this.#error = error;
		this.#dropped = Math.max(0, Math.trunc(output));
	}
}
