/**
 * Lua 5.4 by wasmoon, through Lua's own C API.
 *
 * Every call runs on a Lua thread (a coroutine) of its own, started by `lua_resume`. An error leaves the thread's
 * stack as it was, so a traceback is made only where one is needed. And a call can be parked: when a KSR function
 * has to wait, its C function ends by `lua_yieldk(L, 0, 0, k)`, `lua_resume` gives `LUA_YIELD` here, and the thread
 * is kept, with its request, until the promise has settled; then `lua_resume` goes on, and Lua calls `k`, which pushes the
 * result. (From inside a coroutine of the script the yield comes by way of `engines/lua/prelude/coroutines.ts`.) Threads
 * that ended well are used again.
 *
 * What stops a script: a hook on every 1000 instructions looks at the clock, and the heap has a limit (`module.ts`).
 * What neither stops in time is a single instruction or C function that works on millions of bytes or values: `..`,
 * comparison, `upper`, `lower`, `reverse`, `table.unpack`, the compiler. Each ends by itself, after milliseconds,
 * but some hundred of them fit between two looks at the clock: seconds, in the worst case. The watchdog of the child
 * is for these. Pattern matching and what could loop for ever is bounded in the prelude.
 *
 * @module
 */
import { bytesOf } from '../../src/bytes.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Exported, Outcome } from '../../src/kemi/exports.ts';
import { LimitError, ScriptError } from '../../src/kemi/script-error.ts';
import { EXIT_VALUE, ScriptThrow } from '../../src/kemi/throw.ts';
import type { KemiValue } from '../../src/kemi/value.ts';
import type { WaitingCall } from '../../src/kemi/waiting.ts';
import type { ScriptSource } from '../../src/source/folder.ts';
import type { Engine, EngineOptions } from '../engine.ts';
import { splitMessage, toScriptError } from '../lua/errors.ts';
import { hostFunctions, toChunk } from '../lua/host.ts';
import { cannotWaitHere, type Parked, Parking } from '../lua/parking.ts';
import {
	type LuaExports,
	type LuaState,
	LuaStatus,
	LuaType,
	MASK_COUNT,
	type Pointer,
	REGISTRY,
} from './exports.ts';
import { Frames } from './frames.ts';
import { Globals } from './globals.ts';
import { pushKsr } from './ksr.ts';
import { type CFunction, CPU_STOP, LuaModule, MEMORY_STOP } from './module.ts';
import { openLibraries, runPrelude } from './sandbox.ts';
import { type Thread, Threads } from './threads.ts';
import { LuaValues, typeName } from './values.ts';

/** Between two looks at the clock, in instructions of Lua's virtual machine. */
const HOOK_INTERVAL = 1000;

/** One call of a callback, or of a script's top level. */
interface Run extends Parked<LuaState> {
	readonly thread: Thread;
	/** What to call the function in a traceback. */
	readonly name: string;
	/** Null while loading. */
	readonly ctx: RequestContext | null;
	/** There from the first time that it waits. */
	waiting?: WaitingCall;
}

class WasmoonEngine implements Engine {
	readonly #limits: EngineOptions['limits'];
	readonly #module: LuaModule;
	readonly #lua: LuaExports;
	readonly #values: LuaValues;
	readonly #frames: Frames;
	readonly #threads: Threads;
	readonly #globals: Globals;
	/** The main state. No script code runs on it, so it is always free to work with. */
	readonly #main: LuaState;
	/** The names of the source files that were loaded. */
	readonly #files = new Set<string>();
	readonly #builtins: ReadonlySet<string>;
	/** Where `lua_resume` writes how many results there are. */
	readonly #resultCount: Pointer;
	/** Lua's own `collectgarbage` and `tostring`, by their reference in the registry. */
	readonly #collectgarbage: bigint;
	readonly #tostring: bigint;

	// What belongs to the call that runs now. A call inside a call puts it back in the end.
	#running: Run | undefined;
	/** The thread that called the host last; 0 if none did. */
	#caller: LuaState = 0;
	readonly #parking = new Parking<LuaState>();

