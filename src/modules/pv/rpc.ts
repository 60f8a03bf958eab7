/**
 * The commands `pv.*`: shared variables from outside (modules/pv/pv_shv.c).
 *
 * @module
 */

import type { HostServices } from '../../kemi/context.ts';
import { RpcFault, type RpcValue, rpc } from '../../kemi/rpc.ts';
import { sharedVariables } from '../../pv/variables/pv-state.ts';
import type { SharedValue } from '../../store/store.ts';

const notFound = new RpcFault(404, 'Variable not found');
const missing = (what: string) =>
	new RpcFault(500, `Missing parameter ${what} (Parameters: varname type value)`);

function describe(name: string, value: SharedValue): RpcValue {
	return { name, type: typeof value === 'number' ? 'int' : 'string', value };
}

function sharedValue(host: HostServices, name: string): SharedValue {
	const value = sharedVariables(host).get(name);
	if (value === undefined) throw notFound;
	return value;
}

/** All of them. */
export const pvRpc = [
	rpc('pv.shvGet', '[NAME]', 'The value of a $shv, or of all of them.', (call) => {
		const name = call.optionalStr();
		if (name !== undefined) return describe(name, sharedValue(call.host, name));
		// Kamailio's structure has a member `shv` for each, which JSON cannot say
		const all = [...sharedVariables(call.host).items()].map(({ key, value }) => ({
			shv: describe(key, value),
		}));
		return { items: all };
	}),
	rpc('pv.shvSet', 'NAME int|str VALUE', 'Sets a $shv that is there.', (call) => {
		const name = call.str(missing('varname'));
		const type = call.str(missing('type'));
		if (type !== 'int' && type !== 'str')
			throw new RpcFault(500, 'Unknown parameter type (Types: int or str)');
		const value = type === 'int' ? call.int(missing('value')) : call.str(missing('value'));
		sharedValue(call.host, name);
		sharedVariables(call.host).set(name, value);
		return 'Ok. Variable set to new value.';
	}),
];
