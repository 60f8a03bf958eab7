/**
 * One client connection: bytes in, requests through the handler one after the other, replies out.
 *
 * @module
 */
import type { Socket } from 'node:net';
import { DirectSocket } from './direct-socket.ts';
import type { HttpLimits } from './limits.ts';
import { HttpParseError, type ParsedRequest, type Phase, RequestParser } from './parser.ts';
import {
	confusesClient,
	type HttpReply,
	plainReply,
	serialize,
	type Upgrade,
	type UpgradedConnection,
} from './reply.ts';
import type { ConnectionEnd, ConnectionInfo, HttpRequest } from './request.ts';

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
	/** Told of the end of a connection, whatever it has become. */
	readonly onEnded?: (connection: ConnectionInfo, how: ConnectionEnd) => void;
	/** True once the listener is closing: replies then end their connections. */
	readonly draining: () => boolean;
}

/** How long a client may take to hang up after the last reply. */
const LINGER = 2000;
/** Bytes that may wait to be sent, or unread requests to be answered, before the connection stops reading. */
const HIGH_WATER = 1 << 20;
/** Bytes handed to the socket at a time; a client that takes one of them makes progress. */
const PIECE = 1 << 16;

/** What a connection waits for. */
type Waiting = Phase | 'reply' | 'hang-up';

/** The server's side of one connection. */
export class Connection {
	readonly #socket: Socket;
	readonly #options: ConnectionOptions;
	readonly #parser: RequestParser;
	readonly info: ConnectionInfo;
	/** Replies that the socket has not taken yet. */
	#unsent = '';
	/** A request is with the handler. */
	#busy = false;
	/** No further request is read. */
	#closing = false;
	/** The client hangs up first: otherwise a reset could take the tail of what it does not expect. */
	#lingering = false;
	#peerEnded = false;
	/** Milliseconds it may be idle, where a script has set that; undefined for the limit. */
	#idleTime: number | undefined;
	#deadline: number;
	/** What has become of it, where it goes on with another protocol. */
	#upgraded: UpgradedConnection | undefined;
	/** What the deadline is for; undefined where it has to be set anew. */
	#waiting: Waiting | undefined = 'idle';
	/** How it ends, if it ends now. */
	#how: ConnectionEnd = 'closed';

