/**
 * How values of Kamailio's language are converted to each other (core/rvalue.c). A value is an integer of 32 bits,
 * a byte string, or null, which counts as 0 and as the empty string.
 *
 * @module
 */
import type { PvValue } from '../../src/pv/variable.ts';
import type { Run } from './run.ts';

const DECIMAL = /^[+-]?\d+$/;
const HEX = /^0x[0-9a-f]+$/i;

/** A text as an integer: decimal, or hexadecimal behind `0x`; undefined if it is none or needs more than 32 bits. */
export function parseInteger(text: string): number | undefined {
	if (!DECIMAL.test(text) && !HEX.test(text)) return undefined;
	const sign = text[0] === '-' ? -1 : 1;
	const value = sign * Number(text[0] === '-' || text[0] === '+' ? text.slice(1) : text);
	return value >= -2147483648 && value <= 2147483647 ? value + 0 : undefined;
}

/** A value as an integer. Text that is none counts as 0, after a warning. */
export function toInt(run: Run, value: PvValue): number {
	if (typeof value === 'number') return value | 0;
	if (value === null || value === '') return 0;
	const integer = parseInteger(value);
	if (integer !== undefined) return integer;
	run.ctx.report('warning', `"${excerpt(value)}" is no integer and counts as 0`);
	return 0;
}

/** A value as a text. */
export function toText(value: PvValue): string {
	return value === null ? '' : typeof value === 'string' ? value : String(value);
}

function excerpt(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
