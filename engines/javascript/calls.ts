/**
 * The calls of one JavaScript engine: the one that is running, and those that wait, with what they wait for.
 *
 * A KSR function that waits returns a promise to the script. Once the host's own promise has settled, the script's
 * promise is settled in a slice of its own, in which all jobs that follow from it run. A handler is over when it
 * has returned, or when the promise that it returned is settled. Whatever it has started by then without awaiting
 * it is cancelled.
 *
 * @module
 */
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Exported, Outcome } from '../../src/kemi/exports.ts';
import type { ScriptPosition } from '../../src/kemi/language.ts';
import { ScriptError } from '../../src/kemi/script-error.ts';
import { ScriptThrow } from '../../src/kemi/throw.ts';
import type { PendingCall, WaitingCall } from '../../src/kemi/waiting.ts';

/** One call of a callback. */
export interface Call {
	/** Its number in the guest. */
	readonly id: number;
	/** The function of the script. */
	readonly callback: string;
	readonly ctx: RequestContext;
	/** There from the first time that it waits. */
	waiting?: WaitingCall;
	/** The numbers of the guest's promises that it waits for. */
	waits?: Set<number>;
	/** The call in which it began, where it began inside of one. */
	readonly outer: Call | undefined;
	/** True once it is over. Promise jobs that it has left may still run, but can do nothing. */
	over: boolean;
}

/** What an engine does in its guest. `P` is a promise of the guest on its way there. */
export interface WaitingGuest<P> {
	defer(wait: number): P;
	/** @param where the place of the call, as `file:line` */
	settle(wait: number, outcome: Outcome, where: string | undefined): void;
	/** Runs something for a call in a slice of its own, and the jobs that follow. */
	slice(call: Call, run: () => void): void;
}

/** Why promises are rejected whose handler is over. */
const ENDED: Outcome = { error: new ScriptThrow('the request has ended') };

/** The calls of one engine. */
export class Calls<P> {
	/** The call that runs; null while the script is being loaded, undefined while nothing runs. */
	current: Call | null | undefined;
	readonly #engine: ScriptPosition;
	readonly #guest: WaitingGuest<P>;
	/** The calls that wait for their handler's promise. */
	readonly #parked = new Map<number, Call>();
	/** How many promises of the guest the host has yet to settle. */
	#outstanding = 0;
	#lastId = 0;
	#lastWait = 0;

	constructor(engine: ScriptPosition, guest: WaitingGuest<P>) {
		this.#engine = engine;
		this.#guest = guest;
	}

