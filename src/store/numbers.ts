/**
 * Numbers from 1 on, none of which two children give out. They are taken from the store in blocks, so that most of
 * them cost nothing; the rest of a block is lost with its child.
 *
 * @module
 */
import type { SharedTable } from './store.ts';

const BLOCK = 1000;

/**
 * Makes a source of such numbers.
 * @param key whose value in the table is the last number that was taken; each key counts for itself
 */
export function uniqueNumbers(table: SharedTable, key: string): () => number {
	let next = 0;
	let end = 0;
	return () => {
		if (next === end) {
			end = table.increment(key, BLOCK, { initial: 0 }) ?? end + BLOCK;
			next = end - BLOCK;
		}
		return ++next;
	};
}
