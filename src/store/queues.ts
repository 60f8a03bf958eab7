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

/**
 * What happens when an item is added whose key is in the queue already: both are kept, only the old one, or
 * only the new one.
 */
export type SameKey = 'both' | 'keep-old' | 'keep-new';

/** How a queue behaves; the same in all children. */
export interface QueueOptions {
	/** The most items that it holds: beyond that the oldest is dropped. 0 for no limit. */
	readonly size: number;
	readonly sameKey: SameKey;
}

/** First in, first out. Each operation is atomic over all children. */
export interface SharedQueue {
	/** How many items there are. */
	size(): number;
	/**
	 * Puts an item at the end.
	 * @throws StoreRefusal if a size is exceeded or the store is full
	 */
	add(item: QueueItem): void;
	/** Removes the first item and returns it; undefined if there is none. Two children never get the same item. */
	take(): QueueItem | undefined;
}
