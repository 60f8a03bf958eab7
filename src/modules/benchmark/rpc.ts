/**
 * The commands `benchmark.*` (modules/benchmark). They are about all children: each measures on its own.
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
import { type BenchmarkState, isActive } from './timers.ts';

const noParameters = new RpcFault(500, 'Invalid Parameters');

/** The next argument, within its bounds. */
function within(call: RpcCall, least: number, most: number): number {
	const value = call.int(noParameters);
	if (value < least || value > most) throw new RpcFault(500, 'Invalid Parameter Value');
	return value;
}

/** Makes the commands; they work on the state that `stateOf` finds. */
export function benchmarkRpc(stateOf: (call: RpcCall) => BenchmarkState): readonly RpcCommand[] {
	return [
		rpc(
			'benchmark.enable_global',
			'MODE',
			'1 lets all timers measure, 0 those that are turned on, -1 none.',
			(call) => {
				stateOf(call).enabled = within(call, -1, 1);
				return undefined;
			},
			sameEverywhere,
		),
		rpc(
			'benchmark.enable_timer',
			'TIMER 0|1',
			'Turns a timer on or off.',
			(call) => {
				const timer = stateOf(call).timers.get(call.str(noParameters));
				const enabled = within(call, 0, 1) === 1;
				if (!timer) throw new RpcFault(500, 'Register timer failure');
				timer.enabled = enabled;
				return undefined;
			},
			sameEverywhere,
		),
		rpc(
			'benchmark.granularity',
			'TIMES',
			'How many times a timer runs for a line in the log.',
			(call) => {
				stateOf(call).granularity = within(call, 1, 0x7fffffff);
				return undefined;
			},
			sameEverywhere,
		),
		rpc(
			'benchmark.loglevel',
			'LEVEL',
			'The level of these lines, -1 to 1.',
			(call) => {
				stateOf(call).level = within(call, -1, 1);
				return undefined;
			},
			sameEverywhere,
		),
		rpc(
			'benchmark.timer_list',
			'',
			'What all timers have measured, in microseconds, child by child.',
			(call) => {
				const state = stateOf(call);
				return [...state.timers].map(([name, timer], id) => ({
					name,
					state: isActive(state, timer) ? 'enabled' : 'disabled',
					id,
					granularity: state.granularity,
					period_sum: String(timer.period.sum),
					period_min: String(timer.period.min),
					period_max: String(timer.period.max),
					period_media: timer.period.sum / state.granularity,
					calls: String(timer.total.calls),
					sum: String(timer.total.sum),
					global_min: String(timer.total.min),
					global_max: String(timer.total.max),
				}));
			},
			{ merge: (answers) => (answers as readonly (readonly RpcValue[])[]).flat() },
		),
	];
}
