/**
 * The store of several children on one machine: LMDB in a folder that all of them open, each with the others' writes
 * at once in view. A child that is killed in the middle of a write loses that write and nothing else: LMDB changes
 * copies of its pages and makes them the current ones in one last step, and hands a dead writer's lock on.
 *
 * @module
 */
import { statfsSync } from 'node:fs';
import { type Database, open, type RootDatabase } from 'lmdb';
import {
	checkRoom,
	checkSizes,
	checkTable,
	type Expiry,
	expiresAt,
	type Increment,
	isLive,
	type SharedItem,
	type SharedStore,
	type SharedTable,
	type SharedValue,
	STORE_LIMITS,
	type StoreLimits,
	StoreRefusal,
	sum,
} from './store.ts';
import { itemCodec, storedKey } from './store-record.ts';

/** Address space, not memory: it is more than all tables may take, for LMDB would have to map the file anew. */
const MAP_SIZE = 64 * 2 ** 30;

/**
 * What has to stay free where the folder is. LMDB does not survive a full disk, so that writes are refused before, with
 * room for what all children write between two looks.
 */
const FREE_BYTES = 16 << 20;

/** A child looks how full a table is once in so many writes, or bytes. */
const WRITES_BETWEEN_LOOKS = 32;
const BYTES_BETWEEN_LOOKS = 64 << 10;

/** A snapshot for reading is used for so many reads in a row, so that a script in a loop sees what others write. */
const READS_PER_SNAPSHOT = 32;

/** Items that `items` reads at a time, and the most bytes of them. */
const BATCH_ITEMS = 100;
const BATCH_BYTES = 1 << 20;

/** What LMDB knows of a table; pages. */
interface Stats {
	pageSize: number;
	treeBranchPageCount: number;
	treeLeafPageCount: number;
	overflowPages: number;
	entryCount: number;
}

type Items = Database<SharedItem, string>;

/** The snapshot that all tables of a store read from. */
class Snapshot {
	readonly #root: RootDatabase;
	#reads = 0;
	#ends = false;

	constructor(root: RootDatabase) {
		this.#root = root;
	}

	/**
	 * Called before each read. LMDB's library would keep a snapshot for a millisecond; here a new one is taken in each
	 * callback from the event loop, so that whoever was told of a write by its writer also sees it.
	 */
	renew(): void {
		if (this.#reads-- > 0) return;
		this.#root.resetReadTxn();
		this.#reads = READS_PER_SNAPSHOT;
		if (this.#ends) return;
		this.#ends = true;
		queueMicrotask(() => {
			this.#ends = false;
			this.#reads = 0;
		});
	}
}

class LmdbTable implements SharedTable {
	readonly #name: string;
	readonly #db: Items;
	readonly #limits: StoreLimits;
	readonly #folder: string;
	readonly #snapshot: Snapshot;
	#writes = 0;
	#bytes = 0;

	constructor(name: string, db: Items, folder: string, limits: StoreLimits, snapshot: Snapshot) {
		this.#name = name;
		this.#db = db;
		this.#folder = folder;
		this.#limits = limits;
		this.#snapshot = snapshot;
	}

	get(key: string): SharedValue | undefined {
		this.#snapshot.renew();
		return this.#live(key)?.value;
	}

	item(key: string): SharedItem | undefined {
		this.#snapshot.renew();
		const item = this.#live(key);
		return item && { ...item, key };
	}

	set(key: string, value: SharedValue, expiry: Partial<Expiry> = {}): void {
		this.#check(key, value);
		this.#db.transactionSync(() => {
			this.#put(key, value, expiresAt(expiry, expiry.keep ? this.#live(key) : undefined));
		});
	}

