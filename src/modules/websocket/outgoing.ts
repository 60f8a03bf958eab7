/**
 * WebSockets that this host opens to other servers (ws_handshake.c: ws_connect).
 *
 * @module
 */
import type { TLSSocket } from 'node:tls';
import { type ConnectionInfo, makeRequest } from '../../http/request.ts';
import type { HostServices } from '../../kemi/context.ts';
import { type OutgoingTls, openWebSocket } from '../../net/websocket-client.ts';
import { statistics } from '../statistics.ts';
import type { Connection, Connections } from './connections.ts';
import { scriptFor } from './script.ts';

/** What all of them go by. */
export interface OutgoingSettings {
	/** Milliseconds until one has to be open. */
	readonly time: number;
	/** Bytes of a message. */
	readonly maxMessage: number;
	readonly tls: OutgoingTls;
}

/** What of the module's state is needed to open one. */
interface Opener {
	readonly connections: Connections;
	readonly protocols: readonly string[];
	readonly outgoing: OutgoingSettings;
	readonly enabled: boolean;
}

/** The address of a server as a URL; `connectTo` says what is wrong with one. An IPv6 address may have its brackets or not. */
export function addressOf(host: string, port: number, path: string, secure: boolean): string {
	const name = /^[\da-fA-F]*:[\da-fA-F:.]+$/.test(host) ? `[${host}]` : host;
	// nothing in a name may end it
	const authority = name.replace(/[^\w.:[\]\x80-\xff-]/g, encodeURIComponent);
	return `${secure ? 'wss' : 'ws'}://${authority}${port > 0 ? `:${port}` : ''}${path.startsWith('/') ? '' : '/'}${path}`;
}

/**
 * Opens a WebSocket, which is then one of this child's.
 * @param address a byte string
 * @param protocol the sub-protocol, which has to be one that the host serves
 * @throws an Error that says why it did not open
 */
export async function connectTo(
	host: HostServices,
	{ connections, protocols, outgoing, enabled }: Opener,
	address: string,
	protocol: string,
	signal?: AbortSignal,
): Promise<Connection> {
	if (!enabled) throw new Error('WebSockets are disabled (ws.enable)');
	if (connections.full) throw new Error('there are too many WebSockets (max_connections)');
	if (!protocols.includes('*') && !protocols.includes(protocol.toLowerCase()))
		throw new Error(`"${protocol}" is none of the sub-protocols that are served (sub_protocols, protocols)`);
	const counters = host.state(statistics);
	const opened = await openWebSocket(address, {
		protocol: protocol === '' ? undefined : protocol,
		policy: host.network,
		timeout: outgoing.time,
		maxMessage: outgoing.maxMessage,
		tls: outgoing.tls,
		...(signal && { signal }),
	}).catch((error: unknown) => {
		counters.add('ws_failed_handshakes', 1);
		throw error;
	});
	counters.add('ws_successful_handshakes', 1);
	const { socket, wire } = opened;
	const url = new URL(socket.url);
	const secure = url.protocol === 'wss:';
	const info: ConnectionInfo = {
		id: host.nextConnectionId(),
		remote: { address: wire.remoteAddress ?? '', port: wire.remotePort ?? 0 },
		local: { address: wire.localAddress ?? '', port: wire.localPort ?? 0 },
		secure,
		...(secure && { tls: wire as TLSSocket }),
	};
	const request = makeRequest({
		target: url.pathname + url.search,
		headers: [
			['Host', url.host],
			...(protocol === '' ? [] : ([['Sec-WebSocket-Protocol', protocol]] as const)),
		],
		connection: info,
	});
	const connection = connections.open(socket, info, socket.protocol || undefined, scriptFor(host, request));
	socket.resume();
	return connection;
}
