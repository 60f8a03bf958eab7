/**
 * The ratelimit module: a limited number of requests in each interval, by method (modules/ratelimit).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule, type ParamValues } from '../kemi/module.ts';
import { StoreRefusal } from '../store/store.ts';
import { type Algorithm, findAlgorithm, passes } from './rate/algorithms.ts';
import { CpuFeedback } from './rate/cpu.ts';
import { Windows } from './rate/windows.ts';

/** A limit with a number for a name. */
interface Pipe {
	readonly algorithm: Algorithm;
	readonly limit: number;
}

/** What the module keeps of its parameters. */
interface RatelimitState {
	readonly pipes: ReadonlyMap<number, Pipe>;
	/** Methods with the numbers of their pipes; `*` is any other. */
	readonly queues: readonly { readonly method: string; readonly pipe: number }[];
	readonly seconds: number;
	readonly windows: Windows;
	readonly cpu: CpuFeedback;
}

const MAX_PIPES = 16;

function wrong(name: string, value: string | number, why: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `parameter ${name} of module ratelimit: "${value}" ${why}`);
}

function pipeNumber(name: string, value: string | number, digits: string): number {
	const number = Number(digits);
	if (number >= MAX_PIPES) throw wrong(name, value, `has a number above ${MAX_PIPES - 1}`);
	return number;
}

function readPipes(params: ParamValues): Map<number, Pipe> {
	const pipes = new Map<number, Pipe>();
	for (const value of params.all('pipe')) {
		const [, digits = '', name = '', limit = ''] = /^(\d+):([^: ]+):(\d+)$/.exec(String(value)) ?? [];
		if (!digits) throw wrong('pipe', value, 'is not number:algorithm:limit');
		const algorithm = findAlgorithm(name);
		if (!algorithm) throw wrong('pipe', value, 'names no algorithm');
		if (algorithm === 'FEEDBACK' && Number(limit) > 100) throw wrong('pipe', value, 'is no load in percent');
		pipes.set(pipeNumber('pipe', value, digits), { algorithm, limit: Number(limit) });
	}
	return pipes;
}

function readQueues(params: ParamValues): RatelimitState['queues'] {
	return params.all('queue').map((value) => {
		const [, digits = '', method = ''] = /^(\d+):([^: ]+)$/.exec(String(value)) ?? [];
		if (!digits) throw wrong('queue', value, 'is not number:method');
		return { method: method.toUpperCase(), pipe: pipeNumber('queue', value, digits) };
	});
}

/** 1 where a request of a pipe may pass, -1 where not. */
function push(ctx: RequestContext, caller: string, number: number): number {
	const { pipes, seconds, windows, cpu } = ctx.state(ratelimit);
	const { algorithm, limit } = pipes.get(number) ?? { algorithm: 'NOP', limit: 0 };
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
	const { queues } = ctx.state(ratelimit);
	const method = ctx.request.method.toUpperCase();
	const queue =
		queues.find((candidate) => candidate.method === method) ??
		queues.findLast((candidate) => candidate.method === '*');
	if (queue) return push(ctx, caller, queue.pipe);
	ctx.report('info', `${caller}: no queue is for the method ${method}`);
	return -1;
}

/** Chooses a pipe by its number; a negative one leaves it to the method. */
function checkPipe(ctx: RequestContext, number: number): number {
	const caller = 'KSR.ratelimit.rl_check_pipe';
	if (number < 0) return checkByMethod(ctx, caller);
	const pipe = ctx.state(ratelimit).pipes.get(number);
	if (pipe && pipe.algorithm !== 'NOP') return push(ctx, caller, number);
	return ctx.refuse(`${caller}: there is no pipe ${number}`);
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
	init(params, { store }) {
		const seconds = params.int('timer_interval');
		if (seconds <= 0) throw wrong('timer_interval', seconds, 'is no length of time');
		return {
			pipes: readPipes(params),
			queues: readQueues(params),
			seconds,
			windows: new Windows(store.table('ratelimit'), seconds),
			cpu: new CpuFeedback(seconds),
		};
	},
	close: ({ cpu }) => cpu.close(),
	functions: [
		fn(
			'rl_check',
			[],
			'int',
			"1 where the request's method is within its limit; -1 where it is above, or where no queue is for it.",
			(ctx) => checkByMethod(ctx, 'KSR.ratelimit.rl_check'),
			{ cfg: 'rl_check' },
		),
		fn(
			'rl_check_pipe',
			[int('pipe')],
			'int',
			'1 where a pipe is within its limit; -1 where it is above, or where there is no such pipe.',
			checkPipe,
			{ cfg: 'rl_check_pipe' },
		),
	],
	cfgFunctions: [fn('rl_check', [int('pipe')], 'int', 'The same as rl_check_pipe.', checkPipe)],
});
