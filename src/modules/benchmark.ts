/**
 * KSR.benchmark: how long a part of a script takes (modules/benchmark).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fixed, fn, type KemiModule, str } from '../kemi/module.ts';
import { levelNamed } from '../log/levels.ts';
import { benchmarkRpc } from './benchmark/rpc.ts';
import {
	type BenchmarkState,
	isActive,
	makeTimer,
	measure,
	show,
	started,
	startFigures,
	type Timer,
} from './benchmark/timers.ts';

function timerOf(ctx: RequestContext, name: string): Timer | undefined {
	const timer = ctx.state(benchmark).timers.get(name);
	if (!timer)
		ctx.report(
			'error',
			`KSR.benchmark: there is no timer "${name}"; modparam("benchmark", "register", "${name}") declares one`,
		);
	return timer;
}

/** A timer that a route block names: it is there from then on. */
function declared(ctx: RequestContext, name: string): Timer {
	const { timers } = ctx.state(benchmark);
	let timer = timers.get(name);
	if (!timer) {
		timer = makeTimer();
		timers.set(name, timer);
	}
	return timer;
}

function start(ctx: RequestContext, name: string, timer: Timer | undefined): number {
	if (!timer) return -1;
	if (isActive(ctx.state(benchmark), timer)) ctx.get(started).at.set(name, performance.now());
	return 1;
}

function stop(ctx: RequestContext, name: string, timer: Timer | undefined): number {
	if (!timer) return -1;
	const state = ctx.state(benchmark);
	const request = ctx.get(started);
	const since = request.at.get(name);
	// a timer that was not started in this request would measure from another's start in Kamailio
	if (!isActive(state, timer) || since === undefined) return 1;
	const took = Math.round((performance.now() - since) * 1000);
	request.took = took;
	measure(timer.current, took);
	measure(timer.total, took);
	if (timer.total.calls % state.granularity === 0) {
		ctx.log(
			levelNamed(state.level),
			`benchmark (timer ${name}): ${took} [ msgs/total/min/max/avg - LR: ${show(timer.current)} | GB: ${show(timer.total)}]`,
		);
		timer.period = timer.current;
		timer.current = startFigures();
	}
	return 1;
}

/** The functions on KSR.benchmark. */
export const benchmark: KemiModule<BenchmarkState> = defineModule<BenchmarkState>({
	name: 'benchmark',
	doc: 'How long parts of a script take, in each child.',
	params: [
		{
			name: 'enable',
			type: 'int',
			default: 0,
			doc: '1 if all timers measure, 0 if those do that benchmark.enable_timer turns on.',
		},
		{
			name: 'granularity',
			type: 'int',
			default: 1,
			doc: 'How many times a timer runs for a line in the log, 1 or more.',
		},
		{ name: 'loglevel', type: 'int', default: 2, doc: 'The level of these lines, as a number: 2 is info.' },
		{ name: 'register', type: 'str', default: null, repeatable: true, doc: 'Declares a timer by its name.' },
	],
	init: (params) => ({
		enabled: params.int('enable'),
		granularity: Math.max(1, params.int('granularity')),
		level: params.int('loglevel'),
		timers: new Map(params.all('register').map((name) => [String(name), makeTimer()])),
	}),
	functions: [
		fn(
			'bm_start_timer',
			[str('timer')],
			'int',
			'Starts a timer for this request: 1, or -1 if no parameter register declares it.',
			(ctx, name) => start(ctx, name, timerOf(ctx, name)),
		),
		fn(
			'bm_log_timer',
			[str('timer')],
			'int',
			'Takes the time since bm_start_timer for $BM_time_diff, and logs what the timer has measured every few times: 1, or -1 if there is no such timer.',
			(ctx, name) => stop(ctx, name, timerOf(ctx, name)),
		),
	],
	cfgFunctions: [
		fn('bm_start_timer', [fixed('timer')], 'int', 'Starts a timer for this request. Always 1.', (ctx, name) =>
			start(ctx, name, declared(ctx, name)),
		),
		fn(
			'bm_log_timer',
			[fixed('timer')],
			'int',
			'Takes the time since bm_start_timer for $BM_time_diff, and logs what the timer has measured every few times. Always 1.',
			(ctx, name) => stop(ctx, name, declared(ctx, name)),
		),
	],
	variables: [
		{
			names: ['BM_time_diff'],
			doc: 'What bm_log_timer has measured in this request, in microseconds; 0 without it.',
			get: (ctx) => ctx.get(started).took,
		},
	],
	rpc: benchmarkRpc(({ host }) => host.state(benchmark)),
});
