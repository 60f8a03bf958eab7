/**
 * Both ends of the connection (modules/pv/pv_core.c). Where Kamailio makes URIs of them they are SIP's, for HTTP too.
 *
 * @module
 */
import type { Endpoint } from '../../http/request.ts';
import type { RequestContext } from '../../kemi/context.ts';
import type { PvValue, Variable } from '../variable.ts';
import { type Getter, wordVariable } from './names.ts';

/** `tcp`, or `tls` for a connection with TLS. */
export function protocol(ctx: RequestContext): 'tcp' | 'tls' {
	return ctx.request.connection.secure ? 'tls' : 'tcp';
}

/** Kamailio's number of the transport: 2 TCP, 3 TLS. */
export function protocolId(ctx: RequestContext): number {
	return ctx.request.connection.secure ? 3 : 2;
}

const remote = (ctx: RequestContext): Endpoint => ctx.request.connection.remote;
const local = (ctx: RequestContext): Endpoint => ctx.request.connection.local;

/** An address as it stands in front of a port: an IPv6 one in brackets. */
export function bracketed(address: string): string {
	return address.includes(':') ? `[${address}]` : address;
}

function uriOf(ctx: RequestContext, { address, port }: Endpoint): string {
	return `sip:${bracketed(address)}:${port};transport=${protocol(ctx)}`;
}

function socketOf(ctx: RequestContext, { address, port }: Endpoint): string {
	return `${protocol(ctx)}:${bracketed(address)}:${port}`;
}

/** `sip:ADDRESS:PORT;transport=tcp` of the client. */
export const sourceUri = (ctx: RequestContext): string => uriOf(ctx, remote(ctx));
/** `tcp:ADDRESS:PORT` of the client. */
export const sourceSocket = (ctx: RequestContext): string => socketOf(ctx, remote(ctx));
/** `tcp:ADDRESS:PORT` that the request came to. */
export const receivingSocket = (ctx: RequestContext): string => socketOf(ctx, local(ctx));

const isIPv6 = (ctx: RequestContext) => local(ctx).address.includes(':');
const nothing = (): PvValue => null;

function plain(names: readonly string[], doc: string, get: Getter): Variable {
	return { names, doc, get, steady: true };
}

/** The Via line that xhttp makes up holds the client's address and no parameters. */
const VIA_PARTS: Readonly<Record<string, Getter>> = {
	host: (ctx) => bracketed(remote(ctx).address),
	port: (ctx) => remote(ctx).port,
	proto: () => 'TCP',
	protoid: () => 2,
	branch: nothing,
	rport: nothing,
	received: nothing,
	i: nothing,
};

/** Addresses, ports and the transport. */
export const addressVariables: readonly Variable[] = [
	plain(['si', 'src_ip'], "The client's address.", (ctx) => remote(ctx).address),
	plain(['siz'], "The client's address, in brackets for IPv6.", (ctx) => bracketed(remote(ctx).address)),
	plain(['sp'], "The client's port.", (ctx) => remote(ctx).port),
	plain(['su', 'sut'], 'The client as a sip: URI.', sourceUri),
	plain(['sas'], 'The client as transport:address:port.', sourceSocket),
	plain(['Ri', 'RAi'], 'The address that the request came to.', (ctx) => local(ctx).address),
	plain(['Rp', 'RAp'], 'The port that the request came to.', (ctx) => local(ctx).port),
	plain(['Ru', 'Rut', 'RAu', 'RAut'], 'The address that the request came to, as a sip: URI.', (ctx) =>
		uriOf(ctx, local(ctx)),
	),
	plain(['Ras'], 'The address that the request came to, as transport:address:port.', receivingSocket),
	plain(['Rn'], 'The name of the listening socket, of which there are none: null.', nothing),
	{
		names: ['pr', 'proto'],
		doc: 'The transport: tcp or tls; $prid where an integer is wanted.',
		get: protocol,
		integer: protocolId,
	},
	plain(['prid'], 'The number of the transport: 2 TCP, 3 TLS.', protocolId),
	plain(['conid'], 'The number of the connection.', (ctx) => ctx.request.connection.id),
	wordVariable(['af'], 'The address family: id (2 IPv4, 10 IPv6) or name.', {
		id: (ctx) => (isIPv6(ctx) ? 10 : 2),
		name: (ctx) => (isIPv6(ctx) ? 'IPv6' : 'IPv4'),
	}),
	wordVariable(['via0', 'viaZ'], 'A part of the Via line that stands for the client.', VIA_PARTS),
	wordVariable(
		['via1'],
		'A part of the second Via line, which HTTP requests do not have: null.',
		Object.fromEntries(Object.keys(VIA_PARTS).map((part) => [part, nothing])),
	),
];