	constructor(options: EngineOptions, module: LuaModule) {
		const { lua, main } = module;
		const values = new LuaValues(module);
		this.#limits = options.limits;
		this.#module = module;
		this.#lua = lua;
		this.#main = main;
		this.#values = values;
		this.#frames = new Frames(module, values);
		this.#threads = new Threads(module);
		this.#globals = new Globals(module, values);
		this.#resultCount = lua.malloc(8);
		openLibraries(module, values);
		this.#collectgarbage = this.#globals.reference('collectgarbage');
		this.#tostring = this.#globals.reference('tostring');
		module.continuation = (L) => this.#goOn(L);
		runPrelude(module, values, {
			...hostFunctions(options, this.#files),
			...this.#parking.functions,
		});
		this.#globals.set('KSR', (L) =>
			pushKsr(L, module, values, options.exports, (exported) => this.#ksrFunction(exported)),
		);
		this.#builtins = new Set(this.#globals.functionNames());
		lua.lua_sethook(main, module.hook, MASK_COUNT, HOOK_INTERVAL); // threads take it over
	}

	async load(source: ScriptSource): Promise<void> {
		const file = bytesOf(source.name);
		this.#files.add(file);
		try {
			const thread = this.#threads.take();
			if (!this.#values.load(thread.L, toChunk(source.code), `@${file}`)) {
				const { message, line } = splitMessage(this.#values.string(thread.L, -1), this.#files);
				this.#threads.putBack(thread);
				throw new ScriptError(message, { file, line, loading: true });
			}
			this.#slice({ thread, name: 'main chunk', ctx: null }, 0);
		} catch (error) {
			throw this.#explain(error);
		}
	}

	callbacks(): string[] {
		return this.#globals.functionNames().filter((name) => !this.#builtins.has(name));
	}

	call(callback: string, args: readonly string[], ctx: RequestContext): undefined | Promise<undefined> {
		let run: Run | undefined;
		let ended = true;
		try {
			const thread = this.#threads.take();
			const type = this.#globals.push(thread.L, callback);
			if (type !== LuaType.function) {
				this.#threads.putBack(thread);
				throw new ScriptError(
					type === LuaType.nil
						? `there is no function ${callback}`
						: `${callback} is a ${typeName(type)}, not a function`,
				);
			}
			if (args.length > 16) this.#lua.lua_checkstack(thread.L, args.length); // 20 places are there
			for (let i = 0; i < args.length; i++) this.#values.pushString(thread.L, args[i] as string);
			run = { thread, name: callback, ctx };
			ended = this.#slice(run, args.length);
		} catch (error) {
			throw this.#explain(error);
		} finally {
			if (ended) run?.waiting?.finish();
		}
		return ended ? undefined : run.waiting?.promise;
	}

	position(): string | undefined {
		return this.#caller === 0 ? undefined : this.#frames.position(this.#caller);
	}

	/** What Lua counts as in use; the module's heap is larger, and never shrinks. */
	memory(): number {
		const L = this.#main;
		this.#lua.lua_rawgeti(L, REGISTRY, this.#collectgarbage);
		this.#values.pushString(L, 'count');
		this.#lua.lua_pcallk(L, 1, 1, 0, 0, 0);
		const kilobytes = Number(this.#values.number(L, -1));
		this.#lua.lua_settop(L, 0);
		return kilobytes * 1024;
	}

	/** Nothing to do: the module goes with the last reference to the engine, and there is nothing outside of it. */
	close(): void {}

	/**
	 * Runs the function on a thread's stack, with the arguments above it, or goes on where the thread has yielded.
	 * @returns true if the call has ended, and its thread is used up; false if it waits now
	 * @throws ScriptError, or what went through Lua
	 */
	#slice(run: Run, args: number): boolean {
		const lua = this.#lua;
		const module = this.#module;
		const { thread } = run;
		const outerRun = this.#running;
		const outerCaller = this.#caller;
		const stack = lua.stackSave();
		this.#running = run;
		this.#caller = 0;
		module.time.enter();
		try {
			const status = lua.lua_resume(thread.L, outerCaller || this.#main, args, this.#resultCount);
			const parked = this.#parking.left();
			if (status === LuaStatus.yield && parked) {
				if (run.waiting?.over) this.#threads.abandon(thread); // too many wait
				return false;
			}
			if (status !== LuaStatus.ok) this.#failed(thread, status, run.name, run.ctx === null);
			this.#threads.putBack(thread);
			return true;
		} catch (error) {
			lua.stackRestore(stack);
			this.#parking.left();
			if (error === CPU_STOP) this.#threads.abandon(thread);
			throw error;
		} finally {
			this.#running = outerRun;
			this.#caller = outerCaller;
			module.time.leave();
		}
	}

	/** Has the running call wait for a promise that a KSR function has given. */
	#park(L: LuaState, exported: Exported, promise: Promise<unknown>): number {
		const run = this.#running as Run;
		const ctx = run.ctx as RequestContext;
		if (this.#lua.lua_isyieldable(L) === 0) {
			promise.catch(() => undefined);
			return this.#raise(L, new ScriptThrow(cannotWaitHere(exported.path)));
		}
		run.waiting ??= ctx.host.waiting.begin(this, ctx, run.name, () => {
			if (run.parkedIn !== undefined) this.#threads.abandon(run.thread);
			run.parkedIn = undefined;
		});
		run.waiting.wait(exported, promise, (outcome) => this.#resume(run, L, outcome));
		this.#parking.begin(run, L, exported);
		return this.#lua.lua_yieldk(L, 0, 0, this.#module.goOn);
	}

	/** Goes on with a call that has waited. */
	#resume(run: Run, L: LuaState, outcome: Outcome): void {
		this.#parking.arrive(run, L, outcome, () => {
			try {
				if (this.#slice(run, 0)) run.waiting?.finish();
			} catch (error) {
				throw this.#explain(error);
			}
		});
	}

	/** Gives the script what the function has come to for which it has waited: Lua's continuation of the call. */
	#goOn(L: LuaState): number {
		const outcome = this.#parking.outcomeFor(L);
		if ('error' in outcome) return this.#raise(L, outcome.error);
		this.#values.push(L, outcome.value);
		return 1;
	}

