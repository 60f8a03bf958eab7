/**
 * The QuickJS engine: JavaScript in WebAssembly, each engine in an instance of its own.
 *
 * What QuickJS does not stop, and a watchdog outside of this thread has to: builtins that run in C for long without
 * asking the guard. Without end are most methods of Array on an object or an array with a huge `length` and little in it
 * (`indexOf`, `join`, `reverse`, `sort`, `splice`, `concat`, even `forEach`); with megabytes at hand, seconds take a
 * search for one long string in another, `sort` of a typed array, `JSON`, and arithmetic with a large BigInt.
 *
 * A promise that is rejected and that nobody waits for goes unnoticed: the build has no function to be told of it.
 *
 * An engine is lost where memory ran out, as QuickJS is not reliable afterwards, and where an error of the host passed
 * through its WebAssembly code, which leaves that in the middle of what it did.
 *
 * @module
 */
import { textOf } from '../../src/bytes.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Outcome } from '../../src/kemi/exports.ts';
import { LimitError, ScriptError } from '../../src/kemi/script-error.ts';
import type { ScriptSource } from '../../src/source/folder.ts';
import type { Engine, EngineOptions } from '../engine.ts';
import { keepRequests } from '../javascript/awaits.ts';
import { type Call, Calls } from '../javascript/calls.ts';
import { constantNames } from '../javascript/constants.ts';
import { positionIn } from '../javascript/stack.ts';
import { instantiate, type Quickjs } from './build.ts';
import { failureOf, inFile, STACK_OVERFLOW } from './failures.ts';
import { Heap } from './heap.ts';
import { HostFunctions, IDS } from './host-functions.ts';
import { GuestStopped, Machine } from './machine.ts';
import { TAG } from './values.ts';

class QuickjsEngine implements Engine {
	readonly #cpuMs: number;
	readonly #calls: Calls<number>;
	readonly #host: HostFunctions;
	/** Undefined once the engine is closed. */
	#machine: Machine | undefined;
	/** Why the engine is of no use any more. */
	#lost: LimitError | undefined;
	/** The namespace of the script where it is a module. */
	#exports: number | undefined;

