/**
 * The WebSockets of one child, by their connection's number, and where those of the other children are.
 *
 * @module
 */
import type { WebSocket } from 'ws';
import type { ConnectionInfo } from '../../http/request.ts';
import type { HostServices } from '../../kemi/context.ts';
import { sendBytes } from '../../net/websocket-client.ts';
import type { SharedTable } from '../../store/store.ts';
import type { Counters } from '../statistics/counters.ts';

/** How many messages of one client may wait for the script before nothing more is read from it. */
const MOST_WAITING = 16;
/** Bytes of a close frame's reason. */
const LONGEST_REASON = 123;

/** How connections are kept alive: `keepalive_mechanism` by its number. */
export type KeepAlive = 'none' | 'ping' | 'pong' | 'check';

/** What all connections go by. */
export interface ConnectionSettings {
	readonly keepAlive: KeepAlive;
	/** Milliseconds without a frame from the client until it is asked for one, and until it is given up. */
	readonly timeout: number;
	/** What a ping carries. */
	readonly pingData: string;
	readonly mostConnections: number;
	/** Bytes that may wait for a client that reads slowly, before it is dropped. */
	readonly mostUnsent: number;
}

/** What close frames may say: RFC 6455, 7.4, and what applications choose. */
export const isCloseCode = (code: number): boolean =>
	(code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);

/** As much of a reason as a close frame holds, in whole characters: a client may refuse half of one. */
function reasonOf(bytes: string): Buffer {
	let end = Math.min(bytes.length, LONGEST_REASON);
	while (end < bytes.length && end > 0 && (bytes.charCodeAt(end) & 0xc0) === 0x80) end--;
	// what is no UTF-8 may not be in it at all
	return Buffer.from(Buffer.from(bytes.slice(0, end), 'latin1').toString('utf8')).subarray(0, LONGEST_REASON);
}

/** One WebSocket. */
export interface Connection {
	readonly id: number;
	readonly socket: WebSocket;
	readonly info: ConnectionInfo;
	readonly protocol: string | undefined;
	/** When the client was heard last, in Unix milliseconds. */
	heard: number;
	/** True while it was asked for a sign of life and has given none. */
	asked: boolean;
	/** True once this side has begun to close it. */
	closing: boolean;
}

/** The script, as connections see it. */
export interface Listener {
	message(connection: Connection, payload: Buffer): Promise<unknown>;
	closed(connection: Connection): void;
}

/** The WebSockets of a host. */
export class Connections {
	readonly #own = new Map<number, Connection>();
	/** Connection → the child that has it. */
	readonly #homes: SharedTable;
	readonly #host: HostServices;
	readonly #counters: Counters;
	readonly #settings: ConnectionSettings;

	constructor(host: HostServices, counters: Counters, settings: ConnectionSettings) {
		this.#host = host;
		this.#homes = host.localStore.table('websocket');
		this.#counters = counters;
		this.#settings = settings;
	}

	/** The connections of this child. */
	get own(): Iterable<Connection> {
		return this.#own.values();
	}

	/** True if this child can take no more. */
	get full(): boolean {
		return this.#own.size >= this.#settings.mostConnections;
	}

