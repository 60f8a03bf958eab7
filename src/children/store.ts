/**
 * Values that all children share: `$shv` and counters.
 *
 * @module
 */

/** What can be shared: a byte string or an integer. */
export type SharedValue = string | number;

/** Named values that every child of a host sees. Each operation is one step: no other child comes in between. */
export interface SharedStore {
	/** A value; undefined for a name that nobody has declared or set. */
	get(name: string): SharedValue | undefined;
	set(name: string, value: SharedValue): void;
	/** Sets a first value, unless there is one already. */
	declare(name: string, value: SharedValue): void;
	/**
	 * Adds to an integer; a name without a value counts as 0.
	 * @returns the new value; a text is left as it is and gives undefined
	 */
	increment(name: string, by: number): number | undefined;
}

/** The store of a host without children: a map. */
export class MemoryStore implements SharedStore {
	readonly #values = new Map<string, SharedValue>();

	get(name: string): SharedValue | undefined {
		return this.#values.get(name);
	}

	set(name: string, value: SharedValue): void {
		this.#values.set(name, value);
	}

	declare(name: string, value: SharedValue): void {
		if (!this.#values.has(name)) this.#values.set(name, value);
	}

	increment(name: string, by: number): number | undefined {
		const value = this.#values.get(name) ?? 0;
		if (typeof value === 'string') return undefined;
		this.#values.set(name, value + by);
		return value + by;
	}
}
