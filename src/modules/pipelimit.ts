/**
 * The pipelimit module: a limited number of requests in each interval, in pipes with names, which can be made while
 * requests come in: one for each client or account (modules/pipelimit).
 *
 * @module
 */
import { randomInt } from 'node:crypto';
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule, type ModuleParam, str } from '../kemi/module.ts';
import { onceFinished } from '../store/once.ts';
import { type SharedTable, StoreRefusal } from '../store/store.ts';
import { nameParamOf, URL_FORMS } from './database-params.ts';
import { PipeTable } from './pipelimit/database.ts';
import { type PipeListing, pipelimitRpc } from './pipelimit/rpc.ts';
import { type Algorithm, findAlgorithm, passes } from './rate/algorithms.ts';
import { CpuFeedback } from './rate/cpu.ts';
import { factorsRpc, keptFactors } from './rate/factors-rpc.ts';
import { Windows } from './rate/windows.ts';
import { sl } from './sl.ts';

/** What the module keeps. */
interface PipelimitState {
	/** The pipes of all children: `TAILDROP 10` by name. */
	readonly pipes: SharedTable;
	readonly windows: Windows;
	readonly cpu: CpuFeedback;
	readonly seconds: number;
	/** Pipes that nobody used for so many intervals go; 0 for never. */
	readonly cleanUnused: number;
	readonly replyCode: number;
	readonly replyReason: string;
	/** Where pipes are loaded from; undefined for nowhere. */
	readonly stored: PipeTable | undefined;
}

interface Pipe {
	readonly algorithm: Algorithm;
	readonly limit: number;
}

function findPipe({ pipes }: PipelimitState, name: string): Pipe | undefined {
	const text = pipes.get(name);
	if (typeof text !== 'string') return undefined;
	const [algorithm, limit] = text.split(' ');
	return { algorithm: algorithm as Algorithm, limit: Number(limit) };
}

/** All pipes in the order of their names, as they are now. */
function listPipes(state: PipelimitState): PipeListing[] {
	const now = Date.now();
	const names = [...state.pipes.items()]
		.filter(({ expires }) => !expires || expires > now)
		.map(({ key }) => key);
	return names.sort().flatMap((name) => {
		const pipe = findPipe(state, name);
		const { windows } = state;
		return pipe ? [{ name, ...pipe, count: windows.count(name), before: windows.before(name) }] : [];
	});
}

/** When a pipe that is used now goes, in Unix milliseconds. */
function expiryOf({ cleanUnused, seconds }: PipelimitState): number {
	return cleanUnused > 0 ? Date.now() + (cleanUnused + 1) * seconds * 1000 : 0;
}

/** Counts a request in a pipe: 1 if it may pass, -1 if not, 2 in a pipe without algorithm. */
function push(ctx: RequestContext, caller: string, name: string, { algorithm, limit }: Pipe): number {
	const { windows, cpu, pipes, cleanUnused } = ctx.state(pipelimit);
	const count = windows.add(name);
	if (cleanUnused > 0 && count === 1) pipes.expire(name, expiryOf(ctx.state(pipelimit)));
	if (algorithm === 'NOP') {
		ctx.report('error', `${caller}: no algorithm is defined for pipe ${name}`);
		return 2;
	}
	return passes(algorithm, { count, before: windows.before(name), limit }, cpu) ? 1 : -1;
}

function check(ctx: RequestContext, name: string): number {
	const caller = 'KSR.pipelimit.pl_check';
	const pipe = findPipe(ctx.state(pipelimit), name);
	if (pipe) return push(ctx, caller, name, pipe);
	ctx.refuse(`${caller}: there is no pipe "${name}"`);
	return -2;
}

/** Makes the pipe, or gives it another limit, and counts the request in it. */
function checkLimit(ctx: RequestContext, name: string, algorithmName: string, limit: number): number {
	const caller = 'KSR.pipelimit.pl_check_limit';
	const state = ctx.state(pipelimit);
	const old = findPipe(state, name);
	const algorithm = old?.algorithm ?? findAlgorithm(algorithmName);
	if (!algorithm) {
		ctx.refuse(`${caller}: there is no algorithm "${algorithmName}"`);
		return -2;
	}
	const pipe = { algorithm, limit: old && limit <= 0 ? old.limit : limit };
	if (pipe.limit !== old?.limit) {
		if (state.cleanUnused > 0) state.pipes.takeExpired(2);
		state.pipes.set(name, `${algorithm} ${pipe.limit}`, { at: expiryOf(state) });
	}
	return push(ctx, caller, name, pipe);
}

/** Does something that the store may refuse. */
function guarded(ctx: RequestContext, caller: string, action: () => number): number {
	try {
		return action();
	} catch (error) {
		if (!(error instanceof StoreRefusal)) throw error;
		return ctx.refuse(`${caller}: ${error.message}`);
	}
}

/** What the native pl_drop makes of a time that is none, in seconds. */
const LEAST_RETRY = 5;

/** Replies that it is too much, with the seconds to wait where they are not 0. */
function drop(ctx: RequestContext, low: number, high: number): number {
	const { replyCode, replyReason } = ctx.state(pipelimit);
	if (low > 0 && high !== 0) {
		const seconds = high > low ? randomInt(low, high + 1) : low;
		ctx.reply.append(`Retry-After: ${seconds}`, false);
	}
	return ctx.host.api(sl).sendReply(ctx, replyCode, replyReason);
}

