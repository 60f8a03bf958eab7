/**
 * The hash of a configuration file as it was at the start, for administrators who want to know whether it has changed
 * (modules/cfgutils).
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { KemihostError } from '../../errors.ts';
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';

/** A file and its hash at the start. */
export interface HashedFile {
	readonly path: string;
	/** MD5, in hexadecimal. */
	readonly hash: string;
}

const hashOf = (path: string) => createHash('md5').update(readFileSync(path)).digest('hex');

/**
 * Hashes the file that a parameter names; undefined if it names none.
 * @throws KemihostError `KH_MODPARAM` if it cannot be read
 */
export function hashFile(path: string | null): HashedFile | undefined {
	if (!path) return undefined;
	try {
		return { path, hash: hashOf(path) };
	} catch (error) {
		throw new KemihostError(
			'KH_MODPARAM',
			`parameter hash_file of module cfgutils: ${(error as Error).message}`,
		);
	}
}

/** The commands about it. */
export function configHashRpc(fileOf: (call: RpcCall) => HashedFile | undefined): readonly RpcCommand[] {
	return [
		rpc('cfgutils.get_config_hash', '', 'The hash of hash_file at the start; empty without one.', (call) => {
			return fileOf(call)?.hash ?? '';
		}),
		rpc('cfgutils.check_config_hash', '', 'Whether hash_file is as it was at the start.', (call) => {
			const file = fileOf(call);
			if (!file) throw new RpcFault(500, 'No hash file');
			let now: string;
			try {
				now = hashOf(file.path);
			} catch (error) {
				call.host.log.log('error', `cfgutils.check_config_hash: ${(error as Error).message}`);
				throw new RpcFault(500, 'Failed to hash the file');
			}
			return now === file.hash ? 'Identical hash' : 'Different hash';
		}),
	];
}
