/**
 * The commands `mqueue.*`: queues from outside (modules/mqueue/mqueue_mod.c).
 *
 * @module
 */
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';
import type { SharedQueue } from '../../store/queues.ts';

/** Makes the commands; they work on the queues that `queuesOf` finds. */
export function mqueueRpc(
	queuesOf: (call: RpcCall) => ReadonlyMap<string, SharedQueue>,
): readonly RpcCommand[] {
	/** The queue that the first argument names. Kamailio's commands refuse with codes of their own. */
	const named = (call: RpcCall, none: number, unknown: number) => {
		const name = call.str(new RpcFault(none, 'No queue name'));
		const queue = queuesOf(call).get(name);
		if (!queue) throw new RpcFault(unknown, 'No such queue');
		return { name, queue };
	};
	return [
		rpc('mqueue.get_size', 'QUEUE', 'How many items there are in a queue.', (call) => {
			const { name, queue } = named(call, 400, 404);
			return { name, size: queue.size() };
		}),
		rpc('mqueue.get_sizes', '', 'How many items there are in each queue.', (call) =>
			[...queuesOf(call)].map(([name, queue]) => ({ name, size: queue.size() })),
		),
		rpc('mqueue.fetch', 'QUEUE', 'Takes the oldest item out of a queue.', (call) => {
			const item = named(call, 500, 500).queue.take();
			if (!item) throw new RpcFault(404, 'Empty queue');
			return { key: item.key, val: item.value };
		}),
	];
}
