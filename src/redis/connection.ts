/**
 * A connection to a Redis or Valkey server. Commands are sent at once and answered in their order, so that many handlers
 * share one.
 *
 * @module
 */
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { encodeCommand, REPLY, type Reply, ReplyReader } from './reply.ts';

/** Where a server is, and how it is spoken to. */
export interface RedisTarget {
	readonly host: string;
	readonly port: number;
	/** A unix socket instead. */
	readonly path?: string | undefined;
	readonly tls?: ConnectionOptions | undefined;
	readonly username?: string | undefined;
	readonly password?: string | undefined;
	readonly db: number;
	/** Milliseconds to connect and log in, and for each command. */
	readonly connectTimeout: number;
	readonly commandTimeout: number;
	/** The longest reply in bytes. */
	readonly maxReply: number;
	readonly lookup?: LookupFunction | undefined;
}

/** The server cannot be reached, or does not answer as it should. Never holds a password. */
export class RedisError extends Error {
	override readonly name = 'RedisError';
}

/** A command that has been sent. */
interface Sent {
	readonly resolve: (reply: Reply) => void;
	readonly reject: (error: Error) => void;
	readonly deadline: number;
}

/** The target for messages. */
export function nameOfTarget({ host, port, path, db }: RedisTarget): string {
	const where = path ?? `${host.includes(':') ? `[${host}]` : host}:${port}`;
	return db === 0 ? where : `${where}/${db}`;
}

/** An open connection. Once it has failed it stays so; whoever wants to go on opens another. */
export class RedisConnection {
	readonly #target: RedisTarget;
	readonly #socket: Socket;
	readonly #reader: ReplyReader;
	/** What is not answered yet, the oldest first. */
	#sent: Sent[] = [];
	#timer: NodeJS.Timeout | undefined;
	#failure: Error | undefined;

	private constructor(target: RedisTarget, socket: Socket) {
		this.#target = target;
		this.#socket = socket;
		this.#reader = new ReplyReader(target.maxReply);
		socket.setNoDelay(true);
		socket.on('data', (chunk) => this.#receive(chunk));
		socket.on('error', (error) => this.#fail(error.message));
		socket.on('close', () => this.#fail('the server closed the connection'));
	}

	/**
	 * Connects, logs in and chooses the database.
	 * @throws RedisError
	 */
	static async open(target: RedisTarget): Promise<RedisConnection> {
		const { host, port, path, lookup, tls } = target;
		const where = path === undefined ? { host, port, ...(lookup && { lookup }) } : { path };
		const socket = tls
			? (await import('node:tls')).connect({
					...where,
					...(isIP(host) === 0 ? { servername: host } : {}),
					...tls,
				})
			: connect(where);
		const connection = new RedisConnection(target, socket);
		const late = setTimeout(
			() => connection.#fail(`no connection within ${target.connectTimeout} ms`),
			target.connectTimeout,
		);
		try {
			await connection.#connected(tls ? 'secureConnect' : 'connect');
			if (target.password !== undefined) {
				const user = target.username === undefined ? [] : [target.username];
				await connection.#demand(['AUTH', ...user, target.password], 'the server refused the password');
			}
			if (target.db !== 0) await connection.#demand(['SELECT', String(target.db)], 'no such database');
			// a server that wants a password says so to any command
			else await connection.#demand(['PING'], 'the server does not take commands');
			return connection;
		} catch (error) {
			connection.close();
			throw error;
		} finally {
			clearTimeout(late);
		}
	}

	/** True once it has failed or was closed. */
	get failed(): boolean {
		return this.#failure !== undefined;
	}

	/**
	 * Sends commands in one piece.
	 * @param timeout milliseconds; 0 for none
	 * @throws RedisError if one of them gets no answer; an answer that is an error is an answer
	 */
	send(commands: readonly (readonly string[])[], timeout = this.#target.commandTimeout): Promise<Reply[]> {
		if (this.#failure) return Promise.reject(this.#failure);
		const deadline = timeout > 0 ? performance.now() + timeout : Number.POSITIVE_INFINITY;
		const answers = commands.map(
			() =>
				new Promise<Reply>((resolve, reject) => {
					this.#sent.push({ resolve, reject, deadline });
				}),
		);
		this.#socket.write(Buffer.concat(commands.map(encodeCommand)));
		this.#watch();
		return Promise.all(answers);
	}

	/** Lets go of the server. What is not answered fails. */
	close(): void {
		this.#fail('the connection was closed');
	}

	/** Keeps the process from ending no longer. */
	unref(): this {
		this.#socket.unref();
		return this;
	}

	#connected(event: string): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#socket.once(event, () => resolve());
			this.#socket.once('close', () => reject(this.#failure));
		});
	}

	/** Sends a command that has to succeed. What the server says is left out where it may repeat what it was sent. */
	async #demand(command: readonly string[], otherwise: string): Promise<void> {
		const [reply] = await this.send([command], 0);
		if (reply?.type !== REPLY.error) return;
		const [code = ''] = (reply.text ?? '').split(' ');
		throw new RedisError(`${nameOfTarget(this.#target)}: ${otherwise} (${code})`);
	}

	#receive(chunk: Buffer): void {
		if (this.#failure) return;
		try {
			for (const reply of this.#reader.feed(chunk)) this.#sent.shift()?.resolve(reply);
		} catch (error) {
			this.#fail((error as Error).message);
		}
	}

	/** One timer for all: the oldest command has the first deadline, or it waits as others do. */
	#watch(): void {
		if (this.#timer || this.#failure) return;
		const next = Math.min(...this.#sent.map(({ deadline }) => deadline));
		if (!Number.isFinite(next)) return;
		this.#timer = setTimeout(
			() => {
				this.#timer = undefined;
				if (this.#sent.some(({ deadline }) => deadline <= performance.now()))
					this.#fail(`no answer within ${this.#target.commandTimeout} ms`);
				else this.#watch();
			},
			Math.max(1, next - performance.now()),
		).unref();
	}

	#fail(why: string): void {
		if (this.#failure) return;
		this.#failure = new RedisError(`${nameOfTarget(this.#target)}: ${why}`);
		clearTimeout(this.#timer);
		this.#socket.destroy();
		const sent = this.#sent;
		this.#sent = [];
		for (const { reject } of sent) reject(this.#failure);
	}
}
