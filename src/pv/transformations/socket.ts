/**
 * `{sock.…}`: sockets as Kamailio writes them, `tcp:127.0.0.1:5060` (modules/corex/corex_var.c).
 *
 * @module
 */
import { type Transformation, TransformationError } from '../transformation.ts';

const SOCKET = /^(?:(udp|tcp|tls|sctp|wss?):)?(\[[\da-f:.]+\]|[^:[\]\s]+)(?::(\d+))?$/i;

interface Socket {
	readonly proto: string;
	readonly host: string;
	readonly port: string;
}

function parse(value: string): Socket {
	const [, proto = '', host, port = ''] = SOCKET.exec(value) ?? [];
	if (host === undefined) throw new TransformationError(`"${value}" is no socket (transport:host:port)`);
	return { proto, host, port };
}

function part(name: string, doc: string, get: (socket: Socket) => string): Transformation {
	return { name: `sock.${name}`, params: [], doc, bind: () => (value) => get(parse(value)) };
}

/** The transformations of the class `sock`. */
export const socketTransformations: readonly Transformation[] = [
	part(
		'host',
		'The host of a socket (transport:host:port, of which the host is enough).',
		({ host }) => host,
	),
	part('port', 'The port of a socket, as a text; empty without one.', ({ port }) => port),
	part('proto', 'The transport of a socket; empty without one.', ({ proto }) => proto),
	part('touri', 'A socket as a SIP URI.', ({ proto, host, port }) => {
		return `sip:${host}${port && `:${port}`}${proto && `;transport=${proto}`}`;
	}),
];
