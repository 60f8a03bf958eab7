/**
 * `cjson.encode`: writes JSON directly from values on a Lua stack.
 *
 * Tables are read raw: `__index` and `__len` of a script's own metatables are not called, whereas lua-cjson calls
 * them for arrays.
 *
 * @module
 */
import { escapeOf } from '../../../src/json-escapes.ts';
import { formatG } from '../../../src/number-text.ts';
import { MAX_STRING } from '../host.ts';
import { LUA_TYPE, type LuaTables } from '../tables.ts';

/** What an instance of cjson has set. */
export interface EncodeSettings {
	readonly maxDepth: number;
	/** Significant digits of numbers with a fraction. */
	readonly precision: number;
	/** What becomes of infinity and NaN. */
	readonly invalidNumbers: 'off' | 'on' | 'null';
	/** An array is sparse where its largest index is above `safe` and above `ratio` times its items. */
	readonly sparse: { readonly convert: boolean; readonly ratio: number; readonly safe: number };
	readonly emptyAsObject: boolean;
	readonly escapeSlash: boolean;
	/** Leaves functions and the like out rather than failing. */
	readonly skipUnsupported: boolean;
	/** What a level is indented by; empty for all in one line. */
	readonly indent: string;
	/** Stack indexes of the metatables that mark arrays. */
	readonly arrayMetatable: number;
	readonly emptyArrayMetatable: number;
}

/** A table that is being written. It is on the stack, and an object's key is above it. */
interface Open {
	/** The length of an array; -1 for an object. */
	readonly length: number;
	/** The index of the array item that is written. */
	at: number;
	/** True from the first item that was not left out. */
	filled: boolean;
}

