/**
 * The content of a string in double quotes (core/cfg.lex).
 *
 * @module
 */

const SIMPLE: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	a: '\x07',
	t: '\t',
	'"': '"',
	'\\': '\\',
	'\n': '',
};

/**
 * The characters that a string in double quotes stands for. `\n \r \a \t \" \\`, `\xHH` and `\OOO` (two or three
 * octal digits) are escapes; a backslash at a line's end joins the lines; any other one is a backslash.
 */
export function unescapeString(text: string): string {
	if (!text.includes('\\')) return text;
	return text.replace(
		/\\(?:x([0-9a-fA-F]{1,2})|([0-7]{2,3})|\r?(\n)|([nrat"\\]))/g,
		(_, hex, octal, eol, char) => {
			if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
			if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
			return SIMPLE[eol ?? char] as string;
		},
	);
}
