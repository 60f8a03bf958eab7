/**
 * The part of the engine that runs inside QuickJS.
 *
 * `guest` is never called here: its source text is compiled in QuickJS, so that it must not use anything from outside
 * of its own body. The script shares its realm and may replace every builtin, so whatever `guest` needs after the
 * script has started is taken beforehand.
 *
 * @module
 */
import type { FunctionNames } from '../javascript/function-names.ts';
import type { GuestWaiting } from '../javascript/waiting.ts';

/** What the host calls in QuickJS. */
export interface Guest extends GuestWaiting {
	/** QuickJS's stack text for where the script stands. */
	where(): string;
	/** An uncaught value as a FailureReport in JSON. */
	describe(thrown: unknown): string;
	/** A new error of a class. It gets its stack where it is thrown. */
	error(kind: string, message: string): Error;
	/** Bytes in an array of their own, or the word for what is no bytes. */
	foreign(value: unknown): ArrayBuffer | string;
	parse(json: string): unknown;
	/** Tells the host under a call's number when the promise of its handler has settled. */
	watch(call: number, promise: unknown): void;
	/** Ends the building of the global object: what comes later is the script's. */
	seal(): void;
	/** Makes a constant of the script's top level known, which is no property of the global object. */
	addConstant(name: string): void;
	/** The value of such a constant; undefined if there is none. */
	constant(name: string): unknown;
	/** The names of the script's functions, one a line. */
	callbacks(exported: Record<string, unknown> | undefined): string;
}

/** Runs inside QuickJS, see above. */
export function guest(
	inspect: (value: unknown) => string,
	describe: (thrown: unknown) => string,
	waiting: GuestWaiting,
	names: FunctionNames,
	console: object,
	defineLazily: (names: readonly string[], build: () => Record<string, unknown>) => void,
	log: (level: string, text: string) => void,
	ask: (operation: string, ...args: unknown[]) => unknown,
	webGlobals: readonly string[],
	exitValue: string,
	finished: (call: number, report: string | undefined) => void,
): Guest {
	const global = globalThis as unknown as Record<PropertyKey, unknown>;
	const { apply, getOwnPropertyDescriptor } = Reflect;
	const { isArray } = Array;
	const { parse } = JSON;
	const ErrorClass = Error;
	const RangeErrorClass = RangeError;
	const Bytes = Uint8Array;
	// biome-ignore lint/security/noGlobalEval: QuickJS's own, which compiles for QuickJS
	const evaluate = eval;
	const getter = (holder: object, key: PropertyKey) =>
		(getOwnPropertyDescriptor(holder, key) as { get: () => unknown }).get;
	const typedArrayName = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
	const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');

	// Threads are not there anyway. Finalizers would run in the time of some later request, and as a part of it.
	for (const name of ['SharedArrayBuffer', 'Atomics', 'FinalizationRegistry']) delete global[name];

	Object.assign(global, { console });
	const logError = (thrown: unknown) => {
		if (thrown !== exitValue) log('error', inspect(thrown));
	};
	// Compiled when it is first used, since QuickJS compiles all of what it is given.
	defineLazily(webGlobals, () => evaluate(ask('source') as string)(ask, logError));

	return {
		...waiting,
		where: () => new ErrorClass().stack as string,
		describe,
		error(kind, message) {
			const error = kind === 'RangeError' ? new RangeErrorClass(message) : new ErrorClass(message);
			delete (error as { stack?: unknown }).stack;
			return error;
		},
		foreign(value) {
			if (typeof value === 'function') return 'function';
			try {
				if (isArray(value)) return 'array';
				if (apply(typedArrayName, value, []) === 'Uint8Array')
					return new Bytes(value as Uint8Array).buffer as ArrayBuffer;
				apply(bufferLength, value, []);
				return value as ArrayBuffer;
			} catch {
				return 'object'; // no buffer at all, or one whose memory was given away, or a revoked proxy
			}
		},
		parse,
		async watch(call, promise) {
			let report: string | undefined;
			try {
				await promise;
			} catch (thrown) {
				if (thrown !== exitValue) report = describe(thrown);
			}
			finished(call, report);
		},
		seal: names.seal,
		addConstant(name) {
			try {
				names.constants[name] = evaluate(`() => ${name}`) as () => unknown;
			} catch {} // a reserved word in a text that only looks like a declaration
		},
		constant(name) {
			try {
				return names.constants[name]?.();
			} catch {
				return undefined; // what the script has only in a comment, or has not reached
			}
		},
		callbacks: names.list,
	};
}
