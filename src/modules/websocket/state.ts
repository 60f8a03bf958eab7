/**
 * What the websocket module keeps.
 *
 * @module
 */
import type { WebSocketServer } from 'ws';
import { KemihostError } from '../../errors.ts';
import type { HostServices } from '../../kemi/context.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { type Late, late, library } from '../../late.ts';
import { outgoingTls } from '../outgoing-tls.ts';
import { statistics } from '../statistics.ts';
import { Connections, type KeepAlive } from './connections.ts';
import type { OutgoingSettings } from './outgoing.ts';

const ws = library('ws');

/** What the module keeps. */
export interface WebsocketState {
	readonly connections: Connections;
	readonly protocols: readonly string[];
	readonly outgoing: OutgoingSettings;
	readonly server: Late<WebSocketServer>;
	/** Seconds between two looks at who was silent. */
	readonly interval: number;
	/** False while `ws.disable` is in force. */
	enabled: boolean;
	clock: NodeJS.Timeout | undefined;
}

const KEEP_ALIVE: readonly KeepAlive[] = ['none', 'ping', 'pong', 'check'];
/** `sub_protocols` by its bits. */
const SUB_PROTOCOLS = ['sip', 'msrp'];
const COUNTERS = [
	'ws_current_connections',
	'ws_failed_handshakes',
	'ws_local_closed_connections',
	'ws_received_frames',
	'ws_remote_closed_connections',
	'ws_successful_handshakes',
	'ws_transmitted_frames',
];

function protocolsOf(params: ParamValues): string[] {
	const own = params.str('protocols');
	if (own !== null) return own.split(',').map((name) => name.trim().toLowerCase());
	return SUB_PROTOCOLS.filter((_, bit) => params.int('sub_protocols') & (1 << bit));
}

/** Makes it from the parameters. */
export function createState(params: ParamValues, host: HostServices): WebsocketState {
	const keepAlive = KEEP_ALIVE[params.int('keepalive_mechanism')];
	if (!keepAlive)
		throw new KemihostError('KH_MODPARAM', 'parameter keepalive_mechanism of module websocket is 0 to 3', {
			hint: '0 none, 1 ping, 2 pong, 3 a check only',
		});
	const counters = host.state(statistics);
	for (const name of COUNTERS) counters.declare('websocket', name);
	return {
		connections: new Connections(host, counters, {
			keepAlive,
			timeout: params.int('keepalive_timeout') * 1000,
			pingData: params.str('ping_application_data') ?? '',
			mostConnections: params.int('max_connections'),
			mostUnsent: params.int('max_unsent'),
		}),
		protocols: protocolsOf(params),
		outgoing: {
			time: params.int('connect_timeout') * 1000,
			maxMessage: params.int('max_message'),
			tls: outgoingTls('websocket', params),
		},
		server: late(
			() =>
				new (ws().WebSocketServer)({
					noServer: true,
					clientTracking: false,
					perMessageDeflate: false,
					maxPayload: params.int('max_message'),
				}),
		),
		interval: Math.max(1, params.int('keepalive_interval')),
		enabled: true,
		clock: undefined,
	};
}
