/**
 * A server that `modparam("ndb_redis", "server", …)` names: its connections, what happens when they break, and when it is left
 * alone for a while (redis_client.c).
 *
 * Handlers share one connection. A command that changes what a connection is (`MULTI`, `SELECT`) or holds it up
 * (`BLPOP`) gets one of its request's own, which the request keeps to its end: in Kamailio a process has one request at
 * a time, so that nobody else's command gets in between.
 *
 * @module
 */
import type { Logger } from '../../log/logger.ts';
import type { NetworkPolicy } from '../../net/policy.ts';
import { RedisConnection, type RedisTarget } from '../../redis/connection.ts';
import type { Reply } from '../../redis/reply.ts';

/** What all servers have in common. */
export interface ServerSettings {
	/** How many commands in a row may fail before the server is left alone; below 0 it never is. */
	readonly allowedFailures: number;
	/** For how many seconds it is left alone. */
	readonly disableTime: number;
	readonly flushOnReconnect: boolean;
}

/** Commands that need a connection of their own, by what they do to it. */
const OWN_CONNECTION = new Set(
	'MULTI EXEC DISCARD WATCH UNWATCH SELECT AUTH HELLO CLIENT RESET READONLY READWRITE ASKING BLPOP BRPOP BLMOVE BLMPOP BRPOPLPUSH BZPOPMIN BZPOPMAX BZMPOP XREAD XREADGROUP WAIT WAITAOF QUIT'.split(
		' ',
	),
);

/** Commands that a server does not answer with one reply each. */
const ENDLESS = /^(p?subscribe|ssubscribe|p?unsubscribe|sunsubscribe|monitor|sync|psync)$/i;

/** True for a command that has no place in a handler. */
export function isEndless(command: readonly string[]): boolean {
	return ENDLESS.test(command[0] ?? '');
}

/** The connection of a request's own, once it has one. */
export interface Session {
	own?: RedisConnection;
}

/** A server of this child. */
export class RedisServer {
	readonly name: string;
	readonly #target: RedisTarget;
	readonly #settings: ServerSettings;
	readonly #log: Logger;
	readonly #network: NetworkPolicy;
	#shared: RedisConnection | undefined;
	/** While it connects, so that all handlers wait for the same connection. */
	#opening: Promise<RedisConnection> | undefined;
	#connected = false;
	#failures = 0;
	#disabledUntil = 0;

	constructor(
		name: string,
		target: RedisTarget,
		settings: ServerSettings,
		services: { readonly log: Logger; readonly network: NetworkPolicy },
	) {
		this.name = name;
		this.#target = { ...target, lookup: services.network.lookup };
		this.#settings = settings;
		this.#log = services.log;
		this.#network = services.network;
	}

	/** A server at another address that is spoken to in the same way. */
	target(host: string, port: number): RedisTarget {
		return { ...this.#target, host, port, path: undefined };
	}

	/** True while it is left alone after failures. */
	get disabled(): boolean {
		if (this.#disabledUntil === 0) return false;
		if (performance.now() < this.#disabledUntil) return true;
		this.#disabledUntil = 0;
		this.#failures = 0;
		this.#log.log('notice', `ndb_redis: server ${this.name} is asked again`);
		return false;
	}

	/**
	 * Connects, where it is not connected.
	 * @throws Error if it cannot
	 */
	async connect(): Promise<RedisConnection> {
		if (this.#shared && !this.#shared.failed) return this.#shared;
		this.#opening ??= this.#open().finally(() => {
			this.#opening = undefined;
		});
		this.#shared = await this.#opening;
		return this.#shared;
	}

	/**
	 * Sends commands and gives their replies; connects and sends once more where the connection turns out to be broken, as
	 * Kamailio does.
	 * @throws Error if there is no answer
	 */
	async send(session: Session, commands: readonly (readonly string[])[]): Promise<Reply[]> {
		const own =
			session.own !== undefined || commands.some(([word = '']) => OWN_CONNECTION.has(word.toUpperCase()));
		try {
			const connection = await (own ? this.#ownOf(session) : this.connect());
			let replies: Reply[];
			try {
				replies = await connection.send(commands);
			} catch (error) {
				this.#log.log('error', `ndb_redis: server ${this.name}: ${(error as Error).message}`);
				const another = await (own ? this.#ownOf(session) : this.connect());
				replies = await another.send(commands);
			}
			this.#failures = 0;
			return replies;
		} catch (error) {
			this.#countFailure();
			throw error;
		}
	}

	/** Closes what is open. */
	close(): void {
		this.#shared?.close();
	}

	async #ownOf(session: Session): Promise<RedisConnection> {
		if (session.own && !session.own.failed) return session.own;
		session.own = await this.#open();
		return session.own;
	}

	async #open(): Promise<RedisConnection> {
		if (this.#target.path === undefined) this.#network.check(this.#target.host);
		const connection = (await RedisConnection.open(this.#target)).unref();
		// a request's own connection is no reconnection while the shared one lives
		const again = this.#connected && (this.#shared?.failed ?? true);
		if (again && this.#settings.flushOnReconnect) await connection.send([['FLUSHALL']]);
		this.#connected = true;
		return connection;
	}

	#countFailure(): void {
		const { allowedFailures, disableTime } = this.#settings;
		if (allowedFailures < 0 || ++this.#failures <= allowedFailures || this.#disabledUntil > 0) return;
		this.#disabledUntil = performance.now() + disableTime * 1000;
		this.#log.log('warning', `ndb_redis: server ${this.name} is left alone for ${disableTime} seconds`);
	}
}
