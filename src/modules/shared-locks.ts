/**
 * Locks by name over all children: one handler at a time.
 *
 * In Kamailio a lock that is never unlocked stops every worker that asks for it. Here a lock belongs to the request that
 * took it: it is over when that is, when its child dies, and in any case after a while. As in Kamailio, a handler that
 * waits for one of another child holds its own child up; so it does not wait long.
 *
 * @module
 */
import { type RequestContext, type RequestLocal, requestLocal } from '../kemi/context.ts';
import { isRunning } from '../store/running.ts';
import { type SharedStore, type SharedTable, StoreRefusal } from '../store/store.ts';

/** How long a lock lasts at the most. */
const LEASE_MS = 30_000;

/** How long a handler waits for a lock. */
const PATIENCE_MS = 500;

/** How long it sleeps before it tries again, at first and at the most. */
const FIRST_PAUSE_MS = 0.1;
const LONGEST_PAUSE_MS = 5;

const sleeper = new Int32Array(new SharedArrayBuffer(4));
let holders = 0;

/** The locks that a request holds, and how often it took each. */
interface Held {
	/** What the store says of the holder: its child, its number there, and its host where there are several. */
	readonly owner: string;
	readonly depths: Map<string, number>;
}

/** The child of a holder; NaN where it is another host's, of whose processes nothing is known here. */
function pidOf(owner: unknown, home: string): number {
	const [child = '', host = ''] = String(owner).split('@');
	return host === home ? Number.parseInt(child, 10) : Number.NaN;
}

/** A module's locks. */
export class SharedLocks {
	readonly #table: SharedTable;
	readonly #home: string;
	readonly #held: RequestLocal<Held> = requestLocal(() => ({
		owner: `${process.pid}.${++holders}${this.#home && `@${this.#home}`}`,
		depths: new Map(),
	}));

	/** @param table the name of the store's table that says who holds which lock */
	constructor(store: SharedStore, table: string) {
		this.#table = store.table(table);
		this.#home = store.home ?? '';
	}

	/** True if the request holds the lock. */
	holds(ctx: RequestContext, name: string): boolean {
		return ctx.peek(this.#held)?.depths.has(name) ?? false;
	}

	/** Takes a lock if it is free. */
	tryTake(ctx: RequestContext, name: string): boolean {
		const { owner, depths } = ctx.get(this.#held);
		const taken = !depths.has(name) && this.#declare(ctx, name, owner);
		if (taken) depths.set(name, 1);
		return taken;
	}

	/**
	 * Takes a lock, and waits for it. The same request may take it again, and has to give it back as often.
	 * @returns true, or why it cannot be had
	 */
	take(ctx: RequestContext, name: string): true | string {
		const { owner, depths } = ctx.get(this.#held);
		const depth = depths.get(name) ?? 0;
		const deadline = Date.now() + PATIENCE_MS;
		for (let pause = FIRST_PAUSE_MS; depth === 0; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
			if (this.#declare(ctx, name, owner)) break;
			// That handler could not go on while this one waits.
			if (pidOf(this.#table.get(name), this.#home) === process.pid)
				return `another handler of this child holds ${name}`;
			if (Date.now() >= deadline) return `another child holds ${name}`;
			Atomics.wait(sleeper, 0, 0, pause);
		}
		depths.set(name, depth + 1);
		return true;
	}

	/** Gives a lock back that the request took. False if it holds none of that name. */
	giveBack(ctx: RequestContext, name: string): boolean {
		const held = ctx.peek(this.#held);
		const depth = held?.depths.get(name);
		if (held === undefined || depth === undefined) return false;
		if (depth > 1) {
			held.depths.set(name, depth - 1);
			return true;
		}
		held.depths.delete(name);
		return this.#table.delete(name, ({ value }) => value === held.owner);
	}

	/** Gives back all that a request still holds. */
	release(ctx: RequestContext): void {
		const held = ctx.peek(this.#held);
		if (!held) return;
		const names = [...held.depths.keys()];
		held.depths.clear();
		try {
			for (const name of names) this.#table.delete(name, ({ value }) => value === held.owner);
		} catch (error) {
			// a store that is away: the lock ends by itself
			if (!(error instanceof StoreRefusal)) throw error;
		}
	}

	#declare({ host }: RequestContext, name: string, owner: string): boolean {
		if (this.#table.declare(name, owner, host.clock.now() + LEASE_MS)) return true;
		const holder = this.#table.get(name);
		if (holder === undefined) return false;
		const pid = pidOf(holder, this.#home);
		if (Number.isNaN(pid) || isRunning(pid)) return false;
		this.#table.delete(name, ({ value }) => value === holder);
		return this.#table.declare(name, owner, host.clock.now() + LEASE_MS);
	}
}
