/**
 * The commands `app_lua.*` and `app_jsdt.*`: about the script, whatever its language (modules/app_lua, modules/app_jsdt).
 *
 * @module
 */
import { bytesOf } from '../../bytes.ts';
import { KemihostError } from '../../errors.ts';
import type { Exported } from '../../kemi/exports.ts';
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';

/**
 * Loads the script anew in every child. Kamailio answers at once and finds out at the next request; here the answer
 * says whether it could be loaded.
 */
async function reload({ host }: RpcCall): Promise<undefined> {
	try {
		await host.processes.reload();
	} catch (error) {
		const text = error instanceof KemihostError ? error.describe() : String(error);
		throw new RpcFault(500, bytesOf(`Reload Failed: ${text}`));
	}
	return undefined;
}

/** A function in the form of `api_list`. */
function describe({ module, name, declaration }: Exported) {
	const params = declaration.params.map(({ type }) => (type === 'long' ? 'int' : type)).join(', ');
	return { func: { ret: declaration.returns, module, name, params: params || 'none' } };
}

function apiList({ host }: RpcCall) {
	const methods = host.exports.entries.filter(({ declaration }) => !declaration.unchecked).map(describe);
	return { msize: methods.length, methods };
}

/** The same for each of Kamailio's names. */
const commandsOf = (module: string): RpcCommand[] => [
	rpc(`${module}.reload`, '', 'Reloads the script in every child, or says why it cannot.', reload),
	rpc(`${module}.list`, '', 'The file of the script.', ({ host }) => `0: [${bytesOf(host.scriptPath)}]`),
	rpc(`${module}.api_list`, '', 'All functions of KSR.', apiList),
];

/** All of them. */
export const engineRpc: readonly RpcCommand[] = ['app_lua', 'app_jsdt'].flatMap(commandsOf);
