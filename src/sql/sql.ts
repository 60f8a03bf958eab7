/**
 * The contract of SQL databases: what a driver implements, and the rules that all of them follow.
 *
 * @module
 */

/** What a column holds, as Kamailio's variables can hold it: whole numbers of 32 bits are numbers, larger ones and fractions texts. */
export type SqlValue = string | number | null;

/** What a statement gave. Strings are byte strings. */
export interface SqlResult {
	/** The names of the columns; none for a statement that gives no rows. */
	readonly columns: readonly string[];
	readonly rows: readonly (readonly SqlValue[])[];
	/** Rows that the statement has changed. */
	readonly affected: number;
}

/** Results beyond these are refused: they would be held in the memory of the child. */
export interface SqlLimits {
	readonly rows: number;
	readonly bytes: number;
}

/** A statement or a connection failed. The message tells no password. */
export class SqlError extends Error {
	override readonly name = 'SqlError';
}

/** One connection to a database, which does one statement at a time. */
export interface SqlConnection {
	/** False once it is of no use any more. */
	readonly alive: boolean;
	/** True between `begin` and `commit`: the next statement has to come here too. */
	readonly inTransaction: boolean;
	/**
	 * Does a statement.
	 * @param params values for its question marks; null is NULL
	 * @throws SqlError
	 */
	query(text: string, params: readonly (string | null)[], limits: SqlLimits): Promise<SqlResult>;
	/** Ends the statement that runs; its `query` rejects. */
	cancel(): void;
	/** Ends the connection; what a transaction has not committed is undone. */
	close(): Promise<void>;
}

/** Where a database is, and who asks. */
export interface DatabaseAddress {
	readonly host: string;
	readonly port: number | undefined;
	readonly user: string | undefined;
	readonly password: string | undefined;
	readonly database: string;
}

/** Connects to one database. */
export interface SqlDriver {
	/** @throws SqlError if it cannot, or not within some seconds */
	connect(): Promise<SqlConnection>;
}

/** How long a connection may take to be made, in milliseconds. */
export const CONNECT_TIME = 5000;

const INT_MAX = 2 ** 31 - 1;
const INT_MIN = -(2 ** 31);

/** A whole number as variables hold it. */
export function wholeNumber(value: number | bigint | string): number | string {
	const number = Number(value);
	return number >= INT_MIN && number <= INT_MAX ? number : String(value);
}

/**
 * A date as Kamailio's variables hold it.
 * @param iso the same as `text`, in the form of ISO 8601
 * @returns seconds since 1970; the text where it is no date (`infinity`, `0000-00-00`)
 */
export function seconds(text: string, iso: string): number | string {
	const time = Date.parse(iso);
	return Number.isNaN(time) ? text : wholeNumber(Math.floor(time / 1000));
}

/** Gathers rows, up to the limits. */
export class Rows {
	readonly rows: SqlValue[][] = [];
	readonly #limits: SqlLimits;
	#bytes = 0;

	constructor(limits: SqlLimits) {
		this.#limits = limits;
	}

	/** @throws SqlError if the result has become too large */
	add(row: SqlValue[]): void {
		for (const value of row) this.#bytes += typeof value === 'string' ? value.length : 8;
		if (this.rows.length >= this.#limits.rows)
			throw new SqlError(`the result has more than ${this.#limits.rows} rows`);
		if (this.#bytes > this.#limits.bytes)
			throw new SqlError(`the result has more than ${this.#limits.bytes} bytes`);
		this.rows.push(row);
	}
}
