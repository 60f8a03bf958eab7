/**
 * The commands `ws.*` (modules/websocket/ws_conn.c, ws_frame.c, ws_handshake.c).
 *
 * @module
 */
import {
	type RpcCall,
	type RpcCommand,
	RpcFault,
	type RpcValue,
	rpc,
	sameEverywhere,
} from '../../kemi/rpc.ts';
import { type Connection, isCloseCode } from './connections.ts';
import { addressOf, connectTo } from './outgoing.ts';
import type { WebsocketState } from './state.ts';

const noParameter = new RpcFault(500, 'Invalid Parameters');
const unknown = new RpcFault(500, 'Unknown connection ID');

const isStruct = (value: RpcValue): value is { readonly [member: string]: RpcValue } =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Puts the children's lists of connections together. */
function mergeDumps(answers: readonly RpcValue[]): RpcValue {
	const connections = answers.flatMap((answer) =>
		isStruct(answer) && Array.isArray(answer['connections']) ? answer['connections'] : [],
	);
	return { connections, info: { wscounter: connections.length, truncated: 'no' } };
}

/** One line of `ws.dump`. */
function describe({ id, info, heard, protocol }: Connection): string {
	const scheme = info.secure ? 'wss' : 'ws';
	const [from, to] = [info.remote, info.local].map(({ address, port }) => `${scheme}:${address}:${port}`);
	const silent = Math.floor((Date.now() - heard) / 1000);
	return `${id}: ${from} -> ${to} (state: OPEN,  last used ${silent}s ago, sub-protocol: ${protocol ?? 'none'})`;
}

/** Makes the commands; they work on the state that `stateOf` finds. */
export function websocketRpc(stateOf: (call: RpcCall) => WebsocketState): readonly RpcCommand[] {
	/** A command about one connection, in whichever child it is. */
	const about = (
		name: string,
		usage: string,
		doc: string,
		args: (call: RpcCall) => readonly (string | number)[],
		action: (state: WebsocketState, connection: Connection, args: readonly (string | number)[]) => void,
	) =>
		rpc(name, `CONNECTION${usage}`, doc, (call) => {
			const state = stateOf(call);
			const id = call.int(noParameter);
			const rest = args(call);
			if (!state.connections.with(id, (connection) => action(state, connection, rest), name, rest))
				throw unknown;
			return undefined;
		});
	return [
		rpc(
			'ws.dump',
			'',
			'All WebSockets.',
			(call) => mergeDumps([{ connections: [...stateOf(call).connections.own].map(describe) }]),
			{ merge: mergeDumps },
		),
		about(
			'ws.close',
			' [CODE REASON]',
			'Closes a WebSocket.',
			(call) => {
				const code = call.optionalInt() ?? 1000;
				if (!isCloseCode(code)) throw noParameter;
				return [code, call.optionalStr() ?? 'Normal closure'];
			},
			({ connections }, connection, [code, reason]) =>
				connections.close(connection, Number(code), String(reason)),
		),
		about(
			'ws.send',
			' TEXT',
			'Sends a message to a WebSocket. Not in Kamailio.',
			(call) => [call.str(noParameter)],
			({ connections }, connection, [text]) => connections.send(connection, String(text)),
		),
		about(
			'ws.ping',
			'',
			'Sends a ping.',
			() => [],
			(_state, { socket }) => socket.ping(),
		),
		about(
			'ws.pong',
			'',
			'Sends a pong.',
			() => [],
			(_state, { socket }) => socket.pong(),
		),
		rpc(
			'ws.connect',
			'HOST PORT PATH SUB-PROTOCOL TLS',
			'Opens a WebSocket to another server, with TLS where the last argument is 1.',
			async (call) => {
				const wrong = new RpcFault(400, 'Invalid parameters. Expected host, port, path, subprotocol, tls');
				const [host, port, path, protocol] = [
					call.str(wrong),
					call.int(wrong),
					call.str(wrong),
					call.str(wrong),
				];
				const address = addressOf(host, port, path, call.int(wrong) !== 0);
				try {
					const { id } = await connectTo(call.host, stateOf(call), address, protocol);
					return `Connected as ${id}`;
				} catch (error) {
					throw new RpcFault(500, `Failed to open the WebSocket ${address}: ${(error as Error).message}`);
				}
			},
		),
		rpc(
			'ws.enable',
			'',
			'Takes new WebSockets again.',
			(call) => {
				stateOf(call).enabled = true;
				return undefined;
			},
			sameEverywhere,
		),
		rpc(
			'ws.disable',
			'',
			'Takes no new WebSockets.',
			(call) => {
				stateOf(call).enabled = false;
				return undefined;
			},
			sameEverywhere,
		),
	];
}
