/**
 * The position of a running script, and the value that it threw.
 *
 * @module
 */
import { type Frame, MAX_FRAMES } from '../lua/errors.ts';
import type { LuaDebug, LuaState } from './api.ts';
import { lauxlib, lua } from './library.ts';
import { fromLuaString, toLuaString, typeName } from './values.ts';

const FRAME_INFO = toLuaString('Sln');

/** A C string: what stands before the terminator, where there is one. */
function cString(bytes: Uint8Array | null): string {
	if (bytes === null) return '';
	const end = bytes.indexOf(0);
	return fromLuaString(end < 0 ? bytes : bytes.subarray(0, end));
}

/**
 * The script's functions on a thread's stack, innermost first. Functions of the host and of the prelude have no
 * lines and are left out.
 * @param outermost what to call the function that the engine itself called, which Lua knows no name for
 */
export function framesOf(L: LuaState, outermost: string, max = MAX_FRAMES): Frame[] {
	const frames: Frame[] = [];
	const info: LuaDebug = new lua.lua_Debug();
	for (let level = 0; frames.length < max && lua.lua_getstack(L, level, info); level++) {
		lua.lua_getinfo(L, FRAME_INFO, info);
		const { currentline: line, linedefined } = info;
		if (line <= 0) continue;
		const source = cString(info.source);
		const name = cString(info.name);
		const file = source.startsWith('@') ? source.slice(1) : cString(info.short_src);
		const unnamed = lua.lua_getstack(L, level + 1, info) ? 'anonymous function' : outermost;
		frames.push({ name: linedefined === 0 ? 'main chunk' : name || unnamed, file, line });
	}
	return frames;
}

/** Where a thread stands, as `file:line`. */
export function positionOf(L: LuaState): string | undefined {
	const [frame] = framesOf(L, '', 1);
	return frame && `${frame.file}:${frame.line}`;
}

/** The text of the error value on top of the main stack. A `__tostring` of the script may run, guarded. */
export function errorText(L: LuaState): string {
	const type = lua.lua_type(L, -1);
	if (type === lua.LUA_TSTRING || type === lua.LUA_TNUMBER)
		return fromLuaString(lua.lua_tolstring(L, -1) as Uint8Array);
	if (type === lua.LUA_TNIL) return 'the error value is nil';
	const description = `the error value is a ${typeName(L, -1)}`;
	if (type !== lua.LUA_TTABLE) return description;
	lua.lua_pushcfunction(L, (T) => {
		lauxlib.luaL_tolstring(T, 1);
		return 1;
	});
	lua.lua_pushvalue(L, -2);
	const status = lua.lua_pcallk(L, 1, 1, 0, 0, null);
	const text = status === lua.LUA_OK ? fromLuaString(lua.lua_tolstring(L, -1) as Uint8Array) : '';
	lua.lua_pop(L, 1);
	return text === '' || text.startsWith('table: ') ? description : text;
}
