/**
 * Numbers as Lua 5.1 prints them.
 *
 * @module
 */

/** A number as C's `%.14g` prints it, which is how Lua 5.1 turns numbers into strings. */
export function formatG14(value: number): string {
	return formatG(value, 14);
}

/** A number as C's `%.Ng` prints it, with so many significant digits. */
export function formatG(value: number, digits: number): string {
	if (Number.isNaN(value)) return 'nan';
	if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
	if (Object.is(value, -0)) return '-0';
	if (Number.isInteger(value) && Math.abs(value) < 10 ** Math.min(digits, 15)) return String(value);
	const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
	const power = Number(exponent);
	if (power >= -4 && power < digits) return withoutZeros(value.toFixed(digits - 1 - power));
	return `${withoutZeros(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** A decimal fraction without the zeros it ends with. */
function withoutZeros(digits: string): string {
	return digits.includes('.') ? digits.replace(/0+$/, '').replace(/\.$/, '') : digits;
}
