/**
 * The websocket module: requests that become WebSockets (modules/websocket, RFC 6455). In Kamailio what they carry is
 * SIP, and goes to its SIP core. There is none here: messages go to the script, as the event `websocket:message`.
 *
 * @module
 */
import { plainReply } from '../http/reply.ts';
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule, str } from '../kemi/module.ts';
import { OUTGOING_TLS_PARAMS } from './outgoing-tls.ts';
import { statistics } from './statistics.ts';
import { isCloseCode } from './websocket/connections.ts';
import { checkHandshake } from './websocket/handshake.ts';
import { addressOf, connectTo } from './websocket/outgoing.ts';
import { websocketRpc } from './websocket/rpc.ts';
import { currentConnection, scriptFor } from './websocket/script.ts';
import { createState, type WebsocketState } from './websocket/state.ts';
import { xhttp } from './xhttp.ts';

/** The connection that a request has opened last. */
const openedConnection = requestLocal((): { id: number | null } => ({ id: null }));

/** Answers the opening handshake: 1 if the connection becomes a WebSocket, 0 if it is refused. */
function handleHandshake(ctx: RequestContext): number {
	const state = ctx.state(websocket);
	const { host, request } = ctx;
	const counters = host.state(statistics);
	const { reply } = host.api(xhttp);
	const refuse = (status: number, reason: string, headers: string, why: string): number => {
		counters.add('ws_failed_handshakes', 1);
		ctx.report('info', `the WebSocket handshake is refused: ${why}`);
		ctx.reply.append(headers, true);
		ctx.reply.close();
		reply(ctx, status, reason, null, null);
		return 0;
	};
	if (!state.enabled) return refuse(503, 'Service Unavailable', '', 'WebSockets are disabled (ws.enable)');
	if (state.connections.full)
		return refuse(503, 'Service Unavailable', '', 'there are too many (max_connections)');
	const handshake = checkHandshake(request, state.protocols);
	if ('why' in handshake) {
		const { status, reason, headers, why } = handshake;
		return refuse(status, reason, headers, why);
	}
	if (ctx.reply.final) return ctx.refuse('KSR.websocket.handle_handshake: a reply was sent already');
	const { headers } = ctx.reply;
	ctx.reply.replace({
		...plainReply(501, { text: 'only a connection can become a WebSocket\n', close: true }),
		upgrade: {
			take(socket, ahead) {
				// the library writes the handshake's answer; it is given what it looks for
				const asked = Object.assign(Object.create(null), {
					method: 'GET',
					url: '/',
					headers: {
						upgrade: 'websocket',
						'sec-websocket-key': handshake.key,
						'sec-websocket-version': '13',
						...(handshake.protocol === undefined ? {} : { 'sec-websocket-protocol': handshake.protocol }),
					},
				});
				const { connections } = state;
				const server = state.server();
				server.once('headers', (lines) => lines.push(...headers.split('\r\n').filter((line) => line !== '')));
				let drain = (): void => {
					socket.destroy();
				};
				server.handleUpgrade(asked, socket, ahead, (opened) => {
					counters.add('ws_successful_handshakes', 1);
					connections.open(opened, request.connection, handshake.protocol, scriptFor(host, request));
					drain = () => opened.close(1001, 'the host stops');
				});
				return { drain: () => drain() };
			},
		},
	});
	return 1;
}

const idOf = (ctx: RequestContext) => ctx.get(currentConnection).id ?? ctx.request.connection.id;

function close(ctx: RequestContext, path: string, code: number, reason: string, id: number): 1 | -1 {
	if (!isCloseCode(code)) return ctx.refuse(`${path}: ${code} is no code for a close frame`);
	const { connections } = ctx.state(websocket);
	const found = connections.with(
		id,
		(connection) => connections.close(connection, code, reason),
		'ws.close',
		[code, reason],
	);
	return found ? 1 : ctx.refuse(`${path}: there is no WebSocket ${id}`);
}

function send(ctx: RequestContext, id: number, text: string): 1 | -1 {
	const { connections } = ctx.state(websocket);
	const found = connections.with(id, (connection) => connections.send(connection, text), 'ws.send', [text]);
	return found ? 1 : ctx.refuse(`KSR.websocket.send: there is no WebSocket ${id}`);
}

/** Opens a WebSocket to another server: 1 once it is open. */
async function connect(ctx: RequestContext, path: string, url: string, protocol: string): Promise<1 | -1> {
	const state = ctx.state(websocket);
	try {
		const { id } = await connectTo(ctx.host, state, url, protocol, ctx.signal);
		ctx.get(openedConnection).id = id;
		return 1;
	} catch (error) {
		return ctx.refuse(`${path}: ${url}: ${(error as Error).message}`);
	}
}

