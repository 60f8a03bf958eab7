/**
 * The store of a host without children: maps in the memory of this process.
 *
 * @module
 */
import { type Clock, systemClock } from '../clock.ts';
import { MemoryQueue } from './memory-queue.ts';
import type { QueueOptions, SharedQueue } from './queues.ts';
import {
	checkSizes,
	checkTable,
	type Expiry,
	type Increment,
	type SharedItem,
	type SharedStore,
	type SharedTable,
	type SharedValue,
	STORE_LIMITS,
	type StoreLimits,
	StoreRefusal,
	storeFull,
} from './store.ts';

/** What an item takes beside its texts, about. */
const ITEM_BYTES = 100;

function bytesOfItem({ key, value }: SharedItem): number {
	return ITEM_BYTES + key.length + (typeof value === 'string' ? value.length : 0);
}

/** When an item expires that is written with an expiry, given the item that is there. */
function expiresAt({ at = 0, keep = false }: Partial<Expiry>, live: SharedItem | undefined): number {
	return keep && live ? live.expires : at;
}

/** The bytes that all tables of a store take up. */
class Room {
	readonly limits: StoreLimits;
	#bytes = 0;

	constructor(limits: StoreLimits) {
		this.limits = limits;
	}

	/** How many are taken. */
	get bytes(): number {
		return this.#bytes;
	}

	/** Gives back bytes, or takes some with a negative number. */
	free(bytes: number): void {
		if (bytes < 0 && this.#bytes - bytes > this.limits.bytes) throw storeFull(this.limits);
		this.#bytes -= bytes;
	}
}

class MemoryTable implements SharedTable {
	readonly #room: Room;
	readonly #clock: Clock;
	readonly #items = new Map<string, SharedItem>();

	constructor(room: Room, clock: Clock) {
		this.#room = room;
		this.#clock = clock;
	}

	get(key: string): SharedValue | undefined {
		return this.item(key)?.value;
	}

	item(key: string): SharedItem | undefined {
		const item = this.#items.get(key);
		return item && this.#isLive(item) ? item : undefined;
	}

	set(key: string, value: SharedValue, expiry: Partial<Expiry> = {}): void {
		this.#put({ key, value, expires: expiresAt(expiry, expiry.keep ? this.item(key) : undefined) });
	}

	declare(key: string, value: SharedValue, expires = 0): boolean {
		checkSizes(this.#room.limits, key, value);
		if (this.item(key)) return false;
		this.#put({ key, value, expires });
		return true;
	}

	increment(key: string, by: number, options: Increment = {}): number | undefined {
		checkSizes(this.#room.limits, key, by);
		const live = this.item(key);
		const value = live ? live.value : options.initial;
		if (typeof value !== 'number') return undefined;
		const sum = Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, value + by));
		this.#put({ key, value: sum, expires: expiresAt(options, live) });
		return sum;
	}

	expire(key: string, expires: number): boolean {
		const item = this.item(key);
		if (!item) return false;
		this.#items.set(key, { ...item, expires });
		return true;
	}

	delete(key: string, test?: (item: SharedItem) => boolean): boolean {
		const item = this.item(key);
		return item !== undefined && (test?.(item) ?? true) && this.#remove(item);
	}

	*items(): Iterable<SharedItem> {
		for (const item of this.#items.values()) if (this.#isLive(item)) yield item;
	}

	count(): number {
		return this.#items.size;
	}

	clear(): void {
		for (const item of this.#items.values()) this.#remove(item);
	}

	takeExpired(limit: number): SharedItem[] {
		const expired: SharedItem[] = [];
		for (const item of this.#items.values()) {
			if (expired.length >= limit) break;
			if (!this.#isLive(item)) expired.push(item);
		}
		for (const item of expired) this.#remove(item);
		return expired;
	}

	#isLive({ expires }: SharedItem): boolean {
		return expires === 0 || expires > this.#clock.now();
	}

	#put(item: SharedItem): void {
		checkSizes(this.#room.limits, item.key, item.value);
		const old = this.#items.get(item.key);
		this.#room.free((old ? bytesOfItem(old) : 0) - bytesOfItem(item));
		this.#items.set(item.key, item);
	}

	#remove(item: SharedItem): boolean {
		this.#room.free(bytesOfItem(item));
		return this.#items.delete(item.key);
	}
}

/** A store that lives and ends with this process. */
export class MemoryStore implements SharedStore {
	readonly #room: Room;
	readonly #clock: Clock;
	readonly #tables = new Map<string, SharedTable>();
	readonly #queues = new Map<string, SharedQueue>();
	#closed = false;

	/**
	 * @param limits those that differ from `STORE_LIMITS`
	 * @param clock says when items have expired
	 */
	constructor(limits: Partial<StoreLimits> = {}, clock: Clock = systemClock) {
		this.#clock = clock;
		this.#room = new Room({ ...STORE_LIMITS, ...limits });
	}

	get bytes(): number {
		return this.#room.bytes;
	}

	table(name: string): SharedTable {
		if (this.#closed) throw new StoreRefusal('the store is closed');
		let table = this.#tables.get(name);
		if (!table) {
			checkTable(this.#room.limits, name, this.#tables.size);
			table = new MemoryTable(this.#room, this.#clock);
			this.#tables.set(name, table);
		}
		return table;
	}

	queue(name: string, options: QueueOptions): SharedQueue {
		if (this.#closed) throw new StoreRefusal('the store is closed');
		let queue = this.#queues.get(name);
		if (!queue) {
			checkTable(this.#room.limits, name, this.#queues.size);
			queue = new MemoryQueue(options, (bytes) => this.#room.free(bytes));
			this.#queues.set(name, queue);
		}
		return queue;
	}

	close(): void {
		this.#closed = true;
		this.#tables.clear();
		this.#queues.clear();
	}
}
