/**
 * The command `httpclient.listcon`: the connections that modparam declares (modules/http_client/curlrpc.c).
 *
 * @module
 */
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';
import type { HttpConnection } from './settings.ts';

/** What stands for a password, which no answer shows. */
const HIDDEN = '***';

/** Makes the command; it shows the connections that `connectionsOf` finds. */
export function httpClientRpc(
	connectionsOf: (call: RpcCall) => ReadonlyMap<string, HttpConnection>,
): readonly RpcCommand[] {
	return [
		rpc('httpclient.listcon', '', 'The connections, without their passwords.', (call) => {
			const connections = connectionsOf(call);
			if (connections.size === 0) throw new RpcFault(500, 'No Connection Definitions');
			// the one declared last comes first
			return [...connections.values()].reverse().map(({ name, base, settings, failover }) => {
				const [schema = '', uri = ''] = base.split('://');
				return {
					CONNECTION: {
						NAME: name,
						SCHEMA: schema,
						URI: uri,
						USERNAME: settings.username ?? '',
						PASSWORD: settings.password === '' ? '' : HIDDEN,
						FAILOVER: failover ?? '',
						TIMEOUT: Math.ceil(settings.timeout / 1000),
					},
				};
			});
		}),
	];
}
