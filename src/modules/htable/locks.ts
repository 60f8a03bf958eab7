/**
 * `sht_lock` and `sht_unlock`: one handler at a time for a key, over all children.
 *
 * Kamailio locks the part of the table that the key is in, for reading and writing too, and a lock that is never
 * unlocked stops the server. Here a lock is for those who lock: reading and writing do not wait for it. It belongs to
 * the request that took it, and whatever happens to that, it is over after a while. A handler that has to wait is
 * parked, and its child serves others meanwhile.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import type { HtableState } from './state.ts';

/** How long a lock lasts at the most, and how long a handler waits for one. */
const LEASE_MS = 30_000;

/** How long a waiting handler sleeps before it tries again. */
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 10;

let requests = 0;

/** The locks that a request holds, and how often it took each. */
interface Held {
	/** What the store says of the holder. */
	readonly owner: string;
	readonly depths: Map<string, number>;
}

const held = requestLocal((): Held => ({ owner: `${process.pid}.${++requests}`, depths: new Map() }));

function take(state: HtableState, { owner, depths }: Held, lock: string): boolean {
	const depth = depths.get(lock) ?? 0;
	if (depth === 0 && !state.locks.declare(lock, owner, Date.now() + LEASE_MS)) return false;
	depths.set(lock, depth + 1);
	return true;
}

/**
 * Takes a lock, which may be taken again by the same request.
 * @returns true; false where another had it all the time; a promise where it is not free at once
 */
export function lock(ctx: RequestContext, state: HtableState, name: string): true | Promise<boolean> {
	const mine = ctx.get(held);
	if (take(state, mine, name)) return true;
	return waitFor(() => take(state, mine, name));
}

async function waitFor(attempt: () => boolean): Promise<boolean> {
	const deadline = Date.now() + LEASE_MS;
	let pause = FIRST_PAUSE_MS;
	while (Date.now() < deadline) {
		await sleep(pause);
		if (attempt()) return true;
		pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
	}
	return false;
}

/** Gives a lock back that the request took. False where it holds none of that name. */
export function unlock(ctx: RequestContext, state: HtableState, name: string): boolean {
	const { owner, depths } = ctx.get(held);
	const depth = depths.get(name);
	if (depth === undefined) return false;
	if (depth > 1) {
		depths.set(name, depth - 1);
		return true;
	}
	depths.delete(name);
	return state.locks.delete(name, ({ value }) => value === owner);
}
