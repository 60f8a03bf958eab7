/**
 * Tables that are looked up by words from outside: of a script, a request, a configuration.
 *
 * @module
 */

/** A table of words, and of no others: `constructor` and what else every object inherits is not in it. */
export function words<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
	return Object.assign(Object.create(null), entries);
}
