/**
 * The guest's side of what needs no way to the host and back: see `ahead.ts`.
 *
 * `makeAhead` runs inside the isolate, as `guest` does, and has the same rules.
 *
 * @module
 */

/** What of a function's calls can be answered in the guest; by its place in the host's list of functions. */
export type AheadKind =
	| readonly ['logs', level: number, quiet: unknown]
	| readonly ['steady', parameters: number]
	| readonly ['later', bit: number, gives: number, last: boolean, sure: (...args: unknown[]) => boolean];

/** The places in the shared memory, in integers of 32 bits. */
export interface SharedLayout {
	/** The number of the call that is entered, and 1 where it is inside of another one. */
	readonly call: number;
	readonly nested: number;
	/** What is called with what, by its number. */
	readonly way: number;
	/** The log's threshold. */
	readonly threshold: number;
	/** Which functions can be done later, bit by bit. */
	readonly open: number;
	/** How many calls are in the queue, and how far the integers and the bytes are used. */
	readonly queued: number;
	readonly used: number;
	readonly usedBytes: number;
	/** Where the queue begins: for each call its function, the number of arguments, and for each of them as in `ARGUMENT`. */
	readonly queue: number;
	/** The sizes of both parts. */
	readonly integers: number;
	readonly bytes: number;
}

/** An argument in the queue: the length of a string, whose bytes are in the other part, or one of these. */
export const ARGUMENT = { null: -1, integer: -2 } as const;

/** What the rest of the guest uses. */
export interface GuestAhead {
	/** Makes a handler with its arguments known under a number. */
	addWay(way: number, name: string, args: readonly unknown[]): void;
	/** From now on the answers of a way hold one more: that of a function for an argument. */
	learn(way: number, fn: number, argument: string, slot: number): void;
	/** A call begins, with the answers of its way. Gives what is to be called. */
	begin(answers: readonly unknown[]): { readonly name: string; readonly args: readonly unknown[] };
	/** The handler has begun to wait: nothing is known ahead any more. */
	over(): void;
	/** How a function's calls are answered, where that is possible: undefined for a call that is for the host. */
	answerer(fn: number, kind: AheadKind): (args: unknown[]) => unknown;
}

/** Makes them. */
export function makeAhead(
	integers: Int32Array,
	bytes: Uint8Array,
	at: SharedLayout,
	kinds: typeof ARGUMENT,
	running: () => number,
): GuestAhead {
	const { apply } = Reflect;
	const codeAt = Function.prototype.call.bind(String.prototype.charCodeAt) as (
		text: string,
		index: number,
	) => number;

	type Slots = Record<string, number>;
	type Way = { name: string; args: readonly unknown[]; slots: Record<number, Slots> };
	const ways: Record<number, Way> = Object.create(null);

	/** The call for which the answers are good and the queue is open; -1 for none. */
	let live = -1;
	let slots: Record<number, Slots> = Object.create(null);
	let answers: readonly unknown[];

	/** Puts a call into the queue. False where it holds something else than short texts and small numbers, or is full. */
	function put(fn: number, args: readonly unknown[]): boolean {
		let place = integers[at.used] as number;
		let byte = integers[at.usedBytes] as number;
		if (place + 2 + 2 * args.length > at.integers) return false;
		integers[place++] = fn;
		integers[place++] = args.length;
		for (let i = 0; i < args.length; i++) {
			const arg = args[i];
			if (typeof arg === 'string') {
				const { length } = arg;
				if (byte + length > at.bytes) return false;
				for (let j = 0; j < length; j++) {
					const code = codeAt(arg, j);
					if (code > 127) return false;
					bytes[byte++] = code;
				}
				integers[place++] = length;
			} else if (arg === null) {
				integers[place++] = kinds.null;
			} else if (typeof arg === 'number' && arg === (arg | 0)) {
				integers[place++] = kinds.integer;
				integers[place++] = arg;
			} else {
				return false;
			}
		}
		integers[at.used] = place;
		integers[at.usedBytes] = byte;
		(integers[at.queued] as number)++;
		return true;
	}

	return {
		addWay(way, name, args) {
			ways[way] = { name, args, slots: Object.create(null) };
		},
		learn(way, fn, argument, slot) {
			const known = (ways[way] as Way).slots;
			known[fn] ??= Object.create(null) as Slots;
			(known[fn] as Slots)[argument] = slot;
		},
		begin(given) {
			const way = ways[integers[at.way] as number] as Way;
			live = integers[at.nested] === 1 ? -1 : (integers[at.call] as number);
			slots = way.slots;
			answers = given;
			return way;
		},
		over() {
			live = -1;
		},
		answerer(fn, kind) {
			switch (kind[0]) {
				case 'logs': {
					const [, level, quiet] = kind;
					return (args) =>
						(integers[at.threshold] as number) < level &&
						running() === live &&
						args.length === 1 &&
						typeof args[0] === 'string'
							? quiet
							: undefined;
				}
				case 'steady': {
					const [, parameters] = kind;
					return (args) => {
						if (running() !== live || args.length !== parameters) return undefined;
						const argument = parameters === 0 ? '' : args[0];
						if (typeof argument !== 'string') return undefined;
						const slot = slots[fn]?.[argument];
						return slot === undefined ? undefined : answers[slot];
					};
				}
				case 'later': {
					const [, bit, gives, last, sure] = kind;
					return (args) => {
						if (running() !== live || ((integers[at.open] as number) & bit) === 0) return undefined;
						if (!apply(sure, undefined, args) || !put(fn, args)) return undefined;
						if (last) integers[at.open] = 0;
						return gives;
					};
				}
			}
		},
	};
}
