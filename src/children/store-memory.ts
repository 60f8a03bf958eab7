/**
 * The store of a host without children: maps in this process.
 *
 * @module
 */
import {
	checkRoom,
	checkSizes,
	checkTable,
	type Expiry,
	expiresAt,
	type Increment,
	isLive,
	type SharedItem,
	type SharedStore,
	type SharedTable,
	type SharedValue,
	STORE_LIMITS,
	type StoreLimits,
	StoreRefusal,
	sum,
} from './store.ts';

/** What an item takes beside its texts, about. */
const ITEM_BYTES = 100;

function bytesOfItem({ key, value }: SharedItem): number {
	return ITEM_BYTES + key.length + (typeof value === 'string' ? value.length : 0);
}

class MemoryTable implements SharedTable {
	readonly #name: string;
	readonly #limits: StoreLimits;
	readonly #items = new Map<string, SharedItem>();
	#bytes = 0;

	constructor(name: string, limits: StoreLimits) {
		this.#name = name;
		this.#limits = limits;
	}

	get(key: string): SharedValue | undefined {
		return this.item(key)?.value;
	}

	item(key: string): SharedItem | undefined {
		const item = this.#items.get(key);
		return item && isLive(item) ? item : undefined;
	}

	set(key: string, value: SharedValue, expiry: Partial<Expiry> = {}): void {
		this.#put({ key, value, expires: expiresAt(expiry, expiry.keep ? this.item(key) : undefined) });
	}

	declare(key: string, value: SharedValue, expires = 0): boolean {
		if (this.item(key)) return false;
		this.#put({ key, value, expires });
		return true;
	}

	increment(key: string, by: number, options: Increment = {}): number | undefined {
		const live = this.item(key);
		const value = sum(live, by, options.initial);
		if (value !== undefined) this.#put({ key, value, expires: expiresAt(options, live) });
		return value;
	}

	expire(key: string, expires: number): boolean {
		const item = this.item(key);
		if (!item) return false;
		this.#items.set(key, { ...item, expires });
		return true;
	}

	delete(key: string, test?: (item: SharedItem) => boolean): boolean {
		const item = this.#items.get(key);
		if (!item || !(test?.(item) ?? true)) return false;
		this.#items.delete(key);
		this.#bytes -= bytesOfItem(item);
		return true;
	}

	items(): Iterable<SharedItem> {
		return this.#items.values();
	}

	count(): number {
		return this.#items.size;
	}

	clear(): void {
		this.#items.clear();
		this.#bytes = 0;
	}

	#put(item: SharedItem): void {
		checkSizes(this.#limits, item.key, item.value);
		const old = this.#items.get(item.key);
		const bytes = this.#bytes + bytesOfItem(item) - (old ? bytesOfItem(old) : 0);
		if (!old) checkRoom(this.#limits, this.#name, this.#items.size, bytes);
		else if (bytes > this.#bytes) checkRoom(this.#limits, this.#name, 0, bytes);
		this.#items.set(item.key, item);
		this.#bytes = bytes;
	}
}

/** A store that lives and ends with this process. */
export class MemoryStore implements SharedStore {
	readonly #limits: StoreLimits;
	readonly #tables = new Map<string, SharedTable>();
	#closed = false;

	/** @param limits those that differ from `STORE_LIMITS` */
	constructor(limits: Partial<StoreLimits> = {}) {
		this.#limits = { ...STORE_LIMITS, ...limits };
	}

	table(name: string): SharedTable {
		if (this.#closed) throw new StoreRefusal('the store is closed');
		let table = this.#tables.get(name);
		if (!table) {
			checkTable(this.#limits, name, this.#tables.size);
			table = new MemoryTable(name, this.#limits);
			this.#tables.set(name, table);
		}
		return table;
	}

	close(): void {
		this.#closed = true;
		this.#tables.clear();
	}
}
