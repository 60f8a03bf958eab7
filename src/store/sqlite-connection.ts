/**
 * A connection to the SQLite database that children share, with retries while another child writes.
 *
 * @module
 */
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type StoreLimits, StoreRefusal, storeFull } from './store.ts';

/** Bytes of a page, the unit in which the file grows. */
const PAGE = 4096;

/** How long a child waits for others that write, and how often it asks again at once, before it sleeps in between. */
const PATIENCE_MS = 2000;
const IMMEDIATE_TRIES = 20;

/** SQLite's result codes, without what extends them. */
const BUSY = 5;
const LOCKED = 6;
const IO_ERROR = 10;
const FULL = 13;

/** The store's life is the host's, so nothing is flushed to a disk. */
function setup(limits: StoreLimits, alone: boolean): string {
	// Locks are taken once then, and what keeps readers and writers apart needs no memory that is shared.
	return `
		PRAGMA locking_mode = ${alone ? 'EXCLUSIVE' : 'NORMAL'};
		PRAGMA page_size = ${PAGE};
		PRAGMA max_page_count = ${Math.ceil(limits.bytes / PAGE)};
		PRAGMA journal_mode = WAL;
		PRAGMA synchronous = OFF;
		PRAGMA temp_store = MEMORY;`;
}

/** What a store may take up of a folder's disk: the log needs room too, even to remove something. */
function roomIn(folder: string): number {
	const { blocks, bsize } = statfsSync(folder);
	return Math.floor((blocks * bsize) / 2);
}

/** A connection to the database. */
export class Connection {
	readonly limits: StoreLimits;
	readonly #database: DatabaseSync;
	readonly #sleep = new Int32Array(new SharedArrayBuffer(4));

	/**
	 * @param folder of the database
	 * @param limits the same in all children. A small disk is filled to a half, whatever the limit: /dev/shm of a container
	 * often has 64 MiB.
	 * @param alone no other process will open it while this one lives
	 */
	constructor(folder: string, limits: StoreLimits, alone: boolean) {
		this.limits = { ...limits, bytes: Math.min(limits.bytes, roomIn(folder)) };
		this.#database = new DatabaseSync(join(folder, 'state.db'), { timeout: 0 });
		this.execute(setup(this.limits, alone));
	}

	/** Does what gives no rows. */
	execute(sql: string): void {
		this.patiently(() => this.#database.exec(sql));
	}

	/** A statement whose rows are arrays. */
	prepare(sql: string): StatementSync {
		const statement = this.patiently(() => this.#database.prepare(sql));
		statement.setReturnArrays(true);
		return statement;
	}

	/**
	 * Does something that other children may keep from being done, until it is done. SQLite's own way of waiting sleeps
	 * for a millisecond and more where most writes take ten microseconds.
	 */
	patiently<T>(action: () => T): T {
		let deadline = 0;
		for (let tries = 1; ; tries++) {
			try {
				return action();
			} catch (error) {
				const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
				if (code === FULL) throw storeFull(this.limits, error);
				if (code === IO_ERROR)
					throw new StoreRefusal(`the shared store failed: ${(error as Error).message}`, error);
				if (code !== BUSY && code !== LOCKED) throw error;
			}
			if (tries < IMMEDIATE_TRIES) continue;
			deadline ||= Date.now() + PATIENCE_MS;
			if (Date.now() > deadline) throw new StoreRefusal('the shared store was busy all the time');
			Atomics.wait(this.#sleep, 0, 0, Math.random() * Math.min(5, tries / IMMEDIATE_TRIES));
		}
	}

	/** Bytes of the pages that hold something. */
	get bytes(): number {
		const [pages = 0] = this.#pragma('page_count');
		const [free = 0] = this.#pragma('freelist_count');
		return (pages - free) * PAGE;
	}

	#pragma(name: string): number[] {
		return this.patiently(() => this.prepare(`PRAGMA ${name}`).get()) as unknown as number[];
	}

	/** Lets go of the database. */
	close(): void {
		this.#database.close();
	}
}