	/** A call that is about to begin. */
	begin(callback: string, ctx: RequestContext): Call {
		const outer = this.current ?? undefined;
		return { id: ++this.#lastId, callback, ctx, outer, over: false };
	}

	/** The request that KSR functions are called for; null while loading. Throws where there is none any more. */
	contextFor(exported: Exported): RequestContext | null {
		const { current } = this;
		if (current === null) return null;
		if (current === undefined || current.over || current.waiting?.over)
			throw new ScriptThrow(`${exported.path} was called after the request's end`);
		return current.ctx;
	}

	/** The number of the call that runs, 0 if none does: what comes later is to go back to it. */
	now(): number {
		return this.current?.id ?? 0;
	}

	/** What runs from here on belongs to a call, by its number; see `awaits.ts`. */
	go(id: number): void {
		const { current } = this;
		if (!current || current.id === id) return;
		let call: Call | undefined = this.#parked.get(id) ?? current.outer;
		while (call && call.id !== id) call = call.outer;
		// One that is over can do nothing: its stand-in leads back to those that are not.
		this.current = call ?? { ...current, id, over: true, outer: current };
	}

	/** Has the running call wait for a promise that a KSR function has given. Gives the guest one of its own. */
	wait(exported: Exported, promise: Promise<unknown>): P {
		const call = this.current as Call;
		const wait = ++this.#lastWait;
		const waiting = this.#waiting(call);
		const deferred = this.#guest.defer(wait);
		if (waiting.over) {
			promise.catch(() => undefined);
			this.#guest.settle(wait, ENDED, undefined); // too many wait
			return deferred;
		}
		call.waits ??= new Set();
		call.waits.add(wait);
		this.#outstanding++;
		waiting.wait(exported, promise, (outcome) => {
			if (call.waits?.delete(wait)) this.#resume(call, wait, outcome);
		});
		return deferred;
	}

	/**
	 * The handler of a call has given a promise that is not settled yet.
	 * @param watch has the guest tell of its end (`settled`)
	 * @param sure false inside of another call, whose jobs may still settle it
	 */
	park(call: Call, watch: () => void, sure = true): Promise<undefined> {
		if (sure && this.#outstanding === 0) throw stuck(call);
		const waiting = this.#waiting(call);
		if (!waiting.over) {
			this.#parked.set(call.id, call);
			watch();
		}
		return waiting.promise;
	}

	/** The promise of a parked handler is settled. */
	settled(id: number, failure: ScriptError | undefined): void {
		const call = this.#parked.get(id);
		if (!call) return; // it was given up before
		this.#parked.delete(id);
		this.#finish(call, failure);
	}

	/**
	 * A handler has ended before it was parked.
	 * @returns what `Engine.call` gives
	 * @throws ScriptError if it has called a function that still waits, and has not replied
	 */
	end(call: Call): undefined | Promise<undefined> {
		call.over = true;
		const { waiting } = call;
		if (!waiting) return undefined;
		if (waiting.over) return waiting.promise; // too many wait
		const error = this.#finish(call, undefined);
		if (error) throw error;
		return undefined;
	}

	/**
	 * A slice of a handler was ended by an error or a limit.
	 * @returns what `Engine.call` gives
	 * @throws the error, unless the handler was given up before
	 */
	fail(call: Call, error: unknown): Promise<undefined> {
		const { waiting } = call;
		const givenUp = waiting?.over;
		call.over = true;
		this.#parked.delete(call.id);
		waiting?.finish(error);
		if (givenUp && error instanceof ScriptError) return waiting.promise;
		throw error;
	}

	#waiting(call: Call): WaitingCall {
		call.waiting ??= call.ctx.host.waiting.begin(this.#engine, call.ctx, call.callback, () =>
			this.#drop(call),
		);
		return call.waiting;
	}

	#resume(call: Call, wait: number, outcome: Outcome): void {
		this.#outstanding--;
		try {
			this.#guest.slice(call, () => this.#guest.settle(wait, outcome, call.ctx.waitsAt));
		} catch (error) {
			void this.fail(call, error);
		}
		if (this.#outstanding > 0) return;
		// Nothing of the host will settle anything any more: handlers that still wait would wait for ever.
		for (const left of [...this.#parked.values()]) this.settled(left.id, stuck(left));
	}

	/** Ends a call. Gives its error, which may be that it has not waited for a function. */
	#finish(call: Call, failure: ScriptError | undefined): ScriptError | undefined {
		const waiting = call.waiting as WaitingCall;
		const [left] = waiting.pending;
		let error = failure;
		if (left && !failure) {
			if (call.ctx.reply.final) call.ctx.log('warning', forgotten(call, left).message);
			else error = forgotten(call, left);
		}
		call.over = true;
		waiting.finish(error);
		return error;
	}

	/** A call was given up. What it waits for is settled all the same, as others may wait for it too. */
	#drop(call: Call): void {
		call.over = true;
		this.#parked.delete(call.id);
		const waits = [...(call.waits ?? [])];
		call.waits?.clear();
		this.#outstanding -= waits.length;
		if (waits.length === 0) return;
		try {
			this.#guest.slice(call, () => {
				for (const wait of waits) this.#guest.settle(wait, ENDED, call.ctx.waitsAt);
			});
		} catch {} // the engine is lost, or what follows from it fails: nobody is there to be told
	}
}

function stuck(call: Call): ScriptError {
	return new ScriptError(`${call.callback} waits for a promise that will never be settled`);
}

/** What to say of a function whose promise nobody has waited for. */
function forgotten({ callback }: Call, { path, where }: PendingCall): ScriptError {
	const [, file, line] = /^(.*):(\d+)$/.exec(where ?? '') ?? [];
	const place = where ? ` at ${where}` : '';
	return new ScriptError(
		`${callback} ended while ${path}, called${place}, still waits: did you forget await?`,
		{ file, line: line === undefined ? undefined : Number(line) },
	);
}
