/**
 * Queues of key and value that all children share.
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

/** How a queue behaves. */
export interface QueueOptions {
	/** How many items there are at the most: beyond it the oldest goes. 0 for no such limit. */
	readonly size: number;
	readonly sameKey: SameKey;
}

/** Named queues, first in first out. Each operation is one step: no other child comes in between. */
export interface QueueStore {
	/** Makes a queue. False where there is one of that name. */
	declare(name: string, options: QueueOptions): boolean;
	/** How many items there are; undefined where there is no such queue. */
	size(name: string): number | undefined;
	/** Puts an item at the end. False where there is no room for it, or no such queue. */
	add(name: string, item: QueueItem): boolean;
	/** Takes the first item away; undefined where there is none, or no such queue. */
	take(name: string): QueueItem | undefined;
}

/** What all queues of a host may hold together. Kamailio's shared memory has this size where nothing else is said. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** What an item takes besides its key and value, roughly. */
const ITEM_BYTES = 64;

function bytesOfItem({ key, value }: QueueItem): number {
	return key.length + value.length + ITEM_BYTES;
}

interface Queue extends QueueOptions {
	/** By key where keys are unique, otherwise by number. A map keeps the order in which items came. */
	readonly items: Map<string | number, QueueItem>;
	/** The number of the next item. */
	next: number;
	/** Stands behind the last item that was taken. A new one would pass over the places of all that are gone. */
	order: MapIterator<[string | number, QueueItem]>;
}

/** The queues of a host without children: maps. */
export class MemoryQueues implements QueueStore {
	readonly #queues = new Map<string, Queue>();
	readonly #mostBytes: number;
	#bytes = 0;

	/** @param mostBytes what all queues may hold together */
	constructor(mostBytes = MOST_BYTES) {
		this.#mostBytes = mostBytes;
	}

	declare(name: string, options: QueueOptions): boolean {
		if (this.#queues.has(name)) return false;
		const items = new Map<string | number, QueueItem>();
		this.#queues.set(name, { ...options, items, next: 0, order: items.entries() });
		return true;
	}

	size(name: string): number | undefined {
		return this.#queues.get(name)?.items.size;
	}

	add(name: string, item: QueueItem): boolean {
		const queue = this.#queues.get(name);
		if (!queue) return false;
		const id = queue.sameKey === 'both' ? queue.next++ : item.key;
		if (queue.sameKey === 'keep-old' && queue.items.has(id)) return true;
		this.#remove(queue, id);
		const bytes = bytesOfItem(item);
		if (this.#bytes + bytes > this.#mostBytes) return false;
		this.#bytes += bytes;
		queue.items.set(id, item);
		if (queue.size > 0 && queue.items.size > queue.size) this.take(name);
		return true;
	}

	take(name: string): QueueItem | undefined {
		const queue = this.#queues.get(name);
		if (!queue || queue.items.size === 0) return undefined;
		let first = queue.order.next();
		if (first.done) {
			// It came to an end when the queue was empty, and will not go on.
			queue.order = queue.items.entries();
			first = queue.order.next();
		}
		const [id, item] = first.value as [string | number, QueueItem];
		this.#remove(queue, id);
		return item;
	}

	#remove(queue: Queue, id: string | number): void {
		const item = queue.items.get(id);
		if (!item) return;
		this.#bytes -= bytesOfItem(item);
		queue.items.delete(id);
	}
}
