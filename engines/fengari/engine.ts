/**
 * Lua in fengari.
 *
 * Every call runs in a Lua thread of its own: after an error its stack is still there for the traceback, and while
 * a KSR function waits, the thread keeps the call. Such a function ends with `lua_yieldk`, so `lua_resume` returns
 * here with `LUA_YIELD`. Once the answer has come, `lua_resume` continues the thread, and Lua calls the
 * continuation, which pushes the answer. (A yield inside one of the script's own coroutines is passed on by
 * `engines/lua/prelude/coroutines.ts`.)
 *
 * @module
 */
import { getHeapStatistics } from 'node:v8';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Exported, Outcome } from '../../src/kemi/exports.ts';
import { LimitError, ScriptError } from '../../src/kemi/script-error.ts';
import { EXIT_VALUE, ScriptThrow } from '../../src/kemi/throw.ts';
import type { KemiValue } from '../../src/kemi/value.ts';
import type { WaitingCall } from '../../src/kemi/waiting.ts';
import type { ScriptSource } from '../../src/source/folder.ts';
import type { Engine, EngineOptions } from '../engine.ts';
import { splitMessage, toScriptError } from '../lua/errors.ts';
import { toChunk } from '../lua/host.ts';
import { cannotWaitHere, type Parked, Parking } from '../lua/parking.ts';
import type { LuaCFunction, LuaKFunction, LuaName, LuaState } from './api.ts';
import { Deadline } from './deadline.ts';
import { errorText, framesOf, positionOf } from './frames.ts';
import { lauxlib, lua } from './library.ts';
import { openSandbox } from './sandbox.ts';
import { argumentsOf, fromLuaString, nameOf, pushText, pushValue, toLuaString } from './values.ts';

const TEXT_MODE = toLuaString('t');
const EXIT_BYTES = toLuaString(EXIT_VALUE);

/** One call of a callback, or of a script's top level. */
interface Run extends Parked<LuaState> {
	readonly thread: LuaState;
	/** The function's name; undefined for a script's top level. */
	readonly callback: string | undefined;
	readonly ctx: RequestContext | null;
	/** There from the first time that it waits. */
	waiting?: WaitingCall;
}

class FengariEngine implements Engine {
	readonly #L: LuaState = lauxlib.luaL_newstate();
	readonly #deadline: Deadline;
	readonly #cpuMs: number;
	/** The names of callbacks, as Lua finds them. */
	readonly #names = new Map<string, LuaName>();
	readonly #builtins: Set<string>;
	/** The names of the files that were loaded, for positions in messages. */
	readonly #files = new Set<string>();
	/** The call that runs now. */
	#running: Run | undefined;
	/** The thread that is calling the host. */
	#calling: LuaState | undefined;
	readonly #parking = new Parking<LuaState>();

