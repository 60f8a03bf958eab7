/**
 * The escape sequences of JSON's strings (RFC 8259, 7). Libraries differ in which characters they escape, not in
 * how.
 *
 * @module
 */

/** Characters by the letter that stands for them behind a backslash. */
export const CHARACTERS: Readonly<Record<string, string>> = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

const LETTERS = new Map(Object.entries(CHARACTERS).map(([letter, char]) => [char, letter]));

/** A character as an escape: `\n`, `\u001b`. */
export function escapeOf(char: string): string {
	return `\\${LETTERS.get(char) ?? `u${char.charCodeAt(0).toString(16).padStart(4, '0')}`}`;
}

/**
 * A text with escapes for what the inside of a JSON string cannot hold: quotes, backslashes, control characters.
 * @param write makes the escape of a character
 */
export function escapeText(text: string, write: (char: string) => string = escapeOf): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about them
	return text.replace(/["\\\x00-\x1f]/g, (char) => write(char));
}
