/**
 * Pieces of a page for `man`, in the macros of man(7).
 *
 * @module
 */

/** Characters that roff would read or draw as something else. */
const SPECIAL: Readonly<Record<string, string>> = {
	'\\': '\\(rs',
	'-': '\\-',
	"'": '\\(aq',
	'`': '\\(ga',
	'^': '\\(ha',
	'~': '\\(ti',
	'"': '\\(dq',
};

/** Text as it is to be read, whatever stands in it. */
export function text(plain: string): string {
	const escaped = plain
		.replace(/[\\'`^~"-]/g, (character) => SPECIAL[character] as string)
		.replace(/[^\n -~]/gu, (character) => {
			const point = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
			return `\\[u${point}]`;
		});
	// a line that begins with a dot would be a request
	return escaped.replace(/^(?=\.)/gm, '\\&');
}

/** Text in which what stands between backquotes is code. */
export function prose(markdown: string): string {
	return markdown
		.split(/`([^`]+)`/)
		.map((part, i) => (i % 2 === 0 ? text(part) : bold(part)))
		.join('');
}

/** Text to be typed as it stands. */
export const bold = (plain: string): string => `\\fB${text(plain)}\\fR`;

/** Text that stands for what is to be typed. */
export const italic = (plain: string): string => `\\fI${text(plain)}\\fR`;

/** A heading and what stands under it. Content is roff. */
export const section = (title: string, ...content: readonly string[]): string =>
	`.SH "${text(title.toUpperCase())}"\n${content.join('')}`;

/** A heading of the second level and what stands under it. */
export const subsection = (title: string, ...content: readonly string[]): string =>
	`.SS "${text(title)}"\n${content.join('')}`;

/** A paragraph. */
export const paragraph = (content: string): string => `.PP\n${content}\n`;

/** A term and what it means. */
export const item = (term: string, content: string): string => `.TP\n${term}\n${content}\n`;

/** Lines that are to stay as they are. */
export const example = (code: string): string => `.PP\n.in +4n\n.nf\n${text(code)}\n.fi\n.in\n`;
