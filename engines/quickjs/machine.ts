/**
 * One QuickJS: a runtime with one context, and its guard. The caller frees the JSValues (`build.ts`) that it
 * returns.
 *
 * @module
 */
import { bytesOf } from '../../src/bytes.ts';
import { EXIT_VALUE } from '../../src/kemi/throw.ts';
import type { KemiValue } from '../../src/kemi/value.ts';
import { KEEPER, makeKeeper } from '../javascript/awaits.ts';
import { makeConsole } from '../javascript/console.ts';
import { makeFunctionNames } from '../javascript/function-names.ts';
import { makeInspect } from '../javascript/inspect.ts';
import { makeDescribe } from '../javascript/report.ts';
import { GUEST_FILE } from '../javascript/stack.ts';
import { makeWaiting } from '../javascript/waiting.ts';
import { WEB_GLOBALS } from '../javascript/web/host.ts';
import { makeLazy } from '../javascript/web/lazy.ts';
import type { Callbacks, Quickjs } from './build.ts';
import { Collector } from './collector.ts';
import { Guard } from './guard.ts';
import { type Guest, guest } from './guest.ts';
import type { Heap } from './heap.ts';
import { TAG, Values } from './values.ts';

const GUEST_CODE = `(log, ask, finished, now, go) => {
	const inspect = (${makeInspect})();
	Object.defineProperty(globalThis, '${KEEPER}', { value: (${makeKeeper})(now, go) });
	return (${guest})(inspect, (${makeDescribe})(inspect), (${makeWaiting})(),
		(${makeFunctionNames})(${JSON.stringify(WEB_GLOBALS)}), (${makeConsole})(inspect, log),
		(${makeLazy})(), log, ask, ${JSON.stringify(WEB_GLOBALS)}, ${JSON.stringify(EXIT_VALUE)}, finished);
}`;

/**
 * How much of its own stack QuickJS may use, in bytes. The host's stack, 984 kB by default, fills up at the same time
 * and several times as fast; where that overflows first, the engine is lost. This much is safe against JSON of any
 * depth (`JSON.stringify` gets to its end at 84 kB) and lets functions call each other 400 deep. Only the compiler is
 * hungrier, so a script that evaluates a deeply nested text can lose its engine.
 */
const STACK = 80 * 1024;
/** How many arguments a call can have. */
const MAX_CALL_ARGUMENTS = 8;
/** Promise jobs between two looks at the clock. */
const JOBS_AT_ONCE = 500;
/** So many jobs of a stopped script are ended one by one. */
const MAX_DROPPED_JOBS = 20_000;

const EVALUATE_SCRIPT = 0;
const EVALUATE_MODULE = 1;

/** What the guest calls in the host beside KSR functions, as ids for `callFunction`. */
export interface HostIds {
	readonly log: number;
	readonly web: number;
	readonly finished: number;
	readonly now: number;
	readonly go: number;
}

/** Thrown where the code in `guest.ts` was stopped or had no memory; the guard knows why. */
export class GuestStopped extends Error {}

/** A QuickJS with the guest's code in it. */
export class Machine {
	readonly heap: Heap;
	readonly guard: Guard;
	readonly values: Values;
	readonly global: number;
	readonly #quickjs: Quickjs;
	readonly #runtime: number;
	readonly #context: number;
	readonly #collector: Collector;
	/** Room for the arguments of a call, which is also where C functions put what nobody reads. */
	readonly #argv: number;
	readonly #undefined: number;
	readonly #guest: { readonly [Name in keyof Guest]: number };
	readonly #names = new Map<string, number>();

