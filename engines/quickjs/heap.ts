/**
 * The memory of one QuickJS: linear memory with a hard maximum, and the views on it.
 *
 * QuickJS's own memory limit only looks at single allocations, since its WebAssembly build cannot ask how large an
 * allocated block is. The maximum of a `WebAssembly.Memory` cannot be passed by anything.
 *
 * @module
 */

/** As much of WebAssembly.Memory as is used; its types are in TypeScript's DOM library only. */
export interface LinearMemory {
	readonly buffer: ArrayBuffer;
	/** Adds pages and gives the old number of them; throws a RangeError beyond the maximum. */
	grow(pages: number): number;
}

declare const WebAssembly: {
	readonly Memory: new (size: { initial: number; maximum: number }) => LinearMemory;
};

/** Methods that every Buffer has and that its types leave out: they are faster than `toString` and `write`. */
export interface Bytes extends Buffer {
	latin1Slice(start: number, end: number): string;
	ucs2Slice(start: number, end: number): string;
	/** Gives the number of bytes written. */
	utf8Write(text: string, offset: number): number;
}

const PAGE = 65_536;
/** What the build begins with; it takes no less. */
const INITIAL_PAGES = 256;
/** 2 GB: the build takes no more. */
const MAXIMUM_PAGES = 32_768;

/** Linear memory, its views, and whether it was ever too small. */
export class Heap {
	readonly memory: LinearMemory;
	/** The limit that holds, in bytes. */
	readonly limit: number;
	/** All of the memory. Another object after each growth, so it is to be read anew behind any call into QuickJS. */
	bytes: Bytes;
	/** The same memory as 32-bit words. */
	words: Int32Array;
	/** True from the time when memory was asked for that the limit does not allow. */
	exhausted = false;
	/** Called when memory has grown. */
	onGrowth: (() => void) | undefined;

	/** @param limit in bytes; what holds is whole pages, at least 16 MB and at most 2 GB */
	constructor(limit: number) {
		const maximum = Math.min(MAXIMUM_PAGES, Math.max(INITIAL_PAGES, Math.floor(limit / PAGE)));
		this.limit = maximum * PAGE;
		this.memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum });
		this.bytes = Buffer.from(this.memory.buffer) as Bytes;
		this.words = new Int32Array(this.memory.buffer);
		this.#watchGrowth();
	}

	/**
	 * The build grows its memory by calling `grow` on it, first by more than it needs, then by less; where that fails
	 * it lets the allocation fail. Being told here saves a look at the views at each access.
	 */
	#watchGrowth(): void {
		const { memory } = this;
		const grow = memory.grow.bind(memory);
		memory.grow = (pages) => {
			this.exhausted = true;
			const before = grow(pages);
			this.exhausted = false;
			this.bytes = Buffer.from(memory.buffer) as Bytes;
			this.words = new Int32Array(memory.buffer);
			this.onGrowth?.();
			return before;
		};
	}
}
