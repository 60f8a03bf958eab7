/**
 * A hash table: items of the shared store, with what the table's definition says about them (ht_api.c).
 *
 * Kamailio leaves an item that has expired in its place until a timer sweeps it, and until then some functions see it
 * and others do not. Here it is gone for all of them once its time has come.
 *
 * @module
 */

import type { Clock } from '../../clock.ts';
import type { Expiry, SharedItem, SharedTable, SharedValue } from '../../store/store.ts';
import type { HashDefinition } from './definition.ts';

const NEVER: Expiry = { at: 0 };

/** One table. What writes may throw a StoreRefusal. */
export class HashTable {
	readonly definition: HashDefinition;
	readonly #items: SharedTable;
	readonly #clock: Clock;

	constructor(definition: HashDefinition, items: SharedTable, clock: Clock) {
		this.#clock = clock;
		this.definition = definition;
		this.#items = items;
	}

	/** An item's value; without one what the table has for missing items, which may be null. */
	get(key: string): SharedValue | null {
		return this.#items.get(key) ?? this.definition.initval ?? null;
	}

	/** An item that is there. */
	item(key: string): SharedItem | undefined {
		return this.#items.item(key);
	}

	/**
	 * Sets an item.
	 * @param seconds how long it lives; 0 or less for what the table says
	 */
	set(key: string, value: SharedValue, seconds = 0): void {
		this.#items.set(key, value, this.#expiry(seconds));
	}

	/**
	 * Sets an item that a database has.
	 * @param expires when it ends, in Unix seconds; 0 for what the table says
	 */
	load(key: string, value: SharedValue, expires: number): void {
		const { autoexpire } = this.definition;
		const end = expires > 0 ? expires * 1000 : this.#clock.now() + autoexpire * 1000;
		this.#items.set(key, value, autoexpire > 0 ? { at: end } : NEVER);
	}

	/** Puts an item back as it was. */
	restore({ key, value, expires }: SharedItem): void {
		this.#items.set(key, value, { at: expires });
	}

	/**
	 * Adds to an integer.
	 * @returns the sum; undefined for a text, and for a missing item where the table has no value for those
	 */
	add(key: string, by: number): number | undefined {
		const { initval } = this.definition;
		return this.#items.increment(
			key,
			by,
			initval === undefined ? this.#expiry(0) : { ...this.#expiry(0), initial: initval },
		);
	}

	/** Lets an item live for so many seconds from now; for ever with 0 or less. */
	expireIn(key: string, seconds: number): void {
		this.#expireAt(key, seconds > 0 ? this.#clock.now() + seconds * 1000 : 0);
	}

	/** Lets an item live for so many seconds from now; it is over with 0 or less. */
	expireSoon(key: string, seconds: number): void {
		this.#expireAt(key, this.#clock.now() + seconds * 1000);
	}

	/** The seconds that an item has left, as a whole number; 0 if it is missing or has no end. */
	secondsLeft(key: string): number {
		const expires = this.#items.item(key)?.expires ?? 0;
		return expires === 0 ? 0 : Math.ceil((expires - this.#clock.now()) / 1000);
	}

	/** Removes an item. True if there was one. */
	remove(key: string): boolean {
		return this.#items.delete(key);
	}

	/** Removes all items that pass a test. */
	removeWhere(test: (item: SharedItem) => boolean): void {
		for (const item of this.#items.items()) if (test(item)) this.#items.delete(item.key, test);
	}

	/** All items, in no special order; see SharedTable about changes meanwhile. */
	items(): Iterable<SharedItem> {
		return this.#items.items();
	}

	/** Removes all items. */
	reset(): void {
		this.#items.clear();
	}

	/** Removes up to so many items that have expired, and gives them: each to one child only. */
	takeExpired(limit: number): SharedItem[] {
		return this.definition.autoexpire > 0 ? this.#items.takeExpired(limit) : [];
	}

	/** Changes when an item ends, in Unix milliseconds; 0 for never. A table without autoexpire knows no end. */
	#expireAt(key: string, time: number): void {
		if (this.definition.autoexpire > 0) this.#items.expire(key, time);
	}

	#expiry(seconds: number): Expiry {
		const { autoexpire, updateexpire } = this.definition;
		if (autoexpire === 0) return NEVER;
		if (seconds > 0) return { at: this.#clock.now() + seconds * 1000 };
		return { at: this.#clock.now() + autoexpire * 1000, keep: !updateexpire };
	}
}
