/**
 * The part of the engine that runs inside the isolate: builds the KSR object and console there, and calls handlers.
 *
 * `guest` is never called here: its source text is compiled inside the isolate, so it must not use anything from
 * outside of its own body. The script shares its realm and may replace every builtin, so whatever `guest` needs
 * after the script has started is taken beforehand, and arrays of its own are read by index.
 *
 * How values cross. To the host: strings, numbers, bigints, booleans, null and undefined as they are; bytes as a
 * fresh Uint8Array; anything else as an array that holds the word for its type. From the host: strings, numbers,
 * booleans and null as they are; `undefined` ends the script as `KSR.x.exit()` does; all else comes in an envelope,
 * which is an array: `[true, value]` returns a value, `[false, kind, message]` throws, `[wait]` gives a promise that the
 * host settles under that number. A script cannot forge an envelope, as only the host's answers are looked at. The kind `stop` throws nothing: isolated-vm does not count the
 * time that host functions take, so where they have used up the script's time, the script waits for its own end,
 * which no `catch` can hold off.
 *
 * @module
 */
import type { FunctionNames } from '../javascript/function-names.ts';
import type { GuestWaiting } from '../javascript/waiting.ts';
import type { AheadKind, GuestAhead } from './ahead-guest.ts';

/** A function of the host as it stands in the isolate. */
type HostFunction = (...args: unknown[]) => unknown;

/** What the host calls in the isolate. Each of them gives a primitive, so that no handles pile up. */
export interface GuestEntry {
	/**
	 * Calls a handler. Which, and for which call, stands in the shared memory. Gives undefined where it ended normally, a FailureReport as
	 * JSON where it failed, and true where it returned an object: `outcome` then tells how that went, once the microtasks have run.
	 * @param answers to questions that the handler asks
	 */
	enter(...answers: unknown[]): undefined | string | true;
	/** As in GuestAhead. */
	addWay(way: number, name: string, ...args: string[]): void;
	learn(...args: Parameters<GuestAhead['learn']>): void;
	/** Settles a promise for a call. The rest is as in GuestWaiting. */
	settle(call: number, ...args: Parameters<GuestWaiting['settle']>): void;
	/** How the promise of the last `enter` went: as `enter`, and true where it is still pending. */
	outcome(): undefined | string | true;
	/** Has the host told of the end of the last `enter`, under a call's number. */
	park(call: number): void;
	/** V8's stack text for where the script stands. */
	where(): string;
	/** The names of the script's functions, one a line. */
	callbacks(): string;
	/** Makes a constant of the script's top level known, which is no property of the global object. */
	addConstant(name: string, read: () => unknown): void;
	/** Makes a module's exports known. False where the module still waits for something. */
	addModule(module: { readonly script: object; readonly done: true }): boolean;
	/** Does nothing: entering and leaving runs or drops the microtasks that a stopped call has left. */
	idle(): void;
}

