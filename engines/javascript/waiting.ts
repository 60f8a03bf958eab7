/**
 * The guest's promises for KSR functions that wait; the host settles them.
 *
 * `makeWaiting` runs inside the guest, as `makeInspect` does.
 *
 * @module
 */

/** What a guest offers so that its handlers can wait. */
export interface GuestWaiting {
	/** A promise, to be settled under a number. Used as a value it throws. */
	defer(wait: number): Promise<unknown>;
	/**
	 * Settles it. What follows from that are promise jobs.
	 * @param kind `return` for a value; otherwise how it is thrown, as in ScriptThrow, with `value` as message
	 * @param where the stack of an error: the place of the call
	 */
	settle(wait: number, kind: string, value: unknown, where: string): void;
}

/** Makes the functions. */
export function makeWaiting(): GuestWaiting {
	type Settle = { resolve: (value: unknown) => void; reject: (reason: unknown) => void };
	const PromiseClass = Promise;
	const ErrorClass = Error;
	const RangeErrorClass = RangeError;
	const TypeErrorClass = TypeError;
	const { defineProperty } = Reflect;
	const { toPrimitive } = Symbol;
	/** A handler that compares a promise with a number would find nothing wrong, ever: who is refused would be let in. */
	const notAwaited = {
		value() {
			throw new TypeErrorClass('a KSR function that waits gave a promise: await it before its value is used');
		},
	};
	const waits: Record<number, Settle> = Object.create(null);

	function errorOf(kind: string, message: string, where: string): Error {
		const error = kind === 'RangeError' ? new RangeErrorClass(message) : new ErrorClass(message);
		error.stack = where;
		return error;
	}

	return {
		defer(wait) {
			const promise = new PromiseClass((resolve, reject) => {
				waits[wait] = { resolve, reject };
			});
			defineProperty(promise, toPrimitive, notAwaited);
			return promise;
		},
		settle(wait, kind, value, where) {
			const { resolve, reject } = waits[wait] as Settle;
			delete waits[wait];
			if (kind === 'return') resolve(value);
			else reject(kind === 'value' ? value : errorOf(kind, value as string, where));
		},
	};
}