	constructor(options: EngineOptions) {
		const L = this.#L;
		this.#cpuMs = options.limits.cpuMs;
		this.#deadline = new Deadline(options.limits.cpuMs);
		this.#deadline.install(L);
		lua.lua_atnativeerror(L, nativeError);
		openSandbox(L, this.#deadline, options, this.#files, this.#parking.functions);
		this.#pushKsr(options.exports);
		lua.lua_setglobal(L, toLuaString('KSR'));
		this.#builtins = new Set(this.#globalFunctions());
	}

	async load(source: ScriptSource): Promise<void> {
		const L = this.#L;
		this.#files.add(source.name);
		const bytes = toLuaString(toChunk(source.code));
		const name = toLuaString(`@${source.name}`);
		if (lauxlib.luaL_loadbufferx(L, bytes, bytes.length, name, TEXT_MODE) !== lua.LUA_OK) {
			const text = fromLuaString(lua.lua_tolstring(L, -1) as Uint8Array);
			lua.lua_settop(L, 0);
			const { message, file = source.name, line } = splitMessage(text, this.#files);
			throw new ScriptError(message, { file, line, loading: true });
		}
		const thread = lua.lua_newthread(L);
		lua.lua_insert(L, -2);
		lua.lua_xmove(L, thread, 1);
		lua.lua_pop(L, 1);
		this.#slice({ thread, callback: undefined, ctx: null }, 0);
	}

	callbacks(): string[] {
		return this.#globalFunctions().filter((name) => !this.#builtins.has(name));
	}

	call(callback: string, args: readonly string[], ctx: RequestContext): undefined | Promise<undefined> {
		const thread = lua.lua_newthread(this.#L);
		lua.lua_pop(this.#L, 1);
		lua.lua_getglobal(thread, this.#name(callback));
		for (const arg of args) pushText(thread, arg);
		const run: Run = { thread, callback, ctx };
		let ended = true;
		try {
			ended = this.#slice(run, args.length);
		} finally {
			if (ended) run.waiting?.finish();
		}
		return ended ? undefined : run.waiting?.promise;
	}

	position(): string | undefined {
		return this.#calling && positionOf(this.#calling);
	}

	/** fengari's values live in Node's heap, so this is the heap of the process. */
	memory(): number {
		return getHeapStatistics().used_heap_size;
	}

	close(): void {
		lua.lua_close(this.#L);
	}

	/**
	 * Runs what lies on a thread's stack, or goes on where the thread has yielded.
	 * @returns false if the call waits now
	 * @throws ScriptError or LimitError
	 */
	#slice(run: Run, args: number): boolean {
		const { thread, callback } = run;
		const outerRun = this.#running;
		const outerCalling = this.#calling;
		this.#deadline.enter();
		this.#running = run;
		try {
			const status = lua.lua_resume(thread, null, args);
			const parked = this.#parking.left();
			if (status === lua.LUA_OK) return true;
			if (status === lua.LUA_YIELD && parked) return false;
			if (
				status !== lua.LUA_YIELD &&
				callback !== undefined &&
				!this.#deadline.reached &&
				endedByExit(thread)
			)
				return true;
			throw this.#failure(thread, status, callback);
		} finally {
			this.#deadline.leave();
			this.#running = outerRun;
			this.#calling = outerCalling;
		}
	}

	/** Has the running call wait for a promise that a KSR function has given. */
	#park(L: LuaState, exported: Exported, promise: Promise<unknown>): number {
		const run = this.#running as Run;
		const ctx = run.ctx as RequestContext;
		if (!lua.lua_isyieldable(L)) {
			promise.catch(() => undefined);
			return raise(L, new ScriptThrow(cannotWaitHere(exported.path)));
		}
		const outer = this.#calling;
		this.#calling = L;
		run.waiting ??= ctx.host.waiting.begin(this, ctx, run.callback ?? '', () => {
			run.parkedIn = undefined; // the thread goes with the last reference to it
		});
		run.waiting.wait(exported, promise, (outcome) => this.#resume(run, L, outcome));
		this.#calling = outer;
		this.#parking.begin(run, L, exported);
		return lua.lua_yieldk(L, 0, 0, this.#continuation);
	}

	/** Goes on with a call that has waited. */
	#resume(run: Run, L: LuaState, outcome: Outcome): void {
		this.#parking.arrive(run, L, outcome, () => {
			if (this.#slice(run, 0)) run.waiting?.finish();
		});
	}

	/** Gives the script what the function has come to for which it has waited. */
	readonly #continuation: LuaKFunction = (L) => {
		const outcome = this.#parking.outcomeFor(L);
		if ('error' in outcome) return raise(L, outcome.error);
		pushValue(L, outcome.value);
		return 1;
	};

	/** Why a thread did not run through. */
	#failure(thread: LuaState, status: number, callback: string | undefined): ScriptError | LimitError {
		const loading = callback === undefined;
		if (status === lua.LUA_YIELD)
			return new ScriptError('the script yields outside of a coroutine', { loading });
		if (this.#deadline.reached) {
			const where = positionOf(thread);
			const place = where ? ` at ${where}` : '';
			return new LimitError('cpu', `the CPU limit of ${this.#cpuMs} ms was reached${place}`, { where });
		}
		const frames = framesOf(thread, callback ?? 'main chunk');
		// A dead thread's own stack has no room to work on.
		lua.lua_xmove(thread, this.#L, 1);
		const text = errorText(this.#L);
		lua.lua_pop(this.#L, 1);
		return toScriptError({ text, frames, files: this.#files, loading });
	}

	#name(callback: string): LuaName {
		let name = this.#names.get(callback);
		if (!name) {
			name = nameOf(this.#L, callback);
			this.#names.set(callback, name);
		}
		return name;
	}

	/** The names of all global functions. */
	#globalFunctions(): string[] {
		const L = this.#L;
		const names: string[] = [];
		lua.lua_pushglobaltable(L);
		lua.lua_pushnil(L);
		while (lua.lua_next(L, -2) !== 0) {
			if (lua.lua_type(L, -2) === lua.LUA_TSTRING && lua.lua_type(L, -1) === lua.LUA_TFUNCTION)
				names.push(fromLuaString(lua.lua_tolstring(L, -2) as Uint8Array));
			lua.lua_pop(L, 1);
		}
		lua.lua_pop(L, 1);
		return names;
	}

	/** Pushes the KSR table. */
	#pushKsr(exports: readonly Exported[]): void {
		const L = this.#L;
		lua.lua_createtable(L, 0, 0);
		for (const exported of exports) {
			if (exported.module !== '') {
				const module = toLuaString(exported.module);
				if (lua.lua_getfield(L, -1, module) === lua.LUA_TNIL) {
					lua.lua_pop(L, 1);
					lua.lua_createtable(L, 0, 0);
					lua.lua_pushvalue(L, -1);
					lua.lua_setfield(L, -3, module);
				}
			}
			lua.lua_pushcfunction(L, this.#ksrFunction(exported));
			lua.lua_setfield(L, -2, toLuaString(exported.name));
			if (exported.module !== '') lua.lua_pop(L, 1);
		}
	}

	#ksrFunction(exported: Exported): LuaCFunction {
		return (L) => {
			// here too: a loop of long calls would make some hundred of them between two looks of the hook
			this.#deadline.check(L);
			const args = argumentsOf(L);
			const outer = this.#calling;
			this.#calling = L;
			let result: KemiValue | Promise<unknown>;
			try {
				result = exported.call(this.#running?.ctx ?? null, args, 'lua');
			} catch (error) {
				return raise(L, error);
			} finally {
				this.#calling = outer;
			}
			if (result instanceof Promise) return this.#park(L, exported, result);
			pushValue(L, result);
			return 1;
		};
	}
}

/** Raises an error of the host inside the script. Only a ScriptThrow has something to say to it. */
function raise(L: LuaState, error: unknown): never {
	if (!(error instanceof ScriptThrow)) {
		lua.lua_pushstring(L, toLuaString('the host failed'));
	} else if (error.kind === 'value') {
		lua.lua_pushstring(L, toLuaString(error.message));
	} else {
		lauxlib.luaL_where(L, 1);
		const where = fromLuaString(lua.lua_tolstring(L, -1) as Uint8Array);
		lua.lua_pushstring(L, toLuaString(where + error.message));
	}
	return lua.lua_error(L);
}

/** An exception of JavaScript inside fengari becomes a Lua error that tells nothing of the host. */
function nativeError(L: LuaState): number {
	lauxlib.luaL_where(L, 1);
	const where = fromLuaString(lua.lua_tolstring(L, -1) as Uint8Array);
	lua.lua_pushstring(L, toLuaString(`${where}the engine ran out of stack or memory`));
	return 1;
}

/** True if the error value on a thread's stack is the one that `KSR.x.exit` throws. */
function endedByExit(L: LuaState): boolean {
	if (lua.lua_type(L, -1) !== lua.LUA_TSTRING) return false;
	const value = lua.lua_tolstring(L, -1) as Uint8Array;
	return value.length === EXIT_BYTES.length && EXIT_BYTES.every((byte, i) => value[i] === byte);
}

/** Builds an engine. */
export async function createFengari(options: EngineOptions): Promise<Engine> {
	return new FengariEngine(options);
}
