/**
 * The commands `corex.*` (modules/corex/corex_rpc_shm.c, corex_lib.c): the log level, and the addresses of the host.
 *
 * @module
 */
import { chain } from '../../kemi/chain.ts';
import { type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';

/** The commands. */
export const corexRpc: readonly RpcCommand[] = [
	rpc('corex.debug', '[LEVEL]', 'The log level, or another one for every child.', (call) => {
		const { host } = call;
		const old = host.log.threshold;
		const level = call.optionalStr();
		if (level === undefined) return { debug: old };
		if (!/^[+-]?\d{1,2}$/.test(level)) throw new RpcFault(400, 'Invalid level');
		return chain(host.rpc.run(host, 'cfg.seti', ['core', 'debug', Number(level)]), () => ({
			old,
			new: Number(level),
		}));
	}),
	rpc('corex.list_sockets', '', 'The addresses of the host.', ({ host }) =>
		host.addresses.map(({ address, port, secure }) => ({
			PROTO: secure ? 'tls' : 'tcp',
			NAME: address,
			ADDRLIST: { ADDR: address },
			PORT: String(port),
			MCAST: 'no',
			MHOMED: 'no',
			VIRTUAL: 'no',
			SOCKNAME: '-',
			ADVERTISE: '-',
		})),
	),
];
