/**
 * KSR.tcpops: the connections of clients (modules/tcpops), those of this child. What the module does for SIP replies over
 * other connections, and its events, are left out.
 *
 * @module
 */
import type { ConnectionInfo } from '../http/request.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int } from '../kemi/module.ts';
import { wordVariable } from '../pv/variables/names.ts';

/** An open connection of this child by its number; undefined where there is none. */
function find(ctx: RequestContext, id: number): ConnectionInfo | undefined {
	const own = ctx.request.connection;
	return own.id === id ? own : ctx.host.connections().find((connection) => connection.id === id);
}

/** Does something to a connection: what `act` gives, or `missing` behind an error line where there is no such connection. */
function onConnection(
	ctx: RequestContext,
	name: string,
	id: number,
	missing: -1 | 0,
	act: (connection: ConnectionInfo) => void,
): number {
	const connection = find(ctx, id);
	if (connection) {
		act(connection);
		return 1;
	}
	ctx.refuse(`KSR.tcpops.${name}: there is no connection ${id}`);
	return missing;
}

/** The longest time that a connection may be idle, in seconds. */
const LONGEST = 86_400;

function setLifetime(ctx: RequestContext, id: number, seconds: number, name: string): number {
	if (seconds < 0) return ctx.refuse(`KSR.tcpops.${name}: ${seconds} is no number of seconds`);
	return onConnection(ctx, name, id, 0, ({ control }) => control?.idleTime(Math.min(seconds, LONGEST)));
}

function keepAlive(ctx: RequestContext, id: number, seconds: number, name: string): number {
	return onConnection(ctx, name, id, -1, ({ control }) => control?.keepAlive(seconds));
}

function close(ctx: RequestContext, id: number, name: string): number {
	if (id === ctx.request.connection.id) {
		ctx.reply.close();
		return 1;
	}
	return onConnection(ctx, name, id, -1, ({ control }) => control?.end());
}

const own = (ctx: RequestContext) => ctx.request.connection.id;

const KEEPALIVE = [int('idle'), int('count'), int('interval')] as const;
const KEEPALIVE_DOC =
	'Has the system ask the client of a connection whether it is still there, once it has said nothing for so many seconds; count and interval are those of the system.';

/** The functions on KSR.tcpops. */
export const tcpops = defineModule({
	name: 'tcpops',
	doc: 'Connections of clients.',
	functions: [
		fn(
			'tcp_conid_state',
			[int('connection')],
			'int',
			'1 where a connection of this child is open, by its number ($conid); -1 where not.',
			(ctx, id) => (find(ctx, id) ? 1 : -1),
			{ cfg: 'tcp_conid_state' },
		),
		fn(
			'tcp_conid_alive',
			[int('connection')],
			'int',
			'The same as tcp_conid_state.',
			(ctx, id) => (find(ctx, id) ? 1 : -1),
			{ cfg: 'tcp_conid_alive' },
		),
		fn(
			'tcp_keepalive_enable',
			KEEPALIVE,
			'int',
			`${KEEPALIVE_DOC} For the connection of the request; 1.`,
			(ctx, idle) => keepAlive(ctx, own(ctx), Math.max(0, idle), 'tcp_keepalive_enable'),
			{ cfg: 'tcp_keepalive_enable' },
		),
		fn(
			'tcp_keepalive_enable_cid',
			[int('connection'), ...KEEPALIVE],
			'int',
			'The same as tcp_keepalive_enable for a connection by its number: 1, or -1 without it.',
			(ctx, id, idle) => keepAlive(ctx, id, Math.max(0, idle), 'tcp_keepalive_enable_cid'),
			{ cfg: 'tcp_keepalive_enable' },
		),
		fn(
			'tcp_keepalive_disable',
			[],
			'int',
			'Ends what tcp_keepalive_enable has begun: 1.',
			(ctx) => keepAlive(ctx, own(ctx), 0, 'tcp_keepalive_disable'),
			{ cfg: 'tcp_keepalive_disable' },
		),
		fn(
			'tcp_keepalive_disable_cid',
			[int('connection')],
			'int',
			'The same as tcp_keepalive_disable for a connection by its number: 1, or -1 without it.',
			(ctx, id) => keepAlive(ctx, id, 0, 'tcp_keepalive_disable_cid'),
			{ cfg: 'tcp_keepalive_disable' },
		),
		fn(
			'tcp_set_connection_lifetime',
			[int('seconds')],
			'int',
			`Sets how long the connection of the request may be idle, up to ${LONGEST} seconds: 1, or -1 for less than 0.`,
			(ctx, seconds) => setLifetime(ctx, own(ctx), seconds, 'tcp_set_connection_lifetime'),
			{ cfg: 'tcp_set_connection_lifetime' },
		),
		fn(
			'tcp_set_connection_lifetime_cid',
			[int('connection'), int('seconds')],
			'int',
			'The same as tcp_set_connection_lifetime for a connection by its number: 0 without it.',
			(ctx, id, seconds) => setLifetime(ctx, id, seconds, 'tcp_set_connection_lifetime_cid'),
			{ cfg: 'tcp_set_connection_lifetime' },
		),
		fn(
			'tcp_close_connection',
			[],
			'int',
			'Ends the connection of the request behind its reply: 1. The same as KSR.set_reply_close.',
			(ctx) => close(ctx, own(ctx), 'tcp_close_connection'),
			{ cfg: 'tcp_close_connection' },
		),
		fn(
			'tcp_close_connection_id',
			[int('connection')],
			'int',
			'Ends a connection of this child by its number, behind the reply that it waits for: 1, or -1 without it.',
			(ctx, id) => close(ctx, id, 'tcp_close_connection_id'),
			{ cfg: 'tcp_close_connection' },
		),
		fn(
			'tcp_set_otcpid',
			[int('connection')],
			'int',
			'Chooses the connection that a SIP request leaves by, nothing that a handler could see. Gives 1.',
			() => 1,
			{ cfg: 'tcp_set_otcpid' },
		),
		fn(
			'tcp_set_otcpid_flag',
			[int('mode')],
			'int',
			'Has SIP requests leave by the connection that was chosen, nothing that a handler could see. Gives 1.',
			() => 1,
			{ cfg: 'tcp_set_otcpid_flag' },
		),
	],
	variables: [
		wordVariable(
			['tcp'],
			"conid: the number of the connection. c_si, c_sp: the client of a connection that has closed, in an event; '' and 0 in a request, where $si and $sp are.",
			{ c_si: () => '', c_sp: () => 0, conid: own },
		),
	],
});
