/**
 * `$fs` and its kin: the socket that a SIP request would be sent from (modules/pv/pv_core.c).
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import type { PvValue, Variable } from '../variable.ts';
import { bracketed, protocol } from './addresses.ts';

/** A socket that the host listens on. */
interface OwnSocket {
	readonly proto: string;
	readonly address: string;
	readonly port: number;
}

const SOCKET = /^(?:(udp|tcp|tls|sctp|wss?):)?(\[[^\]]*\]|[^:]*)(?::(\d+))?$/i;

const forced = requestLocal<{ socket: OwnSocket | undefined }>(() => ({ socket: undefined }));

/**
 * A socket as scripts write it, `tcp:127.0.0.1:8080`; transport and port may be left out.
 * @returns null for one that the host does not listen on, undefined after an error line for what is none
 */
export function sendingSocket(ctx: RequestContext, text: string): OwnSocket | null | undefined {
	const [, transport, address, port] = SOCKET.exec(text) ?? [];
	if (!address) {
		ctx.report('error', `"${text}" is no socket (transport:address:port)`);
		return undefined;
	}
	const proto = protocol(ctx);
	if (transport && transport.toLowerCase() !== proto) return null;
	const plain = address === 'localhost' ? '127.0.0.1' : address.replace(/^\[|\]$/g, '');
	const own = ctx.host.addresses.find(
		(candidate) => candidate.address === plain && (port === undefined || candidate.port === Number(port)),
	);
	return own ? { proto, address: bracketed(plain), port: own.port } : null;
}

/** `$fs` as a text; empty without one. */
export function forcedSocket(ctx: RequestContext): string {
	const { socket } = ctx.get(forced);
	return socket ? `${socket.proto}:${socket.address}:${socket.port}` : '';
}

/** Sets `$fs`; null leaves it without a value. False, after an error line, for what is no socket. */
export function forceSocket(ctx: RequestContext, value: PvValue): boolean {
	if (value === null) {
		ctx.get(forced).socket = undefined;
		return true;
	}
	if (typeof value === 'number') {
		ctx.report('error', '$fs is set to texts only');
		return false;
	}
	const socket = sendingSocket(ctx, value);
	if (socket) ctx.get(forced).socket = socket;
	return socket !== undefined;
}

function setName(ctx: RequestContext, value: PvValue): boolean {
	if (value === null || (typeof value === 'string' && value !== '')) return true;
	ctx.report('error', '$fsn is set to names only');
	return false;
}

/** Sockets for sending. */
export const socketVariables: readonly Variable[] = [
	{
		names: ['fs'],
		doc: 'The socket for sending, as transport:address:port, where a script has set it to one of those that the host listens on.',
		get: (ctx) => forcedSocket(ctx) || null,
		set: forceSocket,
	},
	{
		names: ['fsn'],
		doc: 'The name of the socket for sending: null, as sockets have no names here.',
		get: () => null,
		set: setName,
	},
	{ names: ['fsp'], doc: 'The port of $fs; 0 without one.', get: (ctx) => ctx.get(forced).socket?.port ?? 0 },
];
