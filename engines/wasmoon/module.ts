/**
 * Loads wasmoon's WebAssembly file, Lua 5.4 compiled by Emscripten, without wasmoon's JavaScript.
 *
 * The file imports little, and giving it these imports here makes three things possible that wasmoon's own loader
 * does not offer:
 * - Lua raises errors by `longjmp`, which here is an exception of JavaScript, thrown by one import and caught by
 *   another. An exception that is not a longjmp passes by every `pcall`: thrown in a hook or a host function, it ends
 *   the script, and nothing in the script can catch it. `Stop` is that exception.
 * - The heap grows through an import, so the limit on memory is exact and costs nothing.
 * - There is no file system, no environment and no process behind Lua: those imports do nothing.
 *
 * Lua's state stays sound when a Stop cuts through it. What remains is a thread in the middle of a call, which is
 * never resumed; all else is consistent wherever a hook or a host function can run, because Lua could raise an error
 * there. Only Emscripten's stack pointer has to be put back (`guard`).
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { CpuTime } from '../cpu-time.ts';
import type { EngineOptions } from '../engine.ts';
import { adapt, type CompiledModule, compile, Instance } from './adapt.ts';
import { type LuaExports, type LuaState, type Pointer, UPVALUE } from './exports.ts';

/** Thrown through all of Lua to end a script. */
class Stop {
	readonly limit: 'cpu' | 'memory';

	constructor(limit: 'cpu' | 'memory') {
		this.limit = limit;
	}
}

/** The script's time is up. */
export const CPU_STOP = new Stop('cpu');
/** The heap is full, and collecting garbage did not help. The module is of no use any more. */
export const MEMORY_STOP = new Stop('memory');

/** What a longjmp throws. One value for all: an Error of its own would take a stack trace each time. */
const LONGJMP = Symbol('longjmp');

const PAGE = 65_536;
/** The heap grows by at least this much, since each growth replaces the views of it. */
const GROWTH = 1 << 20;
/** WASI's error number for a function that is not supported. */
const NOT_SUPPORTED = 52;

/** A C function in JavaScript: takes its arguments from the stack of L, pushes its results and gives their number. */
export type CFunction = (L: LuaState) => number;

let compiled: Promise<CompiledModule> | undefined;

async function compileFile(): Promise<CompiledModule> {
	const path = createRequire(import.meta.url).resolve('wasmoon/dist/glue.wasm');
	return compile(await readFile(path));
}

/** One instance of the file: a heap with Lua in it, and functions of JavaScript that Lua can call. */
export class LuaModule {
	readonly lua: LuaExports;
	/** The heap, by bytes and by words. Replaced when it grows: not to be kept over a call into Lua. */
	bytes!: Uint8Array;
	words!: Int32Array;
	/** The time that the script may use. */
	readonly time: CpuTime;
	/** The thread that ran when the time was up. */
	stopped: LuaState = 0;
	/** The address of the hook that watches the deadline, for `lua_sethook`. */
	readonly hook: number;
	/** What goes on with a thread that has yielded: see `lua_yieldk`. To be set before anything yields. */
	continuation: CFunction = () => 0;
	/** The address of what calls it. */
	readonly goOn: number;
	/** Lua's main state. */
	readonly main: LuaState = 0;
	readonly #memoryBytes: number;
	readonly #functions: CFunction[] = [];
	/** What Lua calls protected: a handful of functions of the table, by their index in it. */
	readonly #protected: ((L: number, data: number) => unknown)[] = [];
	/** The addresses of `#call`, of `#allocate`, and of Lua's own function for allocation. */
	readonly #caller: number;
	readonly #watchedAllocator: number;
	readonly #allocator: number;
	/** True if the last allocation failed. */
	#full = false;

	/** @param limits of memory: the size that the heap can have, Lua's stack and constants (1.1 MB) included */
	static async create(limits: EngineOptions['limits']): Promise<LuaModule> {
		compiled ??= compileFile();
		return new LuaModule(await compiled, limits);
	}

	private constructor(file: CompiledModule, { cpuMs, memoryBytes }: EngineOptions['limits']) {
		this.time = new CpuTime(cpuMs);
		this.#memoryBytes = memoryBytes;
		const instance = new Instance(file, this.#imports());
		this.lua = instance.exports as unknown as LuaExports;
		this.#renewViews();
		this.lua.emscripten_stack_init();
		this.lua.__wasm_call_ctors();
		const callbacks = adapt({
			call: (L) => this.#call(L),
			hook: (L) => this.checkDeadline(L),
			allocate: (_data, block, _oldSize, size) => this.#allocate(block, size),
			goOn: (L) => this.continuation(L),
		});
		this.#caller = this.#addToTable(callbacks.call);
		this.hook = this.#addToTable(callbacks.hook);
		this.goOn = this.#addToTable(callbacks.goOn);
		this.#watchedAllocator = this.#addToTable(callbacks.allocate);
		// The file comes with 16 MB of heap. Where less is allowed, one block takes the rest away; nothing touches it.
		const surplus = this.bytes.length - memoryBytes;
		if (surplus > 0 && this.lua.malloc(surplus) === 0) throw MEMORY_STOP;
		this.main = this.lua.luaL_newstate();
		if (this.main === 0) throw MEMORY_STOP;
		this.#allocator = this.lua.lua_getallocf(this.main, 0);
	}

	#addToTable(fn: unknown): number {
		const table = this.lua.__indirect_function_table;
		const index = table.grow(1);
		table.set(index, fn);
		return index;
	}

