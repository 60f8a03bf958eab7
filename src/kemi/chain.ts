/**
 * Continues with a value that may already be there: no promise is made where none is needed.
 *
 * @module
 */

/** Goes on with a value, at once where it is there. */
export function chain<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
	return value instanceof Promise ? value.then(next) : next(value);
}

/** Does something, and something else where it throws or rejects. */
export function recover<T>(action: () => T | Promise<T>, failed: (error: unknown) => T): T | Promise<T> {
	try {
		const value = action();
		return value instanceof Promise ? value.catch(failed) : value;
	} catch (error) {
		return failed(error);
	}
}
