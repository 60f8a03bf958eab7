/**
 * The commands about the controller of FEEDBACK, which ratelimit and pipelimit have both: `rl.get_pid`, `rl.set_pid` and `pl.…`.
 *
 * @module
 */
import type { HostServices } from '../../kemi/context.ts';
import { type RpcCall, type RpcCommand, RpcFault, rpc, sameEverywhere } from '../../kemi/rpc.ts';
import { tableOfLife } from '../../store/once.ts';
import type { SharedTable } from '../../store/store.ts';
import type { CpuFeedback, Factors } from './cpu.ts';

const missing = new RpcFault(400, 'Missing Arguments: ki, kp and kd');

/** Where the factors are kept for children that start later. */
const changes = ({ store }: HostServices): SharedTable => tableOfLife(store, 'rate factors');

/** The factors that an administrator has set before this child began. */
export function keptFactors(host: HostServices, prefix: string): Factors | undefined {
	const kept = changes(host).get(prefix);
	return typeof kept === 'string' ? (JSON.parse(kept) as Factors) : undefined;
}

/**
 * Makes the commands.
 * @param prefix `rl`
 * @param feedbackOf finds the child's controller
 */
export function factorsRpc(
	prefix: string,
	feedbackOf: (call: RpcCall) => CpuFeedback,
): readonly RpcCommand[] {
	return [
		rpc(`${prefix}.get_pid`, '', 'The factors of the controller of FEEDBACK.', (call) => {
			const { integral, proportional, differential } = feedbackOf(call).factors;
			return `ki[${integral.toFixed(6)}] kp[${proportional.toFixed(6)}] kd[${differential.toFixed(6)}] `;
		}),
		rpc(
			`${prefix}.set_pid`,
			'KI KP KD',
			'Changes the factors of the controller of FEEDBACK, in every child.',
			(call) => {
				const factors: Factors = {
					integral: call.float(missing),
					proportional: call.float(missing),
					differential: call.float(missing),
				};
				feedbackOf(call).factors = factors;
				changes(call.host).set(prefix, JSON.stringify(factors));
				return undefined;
			},
			sameEverywhere,
		),
	];
}
