/**
 * A guard that tells an observer how long each slice of script code took, and passes the calls on to another
 * guard.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import type { HostObserver } from '../kemi/observer.ts';
import type { EntryGuard } from '../script/guard.ts';

/** A guard that measures. */
export class MeteredGuard implements EntryGuard {
	readonly #observer: HostObserver;
	readonly #guard: EntryGuard | undefined;
	/** What is entered now: entries may stand inside of one another. */
	readonly #entered: { callback: string | undefined; at: number }[] = [];

	constructor(observer: HostObserver, guard: EntryGuard | undefined) {
		this.#observer = observer;
		this.#guard = guard;
	}

	enter(callback: string, ctx?: RequestContext): void {
		// the loading of a script is no slice of a callback
		this.#entered.push({ callback: ctx && callback, at: performance.now() });
		this.#guard?.enter(callback, ctx);
	}

	leave(): void {
		this.#guard?.leave();
		const entry = this.#entered.pop();
		if (entry?.callback !== undefined) this.#observer.ran(entry.callback, performance.now() - entry.at);
	}
}
