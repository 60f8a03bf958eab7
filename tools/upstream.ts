/**
 * The server that the reference's examples ask: it answers every request by what it asked for, and sends `/moved` to
 * `/here`. `http://upstream` speaks HTTP/1.1, `http://upstream-http2` HTTP/2 without TLS, and `ws://upstream` WebSockets,
 * on which it sends each message back behind the sub-protocol.
 *
 * @module
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
	createServer as createHttp2Server,
	type Http2Server,
	type Http2ServerRequest,
	type Http2ServerResponse,
	type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A running server. */
export class Upstream {
	readonly #server: Server;
	readonly #http2: Http2Server;
	readonly #webSockets: WebSocketServer;
	readonly #sessions = new Set<ServerHttp2Session>();

	private constructor(server: Server, http2: Http2Server) {
		this.#server = server;
		this.#http2 = http2;
		this.#webSockets = new WebSocketServer({ server });
		this.#webSockets.on('connection', (socket) => {
			socket.on('message', (data) => socket.send(`${socket.protocol}: ${String(data)}`));
		});
		http2.on('session', (session) => {
			this.#sessions.add(session);
			session.once('close', () => this.#sessions.delete(session));
		});
	}

	/** Starts one on two free ports: for HTTP/1.1, and for HTTP/2 without TLS. */
	static async start(): Promise<Upstream> {
		const server = createServer(answer);
		const http2 = createHttp2Server(answer);
		for (const one of [server, http2]) {
			one.listen(0, '127.0.0.1');
			await once(one, 'listening');
		}
		return new Upstream(server, http2);
	}

	/** A value in whose texts this server's addresses stand in the place of a host (`//upstream`), and of HOST-http2. */
	inPlaceOf<T>(host: string, value: T): T {
		const address = (server: Server | Http2Server) => `//127.0.0.1:${(server.address() as AddressInfo).port}`;
		const text = JSON.stringify(value)
			.replaceAll(`${host}-http2`, address(this.#http2))
			.replaceAll(host, address(this.#server));
		return JSON.parse(text);
	}

	close(): void {
		this.#webSockets.close();
		for (const socket of this.#webSockets.clients) socket.terminate();
		this.#server.closeAllConnections();
		this.#server.close();
		for (const session of this.#sessions) session.destroy();
		this.#http2.close();
	}
}

/** Says what was asked. */
async function answer(
	request: IncomingMessage | Http2ServerRequest,
	response: ServerResponse | Http2ServerResponse,
): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	if (request.url === '/moved') {
		response.statusCode = 302;
		response.setHeader('Location', '/here');
		response.end();
		return;
	}
	response.setHeader('Content-Type', 'text/plain');
	response.setHeader('X-Answer', 'yes');
	const body = Buffer.concat(chunks).toString();
	response.end(`${request.method} ${request.url}${body ? ` with ${body}` : ''}`);
}
