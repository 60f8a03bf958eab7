/**
 * PostgreSQL, by node-postgres.
 *
 * @module
 */
import pg from 'pg';
import { bytesOf, textOf } from '../bytes.ts';
import { numbered } from './placeholders.ts';
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
} from './sql.ts';

/** Types by their numbers in pg_type, as far as they are no texts to Kamailio (db_postgres/km_res.c). */
const TYPE = {
	bool: 16,
	bytea: 17,
	int8: 20,
	int2: 21,
	int4: 23,
	date: 1082,
	timestamp: 1114,
	timestamptz: 1184,
};

/** The client gives every value as the text that the server sent. */
const TEXTS = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

function convert(text: string | null, type: number): SqlValue {
	if (text === null) return null;
	switch (type) {
		case TYPE.int2:
		case TYPE.int4:
			return Number(text);
		case TYPE.int8:
			return text;
		case TYPE.bool:
			return text === 't' ? 1 : 0;
		case TYPE.bytea:
			return Buffer.from(text.slice(2), 'hex').toString('latin1'); // \x…
		case TYPE.date:
			return seconds(text, text); // a date alone is UTC
		case TYPE.timestamp:
			return seconds(text, `${text.replace(' ', 'T')}Z`);
		case TYPE.timestamptz:
			return seconds(text, text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
		default:
			return bytesOf(text);
	}
}

/** Connects. */
export async function connectPostgres(address: DatabaseAddress): Promise<SqlConnection> {
	const config: pg.ClientConfig = {
		host: address.host,
		database: address.database,
		user: address.user ?? 'postgres',
		connectionTimeoutMillis: CONNECT_TIME,
		types: TEXTS,
		...(address.port === undefined ? {} : { port: address.port }),
		...(address.password === undefined ? {} : { password: address.password }),
	};
	const client = new pg.Client(config);
	const connection = new PostgresConnection(client, config);
	try {
		await client.connect();
	} catch (error) {
		throw new SqlError((error as Error).message || 'no connection', { cause: error });
	}
	return connection;
}

class PostgresConnection implements SqlConnection {
	readonly #client: pg.Client;
	readonly #config: pg.ClientConfig;
	/** What the server has said last: `I` outside of a transaction. */
	#status = 'I';
	alive = true;

	constructor(client: pg.Client, config: pg.ClientConfig) {
		this.#client = client;
		this.#config = config;
		client.on('error', () => {
			this.alive = false;
		});
		client.on('end', () => {
			this.alive = false;
		});
		// @types/pg does not know what the client reads the protocol with
		const { connection } = client as unknown as {
			connection: NodeJS.EventEmitter;
		};
		connection.on('readyForQuery', ({ status }: { status: string }) => {
			this.#status = status;
		});
	}

	get inTransaction(): boolean {
		return this.alive && this.#status !== 'I';
	}

	async query(text: string, params: readonly (string | null)[], limits: SqlLimits): Promise<SqlResult> {
		const statement = textOf(text);
		const config =
			params.length === 0
				? { text: statement, rowMode: 'array' }
				: {
						text: numbered(statement),
						values: params.map((param) => (param === null ? null : textOf(param))),
						rowMode: 'array',
					};
		const gathered = new Rows(limits);
		try {
			return await new Promise<SqlResult>((resolve, reject) => {
				const query = this.#client.query(new pg.Query(config as pg.QueryConfig));
				query.on('row', (row, result) => {
					try {
						const values = row as unknown as (string | null)[];
						gathered.add(values.map((value, i) => convert(value, result?.fields[i]?.dataTypeID ?? 0)));
					} catch (error) {
						this.cancel();
						reject(error);
					}
				});
				query.on('error', reject); // where the connection ends too
				query.on('end', (result) => {
					const last = Array.isArray(result) ? result.at(-1) : result;
					resolve({
						columns: (last?.fields ?? []).map(({ name }: { name: string }) => bytesOf(name)),
						rows: gathered.rows,
						affected: last?.rowCount ?? 0,
					});
				});
			});
		} catch (error) {
			throw error instanceof SqlError ? error : new SqlError((error as Error).message, { cause: error });
		}
	}

	cancel(): void {
		this.alive = false;
		const { processID } = this.#client as unknown as { processID: number };
		void cancelBackend(this.#config, processID).finally(() => this.close());
	}

	async close(): Promise<void> {
		this.alive = false;
		await this.#client.end().catch(() => undefined);
	}
}

/** Asks the server to end what another connection does. */
async function cancelBackend(config: pg.ClientConfig, pid: number): Promise<void> {
	const client = new pg.Client(config);
	client.on('error', () => undefined);
	try {
		await client.connect();
		await client.query('select pg_terminate_backend($1)', [pid]);
	} catch {
		// the server may have gone
	} finally {
		await client.end().catch(() => undefined);
	}
}
