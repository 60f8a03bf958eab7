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
	const [mantissa = '', exponent = ''] = rounded(value, digits).split('e');
	const power = Number(exponent);
	if (power < -4 || power >= digits)
		return `${withoutZeros(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
	const sign = mantissa.startsWith('-') ? '-' : '';
	const figures = mantissa.replace(/[-.]/g, '');
	const text =
		power < 0
			? `0.${'0'.repeat(-power - 1)}${figures}`
			: `${figures.slice(0, power + 1)}.${figures.slice(power + 1)}`;
	return sign + withoutZeros(text);
}

/** `toExponential` with so many digits, but a value in the middle goes to the even digit, as in C, not up. */
function rounded(value: number, digits: number): string {
	const text = value.toExponential(digits - 1);
	const figures = String(Math.abs(value))
		.replace(/e.*|\./g, '')
		.replace(/^0+/, '');
	if (figures.length !== digits + 1 || !figures.endsWith('5')) return text;
	const [exact = '', exponent] = value.toExponential(Math.min(100, digits + 40)).split('e');
	const cut = exact.length - (Math.min(100, digits + 40) - digits + 1);
	if (!/^50*$/.test(exact.slice(cut)) || !/[02468]$/.test(exact.slice(0, cut))) return text;
	return `${exact.slice(0, cut)}e${exponent}`;
}

/** A decimal fraction without the zeros it ends with. */
function withoutZeros(digits: string): string {
	return digits.includes('.') ? digits.replace(/0+$/, '').replace(/\.$/, '') : digits;
}
