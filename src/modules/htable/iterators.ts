/**
 * Iterators: walking through a table by the name of the walk (ht_api.c).
 *
 * Kamailio's belong to a process and keep a part of the table locked from one step to the next. Here they belong to a
 * request, end with it, and lock nothing.
 *
 * @module
 */

import { requestLocal } from '../../kemi/context.ts';
import type { SharedItem, SharedValue } from '../../store/store.ts';
import type { HashTable } from './table.ts';

const MOST_ITERATORS = 4;
const LONGEST_NAME = 31;

/** One walk. */
class TableIterator {
	/** Undefined if the table that was asked for does not exist. */
	readonly table: HashTable | undefined;
	/** Where the walk stands; undefined before the first step and behind the last item. */
	current: SharedItem | undefined;
	#items: Iterator<SharedItem> | undefined;

	constructor(table: HashTable | undefined) {
		this.table = table;
	}

	/** Steps on; behind the end and at first to the first item. False if there is none. */
	next(table: HashTable): boolean {
		if (!this.current) this.#items = table.items()[Symbol.iterator]();
		const { value, done } = this.#items?.next() ?? { done: true };
		this.current = done ? undefined : value;
		return !done;
	}
}

/** The iterators of a request. The functions give what the script gets, or a text that says why they fail. */
class TableIterators {
	readonly #byName = new Map<string, TableIterator>();

	/** Starts a walk, or starts it anew. */
	start(name: string, table: HashTable | undefined): string | undefined {
		if (!this.#byName.has(name)) {
			if (this.#byName.size >= MOST_ITERATORS) return `there are ${MOST_ITERATORS} iterators already`;
			if (name.length > LONGEST_NAME) return `the name of an iterator has at most ${LONGEST_NAME} bytes`;
		}
		this.#byName.set(name, new TableIterator(table));
		return undefined;
	}

	/** Steps to the next item. */
	next(name: string): boolean | string {
		const iterator = this.#byName.get(name);
		if (!iterator?.table) return `iterator "${name}" has not been started`;
		return iterator.next(iterator.table);
	}

	/** Ends a walk. */
	end(name: string): string | undefined {
		return this.#byName.delete(name) ? undefined : `there is no iterator "${name}"`;
	}

	/** The item on which a walk stands. */
	current(name: string): SharedItem | undefined {
		return this.#byName.get(name)?.current;
	}

	/** Removes the item on which a walk stands, and steps to the next. False if there is none. */
	remove(name: string): boolean | string {
		return this.#onItem(name, (table, item, iterator) => {
			table.remove(item.key);
			return iterator.next(table);
		});
	}

	/** Changes the item on which a walk stands. */
	set(name: string, value: SharedValue): boolean | string {
		return this.#onItem(name, (table, item, iterator) => {
			table.set(item.key, value);
			iterator.current = { ...item, value };
			return true;
		});
	}

	/** Lets the item on which a walk stands live for so many seconds from now; it is over with 0 or less. */
	expireIn(name: string, seconds: number): boolean | string {
		return this.#onItem(name, (table, item) => {
			table.expireSoon(item.key, seconds);
			return true;
		});
	}

	#onItem(
		name: string,
		action: (table: HashTable, item: SharedItem, iterator: TableIterator) => boolean,
	): boolean | string {
		const iterator = this.#byName.get(name);
		if (!iterator?.table) return `iterator "${name}" has not been started`;
		if (!iterator.current) return `iterator "${name}" stands on no item`;
		return action(iterator.table, iterator.current, iterator);
	}
}

/** The request's iterators. */
export const iterators = requestLocal(() => new TableIterators());
