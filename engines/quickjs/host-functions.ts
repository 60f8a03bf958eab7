/**
 * The host functions that QuickJS calls: KSR functions, the log behind `console`, and the loading of modules.
 *
 * None of them may throw: the exception would pass through WebAssembly code in the middle of its work.
 *
 * @module
 */
import { bytesOf } from '../../src/bytes.ts';
import type { Exported } from '../../src/kemi/exports.ts';
import { ScriptThrow } from '../../src/kemi/throw.ts';
import type { KemiValue, RawValue } from '../../src/kemi/value.ts';
import type { LevelName } from '../../src/log/levels.ts';
import type { ScriptSource } from '../../src/source/folder.ts';
import type { EngineOptions } from '../engine.ts';
import type { Calls } from '../javascript/calls.ts';
import { installClock } from '../javascript/clock.ts';
import { GUEST_FILE, scriptError } from '../javascript/stack.ts';
import { answerWeb } from '../javascript/web/host.ts';
import type { Callbacks } from './build.ts';
import { reportIn } from './failures.ts';
import { GuestStopped, type HostIds, type Machine } from './machine.ts';
import { Modules } from './modules.ts';

/**
 * The ids of what is no KSR function, as those have their indexes: what is behind `console` and behind the Web's globals,
 * and what is called when a parked handler has ended.
 */
export const IDS: HostIds = { log: -1, web: -2, finished: -3, now: -4, go: -5 };
/** The id of the function behind `Date` where the script has another clock than the machine's. */
const TIME = -6;
/** Size of a JSValue in an array of arguments. */
const VALUE_SIZE = 8;

/** The host's functions for one machine. */
export class HostFunctions {
	readonly #options: EngineOptions;
	readonly #calls: Calls<number>;
	readonly #modules: Modules;

	constructor(options: EngineOptions, calls: Calls<number>) {
		this.#options = options;
		this.#calls = calls;
		this.#modules = new Modules(options.folder);
	}

	/** The functions as QuickJS calls them. */
	callbacks(machine: () => Machine): Omit<Callbacks, 'shouldInterrupt' | 'freeHostRef'> {
		return {
			callFunction: (_asyncify, _context, _self, argc, argv, id) => {
				if (id >= 0) return this.#call(machine(), argc, argv, id);
				return this.#callInternal(machine(), argc, argv, id);
			},
			normalizeModule: (_asyncify, _runtime, _context, importer, specifier) =>
				machine().values.cString(this.#modules.resolve(specifier, importer)),
			loadModuleSource: (_asyncify, _runtime, _context, name) => this.#loadModule(machine(), name),
		};
	}

	/** Makes the KSR object a global, and each sub-object once more as Kamailio does: `KSR_hdr` is `KSR.hdr`. */
	buildKsr(machine: Machine): void {
		const ksr = machine.newObject();
		const modules = new Map<string, number>();
		for (const [id, { module, name }] of this.#options.exports.entries()) {
			const holder = module ? (modules.get(module) ?? machine.newObject()) : ksr;
			if (module) modules.set(module, holder);
			machine.set(holder, name, machine.newFunction(name, id));
		}
		for (const [module, holder] of modules) {
			machine.set(ksr, module, holder);
			machine.set(machine.global, `KSR_${module}`, machine.get(ksr, module));
		}
		machine.set(machine.global, 'KSR', ksr);
	}

	/** Makes the script's own source known, which is not imported. */
	addSource(source: ScriptSource): void {
		this.#modules.add(source);
	}

	#call(machine: Machine, argc: number, argv: number, id: number): number {
		const exported = this.#options.exports[id] as Exported;
		if (machine.guard.stopped) return this.#raise(machine, 'Error', 'the script was stopped');
		try {
			const { values } = machine;
			const args: RawValue[] = [];
			let taken = 0;
			for (let i = 0; i < argc; i++) {
				const value = values.read(argv + VALUE_SIZE * i);
				if (typeof value === 'string') taken += value.length;
				args.push(value);
			}
			const result = exported.call(this.#calls.contextFor(exported), args, 'javascript');
			if (result instanceof Promise) return this.#calls.wait(exported, result);
			machine.countHostCall(taken, typeof result === 'string' ? result.length : 0);
			return values.write(result);
		} catch (error) {
			machine.countHostCall(0, 0);
			if (error instanceof ScriptThrow) return this.#raise(machine, error.kind, error.message);
			return this.#raise(machine, 'Error', `${exported.path} failed inside the host`);
		}
	}

	#raise(machine: Machine, kind: ScriptThrow['kind'], message: string): number {
		try {
			if (kind !== 'value') return machine.raise(machine.newError(kind, message));
		} catch (error) {
			if (!(error instanceof GuestStopped)) throw error;
			// no room for the guest's code: the bare message it is
		}
		return machine.raise(machine.values.newString(message));
	}

	#callInternal(machine: Machine, argc: number, argv: number, id: number): number {
		switch (id) {
			case IDS.log:
				return this.#log(machine, argv);
			case IDS.web:
				return this.#web(machine, argc, argv);
			case IDS.finished:
				return this.#finished(machine, argv);
			case IDS.now:
				return machine.values.write(this.#calls.now());
			case TIME:
				return machine.values.write(this.#options.clock?.now() ?? 0);
			default:
				this.#calls.go(machine.values.read(argv) as number);
				return 0;
		}
	}

	/** Lets the script see the time of the options' clock. */
	installClock(machine: Machine): void {
		const install = machine.evaluate(`(${installClock})`, GUEST_FILE);
		const now = machine.newFunction('now', TIME);
		for (const value of [machine.call(install, [now]), now, install]) machine.values.free(value);
	}

	#log(machine: Machine, argv: number): number {
		try {
			const text = machine.values.string(argv + VALUE_SIZE);
			machine.countHostCall(text.length, 0);
			this.#options.log(machine.values.string(argv) as LevelName, text);
		} catch {} // a log that fails is not the script's fault
		return 0;
	}

	#web(machine: Machine, argc: number, argv: number): number {
		try {
			const { values } = machine;
			const args = Array.from({ length: argc }, (_, i) => values.read(argv + VALUE_SIZE * i));
			const taken = args.reduce<number>((sum, arg) => sum + (typeof arg === 'string' ? arg.length : 0), 0);
			const answer = answerWeb(args);
			machine.countHostCall(
				taken,
				typeof answer === 'string' || answer instanceof Uint8Array ? answer.length : 0,
			);
			return answer instanceof Uint8Array ? values.newBytes(answer) : values.write(answer as KemiValue);
		} catch {
			return this.#raise(machine, 'Error', 'the host could not do this');
		}
	}

	/** A parked handler has ended. */
	#finished(machine: Machine, argv: number): number {
		if (machine.guard.stopped) return 0; // the limit is what has ended it
		try {
			const report = machine.values.read(argv + VALUE_SIZE);
			const failure = typeof report === 'string' ? scriptError(reportIn(report)) : undefined;
			this.#calls.settled(Number(machine.values.read(argv)), failure);
		} catch {} // nothing of it may be thrown through QuickJS
		return 0;
	}

	#loadModule(machine: Machine, name: string): number {
		const source = this.#modules.source(name);
		if (typeof source === 'string') return machine.values.cString(source);
		const error = machine.newError('Error', bytesOf(source.message));
		const stack = bytesOf(`    at ${source.file}:${source.line}`);
		machine.set(error, 'stack', machine.values.newString(stack));
		machine.values.free(machine.raise(error));
		return 0;
	}
}
