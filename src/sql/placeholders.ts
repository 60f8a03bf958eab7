/**
 * Numbers the question marks of a statement, for servers that want numbered parameters.
 *
 * @module
 */

/** Texts, quoted names, comments, and texts between dollars: a question mark in them is none. */
const TOKENS =
	/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|\?/g;

/** A statement whose question marks are `$1`, `$2` and so on. */
export function numbered(statement: string): string {
	let count = 0;
	return statement.replace(TOKENS, (token) => (token === '?' ? `$${++count}` : token));
}
