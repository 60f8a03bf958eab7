/**
 * The folder of the shared store: made and removed by the process that starts the children.
 *
 * @module
 */
import { accessSync, constants, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
