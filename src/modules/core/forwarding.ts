/**
 * Functions that say how a SIP request is to be forwarded (core/kemi.c, core/action.c). An HTTP request never is, so they succeed and
 * nothing comes of it.
 *
 * @module
 */
import { fn, int, type KemiFunction, type Parameter, str } from '../../kemi/module.ts';

function forwarding(
	name: string,
	params: readonly Parameter[],
	returns: 'int' | 'bool',
	what: string,
): KemiFunction {
	return fn(
		name,
		params,
		returns,
		`${what}, if a request is forwarded.`,
		() => (returns === 'int' ? 1 : true),
		{
			cfg: name,
		},
	);
}

/** All of them. */
export const forwardingFunctions: readonly KemiFunction[] = [
	forwarding('force_rport', [], 'bool', 'Sends replies to the port that the request came from'),
	forwarding('add_local_rport', [], 'bool', 'Asks for replies to the port that the request is sent from'),
	forwarding('set_forward_close', [], 'bool', 'Closes the connection that it goes over'),
	forwarding('set_forward_no_connect', [], 'bool', 'Opens no connection for it'),
	forwarding('set_advertised_address', [str('address')], 'int', 'Names that address in Via'),
	forwarding('set_advertised_port', [str('port')], 'int', 'Names that port in Via'),
	forwarding('add_tcp_alias', [int('port')], 'int', "Takes the client's connection for one to that port"),
	forwarding('add_tcp_alias_via', [], 'int', "Takes the client's connection for one to the port in Via"),
];
