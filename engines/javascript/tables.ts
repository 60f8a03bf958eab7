/**
 * Converts the tables and lists that KSR functions return to JavaScript's objects and arrays.
 *
 * @module
 */
import { textOf } from '../../src/bytes.ts';
import type { KemiValue } from '../../src/kemi/value.ts';

/** A value with text where it had bytes, and null for what is none of KEMI's values: a module is the user's own code. */
export function textIn(value: KemiValue): KemiValue {
	switch (typeof value) {
		case 'string':
			return textOf(value);
		case 'number':
		case 'boolean':
			return value;
		case 'object': {
			if (value === null) return null;
			if (Array.isArray(value)) return value.map(textIn);
			const table: { [key: string]: KemiValue } = Object.create(null);
			for (const key of Object.keys(value)) table[textOf(key)] = textIn(value[key] as KemiValue);
			return table;
		}
		default:
			return null;
	}
}
