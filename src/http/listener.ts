/**
 * Listens on addresses and keeps the connections that come in.
 *
 * @module
 */
import { createServer, type Server, type Socket } from 'node:net';
import { KemihostError } from '../errors.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import type { Endpoint } from './request.ts';

/** How often connections are looked at for their deadlines. */
const TICK = 250;

/** All sockets of one host, with one clock for their deadlines. */
export class Listener {
	readonly #options: ConnectionOptions;
	readonly #servers: Server[] = [];
	readonly #connections = new Set<Connection>();
	#draining = false;
	#clock: NodeJS.Timeout | undefined;
	#lastId = 0;

	constructor(options: Omit<ConnectionOptions, 'draining'>) {
		this.#options = { ...options, draining: () => this.#draining };
	}

	/** The addresses really listened on. */
	get addresses(): Endpoint[] {
		return this.#servers.map((server) => {
			const address = server.address();
			if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
			return { address: address.address, port: address.port };
		});
	}

	/**
	 * Listens on one more address.
	 * @param endpoint port 0 picks a free one
	 * @throws KemihostError `KH_LISTEN`
	 */
	async listen(endpoint: Endpoint): Promise<Endpoint> {
		const server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
		await new Promise<void>((resolve, reject) => {
			server.once('error', (error: NodeJS.ErrnoException) => {
				const hint =
					error.code === 'EADDRINUSE'
						? 'another program listens there; try port 0 for a free one'
						: undefined;
				reject(
					new KemihostError(
						'KH_LISTEN',
						`cannot listen on ${endpoint.address}:${endpoint.port} (${error.code})`,
						{
							hint,
							cause: error,
						},
					),
				);
			});
			server.listen({ host: endpoint.address, port: endpoint.port, backlog: 1024 }, resolve);
		});
		this.#servers.push(server);
		this.#clock ??= setInterval(() => {
			const now = Date.now();
			for (const connection of this.#connections) connection.tick(now);
		}, TICK).unref();
		return this.addresses.at(-1) as Endpoint;
	}

	/** Stops listening, lets busy connections finish, and ends those that have not after `deadline` milliseconds. */
	async close(deadline: number): Promise<void> {
		this.#draining = true;
		const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
		for (const connection of this.#connections) connection.drain();
		const timer = setTimeout(() => {
			for (const connection of this.#connections) connection.destroy();
		}, deadline);
		await Promise.all(closed);
		clearTimeout(timer);
		clearInterval(this.#clock);
	}

	#accept(socket: Socket): void {
		const info = {
			id: ++this.#lastId,
			remote: { address: plainAddress(socket.remoteAddress), port: socket.remotePort ?? 0 },
			local: { address: plainAddress(socket.localAddress), port: socket.localPort ?? 0 },
			secure: false,
		};
		const connection = new Connection(socket, info, this.#options);
		this.#connections.add(connection);
		socket.once('close', () => this.#connections.delete(connection));
	}
}

/** An IPv4 address that came in over an IPv6 socket, without its prefix. */
function plainAddress(address = ''): string {
	return address.startsWith('::ffff:') ? address.slice(7) : address;
}