/** Values, or kilobytes of them, between two looks at the CPU limit. */
const WORK_AT_ONCE = 1000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to be escaped
const TO_ESCAPE = /[\0-\x1f"\\/\x7f]/g;
/** What lua-cjson says of a value that it cannot write. */
class EncodeError extends Error {}

/** Writes one value. Loops rather than recurses, so that no depth can use up the host's stack. */
class Encoder<L> {
	readonly #lua: LuaTables<L>;
	readonly #L: L;
	readonly #settings: EncodeSettings;
	readonly #open: Open[] = [];
	#out = '';
	#work = 0;

	constructor(lua: LuaTables<L>, L: L, settings: EncodeSettings) {
		this.#lua = lua;
		this.#L = L;
		this.#settings = settings;
	}

	/** Writes the value on top of the stack. */
	run(): string {
		if (!this.#lua.reserve(this.#L, 8)) throw new EncodeError('Cannot serialise, excessive nesting (0)');
		let outcome = this.#value();
		let before = '';
		for (;;) {
			// What has been written (or left out) is on top; a table that was begun is there to be gone through.
			const around = this.#open.at(-1);
			if (outcome !== 'begun') {
				if (!around) return this.#out;
				if (outcome === 'written') around.filled = true;
				else this.#out = before;
				this.#lua.pop(this.#L, 1);
			}
			const table = around as Open;
			before = this.#out;
			if (this.#nextItem(table)) outcome = this.#value();
			else {
				this.#open.pop();
				if (table.filled && this.#settings.indent) this.#newLine();
				this.#out += table.length < 0 ? '}' : ']';
				outcome = 'written';
			}
		}
	}

	/** Looks at the limits from time to time. */
	#count(work: number): void {
		if (this.#out.length > MAX_STRING) throw new EncodeError('resulting string too large');
		this.#work += work;
		if (this.#work < WORK_AT_ONCE) return;
		this.#work = 0;
		this.#lua.tick(this.#L);
	}

	/** Pushes the next item of a table, and writes what stands in front of it. False if there is none. */
	#nextItem(table: Open): boolean {
		const lua = this.#lua;
		const L = this.#L;
		this.#count(1);
		if (table.length >= 0) {
			if (++table.at > table.length) return false;
			this.#separate(table);
			lua.getItem(L, -1, table.at);
			return true;
		}
		if (table.at === 0) lua.pushNil(L);
		table.at++;
		if (!lua.next(L, -2)) return false;
		this.#separate(table);
		const type = lua.type(L, -2);
		if (type === LUA_TYPE.string) this.#out += this.#quoted(lua.string(L, -2));
		else if (type === LUA_TYPE.number) this.#out += `"${this.#number(-2)}"`;
		else throw this.#cannot(-2, 'table key must be a number or string');
		this.#out += this.#settings.indent ? ': ' : ':';
		return true;
	}

	#separate(table: Open): void {
		if (table.filled) this.#out += ',';
		if (this.#settings.indent) this.#newLine();
	}

	#newLine(): void {
		const { indent } = this.#settings;
		if (indent.length * this.#open.length > MAX_STRING) throw new EncodeError('resulting string too large');
		this.#out += `\n${indent.repeat(this.#open.length)}`;
		this.#count(1);
	}

	/** Writes the value on top of the stack, or begins to. */
	#value(): 'written' | 'begun' | 'skipped' {
		const lua = this.#lua;
		const L = this.#L;
		switch (lua.type(L, -1)) {
			case LUA_TYPE.string:
				this.#out += this.#quoted(lua.string(L, -1));
				return 'written';
			case LUA_TYPE.number:
				this.#out += this.#number(-1);
				return 'written';
			case LUA_TYPE.boolean:
				this.#out += lua.boolean(L, -1) ? 'true' : 'false';
				return 'written';
			case LUA_TYPE.nil:
				this.#out += 'null';
				return 'written';
			case LUA_TYPE.table:
				this.#begin();
				return 'begun';
			case LUA_TYPE.lightUserdata:
				this.#out += lua.marker(L, -1) === 'emptyArray' ? '[]' : 'null';
				return 'written';
			default:
				if (this.#settings.skipUnsupported) return 'skipped';
				throw this.#cannot(-1, 'type not supported');
		}
	}

	#begin(): void {
		const depth = this.#open.length + 1;
		if (depth > this.#settings.maxDepth || !this.#lua.reserve(this.#L, 6))
			throw new EncodeError(`Cannot serialise, excessive nesting (${depth})`);
		const length = this.#arrayLength();
		this.#open.push({ length, at: 0, filled: false });
		this.#out += length < 0 ? '{' : '[';
	}

	/** The length of the array on top of the stack; -1 if it is to be an object. */
	#arrayLength(): number {
		const lua = this.#lua;
		const L = this.#L;
		const { arrayMetatable, emptyArrayMetatable, emptyAsObject } = this.#settings;
		if (lua.hasMetatable(L, -1, arrayMetatable)) return lua.length(L, -1);
		const length = this.#largestIndex();
		if (length > 0 || (length === 0 && !emptyAsObject)) return length;
		return lua.hasMetatable(L, -1, emptyArrayMetatable) ? lua.length(L, -1) : -1;
	}

	/** The largest index of a table that has only indexes; -1 for any other, and for one that is too sparse. */
	#largestIndex(): number {
		const lua = this.#lua;
		const L = this.#L;
		let largest = 0;
		let items = 0;
		lua.pushNil(L);
		while (lua.next(L, -2)) {
			this.#count(1);
			const key = lua.type(L, -2) === LUA_TYPE.number ? Number(lua.number(L, -2)) : 0;
			if (!(key >= 1) || !Number.isInteger(key)) {
				lua.pop(L, 2);
				return -1;
			}
			if (key > largest) largest = key;
			items++;
			lua.pop(L, 1);
		}
		const { convert, ratio, safe } = this.#settings.sparse;
		if (ratio === 0 || largest <= items * ratio || largest <= safe) return largest;
		if (!convert) throw this.#cannot(-1, 'excessively sparse array');
		return -1;
	}

	#number(index: number): string {
		const value = this.#lua.number(this.#L, index);
		if (this.#lua.isInteger(this.#L, index)) return `${value}`;
		const number = Number(value);
		if (Number.isFinite(number)) return formatG(number, this.#settings.precision);
		switch (this.#settings.invalidNumbers) {
			case 'off':
				throw this.#cannot(index, 'must not be NaN or Infinity');
			case 'on':
				return `${number}`;
			case 'null':
				return 'null';
		}
	}

	#quoted(bytes: string): string {
		const { escapeSlash } = this.#settings;
		this.#count(1 + (bytes.length >> 10));
		const escaped = bytes.replace(TO_ESCAPE, (sign) =>
			sign === '/' && !escapeSlash ? sign : escapeOf(sign),
		);
		return `"${escaped}"`;
	}

	#cannot(index: number, why: string): EncodeError {
		return new EncodeError(`Cannot serialise ${this.#lua.typeName(this.#L, index)}: ${why}`);
	}
}

/** The value on top of a stack in JSON, or what is wrong with it. Things may be left on the stack. */
export function encode<L>(
	lua: LuaTables<L>,
	L: L,
	settings: EncodeSettings,
): { text: string } | { wrong: string } {
	try {
		return { text: new Encoder(lua, L, settings).run() };
	} catch (error) {
		if (error instanceof EncodeError) return { wrong: error.message };
		throw error;
	}
}
