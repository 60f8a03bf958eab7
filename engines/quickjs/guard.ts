/**
 * Answers QuickJS when it asks whether the script may go on: the CPU limit and the memory limit.
 *
 * QuickJS counts operations (calls, and jumps backwards) down from 10000 and then asks. As a single operation can
 * be a search in megabytes, the host sets the counter so that it is asked about once in a millisecond. When the
 * answer is no, QuickJS raises an error that passes every `catch` and `finally`. The promise machinery, however,
 * takes it for a rejection, and `for (;;) new Promise(() => { for (;;); })` would go on for ever. So with every no
 * but the first the counter is set to zero: from then on the next operation, wherever it is, asks again. The first
 * error is left alone, so that the place where the script was stopped gets through promises. By then KSR functions
 * refuse to work.
 *
 * @module
 */
import { CpuTime } from '../cpu-time.ts';
import { unexpectedBuild } from './build.ts';
import type { Heap } from './heap.ts';

/** Where the counter begins for each slice of script code, and doubles while all goes well. */
const FIRST_STEP = 100;
const LONGEST_STEP = 10_000;
/** Milliseconds between two questions that are too many. */
const TOO_LONG = 1;
/** What a call of a host function takes off the counter besides its text. */
const HOST_CALL = 25;
/** The counter lies in this many bytes at the beginning of a context. */
const CONTEXT_SIZE = 512;

/** Decides whether script code may go on. */
export class Guard {
	/** True once the time was found to be used up; until `disarm`. */
	expired = false;
	readonly #heap: Heap;
	#halted = false;
	/** Where the counter of operations is, in words. */
	#counter = 0;
	/** When QuickJS last asked. */
	#asked = 0;
	/** Operations until QuickJS asks again, as the counter was set. */
	#step = FIRST_STEP;
	readonly #time: CpuTime;

	/** @param cpuMs how long a slice of script code may run */
	constructor(heap: Heap, cpuMs: number) {
		this.#heap = heap;
		this.#time = new CpuTime(cpuMs);
	}

	/** A slice of script code begins. */
	arm(): void {
		this.#time.enter();
		this.#asked = this.#time.began;
		this.#setCounter(FIRST_STEP);
	}

	/** It is over. Gives the time when it began. */
	disarm(): number {
		this.#time.leave();
		this.expired = false;
		return this.#time.began;
	}

	/** QuickJS's question. */
	readonly shouldInterrupt = (): 0 | 1 => {
		const again = this.stopped;
		if (this.#time.over) this.expired = true;
		if (!this.stopped) {
			const now = performance.now();
			const slow = now - this.#asked > TOO_LONG;
			this.#setCounter(slow ? Math.max(1, this.#step >> 2) : Math.min(LONGEST_STEP, this.#step << 1));
			this.#asked = now;
			return 0;
		}
		if (again) this.#setCounter(0);
		return 1;
	};

	/** True if script code must not go on. */
	get stopped(): boolean {
		return this.expired || this.#halted || this.#heap.exhausted;
	}

	/** Ends all script code for good. */
	halt(): void {
		this.#halted = true;
		this.#setCounter(0);
	}

	/**
	 * Counts a call of a host function, so that slow ones cannot defer the question for long.
	 * @param characters how much text went in and out
	 */
	countHostCall(characters: number): void {
		const { words } = this.#heap;
		words[this.#counter] = (words[this.#counter] as number) - HOST_CALL - (characters >> 2);
	}

	#setCounter(operations: number): void {
		this.#step = operations;
		this.#heap.words[this.#counter] = operations;
	}

	/**
	 * Finds the counter: the one word of the context that calling an empty function changes by one.
	 * @param callOnce makes one such call
	 * @throws Error if there is no such word
	 */
	findCounter(context: number, callOnce: () => void): void {
		const from = context >> 2;
		const snapshot = () => this.#heap.words.slice(from, from + CONTEXT_SIZE / 4);
		callOnce();
		const before = snapshot();
		callOnce();
		const between = snapshot();
		callOnce();
		const after = snapshot();
		const found = [...before.keys()].filter((i) => {
			const [first, second, third] = [before[i], between[i], after[i]] as [number, number, number];
			return first - second === 1 && second - third === 1;
		});
		if (found.length !== 1) throw unexpectedBuild('its counter of operations is not found');
		this.#counter = from + (found[0] as number);
	}
}