	declare(key: string, value: SharedValue, expires = 0): boolean {
		this.#check(key, value);
		return this.#db.transactionSync(() => {
			if (this.#live(key)) return false;
			this.#put(key, value, expires);
			return true;
		});
	}

	increment(key: string, by: number, options: Increment = {}): number | undefined {
		this.#check(key, by);
		return this.#db.transactionSync(() => {
			const live = this.#live(key);
			const value = sum(live, by, options.initial);
			if (value !== undefined) this.#put(key, value, expiresAt(options, live));
			return value;
		});
	}

	expire(key: string, expires: number): boolean {
		return this.#db.transactionSync(() => {
			const item = this.#live(key);
			if (!item) return false;
			this.#put(key, item.value, expires);
			return true;
		});
	}

	delete(key: string, test?: (item: SharedItem) => boolean): boolean {
		return this.#db.transactionSync(() => {
			const item = this.#db.get(storedKey(key));
			if (!item || !(test?.({ ...item, key }) ?? true)) return false;
			return this.#db.removeSync(storedKey(key));
		});
	}

	*items(): Iterable<SharedItem> {
		let start = '';
		for (;;) {
			this.#snapshot.renew();
			const batch: SharedItem[] = [];
			let bytes = 0;
			for (const { key, value } of this.#db.getRange({ start, exclusiveStart: true })) {
				batch.push({ ...value, key: value.key || key.slice(1) });
				bytes += typeof value.value === 'string' ? value.value.length : 0;
				start = key;
				if (batch.length === BATCH_ITEMS || bytes >= BATCH_BYTES) break;
			}
			if (batch.length === 0) return;
			yield* batch;
		}
	}

	count(): number {
		this.#snapshot.renew();
		return this.#stats().entryCount;
	}

	clear(): void {
		this.#db.clearSync();
	}

	#live(key: string): SharedItem | undefined {
		const item = this.#db.get(storedKey(key));
		return item && isLive(item) ? item : undefined;
	}

	#put(key: string, value: SharedValue, expires: number): void {
		this.#db.putSync(storedKey(key), { key, value, expires });
	}

	#stats(): Stats {
		return this.#db.getStats() as Stats;
	}

	/** Refuses what is too long, and now and then looks whether there is room. */
	#check(key: string, value: SharedValue): void {
		checkSizes(this.#limits, key, value);
		const bytes = key.length + (typeof value === 'string' ? value.length : 0);
		this.#bytes += bytes;
		if (++this.#writes < WRITES_BETWEEN_LOOKS && this.#bytes < BYTES_BETWEEN_LOOKS) return;
		this.#snapshot.renew();
		const stats = this.#stats();
		const pages = stats.treeBranchPageCount + stats.treeLeafPageCount + stats.overflowPages;
		const old = this.#live(key);
		if (!old || (typeof old.value === 'string' ? old.value.length : 0) < bytes - key.length) {
			checkRoom(this.#limits, this.#name, old ? 0 : stats.entryCount, pages * stats.pageSize);
			const { bavail, bsize } = statfsSync(this.#folder);
			if (bavail * bsize < FREE_BYTES)
				throw new StoreRefusal(
					`the shared store is full: ${bavail * bsize} bytes are left in ${this.#folder}`,
				);
		}
		this.#writes = 0;
		this.#bytes = 0;
	}
}

/** A store in a folder. Every child opens it; whoever starts them makes the folder and removes it (store-folder.ts). */
export class LmdbStore implements SharedStore {
	readonly #folder: string;
	readonly #limits: StoreLimits;
	readonly #root: RootDatabase;
	readonly #snapshot: Snapshot;
	readonly #tables = new Map<string, SharedTable>();

	/**
	 * @param folder an existing folder of this machine, best in memory
	 * @param limits those that differ from `STORE_LIMITS`; the same in all children
	 */
	constructor(folder: string, limits: Partial<StoreLimits> = {}) {
		this.#folder = folder;
		this.#limits = { ...STORE_LIMITS, ...limits };
		// No flush to a disk: the store's life is the host's.
		this.#root = open(folder, {
			noSync: true,
			noSubdir: false,
			mapSize: MAP_SIZE,
			maxDbs: this.#limits.tables + 1,
			encoding: 'binary',
		});
		this.#snapshot = new Snapshot(this.#root);
	}

	table(name: string): SharedTable {
		let table = this.#tables.get(name);
		if (!table) {
			checkTable(this.#limits, name, this.#tables.size);
			const db: Items = this.#root.openDB({
				name: Buffer.from(name, 'latin1').toString('hex'),
				...itemCodec,
			});
			table = new LmdbTable(name, db, this.#folder, this.#limits, this.#snapshot);
			this.#tables.set(name, table);
		}
		return table;
	}

	async close(): Promise<void> {
		this.#tables.clear();
		await this.#root.close();
	}
}