	/**
	 * Pushes a function of JavaScript. Lua knows all of them by one address: which one is meant is in an upvalue, as
	 * an address that is none.
	 */
	pushFunction(L: LuaState, fn: CFunction): void {
		this.lua.lua_pushlightuserdata(L, this.#functions.push(fn) - 1);
		this.lua.lua_pushcclosure(L, this.#caller, 1);
	}

	#call(L: LuaState): number {
		const fn = this.#functions[this.lua.lua_touserdata(L, UPVALUE)] as CFunction;
		return fn(L);
	}

	/** The address of a C function that Lua itself calls by address. */
	addressOf(fn: CFunction): number {
		const table = this.lua.__indirect_function_table;
		for (let index = 0; index < table.length; index++) if (table.get(index) === fn) return index;
		throw new Error('not in the table of functions');
	}

	/** Ends the script where its time is up. Has to be called inside a hook or a host function. */
	checkDeadline(L: LuaState): void {
		if (!this.time.over) return;
		this.stopped = L;
		throw CPU_STOP;
	}

	#imports(): Record<string, Record<string, (...args: number[]) => unknown>> {
		const nothing = () => 0;
		const refuse = () => NOT_SUPPORTED;
		return {
			env: {
				invoke_vii: (index, L, data) => this.#invoke(index as number, L as number, data as number),
				_emscripten_throw_longjmp: () => this.#longjmp(),
				emscripten_resize_heap: (size) => this.#grow((size as number) >>> 0),
				emscripten_date_now: () => Date.now(), // seeds the hashes of strings
				// Lua calls it after an error that nothing catches: memory has run out while the host pushed a value.
				abort: () => {
					throw MEMORY_STOP;
				},
				// What follows belongs to the libraries io and os, which are never opened.
				exit: nothing,
				strftime: nothing,
				system: nothing,
				_emscripten_get_now_is_monotonic: nothing,
				_mktime_js: nothing,
				_localtime_js: nothing,
				_gmtime_js: nothing,
				_tzset_js: nothing,
				__syscall_openat: () => -NOT_SUPPORTED,
				__syscall_fcntl64: () => -NOT_SUPPORTED,
				__syscall_ioctl: () => -NOT_SUPPORTED,
				__syscall_dup3: () => -NOT_SUPPORTED,
				__syscall_unlinkat: () => -NOT_SUPPORTED,
				__syscall_rmdir: () => -NOT_SUPPORTED,
				__syscall_renameat: () => -NOT_SUPPORTED,
				__syscall_readlinkat: () => -NOT_SUPPORTED,
			},
			wasi_snapshot_preview1: {
				environ_sizes_get: nothing, // writes two sizes, which are 0 in fresh memory
				environ_get: nothing,
				fd_write: refuse,
				fd_read: refuse,
				fd_seek: refuse,
				fd_close: refuse,
			},
		};
	}

	/** Calls a function of the table, and catches a longjmp. Emscripten calls every function so that calls setjmp. */
	#invoke(index: number, L: LuaState, data: number): void {
		const { lua } = this;
		this.#protected[index] ??= lua.__indirect_function_table.get(index);
		const stack = lua.stackSave();
		try {
			this.#protected[index](L, data);
		} catch (error) {
			if (error !== LONGJMP) throw error;
			lua.stackRestore(stack);
			lua.setThrew(1, 0);
		}
	}

	#longjmp(): never {
		throw this.#full ? MEMORY_STOP : LONGJMP;
	}

	/** Makes the heap at least `size` bytes large. Gives 0 if that is more than allowed. */
	#grow(size: number): number {
		const now = this.bytes.length;
		const wanted = Math.min(this.#memoryBytes, Math.max(size, now + GROWTH));
		if (size > this.#memoryBytes || !this.#growMemory(Math.ceil((wanted - now) / PAGE))) {
			this.#full = true;
			if (this.main !== 0) this.lua.lua_setallocf(this.main, this.#watchedAllocator, 0);
			return 0;
		}
		return 1;
	}

	#growMemory(pages: number): boolean {
		try {
			this.lua.memory.grow(pages);
		} catch {
			return false; // the machine itself has no more
		}
		this.#renewViews();
		return true;
	}

	/**
	 * Allocates in Lua's stead after an allocation failed. Lua collects all garbage then and tries again: if there is
	 * room now, all is well, and Lua's own function is back. If there is none, an error follows, and that is the one
	 * that nothing in the script may catch.
	 */
	#allocate(block: Pointer, size: number): Pointer {
		if (size === 0) {
			this.lua.free(block);
			return 0;
		}
		const result = this.lua.realloc(block, size);
		this.#full = result === 0;
		if (!this.#full) this.lua.lua_setallocf(this.main, this.#allocator, 0);
		return result;
	}

	#renewViews(): void {
		const { buffer } = this.lua.memory;
		this.bytes = new Uint8Array(buffer);
		this.words = new Int32Array(buffer);
	}
}
