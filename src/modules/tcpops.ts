/**
 * KSR.tcpops: the connections of clients (modules/tcpops), those of this child. What the module does for SIP replies over
 * other connections is left out.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { ConnectionEnd, ConnectionInfo } from '../http/request.ts';
import type { RequestContext } from '../kemi/context.ts';
import {
	defineModule,
	fn,
	int,
	type KemiModule,
	type ModuleEvent,
	param,
	str,
	variable,
} from '../kemi/module.ts';
import { wordVariable } from '../pv/variables/names.ts';
import { parseSipUri } from '../pv/variables/sip-uri.ts';
import { outputVariable } from './output-variable.ts';

/** `closed_event`: for which connections events come. */
const EVENTS = { none: 0, all: 1, chosen: 2 } as const;

interface TcpopsState {
	readonly events: number;
	/** The numbers of connections whose end is an event, where a script chooses them. */
	readonly chosen: Set<number>;
}

/** An open connection of this child by its number; undefined if there is none. */
function find(ctx: RequestContext, id: number): ConnectionInfo | undefined {
	const own = ctx.request.connection;
	return own.id === id ? own : ctx.host.connections().find((connection) => connection.id === id);
}

/** Does something to a connection: what `act` gives, or `missing` after an error line if there is no such connection. */
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

/** Has the end of a connection be an event, where scripts choose. */
function enableEvent(ctx: RequestContext, id: number, name: string): number {
	const { events, chosen } = ctx.state(tcpops);
	if (events !== EVENTS.chosen)
		return ctx.refuse(
			`KSR.tcpops.${name}: it does something only with modparam("tcpops", "closed_event", 2)`,
		);
	return onConnection(ctx, name, id, 0, () => chosen.add(id));
}

const SIP_PORT = 5060;

/** The connection of a client at `address:port`, or a SIP URI; undefined if there is none. */
function connectionAt(ctx: RequestContext, place: string): ConnectionInfo | undefined {
	const uri = /^sips?:/.test(place) ? parseSipUri(place) : undefined;
	const [, written = '', port = ''] = uri
		? [place, uri.host, uri.port]
		: (/^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(place) ?? []);
	const address = written.replace(/^\[|\]$/g, '');
	const isIt = ({ remote }: ConnectionInfo) =>
		remote.address === address && remote.port === Number(port || SIP_PORT);
	const { connection } = ctx.request;
	return isIt(connection) ? connection : ctx.host.connections().find(isIt);
}

const PLACE =
	'192.0.2.1:50000", "[2001:db8::1]:50000" or a SIP URI; names are not looked up, and without a port it is 5060';

const own = (ctx: RequestContext) => ctx.request.connection.id;

const ENDS: Readonly<Record<ConnectionEnd, string>> = {
	closed: 'A connection has been closed, by its client or by the host.',
	timeout: 'A connection has ended since its time was up.',
	reset: 'A connection has been cut off.',
};

const events = (Object.keys(ENDS) as ConnectionEnd[]).map(
	(how): ModuleEvent => ({
		name: `tcp:${how}`,
		callbackParam: 'event_callback',
		doc: `${ENDS[how]} $si, $sp and $conid are those of the connection.`,
	}),
);

const KEEPALIVE = [int('idle'), int('count'), int('interval')] as const;
const KEEPALIVE_DOC =
	'Has the system ask the client of a connection whether it is still there, once it has said nothing for so many seconds; count and interval are those of the system.';

/** The functions on KSR.tcpops. */
export const tcpops: KemiModule<TcpopsState> = defineModule<TcpopsState>({
	name: 'tcpops',
	doc: 'Connections of clients.',
	params: [
		param(
			'closed_event',
			EVENTS.all,
			'Whose end is an event: 1 that of all connections, 2 that of connections for which a script says so, 0 that of none.',
		),
		param('event_callback', null, "The script's function for these events."),
	],
	events,
	functions: [
		fn(
			'tcp_enable_closed_event',
			[],
			'int',
			'Has the end of the connection of the request be an event, with closed_event=2: 1.',
			(ctx) => enableEvent(ctx, own(ctx), 'tcp_enable_closed_event'),
			{ cfg: 'tcp_enable_closed_event' },
		),
		fn(
			'tcp_enable_closed_event_cid',
			[int('connection')],
			'int',
			'The same for a connection of this child by its number: 1, or 0 without it.',
			(ctx, id) => enableEvent(ctx, id, 'tcp_enable_closed_event_cid'),
			{ cfg: 'tcp_enable_closed_event' },
		),
		fn(
			'tcp_get_conid',
			[str('address'), variable('variable')],
			'int',
			`Puts the number of a client's connection to this child into a variable, 0 if there is none: 1, or -1 then. The client is at "${PLACE}.`,
			(ctx, place, into) => {
				const output = outputVariable(ctx, 'KSR.tcpops.tcp_get_conid', into);
				const id = connectionAt(ctx, place)?.id ?? 0;
				output?.set(ctx, id);
				return output && id > 0 ? 1 : -1;
			},
			{ cfg: 'tcp_get_conid' },
		),
		fn(
			'tcp_con_alive',
			[str('address')],
			'int',
			`1 if a client has a connection to this child, -1 if not. The client is at "${PLACE}. Newer than Kamailio 5.6.3.`,
			(ctx, place) => (connectionAt(ctx, place) ? 1 : -1),
			{ cfg: 'tcp_con_alive' },
		),
		fn(
			'tcp_conid_state',
			[int('connection')],
			'int',
			'1 if a connection of this child is open, by its number ($conid); -1 if not.',
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
			'Ends the connection of the request after its reply: 1. The same as KSR.set_reply_close.',
			(ctx) => close(ctx, own(ctx), 'tcp_close_connection'),
			{ cfg: 'tcp_close_connection' },
		),
		fn(
			'tcp_close_connection_id',
			[int('connection')],
			'int',
			'Ends a connection of this child by its number, after the reply that it waits for: 1, or -1 without it.',
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
			"conid: the number of the connection. c_si, c_sp: the client that a proxy in front names by its PROXY protocol, which is not spoken here: '' and 0; $si and $sp are there.",
			{ c_si: () => '', c_sp: () => 0, conid: own },
		),
	],

	init(params) {
		const mode = params.int('closed_event');
		if (!Object.values<number>(EVENTS).includes(mode))
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter closed_event of module tcpops is 0, 1 or 2, not ${mode}`,
			);
		return { events: mode, chosen: new Set() };
	},

	connectionEnded(connection, how, state, host) {
		const isChosen = state.chosen.delete(connection.id);
		if (state.events === EVENTS.none || (state.events === EVENTS.chosen && !isChosen)) return;
		const event = `tcp:${how}`;
		if (!host.events.handles(event)) return;
		const { id, remote, local, secure } = connection;
		void host.events.raise(event, { request: { connection: { id, remote, local, secure } } });
	},
});
