/**
 * `sht_lock` and `sht_unlock`: one handler at a time for a key, over all children.
 *
 * Kamailio locks the part of the table that the key is in, for reading and writing too, and a lock that is never
 * unlocked stops the server. Here a lock is for those who lock: reading and writing do not wait for it. It belongs to
 * the request that took it, and whatever happens to that, it is over after a while. As in Kamailio, a handler that
 * waits for one of another child holds its own child up; so it does not wait long.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import type { HtableState } from './state.ts';

/** How long a lock lasts at the most. */
const LEASE_MS = 30_000;

/** How long a handler waits for a lock. */
const PATIENCE_MS = 500;

/** How long it sleeps before it tries again, at first and at the most. */
const FIRST_PAUSE_MS = 0.1;
const LONGEST_PAUSE_MS = 5;

let requests = 0;

/** The locks that a request holds, and how often it took each. */
interface Held {
	/** What the store says of the holder: its child, and its number there. */
	readonly owner: string;
	readonly depths: Map<string, number>;
}

const held = requestLocal((): Held => ({ owner: `${process.pid}.${++requests}`, depths: new Map() }));

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Takes a lock. The same request may take it again, and has to give it back as often.
 * @returns true, or why it cannot be had
 */
export function lock(ctx: RequestContext, { locks }: HtableState, name: string): true | string {
	const { owner, depths } = ctx.get(held);
	const depth = depths.get(name) ?? 0;
	const deadline = Date.now() + PATIENCE_MS;
	for (let pause = FIRST_PAUSE_MS; depth === 0; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
		if (locks.declare(name, owner, ctx.host.clock.now() + LEASE_MS)) break;
		// That handler could not go on while this one waits.
		if (String(locks.get(name)).startsWith(`${process.pid}.`))
			return `another handler of this child holds ${name}`;
		if (Date.now() >= deadline) return `another child holds ${name}`;
		Atomics.wait(sleeper, 0, 0, pause);
	}
	depths.set(name, depth + 1);
	return true;
}

/** Gives a lock back that the request took. False where it holds none of that name. */
export function unlock(ctx: RequestContext, { locks }: HtableState, name: string): boolean {
	const { owner, depths } = ctx.get(held);
	const depth = depths.get(name);
	if (depth === undefined) return false;
	if (depth > 1) {
		depths.set(name, depth - 1);
		return true;
	}
	depths.delete(name);
	return locks.delete(name, ({ value }) => value === owner);
}
