/**
 * A queue of the SQLite store: a table whose row numbers are the order.
 *
 * @module
 */
import type { StatementSync } from 'node:sqlite';
import type { QueueItem, QueueOptions, SameKey, SharedQueue } from './queues.ts';
import type { Connection } from './sqlite-connection.ts';
import { checkSizes } from './store.ts';

/** A name that SQL takes, for a name of any bytes. */
export function nameOf(kind: 't' | 'q', name: string): string {
	return kind + Buffer.from(name, 'latin1').toString('hex');
}

/** A new row has a number above all others; taking the place of one with the same key is moving to the end. */
const INSERT: Readonly<Record<SameKey, string>> = {
	both: 'INSERT',
	'keep-old': 'INSERT OR IGNORE',
	'keep-new': 'INSERT OR REPLACE',
};

/** A queue of an SqliteStore. */
export class SqliteQueue implements SharedQueue {
	readonly #connection: Connection;
	readonly #add: StatementSync;
	readonly #trim: StatementSync | undefined;
	readonly #take: StatementSync;
	readonly #count: StatementSync;

	/** @param options the same in all children */
	constructor(connection: Connection, name: string, { size, sameKey }: QueueOptions) {
		this.#connection = connection;
		const table = nameOf('q', name);
		const unique = sameKey === 'both' ? '' : ' UNIQUE';
		connection.execute(
			`CREATE TABLE IF NOT EXISTS ${table} (n INTEGER PRIMARY KEY, key TEXT NOT NULL${unique}, value TEXT NOT NULL) STRICT;`,
		);
		this.#add = connection.prepare(`${INSERT[sameKey]} INTO ${table} (key, value) VALUES (?, ?)`);
		this.#take = connection.prepare(
			`DELETE FROM ${table} WHERE n = (SELECT min(n) FROM ${table}) RETURNING key, value`,
		);
		this.#count = connection.prepare(`SELECT count(*) FROM ${table}`);
		const surplus = `max(0, (SELECT count(*) FROM ${table}) - ${size})`;
		if (size > 0)
			this.#trim = connection.prepare(
				`DELETE FROM ${table} WHERE n IN (SELECT n FROM ${table} ORDER BY n LIMIT ${surplus})`,
			);
	}

	size(): number {
		return (this.#connection.patiently(() => this.#count.get()) as unknown as [number])[0];
	}

	add({ key, value }: QueueItem): void {
		checkSizes(this.#connection.limits, key, value);
		this.#connection.patiently(() => this.#add.run(key, value));
		if (this.#trim) this.#connection.patiently(() => this.#trim?.run());
	}

	take(): QueueItem | undefined {
		const row = this.#connection.patiently(() => this.#take.get()) as [string, string] | undefined;
		return row && { key: row[0], value: row[1] };
	}
}
