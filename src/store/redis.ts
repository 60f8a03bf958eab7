/**
 * The store of hosts on several machines: a Redis or Valkey server that all of them use.
 *
 * While the server cannot be reached, reads find nothing and writes are refused, both at once, so that requests go
 * on (docs/rationale.md).
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { REPLY, type Reply } from '../redis/reply.ts';
import { ONCE_TABLE } from './once.ts';
import type { QueueItem, QueueOptions, SharedQueue } from './queues.ts';
import { Bridge, type OnChange } from './redis/bridge.ts';
import { BEGIN, BYTES, QUEUE, TABLE } from './redis/scripts.ts';
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
	StoreRefusal,
} from './store.ts';

/** A host that was not heard of for so long does not live, in milliseconds. */
const LIFE_SIGN = 20_000;

const encode = (value: SharedValue) => (typeof value === 'number' ? `i${value}` : `s${value}`);
const decode = (text: string): SharedValue => (text[0] === 'i' ? Number(text.slice(1)) : text.slice(1));
const isOne = ({ integer }: Reply) => integer === 1n;

/** What is read while the server is away is not there. The store itself says once that it is lost. */
function reading<T>(bridge: Bridge, read: () => T, otherwise: T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof StoreRefusal && !bridge.reachable) return otherwise;
		throw error;
	}
}

class RedisTable implements SharedTable {
	readonly #bridge: Bridge;
	readonly #limits: StoreLimits;
	/** What it is made of, on the server. */
	readonly keys: readonly [values: string, expiries: string];

	constructor(bridge: Bridge, limits: StoreLimits, name: string) {
		this.#bridge = bridge;
		this.#limits = limits;
		this.keys = [`${bridge.prefix}:t:${name}`, `${bridge.prefix}:x:${name}`];
	}

	get(key: string): SharedValue | undefined {
		return this.item(key)?.value;
	}

