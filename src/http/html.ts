/**
 * Texts in HTML.
 *
 * @module
 */

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** A text as HTML shows it, between tags and in the quoted value of an attribute. */
export const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
