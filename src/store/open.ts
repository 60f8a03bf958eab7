/**
 * Opens the stores of a host that has children or keeps its state: a folder of its own, and a server if several
 * hosts share one.
 *
 * @module
 */
import type { LevelName } from '../log/levels.ts';
import { RedisStore } from './redis.ts';
import { SqliteStore } from './sqlite.ts';
import type { SharedStore, StoreLimits } from './store.ts';

/** What a host works with. */
export interface HostStores {
	readonly store: SharedStore;
	readonly localStore: SharedStore;
}

/** Where the stores are. */
export interface StorePlaces {
	/** The folder of what the children of this host share. */
	readonly folder: string;
	/** There is one child only. */
	readonly alone: boolean;
	/** The server that several hosts share, as `--store` has it. */
	readonly url?: string | undefined;
	/** Which host this is; the same in all its children. */
	readonly home: string;
	readonly limits: Partial<StoreLimits>;
	/** Told when the server is lost, and when it is back. */
	readonly log: (level: LevelName, text: string) => void;
}

/**
 * Opens the stores.
 * @throws KemihostError `KH_USAGE`, `KH_STATE` for a server that cannot be reached
 */
export async function openHostStores({
	folder,
	alone,
	url,
	home,
	limits,
	log,
}: StorePlaces): Promise<HostStores> {
	const localStore = new SqliteStore(folder, limits, alone);
	if (url === undefined) return { store: localStore, localStore };
	const store = await RedisStore.open(url, {
		host: home,
		limits,
		onChange: (reachable, text) => log(reachable ? 'notice' : 'error', text),
	});
	return { store, localStore };
}
