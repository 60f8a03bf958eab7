/**
 * The commands `rl.*`: pipes and queues from outside (modules/ratelimit/ratelimit.c).
 *
 * @module
 */
import { type RpcCall, type RpcCommand, RpcFault, rpc, sameEverywhere } from '../../kemi/rpc.ts';
import { ALGORITHMS, type Algorithm, findAlgorithm } from '../rate/algorithms.ts';
import { MAX_PIPES, type Pipes } from './pipes.ts';

/** A pipe as it is now. */
export interface PipeTraffic {
	readonly algorithm: Algorithm;
	readonly limit: number;
	/** Requests in this interval, and in the one before. */
	readonly count: number;
	readonly before: number;
	/** What the interval before came to: how many times the limit, for FEEDBACK how many of a hundred are turned away. */
	readonly load: number;
}

/** What the commands need of the module. */
export interface Ratelimit {
	readonly pipes: Pipes;
	trafficOf(pipe: number): PipeTraffic;
}

const missingPipe = new RpcFault(400, 'Missing Arguments: pipe, algorithm and limit');
const missingQueue = new RpcFault(400, 'Missing Arguments: queue, method and pipe');

/** Makes the commands; they work on what `stateOf` finds. */
export function ratelimitRpc(stateOf: (call: RpcCall) => Ratelimit): readonly RpcCommand[] {
	const all = (call: RpcCall) =>
		Array.from({ length: MAX_PIPES }, (_, number) => ({ number, ...stateOf(call).trafficOf(number) }));
	return [
		rpc('rl.get_pipes', '', 'The pipes that are set, with their limits and counts, one a line.', (call) =>
			all(call)
				.filter(({ algorithm }) => algorithm !== 'NOP')
				.map(
					({ number, algorithm, limit, before, count, load }) =>
						`PIPE[${number}]: ${ALGORITHMS.indexOf(algorithm)}:${algorithm} ${before}/${limit} (drop rate: ${load}) [${count}]`,
				),
		),
		rpc('rl.stats', '', 'What each pipe had in the interval before, one a line.', (call) =>
			all(call).map(
				({ number, limit, before, load }) => `PIPE[${number}]: ${before}/${limit} (drop rate: ${load})`,
			),
		),
		rpc('rl.get_queues', '', 'The methods and their pipes, one a line.', (call) =>
			stateOf(call).pipes.queues.map(({ method, pipe }, number) => `QUEUE[${number}]: ${pipe}:${method}`),
		),
		rpc(
			'rl.set_pipe',
			'PIPE ALGORITHM LIMIT',
			'Sets a pipe, in every child.',
			(call) => {
				const [number, name, limit] = [call.int(missingPipe), call.str(missingPipe), call.int(missingPipe)];
				const algorithm = name === name.toUpperCase() ? findAlgorithm(name) : undefined;
				if (!algorithm) throw new RpcFault(400, 'Unknown algorithm');
				if (number < 0 || number >= MAX_PIPES) throw new RpcFault(400, 'Unknown pipe');
				if (limit < 0 || (algorithm === 'FEEDBACK' && limit > 100)) throw new RpcFault(400, 'Invalid limit');
				stateOf(call).pipes.setPipe(number, { algorithm, limit });
				return undefined;
			},
			sameEverywhere,
		),
		rpc(
			'rl.set_queue',
			'QUEUE METHOD PIPE',
			'Gives a queue that is there another method and pipe, in every child.',
			(call) => {
				const [number, method, pipe] = [
					call.int(missingQueue),
					call.str(missingQueue),
					call.int(missingQueue),
				];
				const { pipes } = stateOf(call);
				if (pipe < 0 || pipe >= MAX_PIPES) throw new RpcFault(400, 'Invalid pipe number');
				if (number < 0 || number >= pipes.queues.length) throw new RpcFault(400, 'MAX_QUEUES reached');
				pipes.setQueue(number, { method: method.toUpperCase(), pipe });
				return undefined;
			},
			sameEverywhere,
		),
	];
}
