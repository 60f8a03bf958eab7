/**
 * Handlers that wait: the request that each belongs to, what it waits for, and for how long it may. Nothing of
 * this is created for a handler that does not wait.
 *
 * An engine suspends a handler when a KSR function returns a promise, and continues it in a later slice. This file
 * holds what is the same for all engines: the time limit, the limit on how many may wait, and what happens to
 * those whose engine is closed.
 *
 * @module
 */
import type { RequestContext } from './context.ts';
import type { Exported, Outcome } from './exports.ts';
import type { ScriptPosition } from './language.ts';
import { LimitError } from './script-error.ts';
import { nextTurn } from './turn.ts';

/** A KSR function that has not answered yet. */
export interface PendingCall {
	/** `KSR.http_client.query` */
	readonly path: string;
	/** Where in the script, as `file:line`. */
	readonly where: string | undefined;
}

/** Statistics of waiting handlers since the host's start. */
export interface WaitingCounters {
	/** Handlers that wait now, and the most there were. */
	readonly now: number;
	readonly peak: number;
	/** Handlers that have waited in all. */
	readonly total: number;
	/** Handlers that were turned away since too many waited. */
	readonly refused: number;
	/** Handlers that the time limit ended. */
	readonly timedOut: number;
}

/** Called before and after each slice of script code (`script/guard.ts`). */
interface SliceGuard {
	enter(callback: string, ctx: RequestContext): void;
	leave(): void;
}

/** One call of a callback, from when it waits for the first time until it is over. */
export class WaitingCall {
	readonly ctx: RequestContext;
	/** The function of the script. */
	readonly callback: string;
	/** The engine that has suspended it. */
	readonly engine: ScriptPosition;
	/** Settles when the handler is over; `Engine.call` returns it. */
	readonly promise: Promise<undefined>;
	readonly #list: WaitingList;
	readonly #drop: () => void;
	readonly #pending = new Set<PendingCall>();
	#resolve!: (value: undefined) => void;
	#reject!: (error: unknown) => void;
	#timer: NodeJS.Timeout | undefined;
	#over = false;

	/** Use `WaitingList.begin`. */
	constructor(
		list: WaitingList,
		engine: ScriptPosition,
		ctx: RequestContext,
		callback: string,
		drop: () => void,
	) {
		this.#list = list;
		this.engine = engine;
		this.ctx = ctx;
		this.callback = callback;
		this.#drop = drop;
		this.promise = new Promise((resolve, reject) => {
			this.#resolve = resolve;
			this.#reject = reject;
		});
		this.promise.catch(() => undefined); // an engine may have no use for it
	}

	/** True once the handler has ended or was given up: nothing of it may run any more. */
	get over(): boolean {
		return this.#over;
	}

	/** The KSR functions that have not answered yet, the oldest first. */
	get pending(): ReadonlySet<PendingCall> {
		return this.#pending;
	}

	/** Starts the time that is left for it. */
	startClock(milliseconds: number): void {
		this.#timer = setTimeout(() => this.#list.timeOut(this), milliseconds);
	}

