/**
 * Adapts Lua 5.1 source to newer Lua. In 5.1 a backslash before a character that has no special meaning stands for
 * that character: `"\."` is `"."`. Lua 5.2 and later refuse to compile it, so the backslash is removed. Lines stay
 * where they are.
 *
 * @module
 */

/** Comments, long strings, and quoted strings, in one pass: what is inside one of them cannot start another. */
const TOKEN =
	/--\[(=*)\[[\s\S]*?(?:\]\1\]|$)|--[^\n]*|\[(=*)\[[\s\S]*?(?:\]\2\]|$)|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/g;

/** A backslash and what belongs to it. The first group holds what newer Lua reads too. */
const ESCAPE = /\\(?:([abfnrtv\\"'\n\r]|\d{1,3}|x[\da-fA-F]{2}|z|u\{[\da-fA-F]+\})|([\s\S]))/g;

/** The source as newer Lua compiles it, with the meaning that 5.1 gives it. A byte string in and out. */
export function forNewerLua(code: string): string {
	if (!code.includes('\\')) return code;
	return code.replace(TOKEN, (token) =>
		token[0] === '"' || token[0] === "'"
			? token.replace(ESCAPE, (whole, known: string | undefined, other: string) =>
					known === undefined ? other : whole,
				)
			: token,
	);
}
