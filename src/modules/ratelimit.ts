/**
 * The ratelimit module: a limited number of requests in each interval, by method (modules/ratelimit).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule } from '../kemi/module.ts';
import { tableOfLife } from '../store/once.ts';
import { StoreRefusal } from '../store/store.ts';
import { loadOf, passes } from './rate/algorithms.ts';
import { CpuFeedback } from './rate/cpu.ts';
import { factorsRpc, keptFactors } from './rate/factors-rpc.ts';
import { Windows } from './rate/windows.ts';
import { Pipes } from './ratelimit/pipes.ts';
import { type PipeTraffic, ratelimitRpc } from './ratelimit/rpc.ts';

/** What the module keeps of its parameters. */
interface RatelimitState {
	readonly pipes: Pipes;
	readonly seconds: number;
	readonly windows: Windows;
	readonly cpu: CpuFeedback;
}

/** 1 if a request of a pipe may pass, -1 if not. */
function push(ctx: RequestContext, caller: string, number: number): number {
	const { pipes, seconds, windows, cpu } = ctx.state(ratelimit);
	const { algorithm, limit } = pipes.pipe(number);
	if (algorithm === 'NOP') {
		ctx.report('error', `${caller}: no algorithm is defined for pipe ${number}`);
		return 1;
	}
	try {
		const name = String(number);
		const traffic = { count: windows.add(name), before: windows.before(name) };
		const perInterval = algorithm === 'FEEDBACK' ? limit : limit * seconds;
		return passes(algorithm, { ...traffic, limit: perInterval }, cpu) ? 1 : -1;
	} catch (error) {
		if (!(error instanceof StoreRefusal)) throw error;
		return ctx.refuse(`${caller}: ${error.message}`);
	}
}

/** Chooses the pipe by the request's method. */
function checkByMethod(ctx: RequestContext, caller: string): number {
	const method = ctx.request.method.toUpperCase();
	const queue = ctx.state(ratelimit).pipes.queueOf(method);
	if (queue) return push(ctx, caller, queue.pipe);
	ctx.report('info', `${caller}: no queue is for the method ${method}`);
	return -1;
}

/** Chooses a pipe by its number; a negative one leaves it to the method. */
function checkPipe(ctx: RequestContext, number: number): number {
	const caller = 'KSR.ratelimit.rl_check_pipe';
	if (number < 0) return checkByMethod(ctx, caller);
	const { algorithm } = ctx.state(ratelimit).pipes.pipe(number);
	if (algorithm !== 'NOP') return push(ctx, caller, number);
	return ctx.refuse(`${caller}: there is no pipe ${number}`);
}

/** A pipe with what went through it. */
function trafficOf({ pipes, windows, seconds, cpu }: RatelimitState, number: number): PipeTraffic {
	const { algorithm, limit } = pipes.pipe(number);
	const before = windows.before(String(number));
	const load = algorithm === 'FEEDBACK' ? cpu.dropped : loadOf(before, limit * seconds);
	return { algorithm, limit, count: windows.count(String(number)), before, load };
}

/** The functions on KSR.ratelimit. */
export const ratelimit: KemiModule<RatelimitState> = defineModule<RatelimitState>({
	name: 'ratelimit',
	doc: 'Limits by method and in numbered pipes, which all children share.',
	params: [
		{
			name: 'timer_interval',
			type: 'int',
			default: 10,
			doc: 'The length of an interval, in seconds.',
		},
		{
			name: 'pipe',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Defines a pipe: number:algorithm:limit. TAILDROP lets limit requests a second pass, RED thins out what was above the limit in the interval before, FEEDBACK keeps the load of the processors at limit percent, NETWORK and NOP let all pass.',
		},
		{
			name: 'queue',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Gives a method to a pipe: number:method, with * for all other methods.',
		},
	],
	init(params, host) {
		const { store } = host;
		const seconds = params.int('timer_interval');
		if (seconds <= 0)
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter timer_interval of module ratelimit: "${seconds}" is no length of time`,
			);
		return {
			pipes: new Pipes(params, tableOfLife(store, 'ratelimit changes')),
			seconds,
			windows: new Windows(store.table('ratelimit'), seconds),
			cpu: new CpuFeedback(seconds, keptFactors(host, 'rl')),
		};
	},
	close: ({ cpu }) => cpu.close(),
	rpc: [
		...ratelimitRpc(({ host }) => {
			const state = host.state(ratelimit);
			return { pipes: state.pipes, trafficOf: (pipe) => trafficOf(state, pipe) };
		}),
		...factorsRpc('rl', ({ host }) => host.state(ratelimit).cpu),
	],
	functions: [
		fn(
			'rl_check',
			[],
			'int',
			"1 if the request's method is within its limit; -1 if it is above, or if no queue is for it.",
			(ctx) => checkByMethod(ctx, 'KSR.ratelimit.rl_check'),
			{ cfg: 'rl_check' },
		),
		fn(
			'rl_check_pipe',
			[int('pipe')],
			'int',
			'1 if a pipe is within its limit; -1 if it is above, or if there is no such pipe.',
			checkPipe,
			{ cfg: 'rl_check_pipe' },
		),
	],
	cfgFunctions: [fn('rl_check', [int('pipe')], 'int', 'The same as rl_check_pipe.', checkPipe)],
});
