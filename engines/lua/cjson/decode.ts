/**
 * `cjson.decode`: parses JSON and builds the values directly on a Lua stack.
 *
 * @module
 */
import type { LuaTables } from '../tables.ts';
import { Scanner } from './scanner.ts';

/** What an instance of cjson has set. */
export interface DecodeSettings {
	readonly maxDepth: number;
	readonly invalidNumbers: boolean;
	readonly comments: boolean;
	/** The stack index of the metatable for arrays; 0 for none. */
	readonly arrayMetatable: number;
}

/** Stands for an object where arrays have their next index. */
const OBJECT = 0;
/** Values between two looks at the CPU limit. */
const VALUES_AT_ONCE = 1000;

/** Reads one text. Loops rather than recurses, so that no depth can use up the host's stack. */
class Decoder<L> {
	readonly #lua: LuaTables<L>;
	readonly #L: L;
	readonly #scanner: Scanner;
	readonly #settings: DecodeSettings;
	/** What is open around the value that is read: `OBJECT`, or the index of an array's next item. */
	readonly #open: number[] = [];

	constructor(lua: LuaTables<L>, L: L, text: string, settings: DecodeSettings) {
		this.#lua = lua;
		this.#L = L;
		this.#settings = settings;
		this.#scanner = new Scanner(text, settings.invalidNumbers, settings.comments);
	}

	/** Pushes the value. Gives what is wrong with the text instead; then things are left on the stack. */
	run(): string | undefined {
		this.#scanner.next();
		for (let count = 1; ; count++) {
			if (count % VALUES_AT_ONCE === 0) this.#lua.tick(this.#L);
			const begun = this.#value();
			if (typeof begun === 'string') return begun;
			if (begun) {
				const ended = this.#afterValue();
				if (typeof ended === 'string') return ended;
				if (ended) return undefined;
			}
		}
	}

	/** Pushes a value that begins with the current token. False if it is a table that is still to be filled. */
	#value(): boolean | string {
		const lua = this.#lua;
		const L = this.#L;
		const { type, value } = this.#scanner;
		switch (type) {
			case 'T_STRING':
				lua.pushString(L, value as string);
				return true;
			case 'T_INTEGER':
				lua.pushInteger(L, value as bigint);
				return true;
			case 'T_NUMBER':
				lua.pushFloat(L, value as number);
				return true;
			case 'T_BOOLEAN':
				lua.pushBoolean(L, value as boolean);
				return true;
			case 'T_NULL':
				lua.pushMarker(L, 'null');
				return true;
			case 'T_OBJ_BEGIN':
				return this.#descend() ?? this.#beginObject();
			case 'T_ARR_BEGIN':
				return this.#descend() ?? this.#beginArray();
			default:
				return this.#expected('value');
		}
	}

	#descend(): string | undefined {
		const depth = this.#open.length + 1;
		if (depth <= this.#settings.maxDepth && this.#lua.reserve(this.#L, 4)) return undefined;
		return `Found too many nested data structures (${depth}) at character ${this.#scanner.position}`;
	}

	#beginObject(): boolean | string {
		this.#lua.pushTable(this.#L);
		if (this.#scanner.next() === 'T_OBJ_END') return true;
		this.#open.push(OBJECT);
		return this.#key() ?? false;
	}

	#beginArray(): boolean {
		this.#lua.pushTable(this.#L);
		const { arrayMetatable } = this.#settings;
		if (arrayMetatable !== 0) this.#lua.setMetatable(this.#L, arrayMetatable);
		if (this.#scanner.next() === 'T_ARR_END') return true;
		this.#open.push(1);
		return false;
	}

	/** Pushes a key, and reads on to the value behind it. */
	#key(): string | undefined {
		const scanner = this.#scanner;
		if (scanner.type !== 'T_STRING') return this.#expected('object key string');
		this.#lua.pushString(this.#L, scanner.value as string);
		if (scanner.next() !== 'T_COLON') return this.#expected('colon');
		scanner.next();
		return undefined;
	}

	/** Puts a value into what is open, and closes what ends with it. True if that was all. */
	#afterValue(): boolean | string {
		const open = this.#open;
		const scanner = this.#scanner;
		for (;;) {
			const last = open.length - 1;
			if (last < 0) return scanner.next() === 'T_END' || this.#expected('the end');
			const at = open[last] as number;
			const isObject = at === OBJECT;
			if (isObject) this.#lua.setField(this.#L, -3);
			else {
				this.#lua.setItem(this.#L, -2, at);
				open[last] = at + 1;
			}
			const type = scanner.next();
			if (type === (isObject ? 'T_OBJ_END' : 'T_ARR_END')) {
				open.pop();
				continue;
			}
			if (type !== 'T_COMMA') return this.#expected(isObject ? 'comma or object end' : 'comma or array end');
			scanner.next();
			return isObject ? (this.#key() ?? false) : false;
		}
	}

	#expected(what: string): string {
		const { type, value, index } = this.#scanner;
		const found = type === 'T_ERROR' ? value : type;
		return `Expected ${what} but found ${found} at character ${index + 1}`;
	}
}

/** Pushes the value that a text in JSON stands for. Gives lua-cjson's message instead where it is none. */
export function decode<L>(
	lua: LuaTables<L>,
	L: L,
	text: string,
	settings: DecodeSettings,
): string | undefined {
	if (text.length >= 2 && text.lastIndexOf('\0', 1) >= 0)
		return 'JSON parser does not support UTF-16 or UTF-32';
	return new Decoder(lua, L, text, settings).run();
}
