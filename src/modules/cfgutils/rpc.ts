/**
 * The commands `cfgutils.*`: the probability of `rand_event` from outside (modules/cfgutils/cfgutils.c).
 *
 * @module
 */
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';

/** The probability, in percent. */
export interface Probability {
	get(): number;
	set(percent: number): void;
	reset(): void;
}

/** Makes the commands; they work on the probability that `probabilityOf` finds. */
export function probabilityRpc(probabilityOf: (call: RpcCall) => Probability): readonly RpcCommand[] {
	return [
		rpc('cfgutils.rand_get_prob', '', 'The probability of rand_event.', (call) => {
			return `actual probability: ${probabilityOf(call).get()} percent`;
		}),
		rpc('cfgutils.rand_set_prob', 'PERCENT', 'Sets the probability of rand_event.', (call) => {
			const percent = call.int(new RpcFault(500, 'Invalid Parameters'));
			if (percent < 0 || percent > 100) throw new RpcFault(500, 'Invalid Percent');
			probabilityOf(call).set(percent);
			return undefined;
		}),
		rpc('cfgutils.rand_reset_prob', '', 'Sets the probability of rand_event to its first value.', (call) => {
			probabilityOf(call).reset();
			return undefined;
		}),
	];
}
