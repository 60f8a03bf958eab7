/**
 * The commands `pl.*`: pipes from outside (modules/pipelimit/pipelimit.c).
 *
 * @module
 */
import { type RpcCall, type RpcCommand, RpcFault, type RpcValue, rpc } from '../../kemi/rpc.ts';
import { type Algorithm, findAlgorithm, loadOf } from '../rate/algorithms.ts';

/** A pipe as it is now. */
export interface PipeListing {
	readonly name: string;
	readonly algorithm: Algorithm;
	readonly limit: number;
	/** Requests in this interval, and in the one before. */
	readonly count: number;
	readonly before: number;
}

/** What the commands need of the module. */
export interface Pipes {
	list(): PipeListing[];
	set(name: string, algorithm: Algorithm, limit: number): void;
}

/** Makes the commands; they work on the pipes that `pipesOf` finds. */
export function pipelimitRpc(pipesOf: (call: RpcCall) => Pipes): readonly RpcCommand[] {
	const find = (call: RpcCall, name: string): PipeListing => {
		const pipe = pipesOf(call)
			.list()
			.find((other) => other.name === name);
		if (!pipe) throw new RpcFault(400, `Unknown pipe id ${name}`);
		return pipe;
	};
	// nobody counts intervals here: a pipe that is not used goes when its time is over
	const listing = ({ name, algorithm, limit, count, before }: PipeListing): RpcValue => ({
		name,
		algorithm,
		limit,
		counter: count,
		last_counter: before,
		unused_intervals: 0,
	});
	return [
		rpc('pl.list', '[PIPE]', 'All pipes, or one, with their limits and counts.', (call) => {
			const name = call.optionalStr();
			return (name === undefined ? pipesOf(call).list() : [find(call, name)]).map(listing);
		}),
		rpc('pl.get_pipes', '', 'All pipes with their limits and counts, one a line.', (call) =>
			pipesOf(call)
				.list()
				.map(({ name, algorithm, limit, count }) => {
					return `PIPE: id=${name} algorithm=${algorithm} limit=${limit} counter=${count}`;
				}),
		),
		rpc(
			'pl.stats',
			'',
			'What each pipe had in the interval before, one a line; the load is in its limits.',
			(call) =>
				pipesOf(call)
					.list()
					.map(
						({ name, limit, before }) => `PIPE: id=${name} load=${loadOf(before, limit)} counter=${before}`,
					),
		),
		rpc('pl.set_pipe', 'PIPE ALGORITHM LIMIT', 'Gives a pipe another algorithm and limit.', (call) => {
			const missing = new RpcFault(400, 'Missing Arguments: pipe, algorithm and limit');
			const [name, algorithmName, limit] = [call.str(missing), call.str(missing), call.int(missing)];
			const algorithm = findAlgorithm(algorithmName);
			if (!algorithm) throw new RpcFault(400, 'Unknown algorithm');
			if (limit < 0) throw new RpcFault(400, 'Invalid limit');
			pipesOf(call).set(find(call, name).name, algorithm, limit);
			return undefined;
		}),
	];
}
