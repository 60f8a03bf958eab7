/**
 * Regular expressions that scripts pass as texts: POSIX extended ones, compiled once and kept.
 *
 * Most functions of textops match without regard to case and with line ends apart (REG_ICASE, REG_NEWLINE). As in C, a
 * NUL byte ends an expression, and a text that is matched.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import type { PosixOptions } from '../../pv/posix-options.ts';
import { compilePosix, type PosixRegex } from '../../pv/posix-regex.ts';

/** Scripts can build expressions without end; beyond this many the cache starts anew. */
const CACHE_SIZE = 1024;

/** Compiled expressions, or what is wrong with them. */
const cache = new Map<string, PosixRegex | string>();

/** What textops compiles its expressions with. */
const TEXTOPS: PosixOptions = { ignoreCase: true, newline: true };

/** What stands in front of the first NUL byte. */
export function beforeNul(text: string): string {
	const nul = text.indexOf('\0');
	return nul < 0 ? text : text.slice(0, nul);
}

/**
 * Compiles an expression, or gives undefined after an error line.
 * @param caller the function that was called, for the error line
 */
export function compilePattern(
	ctx: RequestContext,
	caller: string,
	source: string,
	options = TEXTOPS,
): PosixRegex | undefined {
	const key = `${Number(options.ignoreCase ?? false)}${Number(options.newline ?? false)}${source}`;
	let compiled = cache.get(key);
	if (compiled === undefined) {
		compiled = compilePosix(beforeNul(source), options);
		if (cache.size >= CACHE_SIZE) cache.clear();
		cache.set(key, compiled);
	}
	if (typeof compiled !== 'string') return compiled;
	ctx.report('error', `${caller}: ${compiled}`);
	return undefined;
}

/** Behind so many matches nothing is looked for: a search from each to the end of a text could take for ever. */
const MOST_MATCHES = 1000;

/** What comes of matching a text again and again: whether there was a match, and whether one was empty. */
export function matchAll(regex: PosixRegex, text: string): 'none' | 'some' | 'empty' {
	const matcher = regex.matcher(beforeNul(text));
	let matches = 0;
	for (
		let from = 0;
		matches < MOST_MATCHES && from < text.length && matcher.find(from);
		from = matcher.end()
	) {
		if (matcher.start() === matcher.end()) return 'empty';
		matches++;
	}
	return matches > 0 ? 'some' : 'none';
}
