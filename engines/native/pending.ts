/**
 * A value that is not there yet. Compiled closures return one only where a function really waits. What depends on
 * it runs as soon as the value is there, in the slice that continues the run, and not in some later turn as with a
 * Promise.
 *
 * @module
 */
import { NoValue } from './no-value.ts';

/** What may come later. */
export type Later<T> = T | Pending<T>;

/** The one that waits for a value. */
interface Listener<T> {
	done(value: T): void;
	failed(error: unknown): void;
}

/** A value that will be there some time, for the one that asked for it. */
export class Pending<T> {
	#listener: Listener<T> | undefined;

	/**
	 * Goes on with the value.
	 * @param recover is told where there is no value, and gives another
	 */
	next<B>(step: (value: T) => Later<B>, recover?: (error: NoValue) => Later<B>): Pending<B> {
		const result = new Pending<B>();
		this.end(
			(value) => result.#follow(() => step(value)),
			(error) =>
				recover && error instanceof NoValue ? result.#follow(() => recover(error)) : result.fail(error),
		);
		return result;
	}

	/** Says what happens in the end; errors that no `next` has recovered from come here. */
	end(done: (value: T) => void, failed: (error: unknown) => void): void {
		this.#listener = { done, failed };
	}

	/** The value is there. */
	resolve(value: T): void {
		this.#listener?.done(value);
	}

	/** There will be no value. */
	fail(error: unknown): void {
		this.#listener?.failed(error);
	}

	#follow(compute: () => Later<T>): void {
		let value: Later<T>;
		try {
			value = compute();
		} catch (error) {
			this.fail(error);
			return;
		}
		if (value instanceof Pending)
			value.end(
				(it) => this.resolve(it),
				(error) => this.fail(error),
			);
		else this.resolve(value);
	}
}

/** Goes on with a value at once where it is there, later where it is waited for. */
export function then<A, B>(value: Later<A>, next: (value: A) => Later<B>): Later<B> {
	return value instanceof Pending ? value.next(next) : next(value);
}