	constructor(socket: Socket, info: ConnectionInfo, options: ConnectionOptions) {
		this.#socket = socket;
		this.#options = options;
		this.info = info;
		this.#parser = new RequestParser(options.limits, info);
		this.#deadline = Date.now() + options.limits.headerTime;
		socket.setNoDelay(true);
		info.control = {
			keepAlive: (seconds) => void socket.setKeepAlive(seconds > 0, seconds * 1000),
			idleTime: (seconds) => this.#setIdleTime(seconds * 1000),
			end: () => this.#end(),
		};
		if (socket instanceof DirectSocket) socket.onBytes = this.#onBytes;
		else socket.on('data', this.#onData);
		socket.on('end', this.#onEnd);
		socket.on('drain', this.#onDrain);
		socket.on('error', () => {
			this.#how = 'reset';
			socket.destroy();
		});
		socket.on('close', () => {
			info.socket = -1; // the number may be another socket's by now
			info.onGone?.();
			options.onEnded?.(info, this.#how);
		});
	}

	/** True while a request waits for its reply. */
	get busy(): boolean {
		return this.#busy;
	}

	/** Called now and then: ends the connection when its time is up. */
	tick(now: number): void {
		if (now < this.#deadline || this.#busy || this.#upgraded) return;
		// The end of a small reply is not announced by the socket.
		if (this.#waiting === 'reply' && !this.#sending) {
			this.#settle();
			return;
		}
		if (this.#waiting !== 'hang-up') this.#how = 'timeout';
		if (this.#waiting === 'head' || this.#waiting === 'body')
			this.#refuse(new HttpParseError(408, `the ${this.#waiting} took too long`));
		else this.#socket.destroy();
	}

	/**
	 * The listener closes: an idle connection ends now, a busy one after its reply.
	 * @param patience milliseconds that an idle one gets for one more request
	 */
	drain(patience: number): void {
		if (this.#upgraded) {
			this.#upgraded.drain();
			return;
		}
		if (this.#busy || this.#parser.phase !== 'idle') return;
		if (this.#sending) {
			this.#closing = true;
			this.#settle();
		} else if (patience > 0) {
			this.#deadline = Math.min(this.#deadline, Date.now() + patience);
		} else {
			this.destroy();
		}
	}

	#setIdleTime(time: number): void {
		this.#idleTime = time;
		if (this.#waiting === 'idle') this.#deadline = Date.now() + time;
	}

	/** Ends the connection when nothing is under way any more. */
	#end(): void {
		if (this.#upgraded) {
			this.#upgraded.drain();
			return;
		}
		this.#closing = true;
		if (this.#waiting === 'idle') this.#settle();
	}

	/** Ends the connection without ceremony. */
	destroy(): void {
		this.#socket.destroy();
	}

	get #sending(): boolean {
		return this.#unsent !== '' || this.#socket.writableLength > 0;
	}

	readonly #onData = (chunk: Buffer): void => {
		if (this.#closing) return;
		this.#parser.push(chunk);
		this.#pump();
	};

	readonly #onBytes = (lent: Buffer): void => {
		if (this.#closing) return;
		this.#parser.push(lent, true);
		this.#pump();
		this.#parser.keep();
	};

	readonly #onEnd = (): void => {
		this.#peerEnded = true;
		// A client that wants the reply keeps its end open; a few send theirs first, and still get what there is to send.
		this.info.onGone?.();
		this.#pump();
	};

	readonly #onDrain = (): void => {
		this.#waiting = undefined; // progress: the client has its time anew
		this.#pump();
	};

	/** Reads and answers requests as far as bytes, handler and client let it. */
	#pump(): void {
		try {
			while (!this.#busy && !this.#closing) {
				if (this.#unsent.length >= PIECE) this.#flush();
				if (this.#unsent.length >= HIGH_WATER) break;
				const parsed = this.#parser.read();
				if (!parsed) {
					if (this.#peerEnded) this.#closing = true;
					break;
				}
				this.#waiting = undefined; // the time for a head or body is for each request
				this.info.socket = this.#sending || this.info.secure ? -1 : descriptorOf(this.#socket);
				const reply = this.#options.handler(parsed.request);
				if (reply instanceof Promise) {
					this.#busy = true;
					void reply.then((late) => this.#finishLate(late, parsed));
				} else if (reply.upgrade) {
					this.#handOver(reply.upgrade);
					return;
				} else {
					this.#unsent += this.#serialize(reply, parsed);
				}
			}
			if (this.#parser.takeExpectation()) this.#unsent += 'HTTP/1.1 100 Continue\r\n\r\n';
		} catch (error) {
			if (!(error instanceof HttpParseError)) throw error;
			this.#refuse(error);
			return;
		}
		this.#flush();
		this.#settle();
	}

	#finishLate(reply: HttpReply, parsed: ParsedRequest): void {
		this.#busy = false;
		this.info.onGone = undefined;
		if (this.#socket.destroyed) return;
		if (reply.upgrade) {
			this.#handOver(reply.upgrade);
			return;
		}
		this.#unsent += this.#serialize(reply, parsed);
		this.#pump();
	}

	/** Gives the socket to another protocol, behind the replies that are still to be sent. */
	#handOver(upgrade: Upgrade): void {
		const socket = this.#socket;
		if (this.#unsent !== '') socket.write(this.#unsent, 'latin1');
		this.#unsent = '';
		if (socket instanceof DirectSocket) socket.onBytes = undefined;
		socket.off('data', this.#onData).off('end', this.#onEnd).off('drain', this.#onDrain);
		this.#upgraded = upgrade.take(socket, this.#parser.rest());
		if (this.#options.draining()) this.#upgraded.drain();
	}

	/** Hands replies to the socket, as much as it takes. The rest goes when it has drained. */
	#flush(): void {
		while (this.#unsent !== '' && !this.#socket.writableNeedDrain) {
			this.#socket.write(this.#unsent.slice(0, PIECE), 'latin1');
			this.#unsent = this.#unsent.slice(PIECE);
		}
	}

	#serialize(reply: HttpReply, parsed: ParsedRequest): string {
		const keepAlive =
			parsed.keepAlive &&
			!this.#closing &&
			!reply.close &&
			!confusesClient(reply) &&
			!this.#options.draining();
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

	/** After a round of replies: ends what is to end, and sets the clock for what comes next. */
	#settle(): void {
		this.#holdBack();
		if (this.#busy) return;
		if (this.#closing && this.#unsent === '' && (!this.#lingering || this.#peerEnded)) this.#socket.end();
		const waiting = this.#sending ? 'reply' : this.#closing ? 'hang-up' : this.#parser.phase;
		if (waiting === this.#waiting && waiting !== 'idle') return; // a slow client gains no time by sending
		this.#waiting = waiting;
		this.#deadline = Date.now() + this.#timeFor(waiting);
	}

	/** Pipelined requests wait in the parser, but not without bound. */
	#holdBack(): void {
		const stuck = this.#busy || this.#unsent.length >= HIGH_WATER;
		const full = stuck && !this.#closing && this.#parser.buffered > HIGH_WATER;
		if (full === this.#socket.isPaused()) return;
		if (full) this.#socket.pause();
		else this.#socket.resume();
	}

	/** Milliseconds that the client has. */
	#timeFor(waiting: Waiting): number {
		const { limits } = this.#options;
		switch (waiting) {
			case 'idle':
				return this.#idleTime ?? limits.keepAlive;
			case 'head':
				return limits.headerTime;
			case 'body':
			case 'reply':
				return limits.bodyTime;
			case 'hang-up':
				return LINGER;
		}
	}

	/** Answers bytes that are no request, and ends the connection. */
	#refuse(error: HttpParseError): void {
		this.#closing = true;
		this.#options.onParseError(error, this.info);
		const reply = plainReply(error.status, { text: `${error.status}: ${error.message}\n`, close: true });
		const framing = { head: false, keepAlive: false, http10: false, server: this.#options.serverLine };
		this.#unsent += serialize(reply, framing);
		this.#flush();
		this.#settle();
	}
}

/** Node keeps a socket's file descriptor to itself; -1 where it cannot be found. */
function descriptorOf(socket: Socket): number {
	return (socket as { _handle?: { fd?: number } })._handle?.fd ?? -1;
}
