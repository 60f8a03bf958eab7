/**
 * A queue in the memory of this process.
 *
 * @module
 */
import type { QueueItem, QueueOptions, SharedQueue } from './queues.ts';

/** What an item takes besides its key and value, roughly. */
const ITEM_BYTES = 64;

function bytesOfItem({ key, value }: QueueItem): number {
	return key.length + value.length + ITEM_BYTES;
}

/** A queue of a MemoryStore. */
export class MemoryQueue implements SharedQueue {
	readonly #options: QueueOptions;
	readonly #free: (bytes: number) => void;
	/** By key where keys are unique, otherwise by number. A map keeps the order in which items came. */
	readonly #items = new Map<string | number, QueueItem>();
	/** The number of the next item. */
	#next = 0;
	/** Stands behind the last item that was taken. A new one would pass over the places of all that are gone. */
	#order: MapIterator<[string | number, QueueItem]> = this.#items.entries();

	/** @param free gives bytes back to the store, or takes some with a negative number; throws where there are none */
	constructor(options: QueueOptions, free: (bytes: number) => void) {
		this.#options = options;
		this.#free = free;
	}

	size(): number {
		return this.#items.size;
	}

	add(item: QueueItem): void {
		const { size, sameKey } = this.#options;
		const id = sameKey === 'both' ? this.#next++ : item.key;
		if (sameKey === 'keep-old' && this.#items.has(id)) return;
		const old = this.#items.get(id);
		this.#free((old ? bytesOfItem(old) : 0) - bytesOfItem(item));
		this.#items.delete(id); // so that it comes last
		this.#items.set(id, item);
		if (size > 0 && this.#items.size > size) this.take();
	}

	take(): QueueItem | undefined {
		if (this.#items.size === 0) return undefined;
		let first = this.#order.next();
		if (first.done) {
			// It came to an end when the queue was empty, and will not go on.
			this.#order = this.#items.entries();
			first = this.#order.next();
		}
		const [id, item] = first.value as [string | number, QueueItem];
		this.#items.delete(id);
		this.#free(bytesOfItem(item));
		return item;
	}
}
