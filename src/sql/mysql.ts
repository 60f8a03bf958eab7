/**
 * MySQL and MariaDB, by mysql2.
 *
 * @module
 */
import { type Connection, createConnection, type FieldPacket } from 'mysql2';
import { bytesOf, textOf } from '../bytes.ts';
import {
	CONNECT_TIME,
	type DatabaseAddress,
	Rows,
	type SqlConnection,
	SqlError,
	type SqlLimits,
	type SqlResult,
	type SqlValue,
	seconds,
	wholeNumber,
} from './sql.ts';

/** Column types of the protocol, as far as they are no texts to Kamailio (db_mysql/km_res.c). */
const TYPE = {
	tiny: 1,
	short: 2,
	long: 3,
	timestamp: 7,
	longlong: 8,
	int24: 9,
	date: 10,
	datetime: 12,
	year: 13,
};
const NUMBERS: readonly number[] = [TYPE.tiny, TYPE.short, TYPE.long, TYPE.int24, TYPE.year];
const TIMES: readonly number[] = [TYPE.timestamp, TYPE.date, TYPE.datetime];
/** Values are bound with backslashes in front of their quotes, and so does `{sql.val}`: a server that reads them otherwise would let
 * a value out of its quotes. */
const BACKSLASH_ESCAPES = "set session sql_mode = replace(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')";

/** SERVER_STATUS_IN_TRANS */
const IN_TRANSACTION = 1;

function convert(value: Buffer | string | null, type: number): SqlValue {
	if (value === null) return null;
	const text = typeof value === 'string' ? bytesOf(value) : value.toString('latin1');
	if (NUMBERS.includes(type)) return wholeNumber(text);
	if (type === TYPE.longlong) return text;
	if (!TIMES.includes(type)) return text;
	return seconds(text, `${text.replace(' ', 'T')}${type === TYPE.date ? '' : 'Z'}`);
}

/** Connects. */
export async function connectMysql(address: DatabaseAddress): Promise<SqlConnection> {
	const config = {
		host: address.host,
		database: address.database,
		user: address.user ?? 'root',
		password: address.password ?? '',
		connectTimeout: CONNECT_TIME,
		timezone: 'Z',
		...(address.port === undefined ? {} : { port: address.port }),
	};
	const connection = createConnection(config);
	const wrapped = new MysqlConnection(connection, config);
	await new Promise<void>((resolve, reject) => {
		// The first statement waits for the connection.
		connection.query(BACKSLASH_ESCAPES, (error) => {
			if (error) reject(new SqlError(error.message || error.code || 'no connection', { cause: error }));
			else resolve();
		});
	});
	return wrapped;
}

class MysqlConnection implements SqlConnection {
	readonly #connection: Connection;
	readonly #config: object;
	alive = true;
	inTransaction = false;

	constructor(connection: Connection, config: object) {
		this.#connection = connection;
		this.#config = config;
		connection.on('error', () => {
			this.alive = false;
		});
		connection.on('end', () => {
			this.alive = false;
		});
	}

	query(text: string, params: readonly (string | null)[], limits: SqlLimits): Promise<SqlResult> {
		const gathered = new Rows(limits);
		let columns: FieldPacket[] = [];
		let affected = 0;
		return new Promise<SqlResult>((resolve, reject) => {
			const options = {
				sql: textOf(text),
				rowsAsArray: true,
				typeCast: (field: { buffer(): Buffer | null }) => field.buffer(),
			};
			const values = params.map((param) => (param === null ? null : textOf(param)));
			const query = this.#connection.query(options as never, values);
			query.on('fields', (fields: FieldPacket[] | undefined) => {
				columns = fields ?? [];
			});
			query.on('result', (row: unknown) => {
				if (!Array.isArray(row)) {
					const header = row as { affectedRows?: number; serverStatus?: number };
					affected = header.affectedRows ?? 0;
					this.inTransaction = ((header.serverStatus ?? 0) & IN_TRANSACTION) !== 0;
					return;
				}
				try {
					gathered.add(
						row.map((value, i) => convert(value, columns[i]?.columnType ?? columns[i]?.type ?? 0)),
					);
				} catch (error) {
					this.cancel();
					reject(error);
				}
			});
			query.on('error', (error: Error & { fatal?: boolean }) => {
				if (error.fatal) this.alive = false;
				reject(new SqlError(error.message, { cause: error }));
			});
			query.on('end', () =>
				resolve({
					columns: columns.map(({ name }) => bytesOf(name)),
					rows: gathered.rows,
					affected: columns.length > 0 ? gathered.rows.length : affected,
				}),
			);
		});
	}

	cancel(): void {
		this.alive = false;
		const id = this.#connection.threadId;
		const killer = createConnection(this.#config);
		killer.on('error', () => undefined);
		killer.query(`kill ${id}`, () => killer.destroy());
	}

	async close(): Promise<void> {
		this.alive = false;
		this.#connection.destroy();
	}
}
