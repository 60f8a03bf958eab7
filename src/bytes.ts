/**
 * Byte strings: how kemihost holds every KEMI string.
 *
 * Kamailio's strings are bytes, and so are Lua's; JavaScript's are UTF-16. Inside the host each KEMI string is a
 * JavaScript string whose characters are bytes (char codes 0 to 255). That makes `{s.len}` a byte count, lets
 * binary bodies pass unharmed, and crosses into Lua and onto the socket without conversion. Engines whose strings
 * are text (JavaScript) convert with the two functions here; so does whoever shows a KEMI string to a person.
 *
 * @module
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what the test is about
const NON_ASCII = /[^\x00-\x7f]/;

/** True if every character is below 0x80, so that bytes and text are the same string. */
export function isAscii(value: string): boolean {
	return !NON_ASCII.test(value);
}

/** The UTF-8 bytes of a text, as a byte string. Lone surrogates become U+FFFD. */
export function bytesOf(text: string): string {
	return NON_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

/** The text that a byte string holds in UTF-8. Invalid sequences become U+FFFD. */
export function textOf(bytes: string): string {
	return NON_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}

/** A string without the line ends it closes with. */
export function withoutLineEnd(value: string): string {
	let end = value.length;
	while (end > 0 && (value.charCodeAt(end - 1) === 10 || value.charCodeAt(end - 1) === 13)) end--;
	return end === value.length ? value : value.slice(0, end);
}

/** A to Z in lower case, all other bytes as they are. */
export function lowerAscii(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A text without the blanks and line ends around it. One pass, where a regular expression would take many. */
export function trimBlanks(text: string, blanks = ' \t\r\n'): string {
	let begin = 0;
	let end = text.length;
	while (begin < end && blanks.includes(text.charAt(begin))) begin++;
	while (end > begin && blanks.includes(text.charAt(end - 1))) end--;
	return text.slice(begin, end);
}
