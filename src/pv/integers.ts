/**
 * Texts as integers, where Kamailio takes what a text begins with (core/ut.h: str2sint).
 *
 * @module
 */

/** The integer that a text begins with, cut at the bounds of 32 bits; 0 if it begins with none. */
export function leadingInteger(text: string): number {
	const integer = Number(/^[+-]?\d+/.exec(text)?.[0] ?? 0);
	return Math.max(-2147483648, Math.min(2147483647, integer)) + 0;
}
