/**
 * Queues in a database: what is in one when the host ends is in it again when the next one begins (modules/mqueue/mqueue_db.c).
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import type { HostServices } from '../../kemi/context.ts';
import { insertRows } from '../../sql/insert.ts';
import { rowsOf, type SqlSession, withDatabase } from '../../sql/session.ts';
import { SqlError } from '../../sql/sql.ts';
import type { Database } from '../../sql/url.ts';
import { onceFinished } from '../../store/once.ts';
import type { QueueItem, SharedQueue } from '../../store/queues.ts';

/** What `dbmode` says. Kamailio's documentation has 2 and 3 the other way round. */
export const DB_MODES = {
	0: { loads: false, writes: false },
	1: { loads: true, writes: true },
	2: { loads: true, writes: false },
	3: { loads: false, writes: true },
} as const;

/** One of its numbers. */
export type DbMode = keyof typeof DB_MODES;

/** A queue that a database has, under the table of its name. */
export interface StoredQueue {
	readonly name: string;
	readonly queue: SharedQueue;
	readonly mode: DbMode;
}

/** The queues of a host and their database. */
export class QueueDatabase {
	readonly #database: Database;
	readonly #queues: readonly StoredQueue[];
	readonly #columns: readonly [key: string, value: string];
	#loaded = false;

	constructor(database: Database, queues: readonly StoredQueue[]) {
		this.#database = database;
		this.#queues = queues;
		// a word of MySQL's own, which the table has for a name
		this.#columns = [database.dialect === 'mysql' ? '`key`' : 'key', 'val'];
	}

	/**
	 * Fills the queues, once for all children. The rows go with that, as in Kamailio: an item is in one place.
	 * @throws KemihostError `KH_DATABASE`
	 */
	async load(host: HostServices): Promise<void> {
		await onceFinished(host.store, 'mqueue:load', async () => {
			for (const { name, queue, mode } of this.#queues)
				if (DB_MODES[mode].loads) await this.#fill(name, queue, host.ephemeral);
		});
		this.#loaded = true;
	}

	/** Writes what the queues still hold, where the last child ends. Errors become lines of the log. */
	async store({ ephemeral, log, processes }: HostServices): Promise<void> {
		const kept = this.#queues.filter(({ mode }) => DB_MODES[mode].writes);
		if (!this.#loaded || ephemeral || kept.length === 0 || !(await processes.last())) return;
		for (const { name, queue } of kept) {
			const items: QueueItem[] = [];
			for (let item = queue.take(); item; item = queue.take()) items.push(item);
			try {
				await this.#transaction((session) =>
					insertRows(
						session,
						name,
						this.#columns,
						items.map(({ key, value }) => [key, value]),
						([key], why) => log.log('error', `mqueue: ${name}: the item ${key} is not written: ${why}`),
					),
				);
			} catch (error) {
				if (!(error instanceof SqlError)) throw error;
				// a store that is kept has them still
				for (const item of items) queue.add(item);
				log.log('error', `mqueue: ${name} is not written: ${error.message}`);
			}
		}
	}

	async #fill(name: string, queue: SharedQueue, keepsRows: boolean): Promise<void> {
		try {
			await this.#transaction(async (session) => {
				const rows = await rowsOf(session, name, this.#columns, 'id');
				for (const [i, [key, value]] of rows.entries()) {
					if (key === null || key === undefined || value === null || value === undefined)
						throw new SqlError(`row ${i + 1} has no key or no value`);
					queue.add({ key: String(key), value: String(value) });
				}
				if (!keepsRows) await session.query(`delete from ${name}`);
			});
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
			throw new KemihostError('KH_DATABASE', `mqueue ${name} cannot be loaded: ${error.message}`, {
				hint: 'modparam("mqueue", "db_url", …) names the database; each queue has a table of its name with id, key and val',
				cause: error,
			});
		}
	}

	#transaction(work: (session: SqlSession) => Promise<void>): Promise<void> {
		return withDatabase(this.#database, async (session) => {
			await session.query('begin');
			await work(session);
			await session.query('commit');
		});
	}
}
