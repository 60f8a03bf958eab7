/**
 * The database of hash tables: what they are loaded from at the start, and written back to at the end (htable/ht_db.c).
 *
 * @module
 */
import type { ParamValues } from '../../kemi/module.ts';
import { insertRows } from '../../sql/insert.ts';
import { rowsOf, withDatabase } from '../../sql/session.ts';
import type { Database } from '../../sql/url.ts';
import { databaseParam, nameParam } from '../database-params.ts';
import type { HashDefinition } from './definition.ts';
import { itemsOfColumns, itemsOfRows, rowOfItem, type StoredItem } from './rows.ts';
import type { HashTable } from './table.ts';

/** The parameters that name columns, in the order of a row. */
const COLUMN_PARAMS = [
	'key_name_column',
	'key_type_column',
	'value_type_column',
	'key_value_column',
	'expires_column',
] as const;

/** A table as far as a database has it. */
type Source = NonNullable<HashDefinition['source']>;

/** Tells of an item that could not be written. */
type OnRefused = (key: string, why: string) => void;

/** The database that `db_url` names. Failures are SqlErrors. */
export class HtableDatabase {
	readonly #database: Database;
	readonly #columns: readonly string[];
	readonly #sizeSuffix: string;
	readonly #keepsExpiry: boolean;

	/** Undefined if there is no `db_url`. Throws a KemihostError `KH_MODPARAM`. */
	static of(params: ParamValues): HtableDatabase | undefined {
		const database = databaseParam(params, 'htable');
		return database && new HtableDatabase(database, params);
	}

	private constructor(database: Database, params: ParamValues) {
		this.#database = database;
		this.#columns = COLUMN_PARAMS.map((name) => nameParam(params, 'htable', name));
		this.#sizeSuffix = params.str('array_size_suffix') || '::size';
		this.#keepsExpiry = params.int('db_expires') !== 0;
	}

	/** Connects, to see whether it works. */
	check(): Promise<void> {
		return withDatabase(this.#database, async () => {});
	}

	/**
	 * What the database has for a table; nothing for one that it does not know.
	 * @param now Unix milliseconds: what has ended before is left out
	 */
	load({ definition: { source, autoexpire } }: HashTable, now: number): Promise<readonly StoredItem[]> {
		return withDatabase(this.#database, async (session) => {
			if (!source) return [];
			const { table, columns: own } = source;
			const columns = own?.names ?? this.#columnsFor(autoexpire);
			const rows = await rowsOf(session, table, columns, columns[0]);
			return own ? itemsOfColumns(rows, own) : itemsOfRows(rows, this.#sizeSuffix, Math.floor(now / 1000));
		});
	}

	/**
	 * Puts a table's items into the place of what the database has for it, in one transaction.
	 * @param onRefused told of each item that the database does not take; the others are written
	 */
	store(table: HashTable, source: Source, onRefused: OnRefused): Promise<void> {
		const columns = this.#columnsFor(table.definition.autoexpire);
		return withDatabase(this.#database, async (session) => {
			await session.query('begin');
			await session.query(`delete from ${source.table}`);
			const rows = [...table.items()].map((item) => rowOfItem(item).slice(0, columns.length));
			await insertRows(session, source.table, columns, rows, ([key = ''], why) => onRefused(key, why));
			await session.query('commit');
		});
	}

	#columnsFor(autoexpire: number): readonly string[] {
		return this.#keepsExpiry && autoexpire > 0 ? this.#columns : this.#columns.slice(0, -1);
	}
}
