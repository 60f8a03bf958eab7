/**
 * A server of WebSockets for tests, which answers as the messages say.
 *
 * @module
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a server has seen. */
export interface TestWebSocketServer {
	/** `127.0.0.1:PORT` */
	readonly address: string;
	/** The requests of all handshakes. */
	readonly handshakes: readonly IncomingMessage[];
	/** The messages, binary ones as Buffers. */
	readonly messages: readonly (string | Buffer)[];
	/** The connections that are open. */
	readonly sockets: ReadonlySet<WebSocket>;
	/** Waits until there were so many messages. */
	messageCount(count: number): Promise<void>;
}

/** How a server answers. */
export interface ServerOptions {
	/** True for TLS with the certificate of `localhost` in test/fixtures/tls. */
	readonly secure?: boolean;
	/** The sub-protocol that is chosen; without it the client's first. */
	readonly choose?: (protocols: Set<string>) => string | false;
	/** What is sent at once where a connection opens. */
	readonly greeting?: string;
	/** What happens with a message. */
	readonly answer: (text: string, socket: WebSocket, binary: boolean) => void;
}

/** Starts a server, which ends with the test. */
export async function webSocketServer(
	t: TestContext,
	{ secure = false, choose = ([first]) => first ?? false, greeting, answer }: ServerOptions,
): Promise<TestWebSocketServer> {
	const file = (name: string) =>
		readFileSync(fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url)));
	const server = secure
		? createSecureServer({ cert: file('server.pem'), key: file('server.key') })
		: createServer();
	const sockets = new WebSocketServer({ server, handleProtocols: choose });
	const handshakes: IncomingMessage[] = [];
	const messages: (string | Buffer)[] = [];
	sockets.on('connection', (socket, request) => {
		handshakes.push(request);
		if (greeting !== undefined) socket.send(greeting);
		socket.on('message', (data: Buffer, binary) => {
			messages.push(binary ? data : data.toString());
			sockets.emit('heard');
			answer(data.toString(), socket, binary);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		for (const socket of sockets.clients) socket.terminate();
		server.close();
	});
	return {
		address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		handshakes,
		messages,
		sockets: sockets.clients,
		async messageCount(count) {
			while (messages.length < count) await once(sockets, 'heard');
		},
	};
}
