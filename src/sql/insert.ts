/**
 * Inserting many rows.
 *
 * @module
 */
import type { SqlSession } from './session.ts';
import { SqlError } from './sql.ts';

/** How many rows one statement inserts. */
const BATCH = 100;

/** Told of a row that the database does not take. */
export type OnRefusedRow = (row: readonly string[], why: string) => void;

/**
 * Inserts rows within a transaction. What the database does not take is left out; the rest is inserted.
 * @param table and columns are taken as they are: see `isSqlName`
 * @throws SqlError if the connection ends
 */
export async function insertRows(
	session: SqlSession,
	table: string,
	columns: readonly string[],
	rows: readonly (readonly string[])[],
	onRefused: OnRefusedRow,
): Promise<void> {
	const into = `insert into ${table} (${columns.join(', ')}) values `;
	for (let i = 0; i < rows.length; i += BATCH)
		await insert(session, into, rows.slice(i, i + BATCH), onRefused);
}

/** Inserts rows; where the database does not take them all, those that it does. */
async function insert(
	session: SqlSession,
	into: string,
	rows: readonly (readonly string[])[],
	onRefused: OnRefusedRow,
): Promise<void> {
	const marks = rows.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
	const why = await attempt(session, into + marks, rows.flat());
	if (why === undefined) return;
	if (rows.length > 1) for (const row of rows) await insert(session, into, [row], onRefused);
	else onRefused(rows[0] ?? [], why);
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
