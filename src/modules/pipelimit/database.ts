/**
 * Pipes that a database has at the start (modules/pipelimit/pl_db.c).
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { rowsOf, withDatabase } from '../../sql/session.ts';
import { SqlError } from '../../sql/sql.ts';
import type { Database } from '../../sql/url.ts';
import { databaseParam, nameParam } from '../database-params.ts';
import { type Algorithm, findAlgorithm } from '../rate/algorithms.ts';

/** A pipe as a row has it. */
export interface StoredPipe {
	readonly name: string;
	readonly algorithm: Algorithm;
	readonly limit: number;
}

const COLUMN_PARAMS = ['plp_pipeid_column', 'plp_algorithm_column', 'plp_limit_column'] as const;

/** The table that the parameters name. */
export class PipeTable {
	readonly #database: Database;
	readonly #table: string;
	readonly #columns: readonly string[];

	/** Undefined if there is no `db_url`. Throws a KemihostError `KH_MODPARAM`. */
	static of(params: ParamValues): PipeTable | undefined {
		const database = databaseParam(params, 'pipelimit');
		return database && new PipeTable(database, params);
	}

	private constructor(database: Database, params: ParamValues) {
		this.#database = database;
		this.#table = nameParam(params, 'pipelimit', 'plp_table_name');
		this.#columns = COLUMN_PARAMS.map((name) => nameParam(params, 'pipelimit', name));
	}

	/**
	 * All pipes.
	 * @throws KemihostError `KH_DATABASE` if it cannot be reached, or a row is no pipe
	 */
	async load(): Promise<readonly StoredPipe[]> {
		try {
			return await withDatabase(this.#database, async (session) => {
				const pipes = new Map<string, StoredPipe>();
				for (const [i, row] of (await rowsOf(session, this.#table, this.#columns)).entries()) {
					const [name, algorithmName, limit] = row;
					const wrong = (why: string) => new SqlError(`row ${i + 1} of ${this.#table} ${why}`);
					const algorithm = findAlgorithm(String(algorithmName));
					if (typeof name !== 'string') throw wrong('has no name');
					if (!algorithm) throw wrong(`has an unknown algorithm: ${algorithmName}`);
					if (pipes.has(name)) throw wrong(`has a name that is there already: ${name}`);
					if (Number(limit ?? 0) < 0) throw wrong('has a limit below 0');
					pipes.set(name, { name, algorithm, limit: Number(limit ?? 0) });
				}
				return [...pipes.values()];
			});
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
			throw new KemihostError('KH_DATABASE', `pipelimit: ${error.message}`, {
				hint: 'modparam("pipelimit", "db_url", …) names the database, plp_table_name its table',
				cause: error,
			});
		}
	}
}
