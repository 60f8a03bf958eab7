/**
 * The store of several children on one machine: an SQLite database in a folder that all of them open, through the
 * library that is part of Node. Its write-ahead log lies in memory that looks like a disk; reading takes about 3
 * µs and writing about 10. SQLite's locks belong to the kernel and end with their process, and a change counts
 * once its last page is in the log: a child that is killed in the middle of a write loses that write and nothing
 * else.
 *
 * @module
 */
import type { StatementSync } from 'node:sqlite';
import type { QueueOptions, SharedQueue } from './queues.ts';
import { Connection } from './sqlite-connection.ts';
import { nameOf, SqliteQueue } from './sqlite-queue.ts';
import {
	checkSizes,
	checkTable,
	type Expiry,
	type Increment,
	type SharedItem,
	type SharedStore,
	type SharedTable,
	type SharedValue,
	STORE_LIMITS,
	type StoreLimits,
} from './store.ts';

/** Items that `items` reads at a time, and the most bytes of them. */
const BATCH_ITEMS = 100;
const BATCH_BYTES = 1 << 20;

/** The index spares sweeping a search through all items. */
function createTable(table: string): string {
	return `
		CREATE TABLE IF NOT EXISTS ${table}
			(key TEXT PRIMARY KEY, value ANY NOT NULL, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
		CREATE INDEX IF NOT EXISTS ${table}_expires ON ${table} (expires) WHERE expires > 0;`;
}

/** What is asked of a table. Parameters are numbered: 1 is the key and 2 the time, wherever there are such. */
function statements(table: string) {
	const live = `(${table}.expires = 0 OR ${table}.expires > ?2)`;
	const expiry = `CASE WHEN ?5 AND ${live} THEN ${table}.expires ELSE ?4 END`;
	const sum = `max(${Number.MIN_SAFE_INTEGER}, min(${Number.MAX_SAFE_INTEGER}, ${table}.value + ?3))`;
	return {
		get: `SELECT value, expires FROM ${table} WHERE key = ?1 AND ${live}`,
		set: `INSERT INTO ${table} VALUES (?1, ?3, ?4) ON CONFLICT DO UPDATE SET value = ?3, expires = ${expiry}`,
		declare: `INSERT INTO ${table} VALUES (?1, ?3, ?4)
			ON CONFLICT DO UPDATE SET value = ?3, expires = ?4 WHERE NOT ${live}`,
		increment: `UPDATE ${table} SET value = ${sum}, expires = ${expiry}
			WHERE key = ?1 AND ${live} AND typeof(value) <> 'text' RETURNING value`,
		incrementFrom: `INSERT INTO ${table} VALUES (?1, ?6 + ?3, ?4)
			ON CONFLICT DO UPDATE SET value = CASE WHEN ${live} THEN ${sum} ELSE ?6 + ?3 END, expires = ${expiry}
			WHERE NOT ${live} OR typeof(${table}.value) <> 'text' RETURNING value`,
		expire: `UPDATE ${table} SET expires = ?3 WHERE key = ?1 AND ${live}`,
		delete: `DELETE FROM ${table} WHERE key = ?1 AND ${live}`,
		deleteSame: `DELETE FROM ${table} WHERE key = ?1 AND value IS ?2 AND expires = ?3`,
		items: `SELECT key, value, expires FROM ${table} WHERE key >= ?1 AND ${live} ORDER BY key LIMIT ?3`,
		count: `SELECT count(*) FROM ${table}`,
		clear: `DELETE FROM ${table}`,
		takeExpired: `DELETE FROM ${table} WHERE key IN
			(SELECT key FROM ${table} WHERE expires > 0 AND expires <= ?1 ORDER BY expires LIMIT ?2)
			RETURNING key, value, expires`,
	};
}

type Statements = Record<keyof ReturnType<typeof statements>, StatementSync>;

/** A row of `get`. */
type ValueRow = [value: SharedValue, expires: number];
/** A row of `items` and `takeExpired`. */
type ItemRow = [key: string, value: SharedValue, expires: number];

class SqliteTable implements SharedTable {
	readonly #connection: Connection;
	readonly #run: Statements;

	constructor(connection: Connection, name: string) {
		this.#connection = connection;
		const table = nameOf('t', name);
		connection.execute(createTable(table));
		const prepared = Object.entries(statements(table)).map(([key, sql]) => [key, connection.prepare(sql)]);
		this.#run = Object.fromEntries(prepared) as Statements;
	}

	get(key: string): SharedValue | undefined {
		return this.#get(key)?.[0];
	}

	item(key: string): SharedItem | undefined {
		const row = this.#get(key);
		return row && { key, value: row[0], expires: row[1] };
	}

