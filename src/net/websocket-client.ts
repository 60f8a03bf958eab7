/**
 * WebSockets that the host opens to other servers on behalf of scripts.
 *
 * @module
 */
import type { Socket } from 'node:net';
import type { ClientOptions, WebSocket } from 'ws';
import { bytesOf, textOf } from '../bytes.ts';
import { library } from '../late.ts';
import type { NetworkPolicy } from './policy.ts';

const ws = library('ws');

/** What a WebSocket is opened with. */
export interface WebSocketOptions {
	/** The sub-protocol to ask for; undefined for none. */
	readonly protocol: string | undefined;
	readonly policy: NetworkPolicy;
	/** Milliseconds until it has to be open. */
	readonly timeout: number;
	/** Bytes of a message from the server; a larger one ends the connection with 1009. */
	readonly maxMessage: number;
	readonly tls: OutgoingTls;
	/** Ends the attempt. */
	readonly signal?: AbortSignal;
}

/** A WebSocket that is open. */
export interface OpenedWebSocket {
	/**
	 * It is paused: nothing that the server has sent with its answer is lost before somebody listens. It has a listener for its
	 * errors; what follows an error is its `close`.
	 */
	readonly socket: WebSocket;
	/** What it goes over. */
	readonly wire: Socket;
}

/** How a server's certificate is looked at. */
export interface OutgoingTls {
	/** Certificates to trust, as PEM; undefined for Node's own. */
	readonly ca: string | undefined;
	/** False to take any server's certificate. */
	readonly rejectUnauthorized: boolean;
}

const SCHEMES: ReadonlySet<string> = new Set(['ws:', 'wss:', 'http:', 'https:']);

/**
 * Opens a WebSocket.
 * @param address a byte string: `ws://HOST:PORT/PATH` or `wss://…`; `http` and `https` are taken for these
 * @throws an Error that says why it did not open
 */
export async function openWebSocket(address: string, options: WebSocketOptions): Promise<OpenedWebSocket> {
	const { protocol, policy, timeout, maxMessage, tls, signal } = options;
	signal?.throwIfAborted();
	const url = URL.parse(textOf(address));
	// the library would open a socket of this machine for ws+unix:
	if (!url || !SCHEMES.has(url.protocol))
		throw new Error(`"${address}" is no URL of a WebSocket (ws:, wss:)`);
	policy.check(url.hostname);
	const secure = url.protocol === 'wss:' || url.protocol === 'https:';
	const settings: ClientOptions & { lookup: NetworkPolicy['lookup'] } = {
		...tls,
		lookup: policy.lookup,
		maxPayload: maxMessage,
		perMessageDeflate: false,
		origin: `${secure ? 'https' : 'http'}://${url.hostname}`,
	};
	const socket = new (ws().WebSocket)(url, protocol === undefined ? [] : [protocol], settings);
	let wire: Socket | undefined;
	socket.once('upgrade', (response) => {
		wire = response.socket;
		// a server may choose none of the sub-protocols (RFC 6455, 4.2.2), which the library takes for an error
		if (protocol !== undefined) response.headers['sec-websocket-protocol'] ??= protocol;
	});
	let reason: Error | undefined;
	socket.on('error', (error) => {
		reason ??= error;
	});
	const end = (why: Error) => {
		reason ??= why;
		socket.terminate();
	};
	const clock = setTimeout(() => end(new Error(`it was not open after ${timeout} ms`)), timeout);
	const aborted = () => end(new Error('nobody waits for it any more'));
	signal?.addEventListener('abort', aborted, { once: true });
	try {
		await new Promise<void>((resolve, reject) => {
			socket.once('open', () => {
				socket.pause();
				resolve();
			});
			socket.once('close', () => reject(reason ?? new Error('it was closed')));
		});
	} finally {
		clearTimeout(clock);
		signal?.removeEventListener('abort', aborted);
	}
	return { socket, wire: wire as Socket };
}

/** Sends bytes: as a text where they are UTF-8, otherwise as they are. */
export function sendBytes(socket: WebSocket, bytes: string): void {
	const payload = Buffer.from(bytes, 'latin1');
	const text = payload.toString('utf8');
	if (bytesOf(text) === bytes) socket.send(text);
	else socket.send(payload);
}
