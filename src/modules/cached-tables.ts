/**
 * Tables that a module reads whole, as most of Kamailio's modules do: at the start, and again when an administrator asks
 * for it. What was read before stays in use until all of the new is there and good. Every child reads for itself.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { HostServices } from '../kemi/context.ts';
import { rowsOf, withDatabase } from '../sql/session.ts';
import { SqlError, type SqlValue } from '../sql/sql.ts';
import type { Database } from '../sql/url.ts';

/** A row that a module cannot use. The message says which one, and what is wrong with it. */
export class RowError extends Error {
	override readonly name = 'RowError';
}

/** A row of a table. */
export type Row = readonly SqlValue[];

/** Reads columns of a table, in the order of one of them where that is given. Names have to be such (`nameParam`). */
export type ReadTable = (
	table: string,
	columns: readonly string[],
	orderedBy?: string,
) => Promise<readonly Row[]>;

/** A value of a column that must not be NULL. */
export function required(value: SqlValue | undefined, column: string): string | number {
	if (value === null || value === undefined) throw new RowError(`${column} is NULL`);
	return value;
}

/** An integer of a column that must not be NULL. */
export function integer(value: SqlValue | undefined, column: string): number {
	const number = Number(required(value, column));
	if (!Number.isInteger(number)) throw new RowError(`${column} is "${value}", which is no integer`);
	return number;
}

/**
 * Makes a content of what it reads. A RowError in it refuses the whole.
 * @param before what was read last
 */
export type Build<T> = (read: ReadTable, before: T) => Promise<T>;

/** What a module makes of its tables. */
export class CachedTables<T> {
	readonly #module: string;
	readonly #database: Database | undefined;
	readonly #build: Build<T>;
	#content: T;
	/** The loads that were asked for, one after the other. */
	#loading: Promise<unknown> = Promise.resolve();

	/**
	 * @param database undefined if none is named: nothing is ever read then
	 * @param empty what stands for the content until something was read
	 * @param build makes the content
	 */
	constructor(module: string, database: Database | undefined, empty: T, build: Build<T>) {
		this.#module = module;
		this.#database = database;
		this.#content = empty;
		this.#build = build;
	}

	/** What was read last. */
	get content(): T {
		return this.#content;
	}

	/** False if no database is named. */
	get hasDatabase(): boolean {
		return this.#database !== undefined;
	}

	/**
	 * Reads for the first time, if there is a database.
	 * @throws KemihostError `KH_DATABASE`
	 */
	async start(): Promise<void> {
		if (!this.#database) return;
		try {
			await this.load();
		} catch (error) {
			if (!(error instanceof SqlError || error instanceof RowError)) throw error;
			throw new KemihostError('KH_DATABASE', `module ${this.#module}: ${error.message}`, {
				hint: "db_url names the database; kamdbctl makes the tables of Kamailio's modules",
				cause: error,
			});
		}
	}

	/**
	 * Reads anew; the content is what it was where that fails.
	 * @param build where only a part is to be read
	 * @throws SqlError or RowError
	 */
	load(build: Build<T> = this.#build): Promise<void> {
		const load = this.#loading.then(() => this.#load(build));
		this.#loading = load.catch(() => undefined);
		return load;
	}

	/** Reads anew, for a command or a function. False after an error line if that fails. */
	async reload(host: HostServices, build: Build<T> = this.#build): Promise<boolean> {
		try {
			await this.load(build);
			return true;
		} catch (error) {
			if (!(error instanceof SqlError || error instanceof RowError)) throw error;
			host.log.log('error', `${this.#module}: ${error.message}; what was read before stays in use`);
			return false;
		}
	}

	async #load(build: Build<T>): Promise<void> {
		if (!this.#database) throw new SqlError('db_url is not set');
		this.#content = await withDatabase(this.#database, (session) =>
			build((table, columns, orderedBy) => rowsOf(session, table, columns, orderedBy), this.#content),
		);
	}
}
