/**
 * The isolated-vm engine: JavaScript in V8, in an isolate of its own, entered from the host's thread.
 *
 * What V8 does not stop, and a watchdog outside of this thread has to:
 * - builtins that loop inside of V8 (`indexOf` on `{ length: 2 ** 53 - 1 }`, squaring a BigInt for ever, `sort()` and
 *   `replace` on many megabytes): the deadline is only noticed when they return;
 * - getters of a value that is thrown at the top level, or rejects a promise that nobody handles: isolated-vm reads
 *   its `message` and `stack` outside of any deadline;
 * - memory asked for in one piece by V8 itself (a Map or Set that grows past the limit, `split('')` of a huge
 *   string): V8 ends the process. It is better to lose it at once than to hang, which is what happens where an
 *   `onCatastrophicError` handler is installed, so there is none.
 *
 * @module
 */
import { setFlagsFromString } from 'node:v8';
import ivm from 'isolated-vm';
import { bytesOf, textOf } from '../../src/bytes.ts';
import type { Clock } from '../../src/clock.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Exported, Outcome } from '../../src/kemi/exports.ts';
import { LimitError, ScriptError } from '../../src/kemi/script-error.ts';
import { EXIT_VALUE, ScriptThrow } from '../../src/kemi/throw.ts';
import type { LevelName } from '../../src/log/levels.ts';
import type { ScriptSource } from '../../src/source/folder.ts';
import type { Engine, EngineOptions } from '../engine.ts';
import { KEEPER, keepRequests, makeKeeper } from '../javascript/awaits.ts';
import { type Call, Calls } from '../javascript/calls.ts';
import { installClock } from '../javascript/clock.ts';
import { makeConsole } from '../javascript/console.ts';
import { makeFunctionNames } from '../javascript/function-names.ts';
import { makeInspect } from '../javascript/inspect.ts';
import { makeDescribe } from '../javascript/report.ts';
import { GUEST_FILE, positionIn } from '../javascript/stack.ts';
import { makeWaiting } from '../javascript/waiting.ts';
import { makeWeb } from '../javascript/web/guest.ts';
import { answerWeb, WEB_GLOBALS } from '../javascript/web/host.ts';
import { makeLazy } from '../javascript/web/lazy.ts';
import { Ahead, aheadKind, LAYOUT } from './ahead.ts';
import { ARGUMENT, makeAhead } from './ahead-guest.ts';
import { CompiledCode } from './compiled-code.ts';
import { constantsOf } from './constants.ts';
import { carriedError, reportedError, stoppedAt, withoutGuestFrames } from './errors.ts';
import { type GuestEntry, guest } from './guest.ts';
import { linkModule } from './modules.ts';
import { endGuest, fromGuest, stopGuest, throwInGuest, toGuest } from './values.ts';

// V8 13.6 drops a loop's interrupt check by mistake where its body fills an array of known size: then neither the
// deadline nor the memory limit ends `for (;;) new Array(1000).fill(1)`. The pass that does it can be turned off.
setFlagsFromString('--no-turboshaft-loop-unrolling');

const GUEST_CODE = `'use strict';
(...args) => {
	const inspect = (${makeInspect})();
	return (${guest})(${makeKeeper}, '${KEEPER}', inspect, (${makeDescribe})(inspect), (${makeWaiting})(),
		(${makeFunctionNames})(${JSON.stringify(WEB_GLOBALS)}), ${makeConsole}, (${makeLazy})(), ${makeWeb},
		${JSON.stringify(WEB_GLOBALS)},
		(running, integers, bytes) => (${makeAhead})(integers, bytes, ${JSON.stringify(LAYOUT)}, ${JSON.stringify(ARGUMENT)}, running),
		${LAYOUT.call}, ${LAYOUT.nested}, ...args);
}`;
const MEGABYTE = 1 << 20;
/** isolated-vm takes no less. */
const MIN_MEGABYTES = 8;
/** Timers end together once in so many milliseconds, see `Timeout`. */
const TOGETHER = 16;

/**
 * The time limit of an entry, as isolated-vm takes it.
 *
 * isolated-vm has a timer for each entry, and forgets none before its time: a thread of its own wakes up for every one of
 * them, long after its entry has ended, which costs more than a short handler does. Timers that end within the same
 * millisecond are served in one go. So they are put off, by an eighth of the limit at the most, until several end. They are not
 * put off for longer, because the thread goes through them by recursion, and has little stack where libc is musl.
 */