	/** A child begins: what one before it had is gone. */
	forgetThoseOfMyPlace(): void {
		const { childIndex } = this.#host;
		for (const { key, value } of this.#homes.items()) if (value === childIndex) this.#homes.delete(key);
	}

	/** Takes a WebSocket that has just been opened. */
	open(
		socket: WebSocket,
		info: ConnectionInfo,
		protocol: string | undefined,
		listener: Listener,
	): Connection {
		const connection: Connection = {
			id: info.id,
			socket,
			info,
			protocol,
			heard: Date.now(),
			asked: false,
			closing: false,
		};
		this.#own.set(connection.id, connection);
		this.#homes.set(String(connection.id), this.#host.childIndex);
		this.#count('ws_current_connections', 1);
		const heard = () => {
			connection.heard = Date.now();
			connection.asked = false;
		};
		const waiting: Buffer[] = [];
		const work = async () => {
			for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
				await listener.message(connection, next);
				waiting.shift();
				if (socket.isPaused && waiting.length < MOST_WAITING) socket.resume();
			}
		};
		socket.on('message', (payload: Buffer) => {
			heard();
			this.#count('ws_received_frames', 1);
			waiting.push(payload);
			if (waiting.length >= MOST_WAITING) socket.pause();
			// one after the other, so that a script sees them in their order
			if (waiting.length === 1) void work();
		});
		// the library answers pings, and ends a client that goes on asking without reading the answers
		socket.on('ping', heard).on('pong', heard);
		// what is no WebSocket frame, or too large: the library closes with the code for it
		socket.on('error', (error) => {
			connection.closing = true;
			this.#host.log.log('debug', `WebSocket ${connection.id}: ${error.message}`);
		});
		socket.once('close', (code) => {
			// 1006 stands for an end without a close frame
			if (!connection.closing && code !== 1006) this.#count('ws_remote_closed_connections', 1);
			this.#own.delete(connection.id);
			this.#homes.delete(String(connection.id));
			this.#count('ws_current_connections', -1);
			listener.closed(connection);
		});
		return connection;
	}

	/**
	 * Does something with a connection: here where this child has it, elsewhere by an RPC command without waiting for it.
	 * @returns false if no child has it, or this one has it and it is closing
	 */
	with(
		id: number,
		action: (connection: Connection) => void,
		command: string,
		args: readonly (string | number)[],
	): boolean {
		const own = this.#own.get(id);
		if (own) {
			// one that is being closed takes no more
			if (own.socket.readyState !== own.socket.OPEN) return false;
			action(own);
			return true;
		}
		const home = this.#homes.get(String(id));
		if (typeof home !== 'number' || home === this.#host.childIndex) return false;
		this.#host.processes.tell(home, command, [id, ...args]);
		return true;
	}

	/** A connection of this child. */
	find(id: number): Connection | undefined {
		return this.#own.get(id);
	}

	/** Sends bytes: as a text where they are UTF-8, otherwise as they are. Who does not read is dropped. */
	send(connection: Connection, bytes: string): void {
		if (this.#endIfUnread(connection)) return;
		sendBytes(connection.socket, bytes);
		this.#count('ws_transmitted_frames', 1);
	}

	/**
	 * Closes a connection in the way of the protocol.
	 * @param code one that `isCloseCode` allows
	 * @param reason a byte string; what does not fit into a frame is left out
	 */
	close(connection: Connection, code: number, reason: string): void {
		connection.closing = true;
		this.#count('ws_local_closed_connections', 1);
		connection.socket.close(code, reasonOf(reason));
	}

	/** Called now and then: asks those that were silent for a sign of life, and gives up those that gave none. */
	tick(now: number): void {
		const { keepAlive, timeout, pingData } = this.#settings;
		if (keepAlive === 'none') return;
		for (const connection of this.#own.values()) {
			const silent = now - connection.heard;
			// one that waits for the script is not read from, so it cannot be heard
			if (silent < timeout || connection.socket.isPaused) continue;
			if (keepAlive === 'pong') {
				// an unasked pong keeps what is between the ends open; nobody answers it
				connection.socket.pong(pingData);
				connection.heard = now;
			} else if (keepAlive === 'ping' && !connection.asked) {
				connection.asked = true;
				connection.socket.ping(pingData);
			} else if (keepAlive === 'check' || silent >= 2 * timeout) {
				connection.socket.terminate();
			}
		}
	}

	/** Ends a connection for whose client too much waits. True if it did. */
	#endIfUnread({ socket, id }: Connection): boolean {
		if (socket.bufferedAmount <= this.#settings.mostUnsent) return false;
		this.#host.log.log('warning', `WebSocket ${id} is closed: its client does not read (max_unsent)`);
		socket.terminate();
		return true;
	}

	#count(name: string, by: number): void {
		this.#counters.add(name, by);
	}
}
