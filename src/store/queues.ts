/**
 * Queues of key and value, as part of the shared store's contract (`store.ts`).
 *
 * @module
 */

/** An item of a queue. Both are byte strings. */
export interface QueueItem {
	readonly key: string;
	readonly value: string;
}

/** What happens to an item whose key is in the queue already: both stay, the old one stays, the new one takes over. */
export type SameKey = 'both' | 'keep-old' | 'keep-new';

/** How a queue behaves; the same in all children. */
export interface QueueOptions {
	/** How many items there are at the most: beyond it the oldest goes. 0 for no such limit. */
	readonly size: number;
	readonly sameKey: SameKey;
}

/** First in, first out. Each operation is one step: no other child comes in between. */
export interface SharedQueue {
	/** How many items there are. */
	size(): number;
	/**
	 * Puts an item at the end.
	 * @throws StoreRefusal if a size is exceeded or the store is full
	 */
	add(item: QueueItem): void;
	/** Takes the first item away; undefined if there is none. Of several children each gets another. */
	take(): QueueItem | undefined;
}
