/**
 * Listens on addresses and keeps the connections that come in.
 *
 * @module
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket, Server as TlsServer } from 'node:tls';
import { KemihostError } from '../errors.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { DirectSocket } from './direct-socket.ts';
import type { ConnectionInfo, Endpoint, ListenEndpoint } from './request.ts';
import type { TlsSites } from './tls.ts';

/** Connections that the system keeps until they are taken. */
const BACKLOG = 1024;
/** How often connections are looked at for their deadlines. */
const TICK = 250;

/**
 * What idle connections get for one more request where another host takes over, in milliseconds. A client that is told of the end
 * in a reply connects anew; one whose idle connection ends just as it sends cannot know whether its request was served.
 */
export const HANDOVER_PATIENCE = 2000;

/** What a listener is given: what its connections need, and whom to tell of those that get none. */
export interface ListenerOptions extends ConnectionOptions {
	/** Told of clients that do not get through TLS. */
	readonly onTlsError: (text: string) => void;
}

/** All sockets of one host, with one clock for their deadlines. */
export class Listener {
	readonly #options: ListenerOptions;
	readonly #tls: TlsServer | undefined;
	readonly #servers: Server[] = [];
	readonly #addresses: ListenEndpoint[] = [];
	readonly #connections = new Set<Connection>();
	#draining = false;
	/** It listens on sockets that go on without it. */
	#inherited = false;
	#clock: NodeJS.Timeout | undefined;
	readonly #nextId: () => number;
	/** Called when the last connection of a closing listener has ended. */
	#onEmpty = () => {};

