/**
 * The position of a running script.
 *
 * @module
 */
import { type Frame, MAX_FRAMES } from '../lua/errors.ts';
import { LuaDebug, type LuaState, type Pointer } from './exports.ts';
import type { LuaModule } from './module.ts';
import type { LuaValues } from './values.ts';

/** Walks the stacks of Lua threads. */
export class Frames {
	readonly #module: LuaModule;
	readonly #values: LuaValues;
	/** A `lua_Debug` for all walks, and what they ask for. */
	readonly #info: Pointer;
	readonly #what: Pointer;

	constructor(module: LuaModule, values: LuaValues) {
		this.#module = module;
		this.#values = values;
		this.#info = module.lua.malloc(LuaDebug.size);
		this.#what = module.lua.malloc(4);
		module.bytes.set(Buffer.from('Sln\0', 'latin1'), this.#what);
	}

	/** `file:line` of the innermost function of the script. */
	position(L: LuaState): string | undefined {
		const [frame] = this.all(L, '', 1);
		return frame && `${frame.file}:${frame.line}`;
	}

	/**
	 * The script's functions on a stack, innermost first. C functions and those of the prelude have no lines and are
	 * left out.
	 * @param outermost what to call the function that the engine itself called, which Lua knows no name for
	 */
	all(L: LuaState, outermost: string, max = MAX_FRAMES): Frame[] {
		const { lua } = this.#module;
		const frames: Frame[] = [];
		for (let level = 0; frames.length < max && lua.lua_getstack(L, level, this.#info) === 1; level++) {
			lua.lua_getinfo(L, this.#what, this.#info);
			const line = this.#word(LuaDebug.currentLine);
			if (line <= 0) continue;
			const isChunk = this.#word(LuaDebug.lineDefined) === 0;
			const name = this.#values.cString(this.#word(LuaDebug.name));
			const file = this.#file();
			const isOutermost = lua.lua_getstack(L, level + 1, this.#info) === 0;
			const unnamed = isOutermost ? outermost : 'anonymous function';
			frames.push({ name: isChunk ? 'main chunk' : name || unnamed, file, line });
		}
		return frames;
	}

	#file(): string {
		const source = this.#values.cString(this.#word(LuaDebug.source));
		return source.startsWith('@') ? source.slice(1) : this.#values.cString(this.#info + LuaDebug.shortSource);
	}

	#word(offset: number): number {
		return this.#module.words[(this.#info + offset) >> 2] as number;
	}
}
