/**
 * One client connection: bytes in, requests through the handler one after the other, replies out.
 *
 * @module
 */
import type { Socket } from 'node:net';
import type { HttpLimits } from './limits.ts';
import { HttpParseError, type ParsedRequest, RequestParser } from './parser.ts';
import { confusesClient, type HttpReply, plainReply, serialize } from './reply.ts';
import type { ConnectionInfo, HttpRequest } from './request.ts';

/** Answers a request: at once where it can. It never throws. */
export type RequestHandler = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/** What a connection needs to know of the listener it belongs to. */
export interface ConnectionOptions {
	readonly limits: HttpLimits;
	/** The Server line, complete, or an empty string. */
	readonly serverLine: string;
	readonly handler: RequestHandler;
	/** Told of bytes that are no HTTP. */
	readonly onParseError: (error: HttpParseError, connection: ConnectionInfo) => void;
	/** True once the listener is closing: replies then end their connections. */
	readonly draining: () => boolean;
}

/** How long a client may take to hang up after the last reply. */
const LINGER = 2000;
/** Bytes that may wait to be sent before the connection stops reading. */
const HIGH_WATER = 1 << 20;

/** The server's side of one connection. */
export class Connection {
	readonly #socket: Socket;
	readonly #options: ConnectionOptions;
	readonly #parser: RequestParser;
	readonly #info: ConnectionInfo;
	/** A request is with the handler. */
	#busy = false;
	/** No further request is read. */
	#closing = false;
	#peerEnded = false;
	#deadline: number;
	#phase: string = 'idle';

	constructor(socket: Socket, info: ConnectionInfo, options: ConnectionOptions) {
		this.#socket = socket;
		this.#options = options;
		this.#info = info;
		this.#parser = new RequestParser(options.limits, info);
		this.#deadline = Date.now() + options.limits.headerTime;
		socket.setNoDelay(true);
		socket.on('data', (chunk: Buffer) => this.#onData(chunk));
		socket.on('end', () => this.#onEnd());
		socket.on('drain', () => this.#pump());
		socket.on('error', () => socket.destroy());
	}

	/** True while a request waits for its reply. */
	get busy(): boolean {
		return this.#busy;
	}

	/** Called now and then: ends the connection when its time is up. */
	tick(now: number): void {
		if (now < this.#deadline || this.#busy) return;
		if (this.#closing || this.#parser.phase === 'idle') this.#socket.destroy();
		else this.#fail(new HttpParseError(408, `the ${this.#parser.phase} took too long`));
	}

	/** The listener closes: an idle connection ends now, a busy one after its reply. */
	drain(): void {
		if (!this.#busy && this.#parser.phase === 'idle') this.destroy();
	}

	/** Ends the connection without ceremony. */
	destroy(): void {
		this.#socket.destroy();
	}

	#onData(chunk: Buffer): void {
		if (this.#closing) return;
		this.#parser.push(chunk);
		this.#pump();
	}

	#onEnd(): void {
		this.#peerEnded = true;
		if (!this.#busy) this.#socket.end();
	}

	/** Reads and answers requests as far as bytes, handler and client let it. */
	#pump(): void {
		if (this.#busy || this.#closing) {
			// Pipelined requests wait in the parser, but not without bound.
			if (this.#parser.buffered > HIGH_WATER) this.#socket.pause();
			return;
		}
		let out = '';
		try {
			while (!this.#closing && this.#socket.writableLength < HIGH_WATER && out.length < HIGH_WATER) {
				const parsed = this.#parser.read();
				if (!parsed) break;
				const reply = this.#options.handler(parsed.request);
				if (reply instanceof Promise) {
					this.#busy = true;
					void reply.then((late) => this.#finishLate(late, parsed));
					break;
				}
				out += this.#serialize(reply, parsed);
			}
		} catch (error) {
			if (!(error instanceof HttpParseError)) throw error;
			if (out) this.#socket.write(out, 'latin1');
			this.#fail(error);
			return;
		}
		if (this.#parser.takeExpectation()) out += 'HTTP/1.1 100 Continue\r\n\r\n';
		if (out) this.#socket.write(out, 'latin1');
		this.#settle();
	}

	#finishLate(reply: HttpReply, parsed: ParsedRequest): void {
		this.#busy = false;
		if (this.#socket.destroyed) return;
		this.#socket.write(this.#serialize(reply, parsed), 'latin1');
		this.#settle();
		if (this.#socket.isPaused()) this.#socket.resume();
		this.#pump();
	}

	#serialize(reply: HttpReply, parsed: ParsedRequest): string {
		const keepAlive = parsed.keepAlive && !reply.close && !confusesClient(reply) && !this.#options.draining();
		if (!keepAlive) this.#closing = true;
		// A client that is told of the end hangs up first; otherwise the last reply's tail could be lost in a reset.
		this.#lingering = confusesClient(reply);
		return serialize(reply, {
			head: parsed.request.method === 'HEAD',
			keepAlive,
			http10: parsed.request.version === 'HTTP/1.0',
			server: this.#options.serverLine,
		});
	}
	#lingering = false;

	/** After a round of replies: ends what is to end, and sets the clock for what comes next. */
	#settle(): void {
		if (this.#busy) return;
		const { limits } = this.#options;
		if (this.#closing || this.#peerEnded) {
			this.#deadline = Date.now() + LINGER;
			if (!this.#lingering || this.#peerEnded) this.#socket.end();
			return;
		}
		const phase = this.#parser.phase;
		if (phase === this.#phase && phase !== 'idle') return; // a slow client gains no time by sending
		this.#phase = phase;
		const time = { idle: limits.keepAlive, head: limits.headerTime, body: limits.bodyTime }[phase];
		this.#deadline = Date.now() + time;
	}

	/** Answers bytes that are no request, and ends the connection. */
	#fail(error: HttpParseError): void {
		this.#closing = true;
		this.#deadline = Date.now() + LINGER;
		this.#options.onParseError(error, this.#info);
		const reply = plainReply(error.status, { text: `${error.status}: ${error.message}\n`, close: true });
		const framing = { head: false, keepAlive: false, http10: false, server: this.#options.serverLine };
		this.#socket.end(serialize(reply, framing), 'latin1');
	}
}
