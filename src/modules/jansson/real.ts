/**
 * Real numbers as C prints them.
 *
 * @module
 */

/**
 * A number as `%.{precision}g` prints it. Where it lies in the middle between two results, C takes the even one;
 * JavaScript's toPrecision takes the larger.
 * @param value finite
 * @param precision how many significant digits there are at the most
 */
export function formatG(value: number, precision: number): string {
	const sign = value < 0 || Object.is(value, -0) ? '-' : '';
	if (value === 0) return `${sign}0`;
	const [mantissa = '', exponent = ''] = Math.abs(value)
		.toExponential(precision + 30)
		.split('e');
	const exact = mantissa.replace('.', '');
	const rest = exact.slice(precision);
	const half = '5'.padEnd(rest.length, '0');
	let digits = BigInt(exact.slice(0, precision));
	if (rest > half || (rest === half && digits % 2n === 1n)) digits++;
	const text = String(digits);
	const power = Number(exponent) + text.length - precision; // 9.99 can round up to 10.0
	return sign + placePoint(text.replace(/0+$/, ''), power, precision);
}

/** Digits with the point behind the first and a power of ten, in the shorter of the two notations. */
function placePoint(digits: string, power: number, precision: number): string {
	if (power >= precision || power < -4) {
		const point = digits.length > 1 ? '.' : '';
		const exponent = String(Math.abs(power)).padStart(2, '0');
		return `${digits[0]}${point}${digits.slice(1)}e${power < 0 ? '-' : '+'}${exponent}`;
	}
	if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`;
	if (digits.length <= power + 1) return digits.padEnd(power + 1, '0');
	return `${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`;
}
