/**
 * `{s.encode.…}` and `{s.decode.…}`: hexadecimal, base 64 in its forms, base 58, GSM's 7-bit packing
 * (modules/pv/pv_trans.c, core/basex.c).
 *
 * @module
 */
import { type Transformation, TransformationError } from '../transformation.ts';
import { decodeBase58, encodeBase58 } from './base58.ts';
import { type PlainTransformation, plainTransformations } from './s-plain.ts';

function decodeHex(value: string): string {
	const pairs = value.slice(0, value.length & ~1);
	if (!/^[0-9a-fA-F]*$/.test(pairs))
		throw new TransformationError('there is a character that is no hexadecimal digit');
	return Buffer.from(pairs, 'hex').toString('latin1');
}

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, -2)}-_`;

/** The values of base 64 digits by character code; 0xff for what is none. */
function digitValues(alphabet: string): Uint8Array {
	const values = new Uint8Array(256).fill(0xff);
	for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i;
	return values;
}

const STANDARD_VALUES = digitValues(STANDARD);
const URL_VALUES = digitValues(URL_SAFE);

/**
 * Decodes groups of four digits. What is no digit counts as 0xff and spoils its neighbours, as in Kamailio.
 * @param length how many bytes there are
 */
function decodeGroups(digits: Buffer, values: Uint8Array, length: number): string {
	const bytes = Buffer.alloc(Math.ceil(length / 3) * 3);
	for (let from = 0, to = 0; to < length; from += 4, to += 3) {
		const [a = 0, b = 0, c = 0, d = 0] = digits.subarray(from, from + 4).map((digit) => values[digit]!);
		bytes[to] = (a << 2) | (b >> 4);
		bytes[to + 1] = (b << 4) | (c >> 2);
		bytes[to + 2] = (c << 6) | d;
	}
	return bytes.toString('latin1', 0, length);
}

function encodeBase64(value: string): string {
	return Buffer.from(value, 'latin1').toString('base64');
}

/** The standard alphabet: the length must be right, the digits need not be. */
function decodeBase64(value: string): string {
	if (value === '') return '';
	if (value.length % 4 || /=[^=]$/s.test(value)) throw new TransformationError('this is no base 64');
	const padding = value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0;
	return decodeGroups(Buffer.from(value, 'latin1'), STANDARD_VALUES, (value.length / 4) * 3 - padding);
}

function encodeBase64Url(value: string): string {
	return encodeBase64(value).replaceAll('+', '-').replaceAll('/', '_');
}

/** The URL-safe alphabet: the length need not be right, the digits must be. */
function decodeBase64Url(value: string): string {
	let end = value.length;
	while (value[end - 1] === '=') end--;
	const length = ((value.length * 6) >> 3) - (value.length - end);
	const digits = Buffer.from(value.slice(0, end), 'latin1');
	if (length <= 0 || digits.some((digit) => URL_VALUES[digit] === 0xff))
		throw new TransformationError('this is no base 64 for URLs');
	return decodeGroups(digits, URL_VALUES, length);
}

function withPadding(value: string): string {
	return value.length % 4 ? value + '='.repeat(4 - (value.length % 4)) : value;
}

function withoutPadding(value: string): string {
	return value.replace(/={1,2}$/, '');
}

/** Base 58 takes more time than its length; Kamailio's buffer bounds it. */
const LONGEST_BASE58 = 65534;

function encodeShort(value: string): string {
	if (value.length > LONGEST_BASE58 / 1.366)
		throw new TransformationError('the value is too long for base 58');
	return encodeBase58(value);
}

function decodeShort(value: string): string {
	const decoded = value.length > LONGEST_BASE58 ? null : decodeBase58(value);
	if (decoded === null) throw new TransformationError('this is no base 58');
	return decoded;
}

/** Packs septets: each byte gives its place in the seven to the one before it. */
function encode7bit(value: string): string {
	const packed: number[] = [];
	for (let at = 0, shift = 0; at < value.length; at++, shift++) {
		if (shift === 7) {
			shift = -1;
			continue;
		}
		packed.push((value.charCodeAt(at) >> shift) | ((value.charCodeAt(at + 1) || 0) << (7 - shift)));
	}
	return Buffer.from(packed).toString('hex').toUpperCase();
}

/** A digit's value as Kamailio's hex_to_char() has it: digits that are none give a value too, of 8 bits. */
export function hexValue(code: number): number {
	if (code >= 0x30 && code <= 0x39) return code - 0x30;
	return ((code >= 0x41 && code <= 0x5a ? code + 0x20 : code) - 0x61 + 10) & 0xff;
}

/** Unpacks septets. */
function decode7bit(value: string): string {
	const unpacked: number[] = [];
	let carried = 0;
	for (let at = 0, shift = 0; at < value.length; at += 2) {
		const octet = ((hexValue(value.charCodeAt(at)) << 4) | hexValue(value.charCodeAt(at + 1) || 0)) & 0xff;
		unpacked.push(((octet << shift) & 0x7f) | carried);
		carried = octet >> (7 - shift);
		if (++shift === 7) {
			unpacked.push(carried);
			shift = 0;
			carried = 0;
		}
	}
	return Buffer.from(unpacked).toString('latin1');
}

const PLAIN: readonly PlainTransformation[] = [
	[
		'encode.hexa',
		'Two hexadecimal digits for each byte.',
		(value) => Buffer.from(value, 'latin1').toString('hex'),
	],
	['decode.hexa', 'Bytes from pairs of hexadecimal digits; a last single character is left out.', decodeHex],
	['encode.7bit', "GSM's packing of 7-bit characters, in hexadecimal.", encode7bit],
	['decode.7bit', "7-bit characters out of GSM's packing.", decode7bit],
	['encode.base58', 'Base 58.', encodeShort],
	['decode.base58', 'Bytes from base 58.', decodeShort],
	['encode.base64', 'Base 64 with padding.', encodeBase64],
	['decode.base64', 'Bytes from base 64 with padding.', decodeBase64],
	['encode.base64t', 'Base 64 without padding.', (value) => withoutPadding(encodeBase64(value))],
	[
		'decode.base64t',
		'Bytes from base 64, whose padding may be missing.',
		(value) => decodeBase64(withPadding(value)),
	],
	['encode.base64url', 'Base 64 with - and _, with padding.', encodeBase64Url],
	['decode.base64url', 'Bytes from base 64 with - and _.', decodeBase64Url],
	[
		'encode.base64urlt',
		'Base 64 with - and _, without padding.',
		(value) => withoutPadding(encodeBase64Url(value)),
	],
	[
		'decode.base64urlt',
		'Bytes from base 64 with - and _, whose padding may be missing.',
		(value) => decodeBase64Url(withPadding(value)),
	],
];

/** Encoding and decoding transformations of the class `s`. */
export const encodingTransformations: readonly Transformation[] = plainTransformations(PLAIN);