class Timeout {
	readonly limit: number;
	readonly #together: number;
	/** What isolated-vm reads. */
	timeout: number;

	/** @param limit milliseconds */
	constructor(limit: number) {
		this.limit = this.timeout = Math.max(1, Math.ceil(limit));
		this.#together = Math.max(1, Math.min(TOGETHER, this.limit >> 3));
	}

	/** An entry begins. */
	begins(now: number): void {
		const end = Math.floor(now) + this.limit;
		this.timeout = this.limit + ((this.#together - (end % this.#together)) % this.#together);
	}
}

type Entries = { [Name in keyof GuestEntry]: ivm.Reference<GuestEntry[Name]> };

class IsolatedVm implements Engine {
	readonly #options: EngineOptions;
	readonly #isolate: ivm.Isolate;
	readonly #context: ivm.Context;
	readonly #guest: Entries;
	/** Handed to isolated-vm with each entry. */
	readonly #run: Timeout;
	readonly #megabytes: number;
	readonly #calls: Calls<unknown>;
	readonly #ahead: Ahead;
	readonly #compiled: CompiledCode;
	/** When the outermost call has to be over, on the clock of `performance.now()`. */
	#deadline = 0;
	#closed = false;

	constructor(options: EngineOptions) {
		this.#options = options;
		this.#run = new Timeout(options.limits.cpuMs);
		this.#megabytes = Math.max(MIN_MEGABYTES, Math.floor(options.limits.memoryBytes / MEGABYTE));
		this.#isolate = new ivm.Isolate({ memoryLimit: this.#megabytes });
		this.#context = this.#isolate.createContextSync();
		this.#compiled = new CompiledCode(this.#isolate, this.#context);
		this.#calls = new Calls<unknown>(this, {
			defer: (wait) => [wait],
			settle: (wait, outcome, where) => this.#settle(wait, outcome, where),
			slice: (call, run) => void this.#slice(call, run),
		});
		this.#ahead = new Ahead(options.exports);
		this.#guest = this.#buildGuest();
	}

