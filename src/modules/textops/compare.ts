/**
 * Comparing and finding texts byte by byte (modules/textops/textops.c). Case is that of ASCII letters.
 *
 * @module
 */
import { lowerAscii, trimBlanks } from '../../bytes.ts';

/** 1 for equal texts, -1 if the first is the greater one, -2 if it is the smaller one. */
export function comparison(a: string, b: string): 1 | -1 | -2 {
	if (a === b) return 1;
	return a > b ? -1 : -2;
}

/** Compares the text's first bytes with a prefix; a text shorter than the prefix is -1. */
export function startsWith(text: string, prefix: string): 1 | -1 | -2 {
	return text.length < prefix.length ? -1 : comparison(text.slice(0, prefix.length), prefix);
}

/** Compares the text's last bytes with a suffix; a text shorter than the suffix is -1. */
export function endsWith(text: string, suffix: string): 1 | -1 | -2 {
	return text.length < suffix.length ? -1 : comparison(text.slice(text.length - suffix.length), suffix);
}

/** The place of a text in another, from 1, or -1. Nothing at all is found behind the end, as Kamailio finds it. */
export function find(text: string, needle: string): number {
	return needle === '' ? text.length + 1 : text.indexOf(needle) + 1 || -1;
}

/** The same without regard to case. Nothing at all is found at the start, as Kamailio finds it. */
export function findIgnoringCase(text: string, needle: string): number {
	return lowerAscii(text).indexOf(lowerAscii(needle)) + 1 || -1;
}

/** 1 if the text has one of the bytes of a set, -1 if not or if one of them is empty. */
export function anyIn(text: string, set: string): 1 | -1 {
	const bytes = new Set(text);
	return [...new Set(set)].some((char) => bytes.has(char)) ? 1 : -1;
}

/** 1 if the text has each byte of a set, -1 if not or if one of them is empty. */
export function allIn(text: string, set: string): 1 | -1 {
	const bytes = new Set(text);
	return set !== '' && [...new Set(set)].every((char) => bytes.has(char)) ? 1 : -1;
}

/**
 * The items of a list as texts without the blanks around them. A list that ends in the separator, or has nothing but
 * blanks behind it, has no last item.
 */
function items(list: string, separator: string): string[] {
	const pieces = list.split(separator).map((piece) => trimBlanks(piece));
	if (pieces.at(-1) === '') pieces.pop();
	return pieces;
}

/**
 * 1 if an item of the list is what is looked for, -1 if not or if an argument is empty.
 * @param separator its first byte counts
 */
export function inList(text: string, list: string, separator: string): 1 | -1 {
	if (!text || !separator) return -1;
	return items(list, separator.charAt(0)).includes(text) ? 1 : -1;
}

/** 1 if the text begins with an item of the list, -1 if not or if an argument is empty. */
export function inListPrefix(text: string, list: string, separator: string): 1 | -1 {
	if (!text || !separator) return -1;
	return items(list, separator.charAt(0)).some((item) => item && text.startsWith(item)) ? 1 : -1;
}
