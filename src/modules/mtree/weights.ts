/**
 * Destinations with weights, as a tree of type 1 holds them: `1=10;2=30` (mtree.c, mt_match_prefix).
 *
 * @module
 */
import { parseParams } from '../pvx/params.ts';
import type { Found } from './tree.ts';

/** A destination. */
export interface Destination {
	readonly id: number;
	readonly weight: number;
}

/** How many of them count. */
const MOST = 64;

/** A whole number without a sign; 0 for anything else. */
const number = (text: string) => (/^\d+$/.test(text) ? Number(text) >>> 0 : 0);

/** What is found along a text. */
export interface Destinations {
	/** The heaviest first. Of several with one number the one of the longest prefix is left. */
	readonly list: readonly Destination[];
	/** How many there were before that. */
	readonly count: number;
}

/** The destinations of all prefixes of a text. */
export function destinationsOf(found: readonly Found[]): Destinations {
	const all = found
		.flatMap(({ values }) => parseParams(String(values[0]).replace(/;$/, '')) ?? [])
		.map(([id, weight]): Destination => ({ id: number(id), weight: number(weight) }))
		.slice(0, MOST);
	const lasts = new Map(all.map((destination) => [destination.id, destination]));
	const list = all.filter((destination) => destination.id !== 0 && lasts.get(destination.id) === destination);
	return { list: list.toSorted((a, b) => b.weight - a.weight), count: all.length };
}
