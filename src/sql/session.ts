/**
 * One piece of work on a database, over a connection of its own: loading a table, writing one back.
 *
 * @module
 */
import { type SqlConnection, SqlError, type SqlLimits, type SqlResult, type SqlValue } from './sql.ts';
import type { Database } from './url.ts';

/** How long such work may take, in milliseconds. */
export const WORK_TIME = 60_000;

/** What a table may hold that is taken into memory. */
export const TABLE_LIMITS: SqlLimits = { rows: 1_000_000, bytes: 128 << 20 };

/** There is no connection to the database. */
export class SqlConnectionError extends SqlError {}

/** A connection while somebody works with it. */
export interface SqlSession {
	/**
	 * Does a statement, whose question marks stand for the parameters.
	 * @throws SqlError
	 */
	query(text: string, params?: readonly (string | null)[]): Promise<SqlResult>;
	/** False once the connection has ended. */
	readonly alive: boolean;
}

/**
 * Connects, works, and ends the connection. What a transaction has not committed by then is undone.
 * @throws SqlConnectionError if it cannot connect; an SqlError where a statement fails. They name the database, by its URL
 * without the password.
 */
export async function withDatabase<T>(
	{ driver, shown }: Database,
	work: (session: SqlSession) => Promise<T>,
): Promise<T> {
	let connection: SqlConnection | undefined;
	const timer = setTimeout(() => connection?.cancel(), WORK_TIME);
	try {
		const open = await driver.connect().catch((cause: Error) => {
			throw new SqlConnectionError(`no connection to ${shown}: ${cause.message}`, { cause });
		});
		connection = open;
		return await work({
			query: (text, params = []) => open.query(text, params, TABLE_LIMITS),
			get alive() {
				return open.alive;
			},
		});
	} catch (error) {
		if (!(error instanceof SqlError) || error instanceof SqlConnectionError) throw error;
		throw new SqlError(`${error.message} (${shown})`, { cause: error });
	} finally {
		clearTimeout(timer);
		await connection?.close();
	}
}

/** The rows of some columns of a table, each as long as the list of columns. Names are taken as they are: see `isSqlName`. */
export async function rowsOf(
	session: SqlSession,
	table: string,
	columns: readonly string[],
	orderedBy?: string,
): Promise<readonly (readonly SqlValue[])[]> {
	const order = orderedBy === undefined ? '' : ` order by ${orderedBy}`;
	const { rows } = await session.query(`select ${columns.join(', ')} from ${table}${order}`);
	return rows;
}
