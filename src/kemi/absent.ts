/**
 * Globals that scripts expect from elsewhere and that kemihost does not have, with what to use instead.
 *
 * @module
 */

const NO_FILES = 'a script has no files and no processes; keep data in an htable';
const TIMERS =
	'a handler ends with its request: KSR.cfgutils.usleep waits, KSR.async calls a function later, KSR.timer repeats';

const INSTEAD: Readonly<Record<string, string>> = {
	// JavaScript of browsers and of Node
	Buffer: 'there are Uint8Array, TextEncoder, TextDecoder, atob and btoa',
	XMLHttpRequest: 'for HTTP requests there is KSR.http_client',
	fetch: 'for HTTP requests there is KSR.http_client',
	process: `${NO_FILES}; for settings there are $def(NAME) and $env(NAME)`,
	require: "files of the script's folder are imported: import { x } from './lib/x.js'",
	setImmediate: TIMERS,
	setInterval: TIMERS,
	setTimeout: TIMERS,
	// Lua
	debug: 'the library debug gives a way around limits, so it is not here',
	io: NO_FILES,
	jit: 'this Lua has no LuaJIT',
	module: 'a module returns its table: local M = {} … return M',
	ngx: 'this is not nginx: requests and replies are in KSR',
	sr: 'KSR has taken the place of sr',
};

/** `ReferenceError: x is not defined` of JavaScript, and Lua's words for a global that is nil. */
const MISSING =
	/^(?:ReferenceError: )?'?(\w+)'? is not defined|^attempt to \w+ a nil value \(global '(\w+)'\)/;

/** A hint for an error's message that names such a global. */
export function insteadOf(message: string): string | undefined {
	const [, js, lua] = MISSING.exec(message) ?? [];
	const name = js ?? lua;
	return name !== undefined && Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}
