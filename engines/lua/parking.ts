/**
 * A KSR function that waits parks the thread it was called on: the thread yields, and gets what the function has come to when it goes
 * on. What both ends of that have in common in every Lua engine.
 *
 * @module
 */
import type { Exported, Outcome } from '../../src/kemi/exports.ts';
import { ScriptThrow } from '../../src/kemi/throw.ts';
import type { HostFunction } from './host-function.ts';

/** The message for a KSR function that waits where Lua cannot yield. */
export function cannotWaitHere(path: string): string {
	return `${path} cannot wait here: Lua does not yield inside what table.sort or string.gsub call, inside __tostring, or in a message handler`;
}

/** The call of a callback, or the run of a script's top level, to which threads belong. */
export interface Parked<Thread> {
	/** The thread in which it waits now: its own, or that of a coroutine of the script. */
	parkedIn?: Thread | undefined;
}

/** The threads of one engine that are on their way out of Lua, or in again. */
export class Parking<Thread> {
	/** The function that waits, while its yield is on its way out, and whose call that is. */
	#leaving: { readonly call: Parked<Thread>; readonly exported: Exported } | undefined;
	/** What a function that waited has come to, while it is on its way in to the thread. */
	#arriving: { readonly thread: Thread; readonly outcome: Outcome } | undefined;

	/** A thread is about to yield, since a function waits. */
	begin(call: Parked<Thread>, thread: Thread, exported: Exported): void {
		call.parkedIn = thread;
		this.#leaving = { call, exported };
	}

	/** What the prelude asks for coroutines (`prelude/coroutines.ts`). */
	readonly functions: Record<string, HostFunction> = {
		/** Whether the coroutine that has just yielded did so because a KSR function waits. */
		waits: () => [this.#leaving !== undefined],
		/** Takes that back, since what resumed the coroutine cannot yield. Gives the message for the script. */
		giveUp: () => {
			const { call, exported } = this.#leaving ?? {};
			this.#leaving = undefined;
			if (call) call.parkedIn = undefined;
			return [cannotWaitHere(exported?.path ?? '')];
		},
	};

	/** Lua has been left. Tells whether that was because a function waits. */
	left(): boolean {
		const waits = this.#leaving !== undefined;
		this.#leaving = undefined;
		return waits;
	}

	/**
	 * Takes an outcome to the thread that waits for it.
	 * @param goOn runs the call until it ends or waits again
	 */
	arrive(call: Parked<Thread>, thread: Thread, outcome: Outcome, goOn: () => void): void {
		if (call.parkedIn !== thread) return; // it could not be parked after all
		call.parkedIn = undefined;
		this.#arriving = { thread, outcome };
		try {
			goOn();
		} finally {
			this.#arriving = undefined; // nobody took it where the coroutine has died meanwhile
		}
	}

	/** What the function has come to for which a thread has waited that goes on. */
	outcomeFor(thread: Thread): Outcome {
		const arrived = this.#arriving;
		if (arrived?.thread !== thread) return { error: new ScriptThrow('a coroutine was resumed that waits') };
		this.#arriving = undefined;
		return arrived.outcome;
	}
}
