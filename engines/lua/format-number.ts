/**
 * Formats numbers as C's printf() does, for `string.format`: not every Lua engine has a C library.
 *
 * @module
 */

const SPECIFICATION = /^([-+ #0]*)(\d*)(?:\.(\d*))?([eEfgGoxX])$/;
/** The most digits that JavaScript gives. */
const MOST_DIGITS = 100;
/** So many more digits show whether a number lies exactly between two roundings. */
const LOOK_AHEAD = 30;

/** Rounds as C does, where a number lies exactly between two: to the even digit. JavaScript takes the larger. */
function toEven(digits: number, exact: (digits: number) => string, rounded: string): string {
	const all = exact(Math.min(MOST_DIGITS, digits + LOOK_AHEAD)).replace(/e.*$/, '');
	const kept = all.length - Math.min(LOOK_AHEAD, MOST_DIGITS - digits);
	const isTie = /^\.?50*$/.test(digits === 0 ? all.slice(all.indexOf('.')) : all.slice(kept));
	if (!isTie) return rounded;
	const down = digits === 0 ? all.slice(0, all.indexOf('.')) : all.slice(0, kept);
	return '02468'.includes(down.at(-1) as string) ? down : rounded;
}

/** A number that is not negative, with so many digits behind the point. */
function fixed(value: number, digits: number): string {
	// from 1e21 on JavaScript writes exponents
	if (value >= 1e21) return BigInt(value) + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
	return toEven(digits, (count) => value.toFixed(count), value.toFixed(digits));
}

/** A number that is not negative with an exponent, which has two digits or more. */
function exponential(value: number, digits: number): string {
	const [mantissa = '', power = ''] = value.toExponential(digits).split('e');
	const even = toEven(digits, (count) => value.toExponential(count), mantissa);
	return `${even}e${power[0]}${power.slice(1).padStart(2, '0')}`;
}

function general(value: number, precision: number, keepZeros: boolean): string {
	const digits = precision || 1;
	const power = value === 0 ? 0 : Number(exponential(value, digits - 1).split('e')[1]);
	const text =
		power >= -4 && power < digits ? fixed(value, digits - 1 - power) : exponential(value, digits - 1);
	if (keepZeros || !text.includes('.')) return text;
	return text.replace(/\.?0+(?=e|$)/, '');
}

/** The digits of an integer, of 64 bits without a sign, to the base 8 or 16. */
function unsigned(value: number, base: 8 | 16, prefix: string, precision: number): string {
	const digits = BigInt.asUintN(64, BigInt(Math.trunc(value)))
		.toString(base)
		.padStart(precision, '0');
	return value === 0 ? digits : prefix + digits;
}

function digitsOf(
	value: number,
	conversion: string,
	precision: number | undefined,
	alternate: boolean,
): string {
	switch (conversion) {
		case 'o':
			return unsigned(value, 8, alternate ? '0' : '', precision ?? 0);
		case 'x':
			return unsigned(value, 16, alternate ? '0x' : '', precision ?? 0);
		case 'f':
			return fixed(value, precision ?? 6);
		case 'e':
			return exponential(value, precision ?? 6);
		default:
			return general(value, precision ?? 6, alternate);
	}
}

/**
 * A number in the form of a specification without its percent sign: `-12.3e`. Undefined for what is none of e, f, g, o
 * and x.
 */
export function formatNumber(specification: string, value: number): string | undefined {
	const [, flags = '', width = '', precision, conversion = ''] = SPECIFICATION.exec(specification) ?? [];
	if (!conversion || Number(precision ?? 0) > 99 || Number(width) > 99) return undefined;
	const isInteger = /[oxX]/.test(conversion);
	const finite = Number.isFinite(value);
	if (isInteger && !finite) return undefined;
	const magnitude = isInteger ? value : Math.abs(value);
	const text = finite
		? digitsOf(
				magnitude,
				conversion.toLowerCase(),
				precision === undefined ? undefined : Number(precision),
				flags.includes('#'),
			)
		: Number.isNaN(value)
			? 'nan'
			: 'inf';
	const isNegative = !isInteger && (value < 0 || Object.is(value, -0));
	const sign = isInteger ? '' : isNegative ? '-' : (/[+]/.exec(flags)?.[0] ?? /[ ]/.exec(flags)?.[0] ?? '');
	const cased = /[A-Z]/.test(conversion) ? text.toUpperCase() : text;
	const missing = Number(width) - sign.length - cased.length;
	if (missing <= 0) return sign + cased;
	if (flags.includes('-')) return (sign + cased).padEnd(Number(width));
	if (!flags.includes('0') || !finite || (isInteger && precision !== undefined))
		return (sign + cased).padStart(Number(width));
	const prefix = isInteger ? (/^0[xX]/.exec(cased)?.[0] ?? '') : '';
	return sign + prefix + '0'.repeat(missing) + cased.slice(prefix.length);
}
