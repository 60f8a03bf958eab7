/**
 * Base 58, the alphabet without 0, O, I and l. A zero byte in front is a `1` in front.
 *
 * The number is divided by halves of its digits, so that the time stays far below the square of the length.
 *
 * @module
 */

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Digits that are small enough to be made one by one. */
const LEAF = 16;

/** Exactly `count` digits of a number below 58^count. */
function digitsOf(number: bigint, count: number): string {
	if (count > LEAF) {
		const low = count >> 1;
		const divisor = 58n ** BigInt(low);
		return digitsOf(number / divisor, count - low) + digitsOf(number % divisor, low);
	}
	let digits = '';
	for (let rest = number, i = 0; i < count; i++, rest /= 58n) digits = ALPHABET[Number(rest % 58n)] + digits;
	return digits;
}

/** The number that digits stand for; null if one is not in the alphabet. */
function numberOf(digits: string): bigint | null {
	if (digits.length > LEAF) {
		const low = digits.length >> 1;
		const high = numberOf(digits.slice(0, -low));
		const rest = numberOf(digits.slice(-low));
		return high === null || rest === null ? null : high * 58n ** BigInt(low) + rest;
	}
	let number = 0n;
	for (const digit of digits) {
		const value = ALPHABET.indexOf(digit);
		if (value < 0) return null;
		number = number * 58n + BigInt(value);
	}
	return number;
}

/** How many times a text begins with a character. */
function leading(text: string, char: string): number {
	let count = 0;
	while (text[count] === char) count++;
	return count;
}

/** Encodes a byte string. */
export function encodeBase58(value: string): string {
	const zeros = leading(value, '\0');
	const rest = value.slice(zeros);
	if (!rest) return '1'.repeat(zeros);
	const number = BigInt(`0x${Buffer.from(rest, 'latin1').toString('hex')}`);
	const digits = digitsOf(number, Math.ceil(rest.length * 1.366));
	return '1'.repeat(zeros) + digits.slice(leading(digits, '1'));
}

/** Decodes to a byte string; null if a character is not in the alphabet. */
export function decodeBase58(text: string): string | null {
	const ones = leading(text, '1');
	const number = numberOf(text.slice(ones));
	if (number === null) return null;
	const hex = number === 0n ? '' : number.toString(16);
	return '\0'.repeat(ones) + Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('latin1');
}