	/**
	 * @throws Error if the build's internals are not as expected
	 */
	constructor(
		quickjs: Quickjs,
		heap: Heap,
		callbacks: Omit<Callbacks, 'shouldInterrupt' | 'freeHostRef'>,
		ids: HostIds,
		cpuMs: number,
	) {
		this.heap = heap;
		this.guard = new Guard(heap, cpuMs);
		this.#quickjs = quickjs;
		quickjs.callbacks = {
			...callbacks,
			shouldInterrupt: this.guard.shouldInterrupt,
			freeHostRef: () => undefined,
		};
		this.#runtime = quickjs._QTS_NewRuntime();
		this.#collector = new Collector(heap, this.#runtime, () => this.values.free(this.newObject()));
		quickjs._QTS_RuntimeSetMaxStackSize(this.#runtime, STACK);
		quickjs._QTS_RuntimeEnableInterruptHandler(this.#runtime);
		quickjs._QTS_RuntimeEnableModuleLoader(this.#runtime, 1);
		this.#context = quickjs._QTS_NewContext(this.#runtime, 0);
		this.values = new Values(quickjs, heap, this.#context);
		this.#argv = this.values.allocate(4 * MAX_CALL_ARGUMENTS);
		this.#undefined = quickjs._QTS_GetUndefined();
		this.global = quickjs._QTS_GetGlobalObject(this.#context);
		this.#probe();
		const empty = this.evaluate('() => undefined', GUEST_FILE);
		this.guard.findCounter(this.#context, () => this.values.free(this.call(empty, [])));
		this.values.free(empty);
		this.#guest = this.#buildGuest(ids);
		this.values.guest = {
			parse: (json) => this.ask('parse', json),
			foreign: (object) => this.ask('foreign', object),
		};
	}

	/**
	 * Calls a function.
	 * @returns its result; a value tagged as exception where it threw
	 */
	call(callee: number, args: readonly number[]): number {
		if (args.length > MAX_CALL_ARGUMENTS) throw new Error(`${args.length} arguments are too many`);
		const { words } = this.heap;
		for (let i = 0; i < args.length; i++) words[(this.#argv >> 2) + i] = args[i] as number;
		return this.#quickjs._QTS_Call(this.#context, callee, this.#undefined, args.length, this.#argv);
	}

	/**
	 * To be told of each call of a host function, for what it costs in time and memory.
	 * @param taken characters that the host got
	 * @param given characters that the guest got
	 */
	countHostCall(taken: number, given: number): void {
		this.guard.countHostCall(taken + given);
		this.#collector.count(given);
	}

	/** To be told that a slice of script code begins. */
	begin(): void {
		this.guard.arm();
	}

	/** To be told that a slice of script code is over. */
	end(): void {
		this.#collector.betweenCalls(this.guard.disarm());
	}

	/** Calls one of the guest's own functions. */
	ask(name: keyof Guest, ...args: number[]): number {
		const result = this.call(this.#guest[name], args);
		if (this.values.tag(result) !== TAG.exception) return result;
		this.values.free(this.exception(result));
		throw new GuestStopped(`${name} was stopped`);
	}

	/** As `ask`, for functions that give a string. */
	askText(name: keyof Guest, ...args: number[]): string {
		return this.#text(this.ask(name, ...args));
	}

	/** Makes values for a function of the guest, and frees them when it has been called. */
	withArguments<R>(given: readonly (KemiValue | undefined)[], use: (args: readonly number[]) => R): R {
		const args = given.map((value) => this.values.write(value));
		try {
			return use(args);
		} finally {
			for (const arg of args) this.values.free(arg);
		}
	}

	/** As `ask`, with a text. */
	askAbout(name: keyof Guest, text: string): number {
		const value = this.values.newString(bytesOf(text));
		try {
			return this.ask(name, value);
		} finally {
			this.values.free(value);
		}
	}

	/** What was thrown where a call gave an exception. The exception itself is freed. */
	exception(result: number): number {
		const thrown = this.#quickjs._QTS_ResolveException(this.#context, result);
		this.values.free(result);
		return thrown;
	}

	/** Raises a value, which is freed. Gives what a host function returns then. */
	raise(thrown: number): number {
		const result = this.#quickjs._QTS_Throw(this.#context, thrown);
		this.values.free(thrown);
		return result;
	}

	/** A new error of a class. The message is a byte string. */
	newError(kind: 'Error' | 'RangeError', message: string): number {
		const [kindValue, messageValue] = [this.values.newString(kind), this.values.newString(message)];
		try {
			return this.ask('error', kindValue, messageValue);
		} finally {
			this.values.free(kindValue);
			this.values.free(messageValue);
		}
	}

	/** Runs source text, as a script or as a module, whose namespace (or a promise of it) is the result. */
	evaluate(code: string, file: string, module = false): number {
		const [source, name] = [this.values.cString(code), this.values.cString(file)];
		const flags = module ? EVALUATE_MODULE : EVALUATE_SCRIPT;
		const length = Buffer.byteLength(code);
		const result = this.#quickjs._QTS_Eval(this.#context, source, length, name, 0, flags);
		this.#quickjs._free(source);
		this.#quickjs._free(name);
		return result;
	}

	/** A property's value. Names that are looked up stay in QuickJS: they come from the host and are few. */
	get(object: number, name: string): number {
		let value = this.#names.get(name);
		if (value === undefined) {
			value = this.values.newString(bytesOf(name));
			this.#names.set(name, value);
		}
		return this.#quickjs._QTS_GetProp(this.#context, object, value);
	}

	/** Sets a property to a value, which is freed. */
	set(object: number, name: string, value: number): void {
		const key = this.values.newString(bytesOf(name));
		this.#quickjs._QTS_SetProp(this.#context, object, key, value);
		this.values.free(key);
		this.values.free(value);
	}

	/** A new object without properties. */
	newObject(): number {
		return this.#quickjs._QTS_NewObject(this.#context);
	}

	/** A function that calls `callFunction` with an id. */
	newFunction(name: string, id: number): number {
		const text = this.values.cString(name);
		const made = this.#quickjs._QTS_NewFunction(this.#context, text, 0, 0, id);
		this.#quickjs._free(text);
		return made;
	}

	/** A property that is a string, else undefined. */
	textProperty(object: number, name: string): string | undefined {
		const value = this.get(object, name);
		if (this.values.tag(value) === TAG.string) return this.#text(value);
		this.values.free(this.values.tag(value) === TAG.exception ? this.exception(value) : value);
		return undefined;
	}

	/** The state of a promise; undefined for any other value. */
	promiseState(value: number): 'pending' | 'fulfilled' | 'rejected' | undefined {
		const state = this.#quickjs._QTS_PromiseState(this.#context, value);
		return state < 0 ? undefined : (['pending', 'fulfilled', 'rejected'] as const)[state];
	}

	/** What a settled promise was settled with. */
	promiseResult(promise: number): number {
		return this.#quickjs._QTS_PromiseResult(this.#context, promise);
	}

	/** Runs promise jobs until there are none, or the guard says no. */
	runJobs(): void {
		while (this.#quickjs._QTS_IsJobPending(this.#runtime) !== 0) {
			this.#run(JOBS_AT_ONCE);
			if (this.guard.shouldInterrupt()) return;
		}
	}

	/**
	 * Gets rid of the jobs that a stopped script has left: each is begun and stopped again.
	 * @returns false if there are too many of them
	 */
	dropJobs(): boolean {
		for (let dropped = 0; this.#quickjs._QTS_IsJobPending(this.#runtime) !== 0; dropped++) {
			if (dropped === MAX_DROPPED_JOBS) return false;
			this.guard.shouldInterrupt();
			this.#run(1);
		}
		return true;
	}

	/** Bytes in use by what the script has made. Looks at every object there is. */
	memoryUsed(): number {
		const usage = this.#quickjs._QTS_RuntimeComputeMemoryUsage(this.#runtime, this.#context);
		const used = this.get(usage, 'memory_used_size');
		const bytes = this.values.read(used);
		this.values.free(used);
		this.values.free(usage);
		return Number(bytes);
	}

	/** Makes sure of values that only code in QuickJS can make (values.ts). */
	#probe(): void {
		const long = 'x'.repeat(10_000);
		const value = (code: string) => this.evaluate(code, GUEST_FILE);
		this.values.expect('string with NUL', value("'a\\0é'"), TAG.string, 'a\0\xc3\xa9');
		this.values.expect('concatenation', value("'x'.repeat(10000) + 'y€'"), TAG.rope, bytesOf(`${long}y€`));
		this.values.expect('bigint', value('-7n'), TAG.shortBigInt, -7n);
		this.values.expect('large bigint', value('2n ** 80n'), TAG.bigInt, 2n ** 80n);
	}

	#run(jobs: number): void {
		const result = this.#quickjs._QTS_ExecutePendingJob(this.#runtime, jobs, this.#argv);
		this.#quickjs._QTS_FreeValuePointerRuntime(this.#runtime, result);
	}

	#text(value: number): string {
		const text = this.values.string(value);
		this.values.free(value);
		return text;
	}

	#buildGuest(ids: HostIds): { readonly [Name in keyof Guest]: number } {
		const build = this.evaluate(GUEST_CODE, GUEST_FILE);
		const functions = (['log', 'web', 'finished', 'now', 'go'] as const).map((name) =>
			this.newFunction(name, ids[name]),
		);
		const tools = this.call(build, functions);
		if (this.values.tag(tools) === TAG.exception) {
			const thrown = this.exception(tools);
			throw new Error(`the guest's code failed: ${this.textProperty(thrown, 'message')}`);
		}
		this.values.free(build);
		for (const made of functions) this.values.free(made);
		const tool = (name: keyof Guest) => this.get(tools, name);
		return {
			where: tool('where'),
			describe: tool('describe'),
			error: tool('error'),
			foreign: tool('foreign'),
			parse: tool('parse'),
			seal: tool('seal'),
			addConstant: tool('addConstant'),
			constant: tool('constant'),
			callbacks: tool('callbacks'),
			defer: tool('defer'),
			settle: tool('settle'),
			watch: tool('watch'),
		};
	}
}
