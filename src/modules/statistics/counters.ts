/**
 * The counters of the statistics module, whose values all children share.
 *
 * @module
 */

import { MemoryStore } from '../../store/memory.ts';
import type { SharedTable } from '../../store/store.ts';

/** The core's counters. The first counts requests; the others belong to SIP and stay 0, unless a script counts. */
export const CORE_COUNTERS = [
	'rcv_requests',
	'rcv_replies',
	'fwd_requests',
	'fwd_replies',
	'drop_requests',
	'drop_replies',
	'err_requests',
	'err_replies',
	'bad_URIs_rcvd',
	'unsupported_methods',
	'bad_msg_hdr',
] as const;

/** A counter by its name. */
interface Counter {
	/** Its key in the shared table: behind its group, since a script's counter may have the name of the core's. */
	readonly key: string;
	readonly group: string;
	/** False where `reset_stat` leaves it as it is. */
	readonly resets: boolean;
}

/** A counter as an administrator sees it. */
export interface CounterListing {
	readonly group: string;
	readonly name: string;
	readonly value: number;
}

/** All counters. Their number is fixed at the start. */
export class Counters {
	readonly #byName = new Map<string, Counter>();
	readonly #shared: SharedTable;

	/** @param shared where the values live; by default in this process */
	constructor(shared: SharedTable = new MemoryStore().table('statistics')) {
		this.#shared = shared;
	}

	declare(group: string, name: string, resets = true): void {
		const key = `${group}.${name}`;
		this.#byName.set(name, { key, group, resets });
		this.#shared.declare(key, 0);
	}

	/** The value; undefined where there is no such counter. */
	get(name: string): number | undefined {
		const counter = this.#byName.get(name);
		return counter && Number(this.#shared.get(counter.key));
	}

	/** Adds to a counter. False where there is none of that name. */
	add(name: string, by: number): boolean {
		const counter = this.#byName.get(name);
		if (counter) this.#shared.increment(counter.key, by);
		return counter !== undefined;
	}

	/** Counts a request. */
	countRequest(): void {
		this.#shared.increment('core.rcv_requests', 1);
	}

	/** Sets a counter to 0, where it may be. False where there is none of that name. */
	reset(name: string): boolean {
		const counter = this.#byName.get(name);
		if (counter?.resets) this.#shared.set(counter.key, 0);
		return counter !== undefined;
	}

	/** All counters with their values, by group and name. */
	list(): CounterListing[] {
		return [...this.#byName]
			.map(([name, { key, group }]) => ({ group, name, value: Number(this.#shared.get(key)) }))
			.sort((a, b) => (a.group + a.name < b.group + b.name ? -1 : 1));
	}
}