/** Runs inside the isolate, see above. */
export function guest(
	makeKeeper: (now: () => number, go: (call: number) => void) => object,
	keeperName: string,
	inspect: (value: unknown) => string,
	describe: (thrown: unknown) => string,
	waiting: GuestWaiting,
	names: FunctionNames,
	makeConsole: (inspect: (value: unknown) => string, log: (level: string, text: string) => void) => object,
	defineLazily: (names: readonly string[], build: () => Record<string, unknown>) => void,
	makeWeb: (ask: HostFunction, logError: (thrown: unknown) => void) => Record<string, unknown>,
	webGlobals: readonly string[],
	makeTheAhead: (running: () => number, ...shared: [Int32Array, Uint8Array]) => GuestAhead,
	callPlace: number,
	nestedPlace: number,
	exitValue: string,
	integers: Int32Array,
	bytes: Uint8Array,
	functions: readonly (readonly [module: string, name: string, raw: HostFunction, kind?: AheadKind])[],
	log: HostFunction,
	web: HostFunction,
	finished: (call: number, report: string | undefined) => void,
	goInHost: (call: number) => void,
): GuestEntry {
	const global = globalThis as unknown as Record<PropertyKey, unknown>;
	const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
	const { captureStackTrace } = Error;
	const { isArray } = Array;
	const { stringify } = JSON;
	const ErrorClass = Error;
	const RangeErrorClass = RangeError;
	const Bytes = Uint8Array;
	const getter = (holder: object, key: PropertyKey) =>
		(getOwnPropertyDescriptor(holder, key) as { get: () => unknown }).get;
	const typedArrayName = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
	const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');

	// Ways to memory that is not counted, to waiting without end, and to code that runs outside of any call.
	for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry'])
		delete global[name];

	// V8 would call this whenever somebody reads a stack, also when the host does.
	defineProperty(Error, 'prepareStackTrace', { get: () => undefined, set: () => undefined });
	Error.stackTraceLimit = 20;

	/** The bytes of an ArrayBuffer or Uint8Array in an array of their own; undefined for any other object. */
	function bytesIn(value: object): Uint8Array | undefined {
		try {
			if (apply(typedArrayName, value, []) === 'Uint8Array') return new Bytes(value as Uint8Array);
			apply(bufferLength, value, []);
			return new Bytes(new Bytes(value as ArrayBuffer));
		} catch {
			return undefined; // no buffer at all, or one whose memory was given away
		}
	}

	/** Stands for an argument that cannot cross as it is. */
	function packed(value: unknown): Uint8Array | [type: string] {
		if (typeof value !== 'object') return [typeof value];
		try {
			if (isArray(value)) return ['array'];
		} catch {
			return ['object']; // a revoked proxy
		}
		return bytesIn(value as object) ?? ['object'];
	}

	/** What the host's answer means where it is not simply the value. */
	function unpacked(answer: unknown, wrapper: HostFunction): unknown {
		if (answer === undefined) throw exitValue;
		const envelope = answer as [true, unknown] | [false, string, string] | [number];
		if (envelope[0] === true) return envelope[1];
		if (envelope[0] !== false) {
			ahead.over();
			return waiting.defer(envelope[0]);
		}
		return raise(envelope[1], envelope[2], wrapper);
	}

	/** Throws an error whose stack begins where the script called `wrapper`. */
	function raise(kind: string, message: string, wrapper: HostFunction): never {
		if (kind === 'value') throw message;
		while (kind === 'stop');
		const error = kind === 'RangeError' ? new RangeErrorClass(message) : new ErrorClass(message);
		captureStackTrace(error, wrapper);
		throw error;
	}

	/** A KSR function: the host's, with arguments and answers as described above. */
	function wrap(name: string, raw: HostFunction, known?: (args: unknown[]) => unknown): HostFunction {
		const wrapper = {
			[name](...args: unknown[]) {
				if (known !== undefined) {
					const value = known(args);
					if (value !== undefined) return value;
				}
				for (let i = 0; i < args.length; i++) {
					const arg = args[i];
					if (typeof arg === 'object' ? arg !== null : typeof arg === 'function' || typeof arg === 'symbol')
						args[i] = packed(arg);
				}
				let answer: unknown;
				try {
					answer = apply(raw, undefined, args);
				} catch {
					// The host catches all of its own errors, so this is a stack that has no room for its code. The
					// caught error would show the script where the host's files are.
					raise('RangeError', 'Maximum call stack size exceeded', wrapper);
				}
				if (answer === undefined || (typeof answer === 'object' && answer !== null))
					return unpacked(answer, wrapper);
				return answer;
			},
		}[name] as HostFunction;
		return wrapper;
	}

	/** The number of the call that runs. */
	let current = 0;
	const ahead = makeTheAhead(() => current, integers, bytes);

	const ksr: Record<string, unknown> = {};
	// each sub-object is a global too, as Kamailio has it: KSR_hdr is KSR.hdr
	const globals: Record<string, unknown> = { KSR: ksr };
	for (let i = 0; i < functions.length; i++) {
		const [module, name, raw, kind] = functions[i] as (typeof functions)[number];
		const fn = wrap(name, raw, kind && ahead.answerer(i, kind));
		if (module === '') ksr[name] = fn;
		else {
			if (!Object.hasOwn(ksr, module)) globals[`KSR_${module}`] = ksr[module] = {};
			(ksr[module] as Record<string, unknown>)[name] = fn;
		}
	}
	Object.assign(global, globals);

	Object.assign(console, makeConsole(inspect, writeLine));
	defineLazily(webGlobals, () => makeWeb(ask, logError));

	function writeLine(level: string, text: string): void {
		try {
			apply(log, undefined, [level, text]);
		} catch {} // as in `wrap`
	}

	function logError(thrown: unknown): void {
		if (thrown !== exitValue) writeLine('error', inspect(thrown));
	}

	/** Asks the host for what the Web's globals need. It gives undefined where the script's time is up. */
	function ask(...args: unknown[]): unknown {
		let answer: unknown;
		try {
			answer = apply(web, undefined, args);
		} catch {
			throw new RangeErrorClass('Maximum call stack size exceeded'); // as in `wrap`
		}
		while (answer === undefined);
		return answer;
	}

	names.seal();
	const { constants } = names;
	let exported: Record<string, unknown> | undefined;

	function find(name: string): unknown {
		const read = constants[name];
		if (read) return read();
		return exported !== undefined && name in exported ? exported[name] : global[name];
	}

	const keeper = makeKeeper(
		() => current,
		(call) => {
			if (call === current) return;
			current = call;
			apply(goInHost, undefined, [call]);
		},
	);
	defineProperty(global, keeperName, { value: keeper });

	let latest: { call: unknown; pending: boolean; failure: string | undefined };

	async function watch(result: unknown, state: typeof latest): Promise<void> {
		try {
			await result;
		} catch (thrown) {
			if (thrown !== exitValue) state.failure = describe(thrown);
		}
		state.pending = false;
		if (typeof state.call === 'number') finished(state.call, state.failure);
	}

	return {
		enter(...answers) {
			const outer = current;
			const nested = integers[nestedPlace] === 1;
			current = integers[callPlace] as number;
			const { name, args } = ahead.begin(answers);
			try {
				const handler = find(name);
				if (typeof handler !== 'function')
					return stringify({ __proto__: null, message: `${name} is no function (any more)`, stack: '' });
				const result: unknown = apply(handler, undefined, args);
				if (typeof result !== 'object' || result === null) return undefined;
				latest = { call: undefined, pending: true, failure: undefined };
				void watch(result, latest);
				return true;
			} catch (thrown) {
				return thrown === exitValue ? undefined : describe(thrown);
			} finally {
				if (nested) current = outer; // otherwise its microtasks are yet to run
			}
		},
		addWay: (way, name, ...args) => ahead.addWay(way, name, args),
		learn: (...args) => apply(ahead.learn, undefined, args),
		outcome: () => latest.pending || latest.failure,
		park(call) {
			latest.call = call;
		},
		settle(call, ...args) {
			current = call;
			apply(waiting.settle, undefined, args);
		},
		where() {
			const holder = { __proto__: null, stack: '' };
			captureStackTrace(holder);
			return holder.stack;
		},
		callbacks: () => names.list(exported),
		addConstant(name, read) {
			constants[name] = read;
		},
		addModule(module) {
			try {
				void module.done;
			} catch {
				return false;
			}
			exported = module.script as Record<string, unknown>;
			return true;
		},
		idle() {
			current = 0;
		},
	};
}
