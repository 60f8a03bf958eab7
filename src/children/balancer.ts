/**
 * Hands connections to children in turn.
 *
 * The primary keeps its own copy of a connection until the child confirms that it has taken it, so a child that is
 * stuck or dies before that loses no connection: it goes to another child. Only a few connections are on their way
 * to a child at any time.
 *
 * @module
 */
import type { ChildProcess } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { listenOn } from '../http/listener.ts';
import { plainReply, RETRY_AFTER, serialize } from '../http/reply.ts';
import type { ListenEndpoint } from '../http/request.ts';
import { RepeatedLine } from '../log/repeated.ts';
import type { ToChild } from './messages.ts';

/** Connections that may be underway to one child. */
const UNDERWAY = 4;

/** A child that takes connections. */
interface Taker {
	readonly process: ChildProcess;
	/** What it was handed and has not confirmed, oldest first. */
	readonly underway: Socket[];
}

/** Listens in the primary, and gives the connections away. */
export class Balancer {
	readonly #servers: Server[] = [];
	/** In the order in which they are next. */
	readonly #takers: Taker[] = [];
	readonly #waiting: Socket[] = [];
	/** Those that begin with TLS. */
	readonly #secure = new WeakSet<Socket>();
	readonly #limit: number;
	readonly #refused: RepeatedLine;
	#refusals = 0;
	/** Called when all that was taken is with the children. */
	#onSettled = () => {};

	/**
	 * @param limit how many connections may wait while no child can take one; more get 503
	 * @param onRefused told now and then how many got 503
	 */
	constructor(limit: number, onRefused: (count: number) => void) {
		this.#limit = limit;
		this.#refused = new RepeatedLine(onRefused);
	}

	/** How many connections wait for a child. */
	get queueLength(): number {
		return this.#waiting.length;
	}

	/** How many got 503, or were closed where that could not be said, since too many waited. */
	get refusals(): number {
		return this.#refusals;
	}

	/**
	 * Listens on one more address; port 0 picks a free one.
	 * @throws KemihostError `KH_LISTEN`
	 */
	async listen(endpoint: ListenEndpoint): Promise<ListenEndpoint> {
		const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
			if (endpoint.secure) this.#secure.add(socket);
			this.#take(socket);
		});
		this.#servers.push(server);
		return listenOn(server, endpoint);
	}

	/** A child is ready for connections. */
	add(process: ChildProcess): void {
		this.#takers.push({ process, underway: [] });
		this.#handOut();
	}

	/** A child takes no more. What it had not confirmed goes to the others. */
	remove(process: ChildProcess): void {
		const at = this.#takers.findIndex((taker) => taker.process === process);
		if (at < 0) return;
		const [lost] = this.#takers.splice(at, 1);
		this.#waiting.unshift(...(lost?.underway ?? []));
		this.#handOut();
	}

	/** A child has confirmed the oldest connection that was underway to it. */
	confirm(process: ChildProcess): void {
		const taker = this.#takers.find((candidate) => candidate.process === process);
		taker?.underway.shift()?.destroy(); // only the primary's copy of it
		this.#handOut();
	}

	/**
	 * Stops listening, and hands out what has been taken already.
	 * @param deadline milliseconds until what no child has taken is closed
	 */
	async drain(deadline: number): Promise<void> {
		this.#stopListening();
		const timer = setTimeout(() => this.close(), deadline);
		if (!this.#settled) await new Promise<void>((resolve) => (this.#onSettled = resolve));
		clearTimeout(timer);
		this.close();
	}

	/** Stops listening; connections that wait are closed. */
	close(): void {
		this.#stopListening();
		for (const socket of this.#waiting.splice(0)) socket.destroy();
		this.#onSettled();
	}

	#stopListening(): void {
		for (const server of this.#servers.splice(0)) server.close();
	}

	/** True if nothing is on its way to a child, or no child is left that could take it. */
	get #settled(): boolean {
		if (this.#takers.length === 0) return true;
		return this.#waiting.length === 0 && this.#takers.every(({ underway }) => underway.length === 0);
	}

	#take(socket: Socket): void {
		socket.on('error', () => socket.destroy());
		if (this.#waiting.length >= this.#limit) {
			this.#refusals++;
			this.#refused.happened();
			// nobody speaks TLS here
			if (this.#secure.has(socket)) return void socket.destroy();
			const framing = { head: false, keepAlive: false, http10: false, server: '' };
			socket.end(serialize(plainReply(503, { headers: RETRY_AFTER }), framing), 'latin1');
			return;
		}
		this.#waiting.push(socket);
		this.#handOut();
	}

	#handOut(): void {
		this.#sendOut();
		if (this.#settled) this.#onSettled();
	}

	#sendOut(): void {
		while (this.#waiting.length > 0) {
			const at = this.#takers.findIndex((taker) => taker.underway.length < UNDERWAY);
			if (at < 0) return;
			const [taker] = this.#takers.splice(at, 1) as [Taker];
			this.#takers.push(taker); // it is last in line now
			const socket = this.#waiting.shift() as Socket;
			if (socket.destroyed) continue;
			taker.underway.push(socket);
			const message: ToChild = { type: 'connection', secure: this.#secure.has(socket) };
			taker.process.send(message, socket, { keepOpen: true }, () => {});
		}
	}
}