/** The functions on KSR.websocket. */
export const websocket: KemiModule<WebsocketState> = defineModule<WebsocketState>({
	name: 'websocket',
	doc: 'WebSockets.',
	depends: [xhttp.name, statistics.name],
	params: [
		{
			name: 'event_callback',
			type: 'str',
			default: null,
			doc: 'The function that is called for the events of this module.',
		},
		{
			name: 'sub_protocols',
			type: 'int',
			default: 1,
			doc: 'The sub-protocols that are served, as bits: 1 sip, 2 msrp.',
		},
		{
			name: 'protocols',
			type: 'str',
			default: null,
			doc: 'The sub-protocols that are served, by name: "chat, sip"; "*" takes any, and clients without one. In the place of sub_protocols; not in Kamailio.',
		},
		{
			name: 'keepalive_mechanism',
			type: 'int',
			default: 1,
			doc: 'What happens to silent connections: 0 nothing, 1 a ping, 2 a pong, 3 they are closed.',
		},
		{
			name: 'keepalive_timeout',
			type: 'int',
			default: 180,
			doc: 'Seconds until a connection counts as silent.',
		},
		{
			name: 'keepalive_interval',
			type: 'int',
			default: 1,
			doc: 'Seconds between two looks at all connections.',
		},
		{
			name: 'keepalive_processes',
			type: 'int',
			default: 1,
			doc: 'Changes nothing: each child keeps its own.',
		},
		{ name: 'ping_application_data', type: 'str', default: 'kemihost', doc: 'What a ping carries.' },
		{ name: 'timer_interval', type: 'int', default: 1, doc: 'Changes nothing.' },
		{ name: 'rm_delay_interval', type: 'int', default: 5, doc: 'Changes nothing.' },
		{ name: 'verbose_list', type: 'int', default: 0, doc: 'Changes nothing.' },
		{ name: 'cors_mode', type: 'int', default: 0, doc: 'Changes nothing: the script looks at Origin.' },
		{
			name: 'connect_timeout',
			type: 'int',
			default: 5,
			doc: 'Seconds until a WebSocket to another server has to be open. Not in Kamailio.',
		},
		...OUTGOING_TLS_PARAMS,
		{
			name: 'max_connections',
			type: 'int',
			default: 10_000,
			doc: 'WebSockets of one child; clients beyond that are answered with 503. Not in Kamailio.',
		},
		{
			name: 'max_message',
			type: 'int',
			default: 1 << 20,
			doc: 'Bytes of one message; a larger one closes its connection with 1009. Not in Kamailio.',
		},
		{
			name: 'max_unsent',
			type: 'int',
			default: 4 << 20,
			doc: 'Bytes that may wait for a client that does not read; with more its connection is ended. Not in Kamailio.',
		},
	],
	functions: [
		fn(
			'handle_handshake',
			[],
			'int',
			'Makes the connection a WebSocket: 1, or 0 if the request is none for it, which is then answered.',
			handleHandshake,
			{ sendsReply: true, cfg: 'ws_handle_handshake' },
		),
		fn(
			'send',
			[int('connection'), str('text')],
			'int',
			'Sends a message to a WebSocket of any child: 1, or -1 if there is none. Bytes that are no UTF-8 go as a binary message.',
			send,
		),
		fn(
			'close',
			[],
			'int',
			'Closes the WebSocket that the event is about, with code 1000: 1, or -1 if there is none.',
			(ctx) => close(ctx, 'KSR.websocket.close', 1000, 'Normal closure', idOf(ctx)),
			{ cfg: 'ws_close' },
		),
		fn(
			'close_reason',
			[int('code'), str('reason')],
			'int',
			'Closes the WebSocket that the event is about: 1, or -1 if there is none.',
			(ctx, code, reason) => close(ctx, 'KSR.websocket.close_reason', code, reason, idOf(ctx)),
			{ cfg: 'ws_close' },
		),
		fn(
			'close_conid',
			[int('code'), str('reason'), int('connection')],
			'int',
			'Closes a WebSocket of any child: 1, or -1 if there is none.',
			(ctx, code, reason, id) => close(ctx, 'KSR.websocket.close_conid', code, reason, id),
			{ cfg: 'ws_close' },
		),
		fn(
			'connect',
			[str('host'), int('port'), str('path'), str('protocol'), int('tls')],
			'int',
			'Opens a WebSocket to another server, with TLS where the last argument is 1: 1 once it is open, its number is in $ws_outid; -1 if it cannot be. Port 0 is 80 or 443. What the server sends is the event websocket:message.',
			(ctx, host, port, path, protocol, tls) =>
				connect(ctx, 'KSR.websocket.connect', addressOf(host, port, path, tls !== 0), protocol),
			{ waits: true, cfg: 'ws_connect' },
		),
	],
	cfgFunctions: [
		fn(
			'ws_connect_url',
			[str('url'), str('protocol')],
			'int',
			'As ws_connect, with an address: ws://HOST:PORT/PATH or wss://HOST:PORT/PATH.',
			(ctx, url, protocol) => connect(ctx, 'ws_connect_url', url, protocol),
			{ waits: true },
		),
	],
	variables: [
		{
			names: ['ws_outid'],
			doc: 'The number of the WebSocket that this request has opened last by websocket.connect; null if there is none. Not in Kamailio.',
			get: (ctx) => ctx.get(openedConnection).id,
		},
		{
			names: ['ws_conid'],
			doc: 'The number of the WebSocket that the event is about; in a request that of its connection.',
			get: idOf,
		},
	],
	events: [
		{
			name: 'websocket:message',
			callbackParam: 'event_callback',
			doc: 'A message has come: $rb is its content, $ws_conid its connection, all else is of the handshake. Not in Kamailio.',
		},
		{
			name: 'websocket:closed',
			callbackParam: 'event_callback',
			doc: 'A WebSocket has closed; $ws_conid tells which.',
		},
	],
	rpc: websocketRpc(({ host }) => host.state(websocket)),
	init: createState,
	started(state) {
		state.connections.forgetThoseOfMyPlace();
		state.clock = setInterval(() => state.connections.tick(Date.now()), state.interval * 1000).unref();
	},
	close(state) {
		clearInterval(state.clock);
		for (const { socket } of state.connections.own) {
			socket.close(1001, 'the host stops');
			socket.terminate();
		}
	},
});
