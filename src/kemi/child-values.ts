/**
 * Values that a child keeps from request to request, as Kamailio's processes do: `$var(x)`, the item that was
 * fetched last.
 *
 * A Kamailio process handles one request at a time, so a handler always finds there what it has put there itself.
 * Here other requests run while a handler waits. So a request that waits gets a copy of its own, as if it had a
 * process to itself from then on.
 *
 * @module
 */
import { type RequestContext, requestLocal } from './context.ts';
import type { WaitingList } from './waiting.ts';

/** Such values, by name. */
export class ChildValues<V> {
	readonly #kept = new Map<string, V>();
	readonly #own = requestLocal((): Map<string, V> => new Map(this.#kept));

	/** @param waiting tells when a request is about to wait */
	copyFor(waiting: WaitingList): this {
		waiting.onFirstWait((ctx) => void ctx.get(this.#own));
		return this;
	}

	/** The values as a request sees them. */
	of(ctx: RequestContext): Map<string, V> {
		return ctx.hasWaited ? ctx.get(this.#own) : this.#kept;
	}

	/** The values of the child. */
	get kept(): Map<string, V> {
		return this.#kept;
	}
}
