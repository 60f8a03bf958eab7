/**
 * Lua by fengari.
 *
 * Every call runs in a Lua thread of its own: it can be parked there once KSR functions wait, and an error leaves
 * its stack behind for the traceback.
 *
 * @module
 */
import { getHeapStatistics } from 'node:v8';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Exported } from '../../src/kemi/exports.ts';
import { LimitError, ScriptError } from '../../src/kemi/script-error.ts';
import { EXIT_VALUE, ScriptThrow } from '../../src/kemi/throw.ts';
import type { KemiValue, RawValue } from '../../src/kemi/value.ts';
import type { ScriptSource } from '../../src/script/folder.ts';
import type { Engine, EngineOptions } from '../engine.ts';
import { splitMessage, toScriptError } from '../lua/errors.ts';
import { toChunk } from '../lua/host.ts';
import type { LuaCFunction, LuaState } from './api.ts';
import { Deadline } from './deadline.ts';
import { errorText, framesOf, positionOf } from './frames.ts';
import { lauxlib, lua } from './library.ts';
import { openSandbox } from './sandbox.ts';
import { fromLuaString, pushValue, toLuaString, toRaw } from './values.ts';

const TEXT_MODE = toLuaString('t');
const EXIT_BYTES = toLuaString(EXIT_VALUE);

class FengariEngine implements Engine {
	readonly #L: LuaState = lauxlib.luaL_newstate();
	readonly #deadline: Deadline;
	readonly #cpuMs: number;
	/** Callback names as Lua strings. */
	readonly #names = new Map<string, Uint8Array>();
	readonly #builtins: Set<string>;
	/** The names of the files that were loaded, for positions in messages. */
	readonly #files = new Set<string>();
	/** The request that the script runs for. */
	#ctx: RequestContext | null = null;
	/** The thread that is calling the host. */
	#calling: LuaState | undefined;

	constructor(options: EngineOptions) {
		const L = this.#L;
		this.#cpuMs = options.limits.cpuMs;
		this.#deadline = new Deadline(options.limits.cpuMs);
		this.#deadline.install(L);
		lua.lua_atnativeerror(L, nativeError);
		openSandbox(L, this.#deadline, options, this.#files);
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
		this.#run(thread, 0, undefined);
	}

	callbacks(): string[] {
		return this.#globalFunctions().filter((name) => !this.#builtins.has(name));
	}

	call(callback: string, args: readonly string[], ctx: RequestContext): undefined {
		const thread = lua.lua_newthread(this.#L);
		lua.lua_getglobal(thread, this.#name(callback));
		for (const arg of args) lua.lua_pushstring(thread, toLuaString(arg));
		const outerCtx = this.#ctx;
		const outerCalling = this.#calling;
		this.#ctx = ctx;
		try {
			this.#run(thread, args.length, callback);
		} finally {
			this.#ctx = outerCtx;
			this.#calling = outerCalling;
		}
		return undefined;
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
	 * Runs what lies on a thread's stack. The thread itself is on top of the main stack, and is taken off.
	 * @param callback the function's name; undefined for a script's top level
	 */
	#run(thread: LuaState, args: number, callback: string | undefined): void {
		const outer = this.#deadline.enter();
		try {
			const status = lua.lua_resume(thread, null, args);
			if (status === lua.LUA_OK) return;
			if (
				status !== lua.LUA_YIELD &&
				callback !== undefined &&
				!this.#deadline.reached &&
				endedByExit(thread)
			)
				return;
			throw this.#failure(thread, status, callback);
		} finally {
			this.#deadline.leave(outer);
			lua.lua_pop(this.#L, 1);
		}
	}

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

	#name(callback: string): Uint8Array {
		let name = this.#names.get(callback);
		if (!name) {
			name = toLuaString(callback);
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
			const count = lua.lua_gettop(L);
			const args: RawValue[] = new Array(count);
			for (let i = 0; i < count; i++) args[i] = toRaw(L, i + 1);
			const outer = this.#calling;
			this.#calling = L;
			let result: KemiValue | Promise<KemiValue>;
			try {
				result = exported.call(this.#ctx, args, 'lua');
			} catch (error) {
				return raise(L, error);
			} finally {
				this.#calling = outer;
			}
			if (result instanceof Promise)
				// Parking the thread belongs here: lua_yieldk, and lua_resume once the promise has settled.
				return raise(L, new ScriptThrow(`${exported.path} waits, and this engine cannot wait yet`));
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

/** True where the error value on a thread's stack is the one that `KSR.x.exit` throws. */
function endedByExit(L: LuaState): boolean {
	if (lua.lua_type(L, -1) !== lua.LUA_TSTRING) return false;
	const value = lua.lua_tolstring(L, -1) as Uint8Array;
	return value.length === EXIT_BYTES.length && EXIT_BYTES.every((byte, i) => value[i] === byte);
}

/** Builds an engine. */
export async function createFengari(options: EngineOptions): Promise<Engine> {
	return new FengariEngine(options);
}
