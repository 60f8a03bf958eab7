/**
 * Turns Lua's error messages into a ScriptError. Both Lua engines report errors in the same words.
 *
 * @module
 */
import { ScriptError } from '../../src/kemi/script-error.ts';

/** A function of the script on the stack. */
export interface Frame {
	readonly name: string;
	readonly file: string;
	readonly line: number;
}

/** So many frames are reported. A stack that overflowed has thousands. */
export const MAX_FRAMES = 20;

/** What Lua knows of an error that nothing caught. */
export interface LuaFailure {
	/** The error value as text. */
	readonly text: string;
	/** The script's frames, innermost first. */
	readonly frames: readonly Frame[];
	/** The names of the source files that were loaded. */
	readonly files: ReadonlySet<string>;
	readonly loading: boolean;
}

const POSITION = /^(\[string ".*?"\]|[^\n:]+):(\d+): /;

/**
 * Takes the positions off the front of a message. There can be several: `coroutine.wrap` and `error(message)` put
 * one more in front. The last is where the error began.
 * @param files only these count as positions, so that "localhost:80: refused" stays whole
 */
export function splitMessage(
	text: string,
	files: ReadonlySet<string>,
): { message: string; file?: string; line?: number } {
	let result: { message: string; file?: string; line?: number } = { message: text };
	for (;;) {
		const [prefix, short = '', line] = POSITION.exec(result.message) ?? [];
		const file = prefix && sourceOf(short, files);
		if (!file) return result;
		result = { message: result.message.slice(prefix.length), file, line: Number(line) };
	}
}

/** The source that Lua means: it cuts long names at their front. */
function sourceOf(short: string, files: ReadonlySet<string>): string | undefined {
	if (files.has(short) || short.startsWith('[string "')) return short;
	if (!short.startsWith('...')) return undefined;
	return [...files].find((file) => file.endsWith(short.slice(3)));
}

/** The error for the host. Where the message names no position, the innermost frame is where it happened. */
export function toScriptError({ text, frames, files, loading }: LuaFailure): ScriptError {
	const { message, file, line } = splitMessage(text, files);
	const traceback = frames.map((frame) => `  at ${frame.name} (${frame.file}:${frame.line})`).join('\n');
	return new ScriptError(message, {
		file: file ?? frames[0]?.file,
		line: line ?? frames[0]?.line,
		traceback: traceback || undefined,
		loading,
	});
}
