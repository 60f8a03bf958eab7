/**
 * The store that all children of a host share: `$shv`, htables, locks. Three of them ship: `MemoryStore` for a host
 * without children, `SqliteStore` for children on one machine, `RedisStore` for hosts on several.
 *
 * The contract is synchronous, because a `$sht` is read in the middle of an expression. The store behind a socket
 * fulfils it from a thread that holds the connection, with the child waiting in Atomics.wait (`redis/bridge.ts`).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { QueueOptions, SharedQueue } from './queues.ts';

/** What can be shared: a byte string or an integer of up to 53 bits. */
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
	/** Leaves the expiry of an item that is there as it is; `at` is for a new one. */
	readonly keep?: boolean;
}

/** How an integer is counted. */
export interface Increment extends Partial<Expiry> {
	/** The value that a missing item has before it is counted; without it a missing item is not counted. */
	readonly initial?: number;
}

/**
 * Items by key. Each operation is one step, whichever child takes it: no other comes in between, and what one child
 * wrote the others read. An item that has expired is not there any more, except for `takeExpired` and `count`.
 */
export interface SharedTable {
	/** The value of an item; undefined without one. */
	get(key: string): SharedValue | undefined;
	/** An item with all that belongs to it. */
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
	/** Changes when an item expires (Unix milliseconds; 0 for never). False if there is none. */
	expire(key: string, expires: number): boolean;
	/**
	 * Removes an item. True if it was removed: of several children that try, one is told so.
	 * @param test looks at the item first and says whether it goes
	 */
	delete(key: string, test?: (item: SharedItem) => boolean): boolean;
	/**
	 * All items, in no special order. The table may change and time may pass between two of them: an item that stays in
	 * the table comes once, one that comes or goes may be missed.
	 */
	items(): Iterable<SharedItem>;
	/** How many items the table holds, those included that have expired and that nobody took. */
	count(): number;
	/** Removes all items. */
	clear(): void;
	/** Removes up to `limit` items that have expired, and gives them: each to one child only. */
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
	/** Which host this is, where hosts of several machines share the store; otherwise absent. */
	readonly home?: string;
	/** False while the store is away, for a store that can be. */
	readonly reachable?: boolean;
	/** Bytes that all of it takes up, on a server as that estimates it; undefined if it cannot be told. */
	readonly bytes?: number | undefined;
	/** Frees what this child holds of the store. The content stays for the others. */
	close(): void | Promise<void>;
}

/** How much a store takes. */
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

/** The limits where nothing else is said. */
export const STORE_LIMITS: StoreLimits = {
	name: 200,
	tables: 1000,
	key: 8 << 10,
	value: 1 << 20,
	bytes: 256 << 20,
};

/** Thrown where the store takes no more, or no such value. */
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

/** The refusal of a write for which there is no room. */
export function storeFull(limits: StoreLimits, cause?: unknown): StoreRefusal {
	return new StoreRefusal(`the shared store is full: it takes up to ${limits.bytes} bytes`, cause);
}
