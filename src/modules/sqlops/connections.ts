/**
 * The connections of the sqlops module, one for each `sqlcon`, and the statements that go over them.
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import type { RequestContext } from '../../kemi/context.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { SqlPool } from '../../sql/pool.ts';
import { SqlError, type SqlResult } from '../../sql/sql.ts';
import { databaseOf, type SqlDialect } from '../../sql/url.ts';
import { keepAffected } from './results.ts';

/** How long a statement may take that no request waits for, in milliseconds, and how many there may be in a child. */
const ASYNC_TIME = 30_000;
const MOST_ASYNC = 1024;

/** Bytes that a result may have. */
const MAX_RESULT = 16 << 20;

/** A statement of a script. */
export interface Statement {
	/** The function that the script has called, for error lines. */
	readonly caller: string;
	/** The name of a `sqlcon`. */
	readonly connection: string;
	/** SQL. */
	readonly text: string;
	/** What its question marks stand for; null is NULL. */
	readonly values?: readonly (string | null)[];
}

interface SqlopsConnection {
	readonly name: string;
	/** The URL without its password. */
	readonly shown: string;
	readonly pool: SqlPool;
}

/** The connections of one child. */
export class SqlopsConnections {
	readonly #connections = new Map<string, SqlopsConnection>();
	/** The dialects of SQL that they speak. */
	readonly dialects: ReadonlySet<SqlDialect>;
	/** How much of a statement an error line shows. */
	readonly #shownLength: number;
	/** Statements whose end no request waits for. */
	#async = 0;

	/** @throws KemihostError `KH_MODPARAM` for a sqlcon that is no `name=>URL` */
	constructor(params: ParamValues) {
		const dialects = new Set<SqlDialect>();
		const size = Math.max(1, params.int('pool_size'));
		for (const given of params.all('sqlcon')) {
			const [, name = '', url = ''] = /^\s*(\w+)\s*=>\s*(\S+)\s*$/.exec(String(given)) ?? [];
			const database = databaseOf(url);
			if (!database)
				throw new KemihostError('KH_MODPARAM', 'parameter sqlcon of module sqlops is no name=>URL', {
					hint: 'modparam("sqlops", "sqlcon", "cb=>sqlite:///path/of/the/file"), or mysql://user:password@host/database, or postgres://…',
				});
			const pool = new SqlPool(database.driver, size, { rows: params.int('max_rows'), bytes: MAX_RESULT });
			this.#connections.set(name, { name, shown: database.shown, pool });
			dialects.add(database.dialect);
		}
		this.dialects = dialects;
		this.#shownLength = Math.max(0, params.int('log_buf_size'));
	}

	/** True if there is a `sqlcon` of that name. */
	has(name: string): boolean {
		return this.#connections.has(name);
	}

	/** Executes a statement for a request, whose transaction it joins. Undefined after an error line. */
	async perform(ctx: RequestContext, statement: Statement): Promise<SqlResult | undefined> {
		const { caller, text, values = [] } = statement;
		const connection = this.#find(ctx, statement);
		if (!connection) return undefined;
		try {
			const result = await connection.pool.query(ctx, text, values, ctx.signal);
			keepAffected(ctx, connection.name, result.affected);
			return result;
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
			const shown = text.length > this.#shownLength ? `${text.slice(0, this.#shownLength)}...` : text;
			ctx.refuse(`${caller}: ${error.message} [${shown}] (${connection.shown})`);
			return undefined;
		}
	}

	/**
	 * Executes a statement while the handler goes on. The request may end before it.
	 * @returns 1, or -1 after an error line if it cannot begin
	 */
	performAsync(ctx: RequestContext, statement: Statement): 1 | -1 {
		const { caller, text } = statement;
		const found = this.#find(ctx, statement);
		if (!found) return -1;
		if (this.#async >= MOST_ASYNC) return ctx.refuse(`${caller}: ${MOST_ASYNC} statements wait already`);
		const owner = {};
		this.#async++;
		found.pool
			.query(owner, text, [], AbortSignal.timeout(ASYNC_TIME))
			.catch((error: unknown) => {
				ctx.log('error', `${caller}: ${(error as Error).message} (${found.shown})`);
			})
			.finally(() => {
				this.#async--;
				found.pool.release(owner); // a transaction that it has begun is nobody's
			});
		return 1;
	}

	/** Connects to every database. Calls back for each that cannot be reached. */
	async check(failed: (text: string) => void): Promise<void> {
		for (const { name, shown, pool } of this.#connections.values()) {
			try {
				await pool.check();
			} catch (error) {
				failed(`sqlcon ${name}: no connection to ${shown}: ${(error as Error).message}`);
			}
		}
	}

	/** Undoes what a request that has ended did not commit, and gives back its connections. */
	release(ctx: RequestContext): void {
		for (const { pool } of this.#connections.values()) pool.release(ctx);
	}

	/** Closes all connections. */
	async close(): Promise<void> {
		await Promise.all([...this.#connections.values()].map(({ pool }) => pool.close()));
	}

	#find(ctx: RequestContext, { caller, connection }: Statement): SqlopsConnection | undefined {
		const found = this.#connections.get(connection);
		if (!found) ctx.refuse(`${caller}: there is no sqlcon ${connection}`);
		return found;
	}
}
