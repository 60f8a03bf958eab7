/**
 * The store that all children of a host share: `$shv`, hash tables, locks. There are three: `MemoryStore` for a host
 * without children, `SqliteStore` for children on one machine, `RedisStore` for hosts on several.
 *
 * The contract is synchronous, because a `$sht` is read in the middle of an expression. The store on a server
 * implements it with a thread that holds the connection, while the child sleeps in Atomics.wait (`redis/bridge.ts`).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { QueueOptions, SharedQueue } from './queues.ts';

/** A value that can be shared: a byte string or an integer of up to 53 bits. */
export type SharedValue = string | number;

/** One item of a table. */
export interface SharedItem {
	readonly key: string;
	readonly value: SharedValue;
	/** When it expires, in Unix milliseconds; 0 for never. */
	readonly expires: number;
}

/** When an item that is written expires. */
export interface Expiry {
	/** Unix milliseconds; 0 for never. */
	readonly at: number;
	/** Keeps the expiry of an item that exists; `at` is for a new one. */
	readonly keep?: boolean;
}

/** How an increment treats a missing item, and when the item expires. */
export interface Increment extends Partial<Expiry> {
	/** The value that a missing item starts from; without it a missing item stays missing. */
	readonly initial?: number;
}

/**
 * Items by key. Each operation is atomic over all children, and what one child wrote the others read. An item
 * that has expired no longer exists, except for `takeExpired` and `count`.
 */
export interface SharedTable {
	/** The value of an item; undefined without one. */
	get(key: string): SharedValue | undefined;
	/** An item with its key and expiry; undefined without one. */
	item(key: string): SharedItem | undefined;
	/**
	 * @param expiry by default never
	 * @throws StoreRefusal if a size is exceeded or the store is full; nothing has changed then
	 */
	set(key: string, value: SharedValue, expiry?: Expiry): void;
	/**
	 * Sets a first value, unless there is one already.
	 * @param expires Unix milliseconds; 0 for never
	 * @returns true if it was set
	 * @throws StoreRefusal
	 */
	declare(key: string, value: SharedValue, expires?: number): boolean;
	/**
	 * Adds to an integer. The sum stays within 53 bits: it stops at the largest or smallest such number.
	 * @returns the sum; undefined if the item is missing and no initial value was given, or holds a text
	 * @throws StoreRefusal
	 */
	increment(key: string, by: number, options?: Increment): number | undefined;
	/** Changes when an item expires (Unix milliseconds; 0 for never). False if there is no such item. */
	expire(key: string, expires: number): boolean;
	/**
	 * Removes an item.
	 * @param test decides, from the item, whether it is removed
	 * @returns true if this call removed it: of several children that try, only one gets true
	 */
	delete(key: string, test?: (item: SharedItem) => boolean): boolean;
	/**
	 * All items, in no special order. The table may change and time may pass between two of them: an item that stays in
	 * the table comes once, one that comes or goes may be missed.
	 */
	items(): Iterable<SharedItem>;
	/** The number of items, including those that have expired and that nobody has taken yet. */
	count(): number;
	/** Removes all items. */
	clear(): void;
	/** Removes up to `limit` items that have expired, and returns them. Each item goes to one child only. */
	takeExpired(limit: number): SharedItem[];
}

/** Tables and queues by name. */
export interface SharedStore {
	/**
	 * The table of a name; empty if it is new.
	 * @param name a byte string; modules put their own name in front: `htable:users`
	 * @throws StoreRefusal for a name that is too long, or too many tables
	 */
	table(name: string): SharedTable;
	/**
	 * The queue of a name; empty if it is new.
	 * @throws StoreRefusal for a name that is too long, or too many queues
	 */
	queue(name: string, options: QueueOptions): SharedQueue;
	/** Identifies this host among those that share the store; absent if only one host uses it. */
	readonly home?: string;
	/** For a store on a server: false while the server cannot be reached. */
	readonly reachable?: boolean;
	/**
	 * The size of the whole store in bytes, as the server estimates it if it is on one; undefined if it is not
	 * known.
	 */
	readonly bytes?: number | undefined;
	/** Frees this child's connection to the store. The content stays for the others. */
	close(): void | Promise<void>;
}

/** How much a store accepts. */
export interface StoreLimits {
	/** Length of a table's name in bytes, and how many tables there are. */
	readonly name: number;
	readonly tables: number;
	/** Length of a key and of a text, in bytes. */
	readonly key: number;
	readonly value: number;
	/** Bytes that all tables together take up, with what it takes to find their items. */
	readonly bytes: number;
}

/** The default limits. */
export const STORE_LIMITS: StoreLimits = {
	name: 200,
	tables: 1000,
	key: 8 << 10,
	value: 1 << 20,
	bytes: 256 << 20,
};

/** Thrown if the store is full, or does not accept a name or a value. */
export class StoreRefusal extends KemihostError {
	override readonly name = 'StoreRefusal';

	constructor(message: string, cause?: unknown) {
		super('KH_LIMIT', message, { cause });
	}
}

/** Refuses a key or a value that is too long, or a number that is no integer of 53 bits. */
export function checkSizes(limits: StoreLimits, key: string, value: SharedValue): void {
	if (key.length > limits.key)
		throw new StoreRefusal(`a key of ${key.length} bytes is too long for the store (limit ${limits.key})`);
	if (typeof value === 'number') {
		if (!Number.isSafeInteger(value)) throw new StoreRefusal(`${value} is no integer that the store takes`);
	} else if (value.length > limits.value)
		throw new StoreRefusal(
			`a value of ${value.length} bytes is too long for the store (limit ${limits.value})`,
		);
}

/** Refuses a name for one more table. */
export function checkTable(limits: StoreLimits, name: string, tables: number): void {
	if (name.length === 0 || name.length > limits.name)
		throw new StoreRefusal(`a table's name has 1 to ${limits.name} bytes, this one has ${name.length}`);
	if (tables >= limits.tables)
		throw new StoreRefusal(
			`there is no room for table ${name}: there are ${tables} (limit ${limits.tables})`,
		);
}

/** The error for a write for which there is no room. */
export function storeFull(limits: StoreLimits, cause?: unknown): StoreRefusal {
	return new StoreRefusal(`the shared store is full: it takes up to ${limits.bytes} bytes`, cause);
}
