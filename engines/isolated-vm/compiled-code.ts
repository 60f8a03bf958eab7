/**
 * Puts the code in place that V8 has compiled for hot functions.
 *
 * V8 compiles them on other threads, and tells the isolate by an interrupt that there is something to put in place. But a thread
 * that leaves an isolate, as the host's does after each entry, loses the interrupts that come until it is back. Handlers are short:
 * nearly all of the interrupts are lost, and a script would be interpreted for as long as the host runs.
 *
 * @module
 */
import { setFlagsFromString } from 'node:v8';
import type ivm from 'isolated-vm';

/** After so many entries it is done for the first time; from then on, whenever their number has doubled. */
const FIRST = 1024;
/** Milliseconds until then in which V8 may compile: what is not ready by then is waited for. */
const PATIENCE = 500;

/** Has V8 put its compiled code in place, now and then. */
export class CompiledCode {
	readonly #isolate: ivm.Isolate;
	readonly #context: ivm.Context;
	#entries = 0;
	#next = FIRST;

	/** @param context any of the isolate's */
	constructor(isolate: ivm.Isolate, context: ivm.Context) {
		this.#isolate = isolate;
		this.#context = context;
	}

	/** The isolate is about to be entered. */
	entered(): void {
		if (++this.#entries !== this.#next) return;
		this.#next *= 2;
		setTimeout(() => this.install(), PATIENCE).unref();
	}

	/** Waits for the code that is being compiled, and puts in place what there is. */
	install(): void {
		if (this.#isolate.isDisposed) return;
		// One of V8's functions for its own tests. The syntax is only there while this line is compiled, not for scripts.
		setFlagsFromString('--allow-natives-syntax');
		try {
			this.#isolate.compileScriptSync('%FinalizeOptimization()').runSync(this.#context);
		} catch {
			// another V8 may not have it: scripts are slower then, and nothing else
		} finally {
			setFlagsFromString('--no-allow-natives-syntax');
		}
	}
}
