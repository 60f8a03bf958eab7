/**
 * The database of hash tables: what they are loaded from at the start, and written back to at the end (htable/ht_db.c).
 *
 * @module
 */
import type { ParamValues } from '../../kemi/module.ts';
import { rowsOf, type SqlSession, withDatabase } from '../../sql/session.ts';
import { SqlError } from '../../sql/sql.ts';
import type { Database } from '../../sql/url.ts';
import { databaseParam, nameParam } from '../database-params.ts';
import type { HashDefinition } from './definition.ts';
import { itemsOfColumns, itemsOfRows, rowOfItem, type StoredItem } from './rows.ts';
import type { HashTable } from './table.ts';

/** How many rows one statement inserts. */
const BATCH = 100;

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

	/** Undefined where there is no `db_url`. Throws a KemihostError `KH_MODPARAM`. */
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
			const into = `insert into ${source.table} (${columns.join(', ')}) values `;
			for (let i = 0; i < rows.length; i += BATCH)
				await insert(session, into, rows.slice(i, i + BATCH), onRefused);
			await session.query('commit');
		});
	}

	#columnsFor(autoexpire: number): readonly string[] {
		return this.#keepsExpiry && autoexpire > 0 ? this.#columns : this.#columns.slice(0, -1);
	}
}

/** Inserts rows; where the database does not take them all, those that it does. */
async function insert(
	session: SqlSession,
	into: string,
	rows: readonly string[][],
	onRefused: OnRefused,
): Promise<void> {
	const marks = rows.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
	const why = await attempt(session, into + marks, rows.flat());
	if (why === undefined) return;
	if (rows.length > 1) for (const row of rows) await insert(session, into, [row], onRefused);
	else onRefused(rows[0]?.[0] ?? '', why);
}

/** Does a statement in a transaction that goes on where it fails: why it did, or undefined. */
async function attempt(session: SqlSession, text: string, params: readonly string[]) {
	await session.query('savepoint attempt');
	try {
		await session.query(text, params);
		await session.query('release savepoint attempt');
		return undefined;
	} catch (error) {
		if (!(error instanceof SqlError && session.alive)) throw error;
		await session.query('rollback to savepoint attempt');
		return error.message;
	}
}
