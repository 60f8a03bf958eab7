/**
 * The file that holds the process id while the host runs.
 *
 * @module
 */
import { fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { type Identity, makeFolderOf } from '../children/privileges.ts';
import { KemihostError } from '../errors.ts';

/**
 * Opens the file while this process may still be root. What another host has written there stays until this one serves.
 * @param identity who this process is going to be
 * @returns writes the id; from then on the file goes with this process
 * @throws KemihostError `KH_USAGE` if it cannot be written
 */
export function openPidFile(path: string, identity: Identity): () => void {
	try {
		makeFolderOf(path, identity);
		const file = openSync(path, 'a');
		let ours = fstatSync(file).size === 0;
		process.once('exit', () => {
			if (ours) remove(path, file);
		});
		return () => {
			ours = true;
			ftruncateSync(file);
			writeSync(file, `${process.pid}\n`);
		};
	} catch (error) {
		throw new KemihostError('KH_USAGE', `cannot write the process id: ${(error as Error).message}`);
	}
}

function remove(path: string, file: number): void {
	try {
		rmSync(path, { force: true });
	} catch {
		// the folder is root's, and this process is not root any more: nobody is to take the number for a host that runs
		ftruncateSync(file);
	}
}
