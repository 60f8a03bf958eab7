/**
 * A database that functions ask while a request waits.
 *
 * @module
 */
import type { HostServices, RequestContext } from '../kemi/context.ts';
import type { ParamValues } from '../kemi/module.ts';
import { SqlPool } from '../sql/pool.ts';
import { SqlError, type SqlResult } from '../sql/sql.ts';
import { databaseParam } from './database-params.ts';

/** How many connections each child has. */
const CONNECTIONS = 4;

/** What one answer may have. */
const LIMITS = { rows: 100_000, bytes: 16 << 20 };

/** The database of one module. */
export class ModuleDatabase {
	readonly #module: string;
	readonly #pool: SqlPool | undefined;
	readonly #shown: string;

	/**
	 * @param params with a `db_url`
	 * @throws KemihostError `KH_MODPARAM`
	 */
	constructor(params: ParamValues, module: string) {
		const database = databaseParam(params, module);
		this.#module = module;
		this.#pool = database && new SqlPool(database.driver, CONNECTIONS, LIMITS);
		this.#shown = database?.shown ?? '';
	}

	/** Connects, and tells the log where that fails: the host starts all the same, and each call fails. */
	async check(host: HostServices): Promise<void> {
		await this.#pool?.check().catch((error: Error) => {
			host.log.log('error', `${this.#module}: no connection to ${this.#shown}: ${error.message}`);
		});
	}

	/**
	 * Does a statement for a request; undefined after an error line if it fails.
	 * @param caller the function that was called
	 * @param params values for its question marks
	 */
	async query(
		ctx: RequestContext,
		caller: string,
		text: string,
		params: readonly string[],
	): Promise<SqlResult | undefined> {
		if (!this.#pool) {
			ctx.refuse(`${caller}: db_url is not set`);
			return undefined;
		}
		try {
			return await this.#pool.query(ctx, text, params, ctx.signal);
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
			ctx.refuse(`${caller}: ${error.message} (${this.#shown})`);
			return undefined;
		}
	}

	/** Does a statement for a command. Throws an SqlError. */
	async ask(text: string, params: readonly string[]): Promise<SqlResult> {
		if (!this.#pool) throw new SqlError('db_url is not set');
		return this.#pool.query({}, text, params, AbortSignal.timeout(ASK_TIME));
	}

	/** A request has ended. */
	release(ctx: RequestContext): void {
		this.#pool?.release(ctx);
	}

	/** Ends all connections. */
	async close(): Promise<void> {
		await this.#pool?.close();
	}
}

/** How long a command's statement may take, in milliseconds. */
const ASK_TIME = 30_000;
