/**
 * The commands `pike.*`: the addresses that the tree has grown down to (modules/pike/pike_rpc.c).
 *
 * @module
 */
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';

/** An address that the tree knows. */
export interface KnownAddress {
	readonly address: string;
	/** Its requests in this window, and in the one before. */
	readonly current: number;
	readonly before: number;
	/** Seconds until it is forgotten, where it asks no more. */
	readonly expires: number;
	/** True if it is blocked. */
	readonly hot: boolean;
}

/** What the commands need of the module. */
export interface KnownAddresses {
	/** Requests in a window that an address may make. */
	readonly most: number;
	list(): KnownAddress[];
}

const badArgument = new RpcFault(500, 'Bad argument. Select: ALL, HOT or WARM');

/** Makes the commands; they work on what `stateOf` finds. */
export function pikeRpc(stateOf: (call: RpcCall) => KnownAddresses): readonly RpcCommand[] {
	const command = (name: string) =>
		rpc(name, '[HOT|ALL]', 'The addresses that are blocked, or all that the tree knows.', (call) => {
			const which = call.optionalStr() ?? 'HOT';
			const wanted = ['ALL', 'HOT', 'WARM'].find((word) => which.includes(word));
			if (!wanted) throw badArgument;
			const { most, list } = stateOf(call);
			// an address is never warm: that is what nodes above addresses are
			const rows = list().filter(({ hot }) => wanted === 'ALL' || (wanted === 'HOT' && hot));
			return {
				max_hits: most,
				list: rows.map(({ address, current, before, expires, hot }) => ({
					ip_addr: address,
					leaf_hits_prev: before,
					leaf_hits_curr: current,
					expires,
					status: hot ? 'HOT' : '',
				})),
				number_of_rows: rows.length,
			};
		});
	return [command('pike.top'), command('pike.list')];
}
