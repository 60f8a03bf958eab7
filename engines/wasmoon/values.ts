/**
 * Converts values between wasmoon and the host.
 *
 * @module
 */
import { ForeignValue, type KemiValue, type RawValue } from '../../src/kemi/value.ts';
import { type LuaState, LuaStatus, LuaType, type Pointer } from './exports.ts';
import { type LuaModule, MEMORY_STOP } from './module.ts';

const { latin1Slice, latin1Write } = Buffer.prototype as unknown as {
	latin1Slice(this: Uint8Array, start: number, end: number): string;
	latin1Write(this: Uint8Array, text: string, offset: number, length: number): number;
};

/** Up to this length a loop beats a call into Node's native code. */
const SHORT_WRITE = 48;
const SHORT_READ = 12;
/** Strings up to this length pass through a piece of the heap that is kept for it. */
const SCRATCH = 16_384;

const TYPE_NAMES: Readonly<Record<number, string>> = {
	[LuaType.nil]: 'nil',
	[LuaType.boolean]: 'boolean',
	[LuaType.number]: 'number',
	[LuaType.string]: 'string',
	[LuaType.table]: 'table',
	[LuaType.function]: 'function',
	[LuaType.thread]: 'thread',
};

/** The name of a type that `lua_type` gave. */
export function typeName(type: number): string {
	return TYPE_NAMES[type] ?? 'userdata';
}

/** Reads and pushes values of one Lua instance. */
export class LuaValues {
	readonly #module: LuaModule;
	readonly #scratch: Pointer;
	/** Where `lua_tolstring` writes a length. */
	readonly #length: Pointer;

	constructor(module: LuaModule) {
		this.#module = module;
		this.#scratch = module.lua.malloc(SCRATCH);
		this.#length = module.lua.malloc(8);
	}

	/** The byte string at a stack index. A number there is turned into a string, also on the stack. */
	string(L: LuaState, index: number): string {
		const start = this.#module.lua.lua_tolstring(L, index, this.#length);
		return this.#slice(start, this.#module.words[this.#length >> 2] as number);
	}

	/** The bytes of the string at a stack index, as they lie in the heap: good until the next call into Lua. */
	bytes(L: LuaState, index: number): Uint8Array {
		const start = this.#module.lua.lua_tolstring(L, index, this.#length);
		return this.#module.bytes.subarray(start, start + (this.#module.words[this.#length >> 2] as number));
	}

	/** A string of C, which ends with a zero. */
	cString(start: Pointer): string {
		if (start === 0) return '';
		return this.#slice(start, this.#module.bytes.indexOf(0, start) - start);
	}

	#slice(start: Pointer, length: number): string {
		const { bytes } = this.#module;
		if (length > SHORT_READ) return latin1Slice.call(bytes, start, start + length);
		let text = '';
		for (let i = start; i < start + length; i++) text += String.fromCharCode(bytes[i] as number);
		return text;
	}

	/** The number at a stack index: a bigint where it is an integer that a number does not hold exactly. */
	number(L: LuaState, index: number): number | bigint {
		const { lua } = this.#module;
		const value = lua.lua_tonumberx(L, index, 0);
		if (Math.abs(value) <= Number.MAX_SAFE_INTEGER || lua.lua_isinteger(L, index) === 0) return value;
		return lua.lua_tointegerx(L, index, 0);
	}

	/** The value at a stack index, for a function of the host. */
	raw(L: LuaState, index: number): RawValue {
		const type = this.#module.lua.lua_type(L, index);
		switch (type) {
			case LuaType.string:
				return this.string(L, index);
			case LuaType.number:
				return this.number(L, index);
			case LuaType.boolean:
				return this.#module.lua.lua_toboolean(L, index) === 1;
			case LuaType.nil:
				return null;
			default:
				return new ForeignValue(typeName(type));
		}
	}

	/** All arguments of a C function. */
	args(L: LuaState): RawValue[] {
		const count = this.#module.lua.lua_gettop(L);
		const args: RawValue[] = [];
		for (let i = 1; i <= count; i++) args.push(this.raw(L, i));
		return args;
	}

	/** Writes a byte string into the heap, for `use` to read at an address; it is gone afterwards. */
	lend<T>(text: string, use: (start: Pointer, length: number) => T): T {
		const { lua } = this.#module;
		const start = lua.malloc(text.length + 1);
		if (start === 0) throw MEMORY_STOP;
		latin1Write.call(this.#module.bytes, text, start, text.length);
		this.#module.bytes[start + text.length] = 0;
		try {
			return use(start, text.length);
		} finally {
			lua.free(start);
		}
	}

	/**
	 * Compiles source text, never bytecode. Pushes the chunk, or what is wrong with it.
	 * @param name as Lua takes it: `@handler.lua`
	 * @returns false if it does not compile
	 */
	load(L: LuaState, code: string, name: string): boolean {
		const { lua } = this.#module;
		return this.lend(code, (start, length) =>
			this.lend(name, (chunkName) =>
				this.lend('t', (mode) => lua.luaL_loadbufferx(L, start, length, chunkName, mode) === LuaStatus.ok),
			),
		);
	}

	pushString(L: LuaState, text: string): void {
		const { lua, bytes } = this.#module;
		const { length } = text;
		if (length > SCRATCH) {
			this.lend(text, (start) => lua.lua_pushlstring(L, start, length));
			return;
		}
		const start = this.#scratch;
		if (length > SHORT_WRITE) latin1Write.call(bytes, text, start, length);
		else for (let i = 0; i < length; i++) bytes[start + i] = text.charCodeAt(i);
		lua.lua_pushlstring(L, start, length);
	}

	/** Pushes what the host gives; undefined is nil. Whole numbers become integers. */
	push(L: LuaState, value: KemiValue | bigint | undefined): void {
		const { lua } = this.#module;
		switch (typeof value) {
			case 'string':
				this.pushString(L, value);
				return;
			case 'number':
				if (Number.isSafeInteger(value)) lua.lua_pushinteger(L, BigInt(value));
				else lua.lua_pushnumber(L, value);
				return;
			case 'boolean':
				lua.lua_pushboolean(L, value ? 1 : 0);
				return;
			case 'bigint':
				lua.lua_pushinteger(L, value);
				return;
			case 'undefined':
				lua.lua_pushnil(L);
				return;
			case 'object':
				if (value === null) lua.lua_pushnil(L);
				else this.#pushTable(L, value);
		}
	}

	/** An array becomes a table from 1, any other object a table of its fields. */
	#pushTable(L: LuaState, value: KemiValue[] | { [key: string]: KemiValue }): void {
		const { lua } = this.#module;
		lua.lua_checkstack(L, 4);
		if (Array.isArray(value)) {
			lua.lua_createtable(L, value.length, 0);
			for (const [i, item] of value.entries()) {
				this.push(L, item);
				lua.lua_rawseti(L, -2, BigInt(i + 1));
			}
			return;
		}
		lua.lua_createtable(L, 0, 0);
		for (const [key, item] of Object.entries(value)) {
			this.pushString(L, key);
			this.push(L, item);
			lua.lua_rawset(L, -3);
		}
	}
}
