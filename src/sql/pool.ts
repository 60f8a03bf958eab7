/**
 * The connections of a child to one database: opened when needed, reused, and held for a request while it is in a
 * transaction.
 *
 * @module
 */
import { type SqlConnection, type SqlDriver, SqlError, type SqlLimits, type SqlResult } from './sql.ts';

const GONE = new SqlError('the request has ended');

/** Who waits for a connection. */
type Waiter = (connection: SqlConnection | undefined) => void;

/** A pool. `owner` stands for the request that a statement belongs to. */
export class SqlPool {
	readonly #driver: SqlDriver;
	readonly #limits: SqlLimits;
	readonly #size: number;
	readonly #idle: SqlConnection[] = [];
	readonly #waiting: Waiter[] = [];
	/** Connections of requests that are in a transaction. */
	readonly #kept = new Map<object, SqlConnection>();
	/** Connections that there are or that are being made. */
	#open = 0;
	#closed = false;

	/** @param size how many connections there may be at a time */
	constructor(driver: SqlDriver, size: number, limits: SqlLimits) {
		this.#driver = driver;
		this.#size = size;
		this.#limits = limits;
	}

	/**
	 * Connects, to see whether it works.
	 * @throws SqlError
	 */
	async check(): Promise<void> {
		this.#give(await this.#take(new AbortController().signal));
	}

	/**
	 * Does a statement on a free connection, or on the one where the owner's transaction is.
	 * @param signal ends it
	 * @throws SqlError
	 */
	async query(
		owner: object,
		text: string,
		params: readonly (string | null)[],
		signal: AbortSignal,
	): Promise<SqlResult> {
		const kept = this.#kept.get(owner);
		this.#kept.delete(owner);
		const connection = kept ?? (await this.#take(signal));
		const cancel = () => connection.cancel();
		signal.addEventListener('abort', cancel, { once: true });
		try {
			if (signal.aborted) throw GONE; // while it was being made
			return await connection.query(text, params, this.#limits);
		} finally {
			signal.removeEventListener('abort', cancel);
			if (signal.aborted || this.#closed) this.#discard(connection);
			else if (connection.inTransaction && !this.#kept.has(owner)) this.#kept.set(owner, connection);
			else if (connection.inTransaction) this.#discard(connection);
			else this.#give(connection);
		}
	}

	/** The owner has ended: what it has not committed is undone. */
	release(owner: object): void {
		const connection = this.#kept.get(owner);
		if (!connection) return;
		this.#kept.delete(owner);
		this.#discard(connection);
	}

	/** Ends all connections. */
	async close(): Promise<void> {
		this.#closed = true;
		for (const waiter of this.#waiting.splice(0)) waiter(undefined);
		const all = [...this.#idle.splice(0), ...this.#kept.values()];
		this.#kept.clear();
		await Promise.all(all.map((connection) => connection.close()));
	}

	async #take(signal: AbortSignal): Promise<SqlConnection> {
		for (;;) {
			if (this.#closed) throw new SqlError('the host closes');
			if (signal.aborted) {
				this.#waiting.shift()?.(undefined); // it may have been this one's turn
				throw GONE;
			}
			const idle = this.#idle.pop();
			if (idle?.alive) return idle;
			if (idle) this.#discard(idle);
			else if (this.#open < this.#size) return this.#connect();
			else {
				const handed = await this.#wait(signal);
				if (handed?.alive) return handed;
				if (handed) this.#discard(handed);
			}
		}
	}

	async #connect(): Promise<SqlConnection> {
		this.#open++;
		try {
			return await this.#driver.connect();
		} catch (error) {
			this.#open--;
			this.#waiting.shift()?.(undefined); // whose turn it is now
			throw error;
		}
	}

	/** Waits for a connection; undefined if it is worth looking again. */
	#wait(signal: AbortSignal): Promise<SqlConnection | undefined> {
		return new Promise((resolve) => {
			const done: Waiter = (connection) => {
				signal.removeEventListener('abort', gone);
				resolve(connection);
			};
			const gone = () => {
				this.#waiting.splice(this.#waiting.indexOf(done), 1);
				done(undefined);
			};
			signal.addEventListener('abort', gone, { once: true });
			this.#waiting.push(done);
		});
	}

	#give(connection: SqlConnection): void {
		if (!connection.alive || this.#closed) {
			this.#discard(connection);
			return;
		}
		const waiter = this.#waiting.shift();
		if (waiter) waiter(connection);
		else this.#idle.push(connection);
	}

	#discard(connection: SqlConnection): void {
		this.#open--;
		void connection.close();
		this.#waiting.shift()?.(undefined);
	}
}
