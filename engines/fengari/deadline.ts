/**
 * The CPU limit: a hook that is called every thousand instructions and ends the script when its time is used up.
 *
 * Two things in fengari would let a script escape it, and are mended here. After an error caught inside a coroutine
 * fengari leaves hooks switched off for that coroutine (lapi.js, lua_pcallk); and a message handler runs while hooks
 * are off. So `pcall`, `xpcall` and `coroutine.resume` are replaced: they switch hooks on again, and raise the
 * error anew where it came from the deadline, so that nothing in the script can catch it.
 *
 * What the hook cannot see are loops inside fengari's own functions. The prelude (engines/lua/prelude.ts) bounds them
 * or has them look at the deadline; building strings by `..` is left to the watchdog of the child.
 *
 * @module
 */
import { CpuTime } from '../cpu-time.ts';
import type { CallInfo, LuaCFunction, LuaState } from './api.ts';
import { CIST_YPCALL, lauxlib, lua } from './library.ts';
import { toLuaString } from './values.ts';

/** Between two looks at the time, in instructions. */
const INTERVAL = 1000;
const MESSAGE = toLuaString('the CPU limit was reached');

/** Watches over one Lua state. */
export class Deadline {
	readonly #time: CpuTime;
	#reached = false;

	/** @param milliseconds the CPU time of one slice of script code */
	constructor(milliseconds: number) {
		this.#time = new CpuTime(milliseconds);
	}

	/** True from the moment the time was up until the next slice begins. */
	get reached(): boolean {
		return this.#reached;
	}

	/** Starts the time of a slice, unless it stands inside of another. */
	enter(): void {
		if (!this.#time.running) this.#reached = false;
		this.#time.enter();
	}

	/** Ends a slice. */
	leave(): void {
		this.#time.leave();
	}

	/** Installs the hook. Has to come before any thread is made, since threads inherit it. */
	install(L: LuaState): void {
		lua.lua_sethook(L, this.#hook, lua.LUA_MASKCOUNT, INTERVAL);
	}

	/** Ends the script where its time is up: for functions of the host that run long. */
	check(L: LuaState): void {
		if (this.#reached || this.#time.over) {
			this.#reached = true;
			this.#raise(L);
		}
	}

	readonly #hook = (L: LuaState): void => {
		if (!this.#reached && !this.#time.over) {
			// a coroutine that was kept from an earlier slice which had run out of time
			if (L.basehookcount === 1) lua.lua_sethook(L, this.#hook, lua.LUA_MASKCOUNT, INTERVAL);
			return;
		}
		this.check(L);
	};

	/** Raises the error that nothing catches. Frames of yieldable pcalls lose their mark, or each would run once more. */
	#raise(L: LuaState): never {
		lua.lua_sethook(L, this.#hook, lua.LUA_MASKCOUNT, 1);
		for (let frame: CallInfo | null = L.ci; frame; frame = frame.previous) frame.callstatus &= ~CIST_YPCALL;
		L.errfunc = 0;
		L.allowhook = 1;
		lua.lua_pushstring(L, MESSAGE);
		return lua.lua_error(L);
	}

	/** Ends a protected call as Lua's own do, unless it was the deadline that ended it. */
	#finish(L: LuaState, status: number, below: number): number {
		if (status !== lua.LUA_OK && status !== lua.LUA_YIELD) {
			L.allowhook = 1;
			if (this.#reached) return this.#raise(L);
			lua.lua_pushboolean(L, false);
			lua.lua_pushvalue(L, -2);
			return 2;
		}
		return lua.lua_gettop(L) - below;
	}

	readonly #continuation = (L: LuaState, status: number, below: number): number =>
		this.#finish(L, status, below);

	/** `pcall` */
	readonly pcall: LuaCFunction = (L) => {
		lauxlib.luaL_checkany(L, 1);
		lua.lua_pushboolean(L, true);
		lua.lua_insert(L, 1);
		const status = lua.lua_pcallk(L, lua.lua_gettop(L) - 2, lua.LUA_MULTRET, 0, 0, this.#continuation);
		return this.#finish(L, status, 0);
	};

	/** `xpcall` */
	readonly xpcall: LuaCFunction = (L) => {
		const args = lua.lua_gettop(L);
		lauxlib.luaL_checktype(L, 2, lua.LUA_TFUNCTION);
		lua.lua_pushboolean(L, true);
		lua.lua_pushvalue(L, 1);
		// function, handler, true, function, arguments
		lua.lua_rotate(L, 3, 2);
		const status = lua.lua_pcallk(L, args - 2, lua.LUA_MULTRET, 2, 2, this.#continuation);
		return this.#finish(L, status, 2);
	};

	/** `coroutine.resume` around the original. */
	resume(original: LuaCFunction): LuaCFunction {
		return (L) => {
			const results = original(L);
			return this.#reached ? this.#raise(L) : results;
		};
	}
}
