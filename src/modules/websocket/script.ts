/**
 * Hands what happens on a WebSocket to the script, as events.
 *
 * @module
 */
import type { HttpRequest } from '../../http/request.ts';
import { type HostServices, requestLocal } from '../../kemi/context.ts';
import type { Connection, Listener } from './connections.ts';

/** The connection that an event is about. */
export const currentConnection = requestLocal<{ id: number | undefined }>(() => ({ id: undefined }));

/** The script as a connection's listener. It sees the request of the handshake, with the message as its body. */
export function scriptFor(host: HostServices, { method, target, version, headers }: HttpRequest): Listener {
	const raise = (event: string, { id, info }: Connection, body: Buffer) =>
		host.events.raise(event, {
			request: {
				method,
				target,
				version,
				headers: headers.names.map((name, i) => [name, headers.values[i] ?? ''] as const),
				body,
				// nothing is written to its socket behind the library's back
				connection: { ...info, socket: -1 },
			},
			prepare(ctx) {
				ctx.get(currentConnection).id = id;
			},
		});
	return {
		message: (connection, payload) => raise('websocket:message', connection, payload),
		closed: (connection) => void raise('websocket:closed', connection, Buffer.alloc(0)),
	};
}