	async load(source: ScriptSource): Promise<void> {
		this.#calls.current = null;
		const started = performance.now();
		this.#deadline = started + this.#run.limit;
		try {
			if (source.kind === 'module') this.#loadModule(source);
			else this.#loadScript(source);
		} catch (error) {
			if (error === EXIT_VALUE) return;
			throw error instanceof ScriptError
				? error
				: (this.#limitError(error, started, false) ?? carriedError(error, source.name));
		} finally {
			this.#calls.current = undefined;
		}
	}

	callbacks(): string[] {
		const started = performance.now();
		try {
			const names = this.#guest.callbacks.applySync(undefined, [], this.#run) as string;
			return names.split('\n').filter(Boolean);
		} catch (error) {
			throw this.#limitError(error, started, false) ?? carriedError(error);
		}
	}

	call(callback: string, args: readonly string[], ctx: RequestContext): undefined | Promise<undefined> {
		const call = this.#calls.begin(callback, ctx);
		const nested = this.#calls.current !== undefined;
		let late: Promise<undefined> | undefined;
		try {
			this.#slice(call, () => {
				let outcome = this.#enter(call, nested, args);
				if (outcome === true) outcome = this.#guest.outcome.applySync(undefined, [], this.#run);
				if (typeof outcome === 'string') throw reportedError(outcome);
				if (outcome === true)
					late = this.#calls.park(
						call,
						() => void this.#guest.park.applySync(undefined, [call.id], this.#run),
						!nested, // an outer call has yet to run its microtasks
					);
				else late = this.#calls.end(call);
			});
		} catch (error) {
			return this.#calls.fail(call, error);
		}
		return late;
	}

	position(): string | undefined {
		if (this.#calls.current === undefined) return undefined;
		try {
			return positionIn(bytesOf(this.#guest.where.applySync(undefined, [], this.#run) as string));
		} catch {
			return undefined; // no room on the stack
		}
	}

	memory(): number {
		if (this.#isolate.isDisposed) return 0;
		const { used_heap_size, externally_allocated_size } = this.#isolate.getHeapStatisticsSync();
		return used_heap_size + externally_allocated_size;
	}

	close(): void {
		this.#closed = true;
		if (!this.#isolate.isDisposed) this.#isolate.dispose();
	}

	/** Calls a handler, as the guest's `enter` does. */
	#enter(call: Call, nested: boolean, args: readonly string[]): undefined | string | true {
		const ahead = this.#ahead;
		const way = ahead.way(call.callback, args, (id) =>
			this.#guest.addWay.applySync(undefined, [id, call.callback, ...args.map(textOf)], this.#run),
		);
		const answers = ahead.enter(call.id, nested, way, call.ctx);
		this.#compiled.entered();
		try {
			return this.#guest.enter.applySync(undefined, answers as [], this.#run);
		} finally {
			this.#flush();
			ahead.learn((...question) => this.#guest.learn.applySync(undefined, question, this.#run));
		}
	}

	/** Does what the script has put off. */
	#flush(): void {
		if (this.#ahead.waits) this.#ahead.flush((exported) => this.#calls.contextFor(exported));
	}

	/** Runs a slice of a call. */
	#slice(call: Call, run: () => void): void {
		const outer = this.#calls.current;
		const nested = outer !== undefined;
		const started = performance.now();
		if (!nested) this.#deadline = started + this.#run.limit;
		this.#run.begins(started);
		this.#calls.current = call;
		try {
			run();
		} catch (error) {
			if (error instanceof ScriptError) throw error;
			if (error !== EXIT_VALUE) throw this.#limitError(error, started, nested) ?? carriedError(error);
			this.#calls.end(call);
		} finally {
			this.#calls.current = outer;
		}
	}

	#settle(wait: number, outcome: Outcome, where: string | undefined): void {
		if ('error' in outcome) {
			const { kind, message } = outcome.error;
			const stack = `${kind}: ${textOf(message)}${where ? `\n    at ${textOf(where)}` : ''}`;
			this.#guest.settle.applySync(
				undefined,
				[this.#calls.now(), wait, kind, textOf(message), stack],
				this.#run,
			);
		} else {
			const value = toGuest(outcome.value);
			const args = [this.#calls.now(), wait, 'return', Array.isArray(value) ? value[1] : value, ''];
			this.#guest.settle.applySync(undefined, args as Parameters<GuestEntry['settle']>, {
				timeout: this.#run.timeout,
				arguments: { copy: true },
			});
		}
	}

	/** Lets the script see the time of another clock. */
	#installClock(clock: Clock): void {
		this.#isolate
			.compileScriptSync(`(${installClock})`, { filename: GUEST_FILE })
			.runSync(this.#context, { reference: true })
			.applySync(undefined, [new ivm.Callback(() => clock.now())]);
	}

	#buildGuest(): Entries {
		if (this.#options.clock) this.#installClock(this.#options.clock);
		const build = this.#isolate
			.compileScriptSync(GUEST_CODE, { filename: GUEST_FILE })
			.runSync(this.#context, { reference: true });
		const functions = this.#options.exports.map((exported, fn) => [
			exported.module,
			exported.name,
			new ivm.Callback((...args: unknown[]) => this.#serve(exported, fn, args)),
			this.#aheadKind(exported),
		]);
		const log = new ivm.Callback((level: LevelName, text: string) => this.#log(level, text));
		const web = new ivm.Callback((...args: unknown[]) => this.#web(args));
		const finished = new ivm.Callback((id: number, report: string | undefined) =>
			this.#calls.settled(id, report === undefined ? undefined : reportedError(report)),
		);
		const go = new ivm.Callback((id: number) => {
			this.#flush();
			this.#calls.go(id);
		});
		const { integers, bytes } = this.#ahead;
		const args = [EXIT_VALUE, integers, bytes, functions, log, web, finished, go];
		const entries = build.applySync(undefined, args, {
			arguments: { copy: true },
			result: { reference: true },
		}) as ivm.Reference<GuestEntry>;
		const entry = (name: keyof GuestEntry) => entries.getSync(name, { reference: true });
		return {
			enter: entry('enter'),
			addWay: entry('addWay'),
			learn: entry('learn'),
			outcome: entry('outcome'),
			park: entry('park'),
			settle: entry('settle'),
			where: entry('where'),
			callbacks: entry('callbacks'),
			addConstant: entry('addConstant'),
			addModule: entry('addModule'),
			idle: entry('idle'),
		} as Entries;
	}

	/** What of a function's calls the guest can answer. */
	#aheadKind(exported: Exported): unknown {
		const kind = aheadKind(exported);
		if (kind?.[0] !== 'later' || typeof kind[1] === 'number') return kind;
		const [, later] = kind;
		const sure = this.#isolate
			.compileScriptSync(`({${later.sure}}).sure`, { filename: GUEST_FILE })
			.runSync(this.#context, { reference: true });
		return [
			'later',
			this.#ahead.addLater(later),
			later.gives,
			later.last ?? false,
			sure.derefInto({ release: true }),
		];
	}

	/** Answers a script's call of a KSR function. Nothing is thrown: isolated-vm would show the script the host's stack. */
	#serve(exported: Exported, fn: number, args: unknown[]): unknown {
		try {
			this.#flush();
			const ctx = this.#calls.contextFor(exported);
			if (performance.now() > this.#deadline) return stopGuest;
			if (exported.declaration.steady && !exported.intercepted && ctx) this.#ahead.asked(fn, args, ctx);
			const result = exported.call(ctx, fromGuest(args), 'javascript');
			if (result instanceof Promise) return this.#calls.wait(exported, result);
			if (ctx) this.#ahead.refresh(ctx);
			return toGuest(result);
		} catch (error) {
			if (!(error instanceof ScriptThrow))
				return throwInGuest('Error', `${exported.path} failed inside the host`);
			return error.message === EXIT_VALUE && error.kind === 'value'
				? endGuest
				: throwInGuest(error.kind, error.message);
		}
	}

	#log(level: LevelName, text: string): void {
		try {
			this.#options.log(level, bytesOf(withoutGuestFrames(text)));
		} catch {} // a log that fails is not the script's fault
	}

	/** Answers what the Web's globals ask; undefined where the script's time is up. */
	#web(args: unknown[]): unknown {
		if (performance.now() > this.#deadline) return undefined;
		const answer = answerWeb(fromGuest(args));
		if (typeof answer === 'string') return textOf(answer);
		if (answer instanceof Uint8Array) return new Uint8Array(answer); // the buffer of its own that is copied
		return Array.isArray(answer) ? answer.map(textOf) : answer;
	}

	#loadScript(source: ScriptSource): void {
		const script = this.#isolate.compileScriptSync(keepRequests(source), { filename: source.name });
		script.runSync(this.#context, { timeout: this.#run.limit, release: true });
		for (const [name, read] of constantsOf(this.#isolate, this.#context, source.code))
			this.#guest.addConstant.applySync(undefined, [name, read.derefInto({ release: true })]);
	}

	#loadModule(source: ScriptSource): void {
		const module = linkModule(this.#isolate, this.#context, this.#options.folder, source);
		module.evaluateSync({ timeout: this.#run.limit });
		if (!this.#guest.addModule.applySync(undefined, [module.namespace.derefInto({ release: true })]))
			throw new ScriptError('the script waits at its top level for a promise that will never be settled', {
				file: bytesOf(source.name),
				loading: true,
			});
	}

	/** The limit behind an error of isolated-vm, or undefined where it came out of the script. */
	#limitError(error: unknown, started: number, nested: boolean): LimitError | undefined {
		const { limit } = this.#run;
		if (this.#closed) return new LimitError('memory', 'the engine is closed', { engineLost: true });
		if (this.#isolate.isDisposed)
			return new LimitError('memory', `the memory limit of ${this.#megabytes} MB was reached`, {
				engineLost: true,
			});
		// A script can throw an error with the same message, but only a stopped one has used up its time.
		if (!(error instanceof Error) || performance.now() - started < limit) return undefined;
		if (error.message !== 'Script execution timed out.') return undefined;
		if (!nested) this.#dropMicrotasks();
		const where = stoppedAt(error);
		return new LimitError('cpu', `the CPU limit of ${limit} ms was reached${where ? ` at ${where}` : ''}`);
	}

	/**
	 * A stopped script's promise jobs would run with the next request. They run here, where KSR functions refuse to
	 * work, or are dropped by the deadline.
	 */
	#dropMicrotasks(): void {
		this.#calls.current = undefined;
		try {
			this.#guest.idle.applySync(undefined, [], this.#run);
		} catch {}
	}
}

/**
 * Builds an isolated-vm engine.
 * @param options the memory limit is rounded down to megabytes, and is 8 MB or more
 */
export async function createIsolatedVm(options: EngineOptions): Promise<Engine> {
	return new IsolatedVm(options);
}
