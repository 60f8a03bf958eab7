/**
 * A tree of prefixes, each with its values (modules/mtree/mtree.c).
 *
 * @module
 */
import { RowError } from '../cached-tables.ts';

/** The most bytes that are looked at; a prefix has fewer. */
const DEPTH = 32;

/** What Kamailio takes for each byte of a node. */
const BYTES_OF_PLACE = 24;

/** What values of a tree are: texts, weights of destinations as `ID=WEIGHT;…`, integers. */
export const TREE_TYPES = { text: 0, weights: 1, integer: 2 } as const;

/** A value of a tree: a text, or an integer in a tree of those. */
export type TreeValue = string | number;

/** What may stand several times for one prefix. */
export type Duplicates = 'refused' | 'ignored' | 'kept';

/** What stands behind one byte of a prefix. */
interface Place {
	/** The newest first. */
	readonly values: TreeValue[];
	below: Node | undefined;
}

type Node = Map<string, Place>;

/** Values that a text has met on its way down, at a prefix of it. */
export interface Found {
	readonly prefix: string;
	readonly values: readonly TreeValue[];
}

/** How far a text leads. */
export interface Walk {
	/** From the shortest prefix to the longest. */
	readonly found: readonly Found[];
	/** How many bytes were looked at. */
	readonly length: number;
	/** Where the text has a byte that no prefix can have. */
	readonly wrongByte: number | undefined;
}

/** A tree. */
export class Tree {
	readonly name: string;
	readonly type: number;
	readonly #bytes: string;
	readonly #duplicates: Duplicates;
	readonly #root: Node = new Map();
	#nodes = 0;
	#texts = 0;
	#textBytes = 0;

	/** @param bytes those that a prefix can have */
	constructor(name: string, type: number, bytes: string, duplicates: Duplicates) {
		this.name = name;
		this.type = type;
		this.#bytes = bytes;
		this.#duplicates = duplicates;
	}

	/**
	 * Adds a value.
	 * @throws RowError
	 */
	add(prefix: string, text: string): void {
		const wrong = (why: string) => new RowError(`tree ${this.name}, prefix "${prefix}": ${why}`);
		if (prefix.length >= DEPTH) throw wrong(`it has ${DEPTH} bytes or more`);
		for (const byte of prefix)
			if (!this.#bytes.includes(byte)) throw wrong(`"${byte}" is none of "${this.#bytes}" (char_list)`);
		const value = this.type === TREE_TYPES.integer ? Number(text) : text;
		if (this.type === TREE_TYPES.integer && !/^[+-]?\d+$/.test(text)) throw wrong(`"${text}" is no integer`);
		if (this.#nodes === 0) this.#nodes = 1;
		let node = this.#root;
		for (const byte of prefix.slice(0, -1)) {
			const place = placeOf(node, byte);
			if (!place.below) this.#nodes++;
			place.below ??= new Map();
			node = place.below;
		}
		const { values } = placeOf(node, prefix.slice(-1));
		if (values.length > 0) {
			if (this.#duplicates === 'ignored') return;
			if (this.#duplicates === 'refused') throw wrong('it is there twice');
		}
		values.unshift(value);
		if (typeof value === 'number') return;
		this.#texts++;
		this.#textBytes += value.length + 1;
	}

	/** Goes down along a text as far as there are prefixes. */
	walk(text: string): Walk {
		const found: Found[] = [];
		let node: Node | undefined = this.#nodes > 0 ? this.#root : undefined;
		let length = 0;
		while (node && length < text.length && length < DEPTH) {
			const byte = text.charAt(length);
			if (!this.#bytes.includes(byte)) return { found, length, wrongByte: length };
			const place = node.get(byte);
			length++;
			if (place && place.values.length > 0)
				found.push({ prefix: text.slice(0, length), values: place.values });
			node = place?.below;
		}
		return { found, length, wrongByte: undefined };
	}

	/** All prefixes with their values, in the order of the bytes that they can have. */
	*entries(): Generator<Found> {
		yield* this.#below(this.#root, '');
	}

	*#below(node: Node, before: string): Generator<Found> {
		for (const byte of this.#bytes) {
			const place = node.get(byte);
			if (!place) continue;
			const prefix = before + byte;
			if (place.values.length > 0) yield { prefix, values: place.values };
			if (place.below) yield* this.#below(place.below, prefix);
		}
	}

	/** What it would take in Kamailio, and what it holds. */
	get size(): { readonly memsize: number; readonly nrnodes: number; readonly nritems: number } {
		const memsize = this.#nodes * this.#bytes.length * BYTES_OF_PLACE + this.#textBytes;
		return { memsize, nrnodes: this.#nodes, nritems: this.#texts };
	}
}

function placeOf(node: Node, byte: string): Place {
	let place = node.get(byte);
	if (!place) {
		place = { values: [], below: undefined };
		node.set(byte, place);
	}
	return place;
}
