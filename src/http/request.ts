/**
 * A request as it stood on the wire: nothing decoded, nothing merged, nothing left out.
 *
 * @module
 */

import type { TLSSocket } from 'node:tls';

/** One end of a connection. */
export interface Endpoint {
	readonly address: string;
	readonly port: number;
}

/** An address to listen on. */
export interface ListenEndpoint extends Endpoint {
	/** Connections begin with TLS. */
	readonly secure?: boolean;
	/** The descriptor of a socket that whoever started this process has bound already; address and port are the socket's. */
	readonly fd?: number;
}

/** What may be done to a connection from within any request. */
export interface ConnectionControl {
	/** Has the system ask now and then whether the client is still there; 0 seconds ends that. */
	keepAlive(idleSeconds: number): void;
	/** Sets how long it may be idle between two requests. */
	idleTime(seconds: number): void;
	/** Ends it: now where it is idle, otherwise behind the reply that it waits for. */
	end(): void;
}

/** How a connection came to its end: its time was up, the client has cut it off, or either side has closed it. */
export type ConnectionEnd = 'timeout' | 'reset' | 'closed';

/** What all requests of one connection share. */
export interface ConnectionInfo {
	/** Counts up from 1 over the life of the process. */
	readonly id: number;
	readonly remote: Endpoint;
	readonly local: Endpoint;
	readonly secure: boolean;
	/** The connection's TLS, where it has one. */
	readonly tls?: TLSSocket;
	/** Absent where it came over no socket. */
	control?: ConnectionControl;
	/** The socket's file descriptor while nothing else waits to be written to it; otherwise -1 (`children/watchdog.ts`). */
	socket?: number;
	/** Set by who answers a request: called where the client goes away before the answer is there. */
	onGone?: (() => void) | undefined;
}

/** Header fields in the order they came: `names[i]` has the value `values[i]`, both as byte strings. */
export interface HeaderFields {
	readonly names: readonly string[];
	/** Without leading blanks. Trailing blanks and folded lines are kept as they came. */
	readonly values: readonly string[];
}

/** One HTTP request. All strings are byte strings. */
export interface HttpRequest {
	readonly method: string;
	/** The request target, raw: `/path?query`, an absolute URL, `*`. */
	readonly target: string;
	/** The version as the client wrote it: `HTTP/1.1`. */
	readonly version: string;
	readonly headers: HeaderFields;
	/** Request line and header lines with their line ends, without the empty line. */
	readonly head: string;
	/** The content, with chunks joined. */
	readonly body: Buffer;
	readonly connection: ConnectionInfo;
}

/** What `makeRequest` needs; the rest has defaults. */
export interface RequestInit {
	method?: string;
	target?: string;
	version?: string;
	headers?: readonly (readonly [string, string])[];
	body?: Buffer;
	connection?: Partial<ConnectionInfo>;
}

const NOWHERE: ConnectionInfo = {
	id: 0,
	remote: { address: '127.0.0.1', port: 0 },
	local: { address: '127.0.0.1', port: 0 },
	secure: false,
};

/** A request that came over no socket: for tests, tools and `Host.fetch`. Strings are byte strings. */
export function makeRequest(init: RequestInit = {}): HttpRequest {
	const { method = 'GET', target = '/', version = 'HTTP/1.1', headers = [], body = Buffer.alloc(0) } = init;
	const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	return {
		method,
		target,
		version,
		headers: { names: headers.map(([name]) => name), values: headers.map(([, value]) => value) },
		head: `${method} ${target} ${version}\r\n${lines}`,
		body,
		connection: { ...NOWHERE, ...init.connection },
	};
}
