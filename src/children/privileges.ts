/**
 * Gives up root privileges once the addresses are bound.
 *
 * @module
 */
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KemihostError } from '../errors.ts';

/** Who a process is to be. */
export interface Identity {
	readonly user?: string | undefined;
	readonly group?: string | undefined;
}

/** A number as an id, a name as a name. */
const idOf = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);

/** The number of a user, for root. */
function uidOf(user: string): number {
	process.seteuid?.(idOf(user));
	const uid = process.geteuid?.() ?? 0;
	process.seteuid?.(0);
	return uid;
}

/** A file passes on to the user that this process is going to be, while it is still root; `changeIdentity` says what is wrong with it. */
export function giveTo({ user }: Identity, path: string): void {
	if (user === undefined || process.getuid?.() !== 0) return;
	try {
		chownSync(path, uidOf(user), process.getgid?.() ?? 0);
	} catch {
		// no such user
	}
}

/** Makes the folder of a file where there is none. It is the user's that this process is going to be: only so can the file be removed. */
export function makeFolderOf(path: string, identity: Identity): void {
	const folder = dirname(path);
	if (existsSync(folder)) return;
	try {
		mkdirSync(folder);
	} catch {
		return; // whoever opens the file says what is wrong
	}
	giveTo(identity, folder);
}

/** A folder and its files pass on to a user, while this process is still root. */
function passOn(folder: string, user: string): void {
	const uid = uidOf(user);
	const gid = process.getgid?.() ?? 0;
	for (const name of readdirSync(folder)) chownSync(join(folder, name), uid, gid);
	chownSync(folder, uid, gid);
}

/**
 * Changes the group and the user of this process, and of those it starts from now on.
 * @param folder what the user takes over: the folder of the shared store
 * @returns why not, where the process may not; undefined if it was done or nothing was asked for
 * @throws KemihostError `KH_USAGE` if there is no such user or group
 */
export function changeIdentity({ user, group }: Identity, folder?: string): string | undefined {
	if (user === undefined && group === undefined) return undefined;
	if (process.getuid?.() !== 0) return 'only root can run as another user or group: both stay as they are';
	try {
		// root's other groups are not the user's
		process.setgroups?.(group === undefined ? [] : [idOf(group)]);
		if (group !== undefined) process.setgid?.(idOf(group));
		if (user !== undefined && folder !== undefined) passOn(folder, user);
		if (user !== undefined) process.setuid?.(idOf(user));
		return undefined;
	} catch (error) {
		throw new KemihostError(
			'KH_USAGE',
			`cannot run as ${user ?? ''}:${group ?? ''}: ${(error as Error).message}`,
		);
	}
}
