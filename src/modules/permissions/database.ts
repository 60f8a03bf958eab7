/**
 * The database of addresses and trusted peers (modules/permissions/address.c, trusted.c). Failures are SqlErrors.
 *
 * @module
 */
import type { ParamValues } from '../../kemi/module.ts';
import { SqlPool } from '../../sql/pool.ts';
import { rowsOf, TABLE_LIMITS, WORK_TIME, withDatabase } from '../../sql/session.ts';
import { SqlError, type SqlValue } from '../../sql/sql.ts';
import type { Database } from '../../sql/url.ts';
import { databaseParam, nameParam } from '../database-params.ts';
import { type AddressEntry, AddressError, AddressGroups } from './addresses.ts';
import { rulesOfRows, TrustedPeers } from './trusted.ts';

/** The columns of both tables, as parameters, in the order of a row. */
const ADDRESS_COLUMNS = ['grp_col', 'ip_addr_col', 'mask_col', 'port_col', 'tag_col'] as const;
const TRUSTED_COLUMNS = [
	'source_col',
	'proto_col',
	'from_col',
	'ruri_col',
	'tag_col',
	'priority_col',
] as const;

/** A table as the parameters name it. */
interface Source {
	readonly table: string;
	readonly columns: readonly string[];
}

function entryOf([group, place, bits, port, tag]: readonly SqlValue[]): AddressEntry {
	if (typeof group !== 'number' || group <= 0) throw new AddressError('has no group above 0');
	if (typeof place !== 'string') throw new AddressError('has no address');
	if (typeof bits !== 'number' || bits < 0) throw new AddressError('has no mask');
	if (typeof port !== 'number') throw new AddressError('has no port');
	return { group, place, bits, port, tag: tag === null || tag === undefined ? undefined : String(tag) };
}

/** The database that `db_url` names. */
export class PermissionsDatabase {
	readonly #database: Database;
	readonly #addresses: Source;
	readonly #trusted: Source;
	/** For a table that is read over and over: for SQLite a connection is a process. */
	readonly #pool: SqlPool;

	/** Undefined if there is no `db_url`. Throws a KemihostError `KH_MODPARAM`. */
	static of(params: ParamValues): PermissionsDatabase | undefined {
		const database = databaseParam(params, 'permissions');
		return database && new PermissionsDatabase(database, params);
	}

	private constructor(database: Database, params: ParamValues) {
		const name = (param: string) => nameParam(params, 'permissions', param);
		this.#database = database;
		this.#addresses = { table: name('address_table'), columns: ADDRESS_COLUMNS.map(name) };
		this.#trusted = { table: name('trusted_table'), columns: TRUSTED_COLUMNS.map(name) };
		this.#pool = new SqlPool(database.driver, 1, TABLE_LIMITS);
	}

	/** Connects, to see whether it works. */
	check(): Promise<void> {
		return withDatabase(this.#database, async () => {});
	}

	/** All addresses. A row that is none refuses the table. */
	async loadAddresses(maxNetworks: number): Promise<AddressGroups> {
		const rows = await this.#load(this.#addresses);
		let number = 0;
		const entries = function* () {
			for (const row of rows) {
				number++;
				yield entryOf(row);
			}
		};
		try {
			return new AddressGroups(entries(), maxNetworks);
		} catch (error) {
			if (!(error instanceof AddressError)) throw error;
			throw new SqlError(`row ${number} of ${this.#addresses.table} ${error.message}`);
		}
	}

	/**
	 * All trusted peers. A row that is none refuses the table.
	 * @param cached whether they are kept until somebody wants them read anew, and the connection is not
	 */
	async loadTrusted(cached: boolean): Promise<TrustedPeers> {
		const rows = await (cached ? this.#load(this.#trusted) : this.#loadAgain(this.#trusted));
		return new TrustedPeers(rulesOfRows(rows), cached);
	}

	/** Ends the connection that is kept. */
	close(): Promise<void> {
		return this.#pool.close();
	}

	#loadAgain({ table, columns }: Source) {
		const signal = AbortSignal.timeout(WORK_TIME);
		const query = (text: string, params: readonly (string | null)[] = []) =>
			this.#pool.query(this, text, params, signal);
		return rowsOf({ query, alive: true }, table, columns);
	}

	#load({ table, columns }: Source) {
		return withDatabase(this.#database, (session) => rowsOf(session, table, columns));
	}
}
