/**
 * The counters of the statistics module, whose values all children share.
 *
 * @module
 */

import type { Logger } from '../../log/logger.ts';
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

/** Requests are counted here first, and for the other children so many milliseconds later: a write for each costs more. */
const REQUESTS_LATER_MS = 50;

/** Where requests are counted. */
const REQUESTS = 'core.rcv_requests';

/** All counters. Their number is fixed at the start. */
export class Counters {
	readonly #byName = new Map<string, Counter>();
	readonly #shared: SharedTable;

	readonly #log: Logger;
	/** Requests of this child that the others do not know of yet. */
	#requests = 0;
	#timer: NodeJS.Timeout | undefined;

	/** @param shared where the values live */
	constructor(shared: SharedTable, log: Logger) {
		this.#shared = shared;
		this.#log = log;
	}

	declare(group: string, name: string, resets = true): void {
		const key = `${group}.${name}`;
		this.#byName.set(name, { key, group, resets });
		this.#shared.declare(key, 0);
	}

	/** The value; undefined where there is no such counter. */
	get(name: string): number | undefined {
		const counter = this.#byName.get(name);
		return counter && this.#value(counter.key);
	}

	/** Adds to a counter. False where there is none of that name. */
	add(name: string, by: number): boolean {
		const counter = this.#byName.get(name);
		if (counter) this.#shared.increment(counter.key, by);
		return counter !== undefined;
	}

	/** Counts a request. */
	countRequest(): void {
		this.#requests++;
		this.#timer ??= setTimeout(() => this.share(), REQUESTS_LATER_MS).unref();
	}

	/** Lets the other children know of this one's requests. */
	share(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#requests === 0) return;
		try {
			this.#shared.increment(REQUESTS, this.#requests);
			this.#requests = 0;
		} catch (error) {
			this.#log.log('warning', `statistics: requests are counted later: ${(error as Error).message}`);
		}
	}

	/** Sets a counter to 0, where it may be. False where there is none of that name. */
	reset(name: string): boolean {
		const counter = this.#byName.get(name);
		if (counter?.resets) {
			if (counter.key === REQUESTS) this.#requests = 0;
			this.#shared.set(counter.key, 0);
		}
		return counter !== undefined;
	}

	/** All counters with their values, by group and name. */
	list(): CounterListing[] {
		return [...this.#byName]
			.map(([name, { key, group }]) => ({ group, name, value: this.#value(key) }))
			.sort((a, b) => (a.group + a.name < b.group + b.name ? -1 : 1));
	}

	#value(key: string): number {
		return Number(this.#shared.get(key)) + (key === REQUESTS ? this.#requests : 0);
	}
}