	constructor(options: EngineOptions, quickjs: Quickjs, heap: Heap) {
		this.#cpuMs = options.limits.cpuMs;
		this.#calls = new Calls(this, {
			defer: (wait) => machine.withArguments([wait], (args) => machine.ask('defer', ...args)),
			settle: (wait, outcome, where) => this.#settleWait(machine, wait, outcome, where),
			slice: (call, run) => this.#slice(call, run),
		});
		this.#host = new HostFunctions(options, this.#calls);
		const machine = new Machine(
			quickjs,
			heap,
			this.#host.callbacks(() => machine),
			IDS,
			this.#cpuMs,
		);
		this.#host.buildKsr(machine);
		if (options.clock) this.#host.installClock(machine);
		machine.values.free(machine.ask('seal'));
		this.#machine = machine;
	}

	async load(source: ScriptSource): Promise<void> {
		const machine = this.#enter(null);
		let failure: unknown;
		try {
			const isModule = source.kind === 'module';
			this.#host.addSource(source);
			const result = machine.evaluate(keepRequests(source), source.name, isModule);
			const settled = this.#settle(machine, result, source.name);
			if (settled === PENDING)
				throw new ScriptError(
					'the script waits for a promise that will never be settled',
					inFile(source.name),
				);
			if (isModule) this.#exports = settled;
			else {
				if (settled !== undefined) machine.values.free(settled);
				for (const name of constantNames(source.code))
					machine.values.free(machine.askAbout('addConstant', name));
			}
		} catch (error) {
			failure = error;
		}
		this.#leave(machine, undefined, failure);
	}

	callbacks(): string[] {
		const outer = this.#calls.current;
		const machine = this.#enter(null);
		let names = '';
		let failure: unknown;
		try {
			const nothing = machine.values.write(undefined);
			names = machine.askText('callbacks', this.#exports ?? nothing);
			machine.values.free(nothing);
		} catch (error) {
			failure = error;
		}
		this.#leave(machine, outer, failure);
		return textOf(names).split('\n').filter(Boolean);
	}

	call(callback: string, args: readonly string[], ctx: RequestContext): undefined | Promise<undefined> {
		const outer = this.#calls.current;
		const call = this.#calls.begin(callback, ctx);
		const machine = this.#enter(call);
		let late: Promise<undefined> | undefined;
		let failure: unknown;
		try {
			const { values } = machine;
			const callee = this.#find(machine, callback);
			const given: number[] = [];
			for (let i = 0; i < args.length; i++) given.push(values.newString(args[i] as string));
			const result = machine.call(callee, given);
			for (let i = 0; i < given.length; i++) values.free(given[i] as number);
			values.free(callee);
			const settled = this.#settle(machine, result);
			if (settled === PENDING) late = this.#park(machine, call, result);
			else {
				if (settled !== undefined) values.free(settled);
				late = this.#calls.end(call);
			}
		} catch (error) {
			failure = error;
		}
		try {
			this.#leave(machine, outer, failure);
		} catch (error) {
			return this.#calls.fail(call, error);
		}
		return late;
	}

	position(): string | undefined {
		const machine = this.#machine;
		if (this.#calls.current === undefined || !machine) return undefined;
		try {
			return positionIn(machine.askText('where'));
		} catch (error) {
			this.#noteLoss(machine, error);
			return undefined; // no room on the stack, or stopped
		}
	}

	memory(): number {
		return this.#machine && !this.#lost ? this.#machine.memoryUsed() : 0;
	}

	close(): void {
		this.#machine = undefined; // all of it is memory of one WebAssembly instance
	}

	/** Begins a slice of script code. */
	#enter(call: Call | null): Machine {
		if (this.#lost) throw this.#lost;
		const machine = this.#machine;
		if (!machine) throw new LimitError('memory', 'the engine is closed', { engineLost: true });
		if (this.#calls.current === undefined) machine.begin();
		this.#calls.current = call;
		return machine;
	}

	/**
	 * Ends a slice of script code.
	 * @param failure what it failed with
	 * @throws the limit that stopped it, or the failure
	 */
	#leave(machine: Machine, outer: Call | null | undefined, failure: unknown): void {
		this.#calls.current = outer;
		this.#noteLoss(machine, failure);
		const { expired } = machine.guard;
		if (outer === undefined) {
			if (expired && !this.#lost && !machine.dropJobs())
				this.#lost = this.#cpuLimit(failure, { engineLost: true });
			if (!this.#lost) machine.end();
		}
		if (this.#lost) throw this.#lost;
		if (expired) throw this.#cpuLimit(failure);
		if (failure instanceof GuestStopped) throw new ScriptError(STACK_OVERFLOW);
		if (failure !== undefined) throw failure;
	}

	#cpuLimit(failure: unknown, details: { engineLost?: boolean } = {}): LimitError {
		return new LimitError(
			'cpu',
			`the CPU limit of ${this.#cpuMs} ms was reached${placeOf(failure)}`,
			details,
		);
	}

	/** Sees whether the engine has become useless by what happened. */
	#noteLoss(machine: Machine, failure: unknown): void {
		if (this.#lost) return;
		let text: string;
		if (machine.heap.exhausted)
			text = `the memory limit of ${machine.heap.limit >> 20} MB was reached${placeOf(failure)}`;
		else if (failure === undefined || isOrderly(failure)) return;
		else if (failure instanceof RangeError) text = "the script used up the host's stack";
		else text = `QuickJS failed: ${(failure as Error).message}`;
		machine.guard.halt();
		this.#lost = new LimitError('memory', text, { engineLost: true, cause: failure });
	}

	/** The function of a name as it is now. */
	#find(machine: Machine, name: string): number {
		const { values } = machine;
		if (this.#exports !== undefined) {
			const exported = machine.get(this.#exports, name);
			if (values.tag(exported) === TAG.object) return exported;
			values.free(exported);
		}
		const found = machine.get(machine.global, name);
		if (values.tag(found) === TAG.object) return found;
		values.free(found);
		const constant = machine.askAbout('constant', name);
		if (values.tag(constant) === TAG.object) return constant;
		values.free(constant);
		throw new ScriptError(`${name} is no function (any more)`);
	}

	/**
	 * Sees a call or an evaluation to its end: runs the promise jobs, and looks into a promise.
	 * @param result what came out of it
	 * @param loading the file that is being loaded
	 * @returns the result, or what its promise was fulfilled with; undefined if the script ended by `exit`; PENDING where
	 *   the promise is not settled, which is not freed then
	 * @throws ScriptError
	 */
	#settle(machine: Machine, result: number, loading?: string): number | undefined {
		const { values } = machine;
		const tag = values.tag(result);
		if (tag === TAG.exception) {
			const failure = failureOf(machine, machine.exception(result), loading);
			machine.runJobs();
			if (failure) throw failure;
			return undefined;
		}
		machine.runJobs();
		const state = tag === TAG.object ? machine.promiseState(result) : undefined;
		if (state === undefined) return result;
		if (state === 'pending') return PENDING;
		const outcome = machine.promiseResult(result);
		values.free(result);
		if (state === 'fulfilled') return outcome;
		const failure = failureOf(machine, outcome, loading);
		if (failure) throw failure;
		return undefined;
	}

	/** Parks a call until the promise is settled that its handler has given, which is freed. */
	#park(machine: Machine, call: Call, promise: number): Promise<undefined> {
		try {
			return this.#calls.park(call, () =>
				machine.withArguments([call.id], (args) =>
					machine.values.free(machine.ask('watch', ...args, promise)),
				),
			);
		} finally {
			machine.values.free(promise);
		}
	}

	#settleWait(machine: Machine, wait: number, outcome: Outcome, where: string | undefined): void {
		const failed = 'error' in outcome;
		const given = failed
			? [wait, outcome.error.kind, outcome.error.message, where ? `    at ${where}` : '']
			: [wait, 'return', outcome.value, ''];
		machine.withArguments(given, (args) => machine.values.free(machine.ask('settle', ...args)));
	}

	/** Goes on with a call that has waited. */
	#slice(call: Call, run: () => void): void {
		const outer = this.#calls.current;
		const machine = this.#enter(call);
		let failure: unknown;
		try {
			run();
			machine.runJobs();
		} catch (error) {
			failure = error;
		}
		this.#leave(machine, outer, failure);
	}
}

/** Stands for a value: a promise is not settled yet. JSValues have addresses above 0. */
const PENDING = -1;

/** Where a script stood when it failed, as the end of a sentence. */
function placeOf(failure: unknown): string {
	return failure instanceof ScriptError && failure.where ? ` at ${failure.where}` : '';
}

/** True for what an engine throws while it is in order. */
function isOrderly(failure: unknown): boolean {
	return failure instanceof ScriptError || failure instanceof LimitError || failure instanceof GuestStopped;
}

/** Builds a QuickJS engine. */
export async function createQuickjs(options: EngineOptions): Promise<Engine> {
	const heap = new Heap(options.limits.memoryBytes);
	return new QuickjsEngine(options, await instantiate(heap), heap);
}