	/**
	 * @param nextId gives each connection its number
	 * @param tls for connections that begin with TLS; without it there are none
	 */
	constructor(options: Omit<ListenerOptions, 'draining'>, nextId: () => number, tls: TlsSites | undefined) {
		this.#nextId = nextId;
		this.#tls = tls?.createServer(options.limits.headerTime);
		this.#tls?.on('secureConnection', (socket) => {
			const refusal = tls?.refusal(socket);
			if (refusal === undefined) return this.#serve(socket, socket);
			options.onTlsError(`${plainAddress(socket.remoteAddress)}: no TLS (${refusal})`);
			socket.destroy();
		});
		this.#tls?.on('tlsClientError', (error, socket) => {
			options.onTlsError(`${plainAddress(socket.remoteAddress)}: no TLS (${error.message})`);
			socket.destroy();
		});
		this.#options = { ...options, draining: () => this.#draining };
	}

	/** The addresses really listened on. */
	get addresses(): readonly ListenEndpoint[] {
		return this.#addresses;
	}

	/** What is known of the connections that are open. */
	get connections(): ConnectionInfo[] {
		return [...this.#connections].map(({ info }) => info);
	}

	/**
	 * Listens on one more address; port 0 picks a free one.
	 * @returns the address really listened on
	 * @throws KemihostError `KH_LISTEN`
	 */
	async listen(endpoint: ListenEndpoint): Promise<ListenEndpoint> {
		const { secure = false } = endpoint;
		if (secure && !this.#tls)
			throw new KemihostError(
				'KH_LISTEN',
				`${endpoint.address}:${endpoint.port} wants TLS, and there is no certificate`,
				{
					hint: 'give one with --tls-cert and --tls-key, or modparam("tls", "certificate", …)',
				},
			);
		const server = createServer({ allowHalfOpen: true }, (socket) => this.accept(socket, secure));
		const bound = await listenOn(server, endpoint);
		this.#inherited ||= endpoint.fd !== undefined;
		this.#servers.push(server);
		this.#addresses.push(bound);
		return bound;
	}

	/**
	 * Takes a connection that came in here, or elsewhere and was handed on.
	 * @param secure it begins with TLS
	 */
	accept(socket: Socket, secure = false): void {
		if (!secure) this.#serve(DirectSocket.insteadOf(socket) ?? socket.resume(), undefined);
		else if (this.#tls) this.#tls.emit('connection', socket);
		else socket.destroy();
	}

	#serve(socket: Socket, tls: TLSSocket | undefined): void {
		// Behind what has arrived: where a script has kept the process for long, a request that waits in its socket is
		// read before the connection is thought to be idle.
		this.#clock ??= setInterval(() => setImmediate(() => this.#tick()), TICK).unref();
		const info: ConnectionInfo = {
			id: this.#nextId(),
			remote: { address: plainAddress(socket.remoteAddress), port: socket.remotePort ?? 0 },
			local: { address: plainAddress(socket.localAddress), port: socket.localPort ?? 0 },
			secure: tls !== undefined,
			...(tls ? { tls } : {}),
		};
		const connection = new Connection(socket, info, this.#options);
		this.#connections.add(connection);
		socket.once('close', () => {
			this.#connections.delete(connection);
			if (this.#draining && this.#connections.size === 0) this.#onEmpty();
		});
	}

	#tick(): void {
		const now = Date.now();
		for (const connection of this.#connections) connection.tick(now);
	}

	/**
	 * Stops listening, lets busy connections finish, and ends those that have not after `deadline` milliseconds.
	 * @param patience milliseconds that idle connections get for one more request, whose reply ends them
	 */
	async close(deadline: number, patience = this.#inherited ? HANDOVER_PATIENCE : 0): Promise<void> {
		this.#draining = true;
		for (const server of this.#servers) server.close();
		for (const connection of this.#connections) connection.drain(patience);
		const timer = setTimeout(() => {
			for (const connection of this.#connections) connection.destroy();
		}, deadline);
		if (this.#connections.size > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
		clearTimeout(timer);
		clearInterval(this.#clock);
	}
}

/** What to do where the system does not let a host listen. */
const LISTEN_HINTS: Readonly<Record<string, string>> = {
	EACCES: 'ports below 1024 are for root; -l tcp:127.0.0.1:8080 takes another',
	EADDRINUSE: 'another program listens there; try port 0 for a free one',
	EADDRNOTAVAIL: 'this machine has no such address; -l tcp:127.0.0.1:8080 takes the place of those of a file',
	ENOTFOUND: 'there is no such name; -l tcp:127.0.0.1:8080 takes the place of those of a file',
};

/**
 * Has a server listen.
 * @param endpoint port 0 picks a free one
 * @returns the address really listened on
 * @throws KemihostError `KH_LISTEN`
 */
export async function listenOn(server: Server, endpoint: ListenEndpoint): Promise<ListenEndpoint> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			const hint = LISTEN_HINTS[error.code ?? ''];
			const place = placeOf(endpoint);
			reject(
				new KemihostError('KH_LISTEN', `cannot listen on ${place} (${error.code})`, { hint, cause: error }),
			);
		});
		const { fd, address: host, port } = endpoint;
		server.listen(fd === undefined ? { host, port, backlog: BACKLOG } : { fd, backlog: BACKLOG }, resolve);
	});
	if (typeof server.address() === 'string') {
		server.close();
		throw new KemihostError('KH_LISTEN', `${placeOf(endpoint)} is no TCP socket`);
	}
	// Later errors are of accepting a single connection, for want of file descriptors: the next one may succeed.
	server.on('error', () => {});
	return { ...boundTo(server), ...(endpoint.secure ? { secure: true } : {}) };
}

function placeOf({ fd, address, port }: ListenEndpoint): string {
	return fd === undefined ? `${address}:${port}` : `the socket that was handed over (descriptor ${fd})`;
}

function boundTo(server: Server): Endpoint {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
	return { address: address.address, port: address.port };
}

/** An IPv4 address that came in over an IPv6 socket, without its prefix. */
function plainAddress(address = ''): string {
	return address.startsWith('::ffff:') ? address.slice(7) : address;
}
