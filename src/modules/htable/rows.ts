/**
 * What rows of a database mean for a hash table, and the other way round (htable/ht_db.c).
 *
 * @module
 */
import { SqlError, type SqlValue } from '../../sql/sql.ts';
import type { SharedItem, SharedValue } from '../../store/store.ts';
import type { TableColumns } from './definition.ts';

/** An item as a database has it. */
export interface StoredItem {
	readonly key: string;
	readonly value: SharedValue;
	/** When it ends, in Unix seconds; 0 if the table's own time is to begin. */
	readonly expires: number;
}

/** What key_type says: an item of its own, or one of those that share a name. */
const ARRAY = 1;
/** What value_type says of an integer. */
const INTEGER = 1;

/** Refuses a row, which refuses the table. */
function wrong(row: number, why: string): never {
	throw new SqlError(`row ${row + 1}: ${why}`);
}

function keyOf(value: SqlValue | undefined, row: number): string {
	if (typeof value === 'string') return value;
	return wrong(row, value === null ? 'the key is NULL' : 'the key is no text');
}

function numberOf(value: SqlValue | undefined, row: number, column: string): number {
	return typeof value === 'number' ? value : wrong(row, `${column} is no integer`);
}

/** The integer that a text begins with, 0 for none, as far as integers reach here. */
function integerOf(text: string): number {
	const digits = /^[+-]?\d+/.exec(text)?.[0] ?? '0';
	return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Number(digits)));
}

/**
 * Items of rows with key_name, key_type, value_type, key_value, and expires where the table has it. Rows of key type 1 that
 * share a name become `name[0]`, `name[1]` and so on, and `name::size` tells how many there are.
 * @param sizeSuffix `::size`
 * @param now Unix seconds: what has ended before is left out
 * @throws SqlError for a row that is none of an item
 */
export function itemsOfRows(
	rows: readonly (readonly SqlValue[])[],
	sizeSuffix: string,
	now: number,
): StoredItem[] {
	const items: StoredItem[] = [];
	const sizes = new Map<string, number>();
	for (const [i, [name, keyType, valueType, given, ends = 0]] of rows.entries()) {
		const key = keyOf(name, i);
		const expires = Number(ends ?? 0);
		if (expires > 0 && expires < now) continue;
		if (given === null || given === undefined) wrong(i, 'the value is NULL');
		const isInteger = numberOf(valueType, i, 'value_type') === INTEGER;
		const value = isInteger ? integerOf(String(given)) : String(given);
		if (numberOf(keyType, i, 'key_type') === ARRAY) {
			const size = sizes.get(key) ?? 0;
			sizes.set(key, size + 1);
			items.push({ key: `${key}[${size}]`, value, expires });
		} else items.push({ key, value, expires });
	}
	for (const [key, size] of sizes) items.push({ key: key + sizeSuffix, value: size, expires: 0 });
	return items;
}

/**
 * Items of rows whose first column is the key; the others become one text.
 * @throws SqlError for a key that is no text
 */
export function itemsOfColumns(
	rows: readonly (readonly SqlValue[])[],
	{ delimiter, nullMark }: Pick<TableColumns, 'delimiter' | 'nullMark'>,
): StoredItem[] {
	return rows.map(([key, ...values], i) => ({
		key: keyOf(key, i),
		value: values.map((value) => (value === null ? nullMark : String(value))).join(delimiter),
		expires: 0,
	}));
}

/** An item as a row: key_name, key_type, value_type, key_value, expires. */
export function rowOfItem({ key, value, expires }: SharedItem): string[] {
	return [
		key,
		'0',
		typeof value === 'number' ? String(INTEGER) : '0',
		String(value),
		String(Math.floor(expires / 1000)),
	];
}
