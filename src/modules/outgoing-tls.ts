/**
 * How modules that open connections with TLS look at certificates: their parameters, and what is made of them.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { KemihostError } from '../errors.ts';
import type { ModuleParam, ParamValues } from '../kemi/module.ts';
import type { OutgoingTls } from '../net/websocket-client.ts';

/** The parameters. */
export const OUTGOING_TLS_PARAMS: readonly ModuleParam[] = [
	{
		name: 'verify_peer',
		type: 'int',
		default: 1,
		doc: "0 to take any server's certificate. Not in Kamailio.",
	},
	{
		name: 'cacert',
		type: 'str',
		default: null,
		doc: "A file with certificates to trust; by default Node's. Not in Kamailio.",
	},
];

/**
 * What the parameters say.
 * @param module the module's name, for the error
 * @throws KemihostError `KH_MODPARAM` if the file cannot be read
 */
export function outgoingTls(module: string, params: ParamValues): OutgoingTls {
	const file = params.str('cacert');
	let ca: string | undefined;
	try {
		ca = file === null ? undefined : readFileSync(file, 'latin1');
	} catch (error) {
		throw new KemihostError('KH_MODPARAM', `module ${module}: cacert: ${(error as Error).message}`);
	}
	return { ca, rejectUnauthorized: params.int('verify_peer') !== 0 };
}
