/**
 * Values on their way between KSR functions, whose strings are bytes, and QuickJS, whose strings are text.
 *
 * Arguments are read where they lie in QuickJS's memory, without a call for each. The layout (quickjs.h and quickjs.c
 * of 2025-09-13, 32 bits): a JSValue has 8 bytes, the upper word is its tag. A string is a reference count, its
 * length with the top bit set where characters have 16 bits, 8 bytes of no interest, and the characters. A rope, which
 * is a concatenation not yet carried out, has its left half at byte 16; once flattened, that is the whole string.
 *
 * @module
 */
import { isAscii } from 'node:buffer';
import { bytesOf, textOf } from '../../src/bytes.ts';
import { ForeignValue, type KemiValue, type RawValue } from '../../src/kemi/value.ts';
import { textIn } from '../javascript/tables.ts';
import { type Quickjs, unexpectedBuild } from './build.ts';
import type { Bytes, Heap } from './heap.ts';

/** Tags of JSValues. All others are halves of floating-point numbers. */
export const TAG = {
	bigInt: -9,
	symbol: -8,
	string: -7,
	rope: -6,
	object: -1,
	int: 0,
	bool: 1,
	null: 2,
	undefined: 3,
	exception: 6,
	shortBigInt: 7,
} as const;

const STRING_HEADER = 16;
const ROPE_LEFT = 16;
/** Texts up to this length are written without asking for memory. */
const SCRATCH = 65_536;
/** Up to this length, a loop over the characters is faster than a builtin that works on many at once. */
const SHORT = 24;
/** From this length on, making a view for a builtin is faster than a loop over the bytes. */
const LONG = 100;

/** What values need of the code inside of QuickJS (guest.ts). */
export interface GuestValues {
	/** `JSON.parse`: takes and gives JSValues. */
	parse(json: number): number;
	/** An object's bytes as an ArrayBuffer, or the word for its type as a string. */
	foreign(object: number): number;
}

/** Reads and writes the values of one context. */
export class Values {
	/** Set before any table or object crosses. */
	guest: GuestValues | undefined;
	readonly #quickjs: Quickjs;
	readonly #heap: Heap;
	readonly #context: number;
	readonly #scratch: number;

	constructor(quickjs: Quickjs, heap: Heap, context: number) {
		this.#quickjs = quickjs;
		this.#heap = heap;
		this.#context = context;
		this.#scratch = this.allocate(SCRATCH);
		this.#probe();
	}

	/** Memory of QuickJS's heap; throws where there is none left. */
	allocate(size: number): number {
		const pointer = this.#quickjs._malloc(size);
		if (pointer === 0) throw new Error('out of memory');
		return pointer;
	}

	/** Frees a JSValue. */
	free(value: number): void {
		this.#quickjs._QTS_FreeValuePointer(this.#context, value);
	}

	/** A JSValue's tag. */
	tag(value: number): number {
		return this.#heap.words[(value >> 2) + 1] as number;
	}

	/** A value as KSR functions take it. The JSValue stays the guest's. */
	read(value: number): RawValue {
		const { words } = this.#heap;
		const at = value >> 2;
		switch (words[at + 1]) {
			case TAG.string:
			case TAG.rope:
				return this.string(value);
			case TAG.int:
				return words[at] as number;
			case TAG.bool:
				return words[at] !== 0;
			case TAG.null:
				return null;
			case TAG.undefined:
				return undefined;
			case TAG.object:
				return this.#object(value);
			case TAG.symbol:
				return new ForeignValue('symbol');
			case TAG.shortBigInt:
				return BigInt(words[at] as number);
			case TAG.bigInt:
				return BigInt(this.#printed(value));
			default:
				return this.#quickjs._QTS_GetFloat64(this.#context, value);
		}
	}

	/** A string's UTF-8, as a byte string. Lone surrogates become U+FFFD. */
	string(value: number): string {
		const heap = this.#heap;
		let at = value >> 2;
		if (heap.words[at + 1] === TAG.rope) {
			this.#printed(value);
			at = ((heap.words[at] as number) + ROPE_LEFT) >> 2;
		}
		const pointer = heap.words[at] as number;
		const size = heap.words[(pointer >> 2) + 1] as number;
		const start = pointer + STRING_HEADER;
		if (size < 0) return bytesOf(heap.bytes.ucs2Slice(start, start + 2 * (size & 0x7fffffff)));
		const text = heap.bytes.latin1Slice(start, start + size);
		return isAsciiIn(heap.bytes, start, start + size) ? text : bytesOf(text);
	}

	/** A new JSValue. */
	write(value: KemiValue | undefined): number {
		switch (typeof value) {
			case 'string':
				return this.newString(value);
			case 'number':
				return this.#quickjs._QTS_NewFloat64(this.#context, value);
			case 'boolean':
				return this.#constant(value ? this.#quickjs._QTS_GetTrue() : this.#quickjs._QTS_GetFalse());
			case 'object':
				if (value === null) return this.#constant(this.#quickjs._QTS_GetNull());
				return this.#parsed(JSON.stringify(textIn(value)));
			default:
				return this.#constant(this.#quickjs._QTS_GetUndefined());
		}
	}

	/** A new string from UTF-8 in a byte string. Invalid sequences become U+FFFD. */
	newString(bytes: string): number {
		const { length } = bytes;
		if (length > SHORT) return this.#newLongString(bytes);
		const heap = this.#heap.bytes;
		const start = this.#scratch;
		for (let i = 0; i < length; i++) {
			const code = bytes.charCodeAt(i);
			if (code === 0 || code > 0x7f) return this.#newText(textOf(bytes));
			heap[start + i] = code;
		}
		heap[start + length] = 0;
		return this.#quickjs._QTS_NewString(this.#context, start);
	}

	/** A new ArrayBuffer with bytes. */
	newBytes(bytes: Uint8Array): number {
		const pointer = this.allocate(Math.max(1, bytes.length)); // QuickJS frees it with the buffer
		this.#heap.bytes.set(bytes, pointer);
		return this.#quickjs._QTS_NewArrayBuffer(this.#context, pointer, bytes.length);
	}

	/** A text as a NUL-terminated C string in UTF-8 that `_free` frees, here or in C code. */
	cString(text: string): number {
		const pointer = this.allocate(3 * text.length + 1);
		this.#heap.bytes[pointer + this.#heap.bytes.utf8Write(text, pointer)] = 0;
		return pointer;
	}

	#newLongString(bytes: string): number {
		const { length } = bytes;
		if (bytes.includes('\0')) return this.#newText(textOf(bytes));
		const pointer = this.#borrow(2 * length);
		// as text in UTF-8 it has as many bytes as before only where all of them are ASCII
		const ascii = this.#heap.bytes.utf8Write(bytes, pointer) === length;
		this.#heap.bytes[pointer + length] = 0;
		const value = ascii ? this.#quickjs._QTS_NewString(this.#context, pointer) : 0;
		this.#giveBack(pointer);
		return ascii ? value : this.#newText(textOf(bytes));
	}

