/**
 * The WebSockets of one child to the servers that scripts ask: kept open, and used again.
 *
 * A WebSocket says of no message which other it answers. So a connection has one request at a time, and who finds none free
 * opens another; one on which an answer may still be on its way is never used again. Notifications to a server go over
 * one connection of their own, in their order, and what comes back there is dropped.
 *
 * @module
 */
import type { WebSocket } from 'ws';
import type { NetworkPolicy } from '../../net/policy.ts';
import { type OutgoingTls, openWebSocket, sendBytes } from '../../net/websocket-client.ts';

/** What all connections go by. Times are in milliseconds. */
export interface EndpointSettings {
	/** Until a connection has to be open. */
	readonly openTime: number;
	/** Until the answer has to be there. */
	readonly answerTime: number;
	/** How long a connection stays open that nobody uses. */
	readonly idleTime: number;
	readonly mostConnections: number;
	/** Bytes of one message. */
	readonly maxMessage: number;
	/** Bytes of notifications that may wait for a server that does not read. */
	readonly maxUnsent: number;
	readonly tls: OutgoingTls;
}

/** A server, and the sub-protocol that is spoken with it. */
export interface Endpoint {
	readonly url: string;
	readonly protocol: string;
}

/** The connection is open, and no answer came. */
export class UnansweredError extends Error {}

const keyOf = ({ url, protocol }: Endpoint) => `${protocol}\0${url}`;

/** A connection that nobody uses is closed after a while. */
class Link {
	readonly socket: WebSocket;
	readonly #idleTime: number;
	#clock: NodeJS.Timeout | undefined;

	constructor(socket: WebSocket, idleTime: number) {
		this.socket = socket;
		this.#idleTime = idleTime;
	}

	/** True while messages can be sent. */
	get open(): boolean {
		return this.socket.readyState === this.socket.OPEN;
	}

	/** Nobody uses it from now on. */
	rest(): void {
		clearTimeout(this.#clock);
		this.#clock = setTimeout(() => this.socket.close(1000), this.#idleTime).unref();
	}

	/** Somebody uses it. */
	use(): void {
		clearTimeout(this.#clock);
	}
}

/** The connections of a child. */
export class Endpoints {
	readonly #settings: EndpointSettings;
	readonly #policy: NetworkPolicy;
	/** All that are open or about to be. */
	#count = 0;
	/** Open connections that have no request, by their endpoint; the last has been used last. */
	readonly #idle = new Map<string, Link[]>();
	/** The connections of notifications, by their endpoint. */
	readonly #notifying = new Map<string, Promise<Link>>();
	readonly #sockets = new Set<WebSocket>();

	constructor(settings: EndpointSettings, policy: NetworkPolicy) {
		this.#settings = settings;
		this.#policy = policy;
	}

	/**
	 * Sends a text and waits for the message that comes next.
	 * @returns its bytes
	 * @throws UnansweredError if none came; another Error where there is no connection
	 */
	async request(endpoint: Endpoint, data: string, signal: AbortSignal): Promise<string> {
		const key = keyOf(endpoint);
		const link = this.#takeIdle(key) ?? (await this.#open(endpoint, signal));
		const answer = await this.#ask(link, data, signal);
		if (link.open) {
			link.rest();
			const list = this.#idle.get(key);
			if (list) list.push(link);
			else this.#idle.set(key, [link]);
		}
		return answer;
	}

	/**
	 * Sends a text that is not answered.
	 * @throws an Error where there is no connection, or the server does not read
	 */
	async notify(endpoint: Endpoint, data: string): Promise<void> {
		const key = keyOf(endpoint);
		let opening = this.#notifying.get(key);
		if (!opening) {
			// whoever else notifies meanwhile waits for the same connection
			opening = this.#open(endpoint).then((link) => {
				link.socket.once('close', () => this.#notifying.delete(key));
				return link;
			});
			this.#notifying.set(key, opening);
			opening.catch(() => this.#notifying.delete(key));
		}
		const link = await opening;
		if (!link.open) throw new Error('the server has closed the connection');
		if (link.socket.bufferedAmount > this.#settings.maxUnsent) {
			link.socket.terminate();
			throw new Error('the server does not read (max_unsent)');
		}
		sendBytes(link.socket, data);
		link.rest();
	}

	/** Ends all connections. */
	close(): void {
		for (const socket of this.#sockets) socket.terminate();
	}

	#takeIdle(key: string): Link | undefined {
		const list = this.#idle.get(key) ?? [];
		for (let link = list.pop(); link; link = list.pop()) {
			if (!link.open) continue;
			link.use();
			return link;
		}
		this.#idle.delete(key);
		return undefined;
	}

	/** Opens a connection. Where there are as many as may be, one that nobody uses goes for it. */
	async #open({ url, protocol }: Endpoint, signal?: AbortSignal): Promise<Link> {
		const { mostConnections, openTime, maxMessage, tls, idleTime } = this.#settings;
		if (this.#count >= mostConnections && !this.#endOneIdle())
			throw new Error(`${mostConnections} connections are in use, which is the limit (max_connections)`);
		this.#count++;
		try {
			const { socket } = await openWebSocket(url, {
				protocol,
				policy: this.#policy,
				timeout: openTime,
				maxMessage,
				tls,
				...(signal && { signal }),
			});
			socket.resume(); // what a server says unasked is dropped
			this.#sockets.add(socket);
			socket.once('close', () => {
				this.#count--;
				this.#sockets.delete(socket);
			});
			return new Link(socket, idleTime);
		} catch (error) {
			this.#count--;
			throw error;
		}
	}

	#endOneIdle(): boolean {
		for (const key of this.#idle.keys()) {
			const link = this.#takeIdle(key);
			if (!link) continue;
			link.socket.terminate();
			return true;
		}
		return false;
	}

	/** One request on a connection that is this request's own. Unless it is answered, the connection ends. */
	#ask({ socket }: Link, data: string, signal: AbortSignal): Promise<string> {
		return new Promise((resolve, reject) => {
			const done = () => {
				clearTimeout(clock);
				signal.removeEventListener('abort', aborted);
				socket.off('message', onMessage).off('close', onClose);
			};
			const fail = (why: string) => {
				done();
				socket.terminate();
				reject(new UnansweredError(why));
			};
			const onMessage = (payload: Buffer) => {
				if (payload.length === 0) return; // as Kamailio
				done();
				resolve(payload.toString('latin1'));
			};
			const onClose = (code: number) => fail(`the connection was closed without an answer (${code})`);
			const aborted = () => fail('nobody waits for the answer any more');
			const { answerTime } = this.#settings;
			const clock = setTimeout(() => fail(`there was no answer after ${answerTime} ms`), answerTime);
			signal.addEventListener('abort', aborted, { once: true });
			socket.on('message', onMessage).once('close', onClose);
			if (signal.aborted) aborted();
			else sendBytes(socket, data);
		});
	}
}