const ignored = (name: string, type: 'str' | 'int', value: string | number, doc = 'Changes nothing.') =>
	({ name, type, default: value, doc }) satisfies ModuleParam;

/** The functions on KSR.pipelimit. */
export const pipelimit: KemiModule<PipelimitState> = defineModule<PipelimitState>({
	name: 'pipelimit',
	doc: 'Limits in named pipes, which all children share.',
	depends: [sl.name],
	params: [
		{ name: 'timer_interval', type: 'int', default: 10, doc: 'The length of an interval, in seconds.' },
		{ name: 'reply_code', type: 'int', default: 503, doc: 'The status that pl_drop replies with.' },
		{
			name: 'reply_reason',
			type: 'str',
			default: 'Server Unavailable',
			doc: 'The reason that pl_drop replies with.',
		},
		{
			name: 'clean_unused',
			type: 'int',
			default: 0,
			doc: 'Pipes that nobody used for so many intervals go; 0 for never.',
		},
		{
			name: 'db_url',
			type: 'str',
			default: null,
			doc: `The database of pipes that are there from the start: ${URL_FORMS}.`,
		},
		ignored('timer_mode', 'int', 0),
		ignored('hash_size', 'int', 6),
		ignored('load_fetch', 'int', 1),
		nameParamOf('plp_table_name', 'pl_pipes', 'The table of pipes.'),
		nameParamOf('plp_pipeid_column', 'pipeid', "The column of pipes' names."),
		nameParamOf('plp_limit_column', 'plimit', 'The column of limits.'),
		nameParamOf('plp_algorithm_column', 'algorithm', 'The column of algorithms.'),
	],
	init(params, host) {
		const { store } = host;
		const wrong = (name: string, why: string) =>
			new KemihostError('KH_MODPARAM', `parameter ${name} of module pipelimit: ${why}`);
		const seconds = params.int('timer_interval');
		if (seconds <= 0) throw wrong('timer_interval', `${seconds} is no length of time`);
		const cpu = new CpuFeedback(seconds, keptFactors(host, 'pl'));
		return {
			pipes: store.table('pipelimit pipes'),
			windows: new Windows(store.table('pipelimit'), seconds),
			cpu,
			seconds,
			cleanUnused: params.int('clean_unused'),
			replyCode: params.int('reply_code'),
			replyReason: params.str('reply_reason') ?? '',
			stored: PipeTable.of(params),
		};
	},
	async started(state, { store }) {
		const { pipes, stored } = state;
		if (!stored) return;
		await onceFinished(store, 'pipelimit:load', async () => {
			for (const { name, algorithm, limit } of await stored.load())
				pipes.set(name, `${algorithm} ${limit}`, { at: expiryOf(state) });
		});
	},
	close: ({ cpu }) => cpu.close(),
	rpc: [
		...pipelimitRpc(({ host }) => {
			const state = host.state(pipelimit);
			return {
				list: () => listPipes(state),
				set: (name, algorithm, limit) =>
					state.pipes.set(name, `${algorithm} ${limit}`, { at: expiryOf(state) }),
			};
		}),
		...factorsRpc('pl', ({ host }) => host.state(pipelimit).cpu),
	],
	cfgFunctions: [
		fn(
			'pl_drop',
			[int('seconds')],
			'int',
			'The same as pl_drop, with Retry-After; what is not above 0 is 5 seconds.',
			(ctx, seconds) => drop(ctx, seconds > 0 ? seconds : LEAST_RETRY, seconds > 0 ? seconds : LEAST_RETRY),
			{ sendsReply: true },
		),
	],
	functions: [
		fn(
			'pl_check',
			[str('pipe')],
			'int',
			'Counts a request in a pipe: 1 if it is within the limit, -1 if it is above, -2 if there is no such pipe.',
			(ctx, name) => guarded(ctx, 'KSR.pipelimit.pl_check', () => check(ctx, name)),
			{ cfg: 'pl_check' },
		),
		fn(
			'pl_check_limit',
			[str('pipe'), str('algorithm'), int('limit')],
			'int',
			'The same as pl_check, for a pipe that is made where there is none: TAILDROP, RED, FEEDBACK, NETWORK or NOP with a limit in each interval. An existing pipe takes the limit, not the algorithm.',
			(ctx, name, algorithm, limit) =>
				guarded(ctx, 'KSR.pipelimit.pl_check_limit', () => checkLimit(ctx, name, algorithm, limit)),
			{ cfg: 'pl_check' },
		),
		fn(
			'pl_active',
			[str('pipe')],
			'int',
			'1 if there is such a pipe, -1 if not.',
			(ctx, name) =>
				findPipe(ctx.state(pipelimit), name)
					? 1
					: ctx.refuse(`KSR.pipelimit.pl_active: there is no pipe "${name}"`),
			{ cfg: 'pl_active' },
		),
		fn(
			'pl_drop',
			[],
			'int',
			'Replies with reply_code and reply_reason: 1, or -1 if the reply is refused.',
			(ctx) => drop(ctx, 0, 0),
			{ sendsReply: true, cfg: 'pl_drop' },
		),
		fn(
			'pl_drop_retry',
			[int('seconds')],
			'int',
			'The same as pl_drop, with Retry-After.',
			(ctx, seconds) => drop(ctx, seconds, seconds),
			{ sendsReply: true },
		),
		fn(
			'pl_drop_range',
			[int('least'), int('most')],
			'int',
			'The same as pl_drop, with a random number of seconds in Retry-After.',
			drop,
			{ sendsReply: true, cfg: 'pl_drop' },
		),
	],
});