	#newText(text: string): number {
		// C strings end at a NUL, JSON has an escape for it
		if (text.includes('\0')) return this.#parsed(JSON.stringify(text));
		const pointer = this.#borrow(3 * text.length);
		this.#heap.bytes[pointer + this.#heap.bytes.utf8Write(text, pointer)] = 0;
		const value = this.#quickjs._QTS_NewString(this.#context, pointer);
		this.#giveBack(pointer);
		return value;
	}

	/** Room for a C string until the end of the next call into QuickJS. */
	#borrow(length: number): number {
		return length < SCRATCH ? this.#scratch : this.allocate(length + 1);
	}

	#giveBack(pointer: number): void {
		if (pointer !== this.#scratch) this.#quickjs._free(pointer);
	}

	#parsed(json: string): number {
		if (!this.guest) throw new Error('the guest is not there yet');
		const text = this.newString(bytesOf(json));
		try {
			return this.guest.parse(text);
		} finally {
			this.free(text);
		}
	}

	#constant(value: number): number {
		return this.#quickjs._QTS_DupValuePointer(this.#context, value);
	}

	/** The value as `String(value)` prints it, where that is ASCII. Flattens a rope. */
	#printed(value: number): string {
		const pointer = this.#quickjs._QTS_GetString(this.#context, value);
		if (pointer === 0) throw new Error('out of memory');
		const { bytes } = this.#heap;
		const text = this.tag(value) === TAG.rope ? '' : bytes.latin1Slice(pointer, bytes.indexOf(0, pointer));
		this.#quickjs._QTS_FreeCString(this.#context, pointer);
		return text;
	}

	/** Bytes that a script holds in an array, or what cannot cross. */
	#object(value: number): RawValue {
		const quickjs = this.#quickjs;
		if (!this.guest) throw new Error('the guest is not there yet');
		if (quickjs._QTS_PromiseState(this.#context, value) >= 0) return new ForeignValue('promise');
		const answer = this.guest.foreign(value);
		try {
			if (this.tag(answer) === TAG.string) return new ForeignValue(this.string(answer));
			const length = quickjs._QTS_GetArrayBufferLength(this.#context, answer);
			const copy = quickjs._QTS_GetArrayBuffer(this.#context, answer);
			const bytes = this.#heap.bytes.latin1Slice(copy, copy + length);
			quickjs._free(copy);
			return bytes;
		} finally {
			this.free(answer);
		}
	}

	/**
	 * Makes sure that a value lies in memory as it is read here.
	 * @param value is freed
	 * @throws Error if it does not
	 */
	expect(what: string, value: number, tag: number, expected: RawValue): void {
		if (this.tag(value) !== tag || this.read(value) !== expected)
			throw unexpectedBuild(`a ${what} lies differently in memory`);
		this.free(value);
	}

	#probe(): void {
		this.expect('string', this.newString('probe'), TAG.string, 'probe');
		this.expect('wide string', this.newString('\xe2\x82\xac'), TAG.string, '\xe2\x82\xac');
		this.expect('number', this.write(-5), TAG.int, -5);
		this.expect('boolean', this.write(true), TAG.bool, true);
		this.expect('null', this.write(null), TAG.null, null);
		this.expect('undefined', this.write(undefined), TAG.undefined, undefined);
	}
}

/** True if there are only ASCII characters in a part of memory. */
function isAsciiIn(bytes: Bytes, start: number, end: number): boolean {
	if (end - start > LONG) return isAscii(bytes.subarray(start, end));
	let union = 0;
	for (let i = start; i < end; i++) union |= bytes[i] as number;
	return union < 0x80;
}
