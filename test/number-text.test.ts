import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatG14 } from '../src/number-text.ts';

test('numbers print as with %.14g in C', () => {
	const cases: [value: number, text: string][] = [
		[5, '5'],
		[-0, '-0'],
		[0.1 + 0.2, '0.3'],
		[1 / 3, '0.33333333333333'],
		[1e13, '10000000000000'],
		[1e14, '1e+14'],
		[99999999999999.5, '1e+14'],
		[Number('123456789012345678'), '1.2345678901235e+17'],
		[2 ** 53, '9.007199254741e+15'],
		[123456789012345, '1.2345678901234e+14'], // in the middle: to the even digit
		[123456789012335, '1.2345678901234e+14'],
		[12345678901234.5, '12345678901234'],
		[1e100, '1e+100'],
		[1e-5, '1e-05'],
		[0.0001, '0.0001'],
		[0.00012345, '0.00012345'],
		[1.5e-300, '1.5e-300'],
		[100 * 1.1, '110'],
		[-2.5, '-2.5'],
		[Number.POSITIVE_INFINITY, 'inf'],
		[Number.NEGATIVE_INFINITY, '-inf'],
		[Number.NaN, 'nan'],
	];
	for (const [value, text] of cases) assert.equal(formatG14(value), text);
});