	item(key: string): SharedItem | undefined {
		return reading(
			this.#bridge,
			() => {
				const [value, expires] = this.#run('get', key).elements ?? [];
				return value && { key, value: decode(value.text ?? ''), expires: this.#ours(expires?.text) };
			},
			undefined,
		);
	}

	set(key: string, value: SharedValue, { at = 0, keep = false }: Partial<Expiry> = {}): void {
		checkSizes(this.#limits, key, value);
		this.#run('set', key, encode(value), this.#theirs(at), keep ? '1' : '0');
	}

	declare(key: string, value: SharedValue, expires = 0): boolean {
		checkSizes(this.#limits, key, value);
		return isOne(this.#run('declare', key, encode(value), this.#theirs(expires)));
	}

	increment(key: string, by: number, { initial, at = 0, keep = false }: Increment = {}): number | undefined {
		checkSizes(this.#limits, key, by);
		const first = initial === undefined ? '' : String(initial);
		const { text } = this.#run('increment', key, String(by), this.#theirs(at), keep ? '1' : '0', first);
		return text === undefined ? undefined : Number(text);
	}

	expire(key: string, expires: number): boolean {
		return isOne(this.#run('expire', key, this.#theirs(expires)));
	}

	delete(key: string, test?: (item: SharedItem) => boolean): boolean {
		if (!test) return isOne(this.#run('delete', key));
		// Looks, asks, and removes what it saw; where somebody has changed the item meanwhile, once more.
		for (;;) {
			const [value, expires] = this.#run('get', key).elements ?? [];
			if (value?.text === undefined || expires?.text === undefined) return false;
			if (!test({ key, value: decode(value.text), expires: this.#ours(expires.text) })) return false;
			if (isOne(this.#run('deleteSame', key, value.text, expires.text))) return true;
		}
	}

	*items(): Iterable<SharedItem> {
		// the server may give an item a second time
		const seen = new Set<string>();
		for (let cursor = '0'; ; ) {
			const [next, ...parts] = reading(this.#bridge, () => this.#run('items', '', cursor).elements ?? [], []);
			for (let i = 0; i + 2 < parts.length; i += 3) {
				const key = parts[i]?.text ?? '';
				if (seen.has(key)) continue;
				seen.add(key);
				const value = parts[i + 1]?.text;
				const item =
					value === undefined
						? this.item(key)
						: { key, value: decode(value), expires: this.#ours(parts[i + 2]?.text) };
				if (item) yield item;
			}
			cursor = next?.text ?? '0';
			if (cursor === '0') return;
		}
	}

	count(): number {
		const count = () => Number(this.#bridge.command('HLEN', this.keys[0]).integer ?? 0n);
		return reading(this.#bridge, count, 0);
	}

	clear(): void {
		this.#bridge.command('UNLINK', ...this.keys);
	}

	takeExpired(limit: number): SharedItem[] {
		const parts = reading(this.#bridge, () => this.#run('takeExpired', '', String(limit)).elements ?? [], []);
		return Array.from({ length: parts.length / 3 }, (_, i) => ({
			key: parts[3 * i]?.text ?? '',
			value: decode(parts[3 * i + 1]?.text ?? ''),
			expires: this.#ours(parts[3 * i + 2]?.text),
		}));
	}

	#run(operation: keyof typeof TABLE, key: string, ...args: readonly string[]): Reply {
		const now = String(Date.now() + this.#bridge.offset);
		return this.#bridge.run(TABLE[operation], this.keys, [key, now, ...args]);
	}

	/** A time of this machine's clock as the server's clock has it. */
	#theirs(time: number): string {
		return String(time === 0 ? 0 : Math.round(time + this.#bridge.offset));
	}

	#ours(time: string | undefined): number {
		const number = Number(time ?? 0);
		return number === 0 ? 0 : number - this.#bridge.offset;
	}
}

class RedisQueue implements SharedQueue {
	readonly #bridge: Bridge;
	readonly #limits: StoreLimits;
	readonly #options: QueueOptions;
	/** As of a table. */
	readonly keys: readonly [order: string, values: string, last: string];

	constructor(bridge: Bridge, limits: StoreLimits, name: string, options: QueueOptions) {
		this.#bridge = bridge;
		this.#limits = limits;
		this.#options = options;
		this.keys = [`${bridge.prefix}:q:${name}`, `${bridge.prefix}:v:${name}`, `${bridge.prefix}:n:${name}`];
	}

	size(): number {
		const size = () => Number(this.#bridge.command('ZCARD', this.keys[0]).integer ?? 0n);
		return reading(this.#bridge, size, 0);
	}

	add({ key, value }: QueueItem): void {
		checkSizes(this.#limits, key, value);
		const { size, sameKey } = this.#options;
		this.#bridge.run(QUEUE.add, this.keys, [key, value, String(size), sameKey]);
	}

	take(): QueueItem | undefined {
		const { text } = reading(this.#bridge, () => this.#bridge.run(QUEUE.take, this.keys, []), {
			type: REPLY.nil,
		} as Reply);
		if (text === undefined) return undefined;
		const colon = text.indexOf(':');
		const end = colon + 1 + Number(text.slice(0, colon));
		return { key: text.slice(colon + 1, end), value: text.slice(end) };
	}
}

/** A store on a server. Every child opens it. */
export class RedisStore implements SharedStore {
	readonly #bridge: Bridge;
	readonly #limits: StoreLimits;
	readonly #tables = new Map<string, RedisTable>();
	readonly #queues = new Map<string, RedisQueue>();

	private constructor(bridge: Bridge, limits: StoreLimits) {
		this.#bridge = bridge;
		this.#limits = limits;
	}

	/**
	 * Connects to the server.
	 * @param url as `--store` has it
	 * @param more `host`: the same in all children of a host; `onChange` is told when the store is lost and when it is back
	 * @throws KemihostError `KH_USAGE`, `KH_STATE`
	 */
	static async open(
		url: string,
		more: { host?: string; limits?: Partial<StoreLimits>; onChange?: OnChange } = {},
	): Promise<RedisStore> {
		const limits = { ...STORE_LIMITS, ...more.limits };
		const { host = randomUUID(), onChange = () => undefined } = more;
		return new RedisStore(await Bridge.open(url, host, limits, onChange), limits);
	}

	/** Which host this is, among those that share the store. */
	get home(): string {
		return this.#bridge.host;
	}

	get reachable(): boolean {
		return this.#bridge.reachable;
	}

	/** What the server says of the tables and queues that this child has opened (MEMORY USAGE). */
	get bytes(): number | undefined {
		const parts = [...this.#tables.values(), ...this.#queues.values()].flatMap(({ keys }) => keys);
		try {
			return Number(this.#bridge.run(BYTES, parts, []).integer ?? 0n);
		} catch (error) {
			// it is away, or does not let this user ask
			if (error instanceof StoreRefusal) return undefined;
			throw error;
		}
	}

	/**
	 * The host begins. The first of all hosts begins a new life of the store: what was done once is to be done again.
	 * Asked before the host's children connect, which say that it lives.
	 */
	static async begin(url: string): Promise<void> {
		const store = await RedisStore.open(url);
		try {
			const bridge = store.#bridge;
			const now = Date.now() + bridge.offset;
			bridge.command('ZREM', `${bridge.prefix}:hosts`, bridge.host);
			const keys = [`${bridge.prefix}:hosts`, `${bridge.prefix}:t:${ONCE_TABLE}`];
			bridge.run(BEGIN, keys, [bridge.host, String(now), String(now - LIFE_SIGN)]);
		} finally {
			store.close();
		}
	}

	table(name: string): SharedTable {
		let table = this.#tables.get(name);
		if (!table) {
			checkTable(this.#limits, name, this.#tables.size);
			table = new RedisTable(this.#bridge, this.#limits, name);
			this.#tables.set(name, table);
		}
		return table;
	}

	queue(name: string, options: QueueOptions): SharedQueue {
		let queue = this.#queues.get(name);
		if (!queue) {
			checkTable(this.#limits, name, this.#queues.size);
			queue = new RedisQueue(this.#bridge, this.#limits, name, options);
			this.#queues.set(name, queue);
		}
		return queue;
	}

	close(): void {
		this.#tables.clear();
		this.#queues.clear();
		this.#bridge.close();
	}
}
