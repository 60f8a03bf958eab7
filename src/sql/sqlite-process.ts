/**
 * The process behind a connection to SQLite (`sqlite.ts`): opens the file that its argument names, and answers one statement
 * after the other.
 *
 * @module
 */
import { DatabaseSync, type StatementColumnMetadata } from 'node:sqlite';
import { bytesOf, textOf } from '../bytes.ts';
import { Rows, type SqlLimits, type SqlResult, type SqlValue, seconds, wholeNumber } from './sql.ts';

/** A statement. */
export interface SqliteQuestion {
	readonly text: string;
	readonly params: readonly (string | null)[];
	readonly limits: SqlLimits;
}

/** What it gave. The first answer comes unasked: the file is open. */
export type SqliteAnswer = { readonly inTransaction: boolean } & (
	| { readonly result: SqlResult }
	| { readonly error: string }
);

/** How long a statement waits for other processes that write, in milliseconds. */
const BUSY_TIME = 5000;

type Raw = bigint | number | string | Uint8Array | null;

/** Seconds since 1970 for `2020-01-02 03:04:05`, which is taken for UTC. */
function toSeconds(text: string): number | string {
	return seconds(
		bytesOf(text),
		`${text.trim().replace(' ', 'T')}${/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? '' : 'Z'}`,
	);
}

/** A value as Kamailio has those of the column's declared type; a value of no declared type says itself what it is. */
function convert(value: Raw, declared: string): SqlValue {
	if (value === null) return null;
	if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
	if (/date|time/i.test(declared))
		return typeof value === 'string' ? toSeconds(value) : wholeNumber(BigInt(Math.trunc(Number(value))));
	if (typeof value === 'bigint') {
		const asText = /bigint|char|text|clob/i.test(declared);
		return asText ? String(value) : wholeNumber(value);
	}
	return typeof value === 'number' ? String(value) : bytesOf(value);
}

function answer(db: DatabaseSync, { text, params, limits }: SqliteQuestion): SqlResult {
	const statement = db.prepare(textOf(text));
	statement.setReadBigInts(true);
	const values = params.map((param) => (param === null ? null : textOf(param)));
	const columns: StatementColumnMetadata[] = statement.columns();
	if (columns.length === 0) {
		const { changes } = statement.run(...values);
		return { columns: [], rows: [], affected: Number(changes) };
	}
	statement.setReturnArrays(true);
	const gathered = new Rows(limits);
	for (const row of statement.iterate(...values) as unknown as Iterable<Raw[]>)
		gathered.add(row.map((value, i) => convert(value, columns[i]?.type ?? '')));
	return {
		columns: columns.map(({ name }) => bytesOf(name)),
		rows: gathered.rows,
		affected: gathered.rows.length,
	};
}

const say = (message: SqliteAnswer) => process.send?.(message);

// Signals of a terminal are for the host, which ends this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());

try {
	// A statement reaches the one file that the configuration names.
	const db = new DatabaseSync(process.argv[2] ?? '', { limits: { attach: 0 }, timeout: BUSY_TIME });
	process.on('message', (question: SqliteQuestion) => {
		try {
			const result = answer(db, question);
			say({ inTransaction: db.isTransaction, result });
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			say({ inTransaction: db.isTransaction, error: error.message });
		}
	});
	say({ inTransaction: false, result: { columns: [], rows: [], affected: 0 } });
} catch (error) {
	say({ inTransaction: false, error: (error as Error).message });
	process.exitCode = 1;
	process.disconnect();
}