	/** What ended a thread other than its function's return. Returns where that was `KSR.x.exit`. */
	#failed(thread: Thread, status: number, name: string, loading: boolean): void {
		const { L } = thread;
		if (status === LuaStatus.memory) throw MEMORY_STOP;
		const yields = status === LuaStatus.yield;
		if (!yields && !loading && this.#isExit(L)) {
			this.#lua.lua_resetthread(L);
			return;
		}
		const text = yields ? 'attempt to yield from outside a coroutine' : this.#errorText(L);
		const frames = this.#frames.all(L, name);
		this.#lua.lua_resetthread(L); // runs what is to be closed: `local x <close>`
		this.#threads.putBack(thread);
		throw toScriptError({ text, frames, files: this.#files, loading });
	}

	#isExit(L: LuaState): boolean {
		return this.#lua.lua_type(L, -1) === LuaType.string && this.#values.string(L, -1) === EXIT_VALUE;
	}

	/** The error value on top of a stack as text. A `__tostring` of the script runs on a thread of its own. */
	#errorText(L: LuaState): string {
		const type = this.#lua.lua_type(L, -1);
		if (type === LuaType.string || type === LuaType.number) return this.#values.string(L, -1);
		if (type === LuaType.nil) return 'the error value is nil';
		const thread = this.#threads.take();
		this.#lua.lua_rawgeti(thread.L, REGISTRY, this.#tostring);
		this.#lua.lua_xmove(L, thread.L, 1);
		let text = '';
		try {
			const status = this.#lua.lua_resume(thread.L, this.#main, 1, this.#resultCount);
			if (status === LuaStatus.ok) text = this.#values.string(thread.L, -1);
			else this.#lua.lua_resetthread(thread.L);
		} catch (error) {
			this.#threads.abandon(thread);
			throw error;
		}
		this.#threads.putBack(thread);
		return text === '' || /^\w+: 0x/.test(text) ? `the error value is a ${typeName(type)}` : text;
	}

	/** The error that the host gets for what came out of Lua. */
	#explain(error: unknown): unknown {
		if (error instanceof ScriptError) return error;
		const { cpuMs, memoryBytes } = this.#limits;
		if (error === CPU_STOP) {
			const where = this.#frames.position(this.#module.stopped);
			const place = where ? ` at ${where}` : '';
			return new LimitError('cpu', `the CPU limit of ${cpuMs} ms was reached${place}`, { where });
		}
		if (error === MEMORY_STOP) return memoryLimit(memoryBytes);
		// A trap, or JavaScript's own stack ran out. Lua's state is what it was in the middle of something.
		const { message } = error as Error;
		return new LimitError('memory', `the engine broke down: ${message}`, { engineLost: true, cause: error });
	}

	#ksrFunction(exported: Exported): CFunction {
		const values = this.#values;
		return (L) => {
			// here too: a loop of long calls would make some hundred of them between two looks of the hook
			this.#module.checkDeadline(L);
			this.#caller = L;
			let result: KemiValue | Promise<unknown>;
			try {
				result = exported.call(this.#running?.ctx ?? null, values.args(L), 'lua');
			} catch (error) {
				return this.#raise(
					L,
					error instanceof ScriptThrow ? error : new ScriptThrow(`${exported.path} failed`),
				);
			}
			if (result instanceof Promise) return this.#park(L, exported, result);
			values.push(L, result);
			return 1;
		};
	}

	/** Raises an error inside the script. */
	#raise(L: LuaState, { message, kind }: ScriptThrow): number {
		if (kind !== 'value') this.#lua.luaL_where(L, 1);
		this.#values.pushString(L, message);
		if (kind !== 'value') this.#lua.lua_concat(L, 2);
		return this.#lua.lua_error(L);
	}
}

function memoryLimit(bytes: number): LimitError {
	return new LimitError('memory', `the memory limit of ${bytes} bytes was reached`, { engineLost: true });
}

/**
 * Builds an engine.
 * @throws LimitError if the memory limit leaves no room for Lua and its libraries (some 2 MB)
 */
export async function createWasmoon(options: EngineOptions): Promise<Engine> {
	const { memoryBytes } = options.limits;
	try {
		return new WasmoonEngine(options, await LuaModule.create(options.limits));
	} catch (error) {
		throw error === MEMORY_STOP ? memoryLimit(memoryBytes) : error;
	}
}