	set(key: string, value: SharedValue, { at = 0, keep = false }: Partial<Expiry> = {}): void {
		checkSizes(this.#connection.limits, key, value);
		this.#patiently(() => this.#run.set.run(key, Date.now(), value, at, keep ? 1 : 0));
	}

	declare(key: string, value: SharedValue, expires = 0): boolean {
		checkSizes(this.#connection.limits, key, value);
		return this.#changes(() => this.#run.declare.run(key, Date.now(), value, expires));
	}

	increment(key: string, by: number, { initial, at = 0, keep = false }: Increment = {}): number | undefined {
		checkSizes(this.#connection.limits, key, by);
		const row = this.#patiently(() =>
			initial === undefined
				? this.#run.increment.get(key, Date.now(), by, at, keep ? 1 : 0)
				: this.#run.incrementFrom.get(key, Date.now(), by, at, keep ? 1 : 0, initial),
		);
		return (row as [number] | undefined)?.[0];
	}

	expire(key: string, expires: number): boolean {
		return this.#changes(() => this.#run.expire.run(key, Date.now(), expires));
	}

	delete(key: string, test?: (item: SharedItem) => boolean): boolean {
		if (!test) return this.#changes(() => this.#run.delete.run(key, Date.now()));
		// Looks, asks, and removes what it saw; where another child has changed the item meanwhile, once more.
		for (;;) {
			const item = this.item(key);
			if (!item || !test(item)) return false;
			if (this.#changes(() => this.#run.deleteSame.run(key, item.value, item.expires))) return true;
		}
	}

	*items(): Iterable<SharedItem> {
		let last: string | undefined;
		for (;;) {
			const batch = this.#patiently(() => this.#batch(last));
			if (batch.length === 0) return;
			last = batch.at(-1)?.key;
			yield* batch;
		}
	}

	count(): number {
		return (this.#patiently(() => this.#run.count.get()) as unknown as [number])[0];
	}

	clear(): void {
		this.#patiently(() => this.#run.clear.run());
	}

	takeExpired(limit: number): SharedItem[] {
		const rows = this.#patiently(() => this.#run.takeExpired.all(Date.now(), limit)) as unknown as ItemRow[];
		return rows.map(([key, value, expires]) => ({ key, value, expires }));
	}

	#get(key: string): ValueRow | undefined {
		return this.#patiently(() => this.#run.get.get(key, Date.now())) as ValueRow | undefined;
	}

	/** The next items behind a key. */
	#batch(last: string | undefined): SharedItem[] {
		const batch: SharedItem[] = [];
		let bytes = 0;
		const rows = this.#run.items.iterate(last ?? '', Date.now(), BATCH_ITEMS) as unknown as Iterable<ItemRow>;
		for (const [key, value, expires] of rows) {
			if (key === last) continue;
			batch.push({ key, value, expires });
			bytes += typeof value === 'string' ? value.length : 0;
			if (bytes >= BATCH_BYTES) break;
		}
		return batch;
	}

	#changes(run: () => { changes: number | bigint }): boolean {
		return this.#patiently(run).changes > 0;
	}

	#patiently<T>(action: () => T): T {
		return this.#connection.patiently(action);
	}
}

/** A store in a folder. Every child opens it; whoever starts them makes the folder and removes it (folder.ts). */
export class SqliteStore implements SharedStore {
	readonly #connection: Connection;
	readonly #tables = new Map<string, SharedTable>();
	readonly #queues = new Map<string, SharedQueue>();

	/**
	 * @param folder an existing folder of this machine, best in memory
	 * @param limits those that differ from `STORE_LIMITS`; the same in all children
	 * @param alone no other process opens it at the same time. What it has written is there for the next one all the same, also
	 *   where it is killed; reading and writing take half the time.
	 */
	constructor(folder: string, limits: Partial<StoreLimits> = {}, alone = false) {
		this.#connection = new Connection(folder, { ...STORE_LIMITS, ...limits }, alone);
	}

	get bytes(): number {
		return this.#connection.bytes;
	}

	table(name: string): SharedTable {
		let table = this.#tables.get(name);
		if (!table) {
			checkTable(this.#connection.limits, name, this.#tables.size);
			table = new SqliteTable(this.#connection, name);
			this.#tables.set(name, table);
		}
		return table;
	}

	queue(name: string, options: QueueOptions): SharedQueue {
		let queue = this.#queues.get(name);
		if (!queue) {
			checkTable(this.#connection.limits, name, this.#queues.size);
			queue = new SqliteQueue(this.#connection, name, options);
			this.#queues.set(name, queue);
		}
		return queue;
	}

	close(): void {
		this.#tables.clear();
		this.#queues.clear();
		this.#connection.close();
	}
}
