/**
 * The host functions behind `require "base64"`.
 *
 * @module
 */
import type { HostFunction } from './host-function.ts';

/** The two last digits and the padding of RFC 4648's first alphabet. */
const STANDARD = '+/=';

/** Translates single bytes, those of `from` into those of `to`; all others stay. */
function translate(text: string, from: string, to: string): string {
	const known = [...from].filter((sign, i) => sign !== to[i]);
	if (known.length === 0) return text;
	const into = new Map([...from].map((sign, i) => [sign, to[i] ?? '']));
	return text.replace(/[^A-Za-z0-9]/g, (sign) => into.get(sign) ?? sign);
}

/**
 * The functions, by the names under which the Lua part expects them. Both take a text and the three bytes of an
 * alphabet that are not letters or digits: what stands for 62, for 63, and for padding.
 */
export const base64Functions: Readonly<Record<string, HostFunction>> = {
	base64Encode: (bytes, signs) => {
		const text = Buffer.from(String(bytes), 'latin1').toString('base64');
		return [translate(text, STANDARD, String(signs))];
	},
	// What is not of the alphabet is passed over, as the rock does.
	base64Decode: (text, signs) => {
		const digits = String(signs).slice(0, 2);
		const own = String(text).replace(/[^A-Za-z0-9]/g, (sign) => (digits.includes(sign) ? sign : ''));
		return [Buffer.from(translate(own, digits, STANDARD.slice(0, 2)), 'base64').toString('latin1')];
	},
};
