/**
 * The folder of the shared store: made and removed by the process that starts the children.
 *
 * @module
 */
import {
	accessSync,
	constants,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KemihostError } from '../errors.ts';
import { isRunning } from './running.ts';

/** Memory that looks like a disk, where there is such a thing. */
function baseFolder(): string {
	try {
		accessSync('/dev/shm', constants.W_OK);
		return '/dev/shm';
	} catch {
		return tmpdir();
	}
}

/** What process ids count in: two containers that share a folder have different ones. */
function pidNamespace(): string {
	try {
		return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
	} catch {
		return '0';
	}
}

/** Folders are named by their makers: `kemihost-NAMESPACE-PID-xxxxxx`. One whose maker was killed is in nobody's use. */
function removeLeftovers(base: string, namespace: string): void {
	for (const name of readdirSync(base)) {
		const [, where, pid] = /^kemihost-(\d+)-(\d+)-\w+$/.exec(name) ?? [];
		if (where === namespace && !isRunning(Number(pid))) removeStateDir(join(base, name));
	}
}

/**
 * Makes an empty folder for a store, that only this user can open: in memory if possible, otherwise where temporary
 * files go. Folders that killed hosts of this machine left behind are removed.
 * @param base where, by default /dev/shm
 * @returns the folder's path
 */
export function createStateDir(base = baseFolder()): string {
	const namespace = pidNamespace();
	removeLeftovers(base, namespace);
	return mkdtempSync(join(base, `kemihost-${namespace}-${process.pid}-`));
}

/** Removes a store's folder; children that still have it open keep what they see until they end. */
export function removeStateDir(folder: string): void {
	rmSync(folder, { recursive: true, force: true });
}

/** Says in a kept folder which process uses it. */
const OWNER_FILE = 'host.pid';

/** A folder for a store, for as long as a host runs. */
export interface StateFolder {
	readonly path: string;
	/** True if it is from a host before, or will be there for the next. */
	readonly kept: boolean;
	/** The host ends: removes the folder, unless it is kept. May be called again. */
	release(): void;
}

/** Claims a folder that outlives the host. */
function claim(path: string): void {
	try {
		mkdirSync(path, { recursive: true, mode: 0o700 });
		accessSync(path, constants.W_OK);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new KemihostError('KH_STATE', `the folder ${path} cannot be used for shared state (${code})`, {
			cause: error,
		});
	}
	const owner = join(path, OWNER_FILE);
	const namespace = pidNamespace();
	const [where, pid] = readIfThere(owner).trim().split(' ');
	if (where === namespace && Number(pid) !== process.pid && isRunning(Number(pid)))
		throw new KemihostError('KH_STATE', `the folder ${path} is in use by process ${pid}`, {
			hint: 'each host needs a --state-dir of its own',
		});
	writeFileSync(owner, `${namespace} ${process.pid}\n`);
}

function readIfThere(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

/**
 * The folder of a host's store. It is released with the process at the latest.
 * @param kept a folder that stays, made where there is none; by default a new one in memory that goes with the host
 * @throws KemihostError `KH_STATE` if it cannot be used
 */
export function openStateFolder(kept?: string): StateFolder {
	if (kept !== undefined) claim(kept);
	const path = kept ?? createStateDir();
	const release = () => {
		process.off('exit', release);
		if (kept === undefined) removeStateDir(path);
		else rmSync(join(path, OWNER_FILE), { force: true });
	};
	process.on('exit', release);
	return { path, kept: kept !== undefined, release };
}
