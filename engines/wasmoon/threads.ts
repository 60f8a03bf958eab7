/**
 * The Lua threads that calls run on. A thread whose call ended without an error is reused.
 *
 * @module
 */
import { type LuaState, REGISTRY } from './exports.ts';
import type { LuaModule } from './module.ts';

/** A Lua thread, and the reference in the registry that keeps it from being collected. */
export interface Thread {
	readonly L: LuaState;
	readonly ref: number;
}

/** The threads of one engine. */
export class Threads {
	readonly #module: LuaModule;
	readonly #idle: Thread[] = [];

	constructor(module: LuaModule) {
		this.#module = module;
	}

	/** A thread with an empty stack. */
	take(): Thread {
		const thread = this.#idle.pop();
		if (thread) return thread;
		const { lua, main } = this.#module;
		const L = lua.lua_newthread(main);
		return { L, ref: lua.luaL_ref(main, REGISTRY) };
	}

	/** Takes back a thread whose function has returned, or which was reset after an error. */
	putBack(thread: Thread): void {
		this.#module.lua.lua_settop(thread.L, 0);
		this.#idle.push(thread);
	}

	/** Leaves a thread that was stopped in the middle of something to the garbage collector. */
	abandon(thread: Thread): void {
		this.#module.lua.luaL_unref(this.#module.main, REGISTRY, thread.ref);
	}
}
