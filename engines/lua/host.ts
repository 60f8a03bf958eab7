/**
 * The prelude's host functions that are the same in every Lua engine. They take and return plain values; each
 * engine wraps them as functions of its own state.
 *
 * @module
 */
import { bytesOf } from '../../src/bytes.ts';
import { systemClock } from '../../src/clock.ts';
import type { EngineOptions } from '../engine.ts';
import { base64Functions } from './base64.ts';
import { calendar, formatDate, mktime } from './date.ts';
import { formatNumber } from './format-number.ts';
import type { HostFunction } from './host-function.ts';
import { LIBRARIES, libraryHint } from './libraries.ts';
import { forNewerLua } from './lua51-source.ts';

/**
 * A file's content as Lua's compiler takes it. As Lua's own loader does, it passes over a byte order mark and a first
 * line that begins with `#`, which is for the shell.
 */
export function toChunk(content: string): string {
	const code = content.startsWith('\xef\xbb\xbf') ? content.slice(3) : content;
	return forNewerLua(code.startsWith('#') ? `--${code}` : code);
}

/** No library call makes a string longer than this, in bytes. */
export const MAX_STRING = 64 << 20;

/**
 * The functions, by the names under which the prelude expects them (`prelude.ts` lists all).
 * @param files gets the name of each file that `require` reads
 */
export function hostFunctions(
	options: Pick<EngineOptions, 'folder' | 'log' | 'clock'>,
	files: Set<string>,
): Record<string, HostFunction> {
	const clock = options.clock ?? systemClock;
	return {
		time: () => [Math.floor(clock.now() / 1000)],
		clock: () => {
			const { user, system } = process.cpuUsage();
			return [(user + system) / 1e6];
		},
		calendar: (seconds, utc) => calendar(Number(seconds), utc === true) ?? [],
		mktime: (year, month, day, hour, min, sec) => [
			mktime(Number(year), Number(month), Number(day), Number(hour), Number(min), Number(sec)),
		],
		strftime: (format, seconds, utc) => [formatDate(String(format), Number(seconds), utc === true)],
		print: (text) => {
			options.log('info', String(text));
			return [];
		},
		find: (name) => {
			const source = options.folder.requireLua(String(name));
			if (!source) return [];
			const file = bytesOf(source.name);
			files.add(file);
			return [toChunk(source.code), `@${file}`];
		},
		library: (name) => {
			const code = Object.hasOwn(LIBRARIES, String(name)) ? LIBRARIES[String(name)] : undefined;
			return code === undefined ? [null, libraryHint(String(name))] : [code];
		},
		formatNumber: (specification, value) => [formatNumber(String(specification), Number(value)) ?? null],
		...base64Functions,
	};
}
