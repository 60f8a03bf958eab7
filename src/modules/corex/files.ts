/**
 * `file_read` and `file_write`: the files of one folder that whoever runs the host has chosen. Kamailio reads and writes
 * any file; a script that handles what clients send had better not (docs/rationale.md).
 *
 * @module
 */
import { existsSync, lstatSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { KemihostError } from '../../errors.ts';
import { LONGEST_TEXT } from '../../kemi/refusal.ts';

/** Why a file is neither read nor written. */
export class FileRefused extends Error {}

/** Where files may be; undefined for nowhere. */
export type FilesFolder = string | undefined;

/** @throws KemihostError if the parameter names no folder */
export function openFolder(path: string | null): FilesFolder {
	if (!path) return undefined;
	try {
		const folder = realpathSync(path);
		if (statSync(folder).isDirectory()) return folder;
	} catch {
		// it is refused below
	}
	throw new KemihostError('KH_MODPARAM', `parameter files_folder of module corex: "${path}" is no folder`);
}

/** A byte string as the path that the system knows. */
const pathOf = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');

/**
 * The path of a file without links in it.
 * @param name absolute, or as seen from the folder
 * @throws FileRefused if it leads out of the folder, or is no regular file
 */
function locate(folder: FilesFolder, name: string): string {
	if (folder === undefined)
		throw new FileRefused('modparam("corex", "files_folder", "/a/folder") says where files may be');
	const wanted = resolve(folder, pathOf(name));
	if (name === '' || wanted.includes('\0')) throw new FileRefused('this is no name of a file');
	const parent = dirname(wanted);
	if (!existsSync(parent)) throw new FileRefused('its folder is not there');
	const place = join(realpathSync(parent), basename(wanted));
	const entry = lstatSync(place, { throwIfNoEntry: false });
	// throws for a link that leads nowhere, which writing would follow
	const real = entry ? realpathSync(place) : place;
	if (!real.startsWith(folder + sep)) throw new FileRefused(`it is outside of ${folder}`);
	// a pipe would stop the host
	if (entry && !statSync(real).isFile()) throw new FileRefused('it is no regular file');
	return real;
}

/** What a call of the system said, without its path. */
function failed(error: unknown): FileRefused {
	return error instanceof FileRefused ? error : new FileRefused((error as Error).message);
}

/** A whole file as a byte string. Throws FileRefused. */
export function readWhole(folder: FilesFolder, name: string): string {
	try {
		const path = locate(folder, name);
		const { size } = statSync(path);
		if (size > LONGEST_TEXT)
			throw new FileRefused(`its ${size} bytes are more than a text has, ${LONGEST_TEXT}`);
		return readFileSync(path, 'latin1');
	} catch (error) {
		throw failed(error);
	}
}

/** Writes a file, in place of what was in it. Throws FileRefused. */
export function writeWhole(folder: FilesFolder, name: string, content: string): void {
	try {
		writeFileSync(locate(folder, name), content, { encoding: 'latin1' });
	} catch (error) {
		throw failed(error);
	}
}
