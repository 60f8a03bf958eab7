/**
 * Decides when QuickJS looks for garbage in cycles. All other garbage it frees at once, by counting references.
 *
 * By itself QuickJS does so when the number of allocated blocks has grown by half, whatever their size: this build
 * cannot ask how large a block is. A function that calls itself is a cycle, and if it holds a request's body of a
 * megabyte, memory is full long before there are many blocks. So the host asks for collections too: when much text
 * has come in, when memory grows, and between calls once it can hardly grow any more.
 *
 * @module
 */
import { unexpectedBuild } from './build.ts';
import type { Heap } from './heap.ts';

/** The number of bytes (in fact of blocks, 8 for each) that QuickJS waits for at first. */
const FIRST_THRESHOLD = 256 * 1024;
/** It lies in this many words at the beginning of a runtime. */
const RUNTIME_WORDS = 64;

/** Collections between calls take no more than this part of the time that scripts run. */
const SHARE = 1 / 20;

/** Asks for collections in one runtime. */
export class Collector {
	readonly #heap: Heap;
	/** Where the threshold is, in words. */
	readonly #threshold: number;
	/** So many characters are much. */
	readonly #much: number;
	readonly #makeObject: () => void;
	#characters = 0;
	/** Milliseconds that scripts have run since the last collection between calls, and that it took. */
	#ran = 0;
	#took = 0;

	/**
	 * @param makeObject makes an object and drops it
	 * @throws Error if QuickJS's own threshold is not found
	 */
	constructor(heap: Heap, runtime: number, makeObject: () => void) {
		this.#heap = heap;
		this.#makeObject = makeObject;
		this.#much = heap.limit >> 4;
		const words = heap.words.subarray(runtime >> 2, (runtime >> 2) + RUNTIME_WORDS);
		const at = words.indexOf(FIRST_THRESHOLD);
		if (at < 0 || words.lastIndexOf(FIRST_THRESHOLD) !== at)
			throw unexpectedBuild('its threshold for garbage collection is not found');
		this.#threshold = (runtime >> 2) + at;
		heap.onGrowth = () => this.#collectSoon();
	}

	/** Counts text that the guest got. */
	count(characters: number): void {
		this.#characters += characters;
		if (this.#characters < this.#much) return;
		this.#characters = 0;
		this.#collectSoon();
	}

	/** To be called when a call is over, with the time when it began. */
	betweenCalls(began: number): void {
		if (1.3 * this.#heap.bytes.length < this.#heap.limit) return;
		const ended = performance.now();
		this.#ran += ended - began;
		if (SHARE * this.#ran < this.#took) return;
		this.#ran = 0;
		this.#collectSoon();
		this.#makeObject();
		this.#took = performance.now() - ended;
	}

	/** The next object that is made will find the threshold passed. QuickJS then sets a new one. */
	#collectSoon(): void {
		this.#heap.words[this.#threshold] = 0;
	}
}