	/**
	 * Waits for a KSR function. It has to be called while the script is still in that call.
	 * @param resume continues the handler, in a slice of its own; if it throws, the handler ends. It is called even
	 *   if the handler is over by then.
	 */
	wait(exported: Exported, promise: Promise<unknown>, resume: (outcome: Outcome) => void): void {
		if (this.#over) return; // too many wait
		const where = this.engine.position();
		const pending: PendingCall = { path: exported.path, where };
		this.ctx.waitsAt = where;
		this.#pending.add(pending);
		const answered = exported.outcome(this.ctx, promise).finally(nextTurn);
		void this.#list.begun(answered).then((outcome) => {
			this.#pending.delete(pending);
			this.#list.slice(this, () => resume(outcome));
		});
	}

	/** Ends the wait: the handler has returned, or failed with an error. */
	finish(error?: unknown): void {
		if (!this.#leave()) return;
		if (error === undefined) this.#resolve(undefined);
		else this.#reject(error);
	}

	/** Gives the handler up: it is never resumed, and what it waits for is cancelled. */
	giveUp(error: LimitError): void {
		if (!this.#leave()) return;
		this.#drop();
		this.ctx.abort(error);
		this.#reject(error);
	}

	#leave(): boolean {
		if (this.#over) return false;
		this.#over = true;
		clearTimeout(this.#timer);
		this.#list.leave(this);
		return true;
	}
}

/** The limits of a `WaitingList`. */
interface WaitingLimits {
	/** How long a request may take, in milliseconds. */
	readonly time: number;
	/** How many handlers may wait. */
	readonly waiting: number;
	/** How many calls may be begun and not over. */
	readonly pending: number;
}

/** The handlers of one host that wait, and whatever else scripts have begun that is not over. */
export class WaitingList {
	readonly #limits: WaitingLimits;
	readonly #guard: SliceGuard | undefined;
	readonly #calls = new Set<WaitingCall>();
	/** Requests that go on after their handler, and how many calls of those wait. */
	readonly #held = new Set<RequestContext>();
	#callsOfHeld = 0;
	/** What was begun and is not over. */
	#begun = 0;
	/** What to do once no handler of an engine waits. */
	readonly #whenIdle = new Map<ScriptPosition, () => void>();
	/** Called before a request waits for the first time. */
	readonly #beforeFirst: ((ctx: RequestContext) => void)[] = [];
	#peak = 0;
	#total = 0;
	#refused = 0;
	#timedOut = 0;

	/** @param guard told of each slice */
	constructor(limits: WaitingLimits, guard?: SliceGuard) {
		this.#limits = limits;
		this.#guard = guard;
	}

	/** The figures for statistics and metrics. */
	get counters(): WaitingCounters {
		return {
			now: this.#now,
			peak: this.#peak,
			total: this.#total,
			refused: this.#refused,
			timedOut: this.#timedOut,
		};
	}

	/** Registers a function that is called when a request is about to wait for the first time. */
	onFirstWait(prepare: (ctx: RequestContext) => void): void {
		this.#beforeFirst.push(prepare);
	}

	/** True if as many handlers wait as are allowed to. */
	get full(): boolean {
		return this.#now >= this.#limits.waiting;
	}

	/**
	 * Why a script may begin nothing more that is over only later, whether its handler waits for it or not;
	 * undefined if it may. One handler could begin any number of calls, and each takes memory, and a socket or a
	 * timer.
	 */
	get refusal(): string | undefined {
		const { pending } = this.#limits;
		return this.#begun < pending ? undefined : `${pending} calls are not over yet, which is the limit`;
	}

	/** A script has begun something, which counts until it is over. Gives the same promise. */
	begun<T>(over: Promise<T>): Promise<T> {
		this.#begun++;
		const end = () => void this.#begun--;
		over.then(end, end);
		return over;
	}

	/** A request counts once, whether it waits in its handler, for its continuation, or in that. */
	get #now(): number {
		return this.#calls.size + Math.max(0, this.#held.size - this.#callsOfHeld);
	}

	/**
	 * A request goes on after its handler has ended, and until it has it counts as one that waits.
	 * @param until settles when it is over; never rejects
	 * @returns false, at once, where too many wait
	 */
	async hold(ctx: RequestContext, until: () => Promise<void>): Promise<boolean> {
		if (this.refuses(ctx)) {
			this.#refused++;
			return false;
		}
		this.#held.add(ctx);
		ctx.waitingCalls++;
		this.#total++;
		this.#peak = Math.max(this.#peak, this.#now);
		try {
			await until();
		} finally {
			this.#held.delete(ctx);
			ctx.waitingCalls--;
		}
		return true;
	}

	/** True if no further request may begin to wait. */
	refuses(ctx: RequestContext): boolean {
		return this.full && ctx.waitingCalls === 0;
	}

	/**
	 * A handler is about to wait for the first time.
	 * @param drop lets the engine forget the handler, which will not be resumed
	 * @returns the call; it is over already where too many wait
	 */
	begin(engine: ScriptPosition, ctx: RequestContext, callback: string, drop: () => void): WaitingCall {
		const call = new WaitingCall(this, engine, ctx, callback, drop);
		const refused = this.refuses(ctx);
		this.#calls.add(call);
		if (this.#held.has(ctx)) this.#callsOfHeld++;
		ctx.waitingCalls++;
		if (!ctx.hasWaited) for (const prepare of this.#beforeFirst) prepare(ctx);
		ctx.hasWaited = true;
		if (refused) {
			this.#refused++;
			const { waiting } = this.#limits;
			call.giveUp(new LimitError('waiting', `${waiting} handlers wait already, which is the limit`));
			return call;
		}
		this.#total++;
		this.#peak = Math.max(this.#peak, this.#now);
		// at least a millisecond: the next slice is to see that the time is up, not this one
		call.startClock(Math.max(1, this.#limits.time - (performance.now() - ctx.began)));
		return call;
	}

	/** Runs a slice of a handler. */
	slice(call: WaitingCall, run: () => void): void {
		this.#guard?.enter(call.callback, call.ctx);
		try {
			run();
		} catch (error) {
			call.finish(error);
		} finally {
			this.#guard?.leave();
		}
	}

	/** The time of a handler is up. */
	timeOut(call: WaitingCall): void {
		this.#timedOut++;
		const [pending] = call.pending;
		const place = pending?.where ? ` at ${pending.where}` : '';
		const what = pending ? ` while ${pending.path} waited${place}` : '';
		call.giveUp(new LimitError('time', `the time limit of ${this.#limits.time} ms was reached${what}`));
	}

	/** Takes a call off the list. */
	leave(call: WaitingCall): void {
		this.#calls.delete(call);
		if (this.#held.has(call.ctx)) this.#callsOfHeld--;
		call.ctx.waitingCalls--;
		const then = this.#whenIdle.get(call.engine);
		if (then && !this.#anyOf(call.engine)) {
			this.#whenIdle.delete(call.engine);
			queueMicrotask(then); // the engine may be in the middle of a slice
		}
	}

	/**
	 * Gives up all handlers that wait.
	 * @param engine only those of this engine
	 */
	giveUpAll(error: LimitError, engine?: ScriptPosition): void {
		for (const call of this.#calls) if (engine === undefined || call.engine === engine) call.giveUp(error);
	}

	/** Calls a function once no handler of an engine waits any more, at once where none does. */
	whenIdle(engine: ScriptPosition, then: () => void): void {
		if (this.#anyOf(engine)) this.#whenIdle.set(engine, then);
		else then();
	}

	#anyOf(engine: ScriptPosition): boolean {
		for (const call of this.#calls) if (call.engine === engine) return true;
		return false;
	}
}
