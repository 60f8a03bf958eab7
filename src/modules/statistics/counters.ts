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
	readonly name: string;
	/** False if `reset_stat` leaves it as it is. */
	readonly resets: boolean;
	/** What it counts, for `cnt.help`; undefined if nobody has said. */
	readonly description: string | undefined;
}

/** A counter as an administrator sees it. */
export interface CounterListing {
	readonly group: string;
	readonly name: string;
	readonly value: number;
	readonly description: string | undefined;
}

/** Requests are counted here first, and for the other children so many milliseconds later: a write for each costs more. */
const REQUESTS_LATER_MS = 50;

/** Where requests are counted. */
const REQUESTS = 'core.rcv_requests';

/** What is said of a counter besides its name. */
interface DeclareOptions {
	/** False if `reset_stat` leaves it as it is. */
	readonly resets?: boolean;
	readonly description?: string | undefined;
}

const keyOf = (group: string, name: string) => `${group}.${name}`;

/** All counters. Their number is fixed at the start. */
export class Counters {
	/** By `group.name`. */
	readonly #byKey = new Map<string, Counter>();
	/** By the name alone, as `$stat` has it: the one declared last, where two groups have one. */
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

	declare(group: string, name: string, { resets = true, description }: DeclareOptions = {}): void {
		const key = keyOf(group, name);
		const counter = { key, group, name, resets, description };
		this.#byKey.set(key, counter);
		this.#byName.set(name, counter);
		this.#shared.declare(key, 0);
	}

	/** The value; undefined if there is no such counter. */
	get(name: string): number | undefined {
		const counter = this.#byName.get(name);
		return counter && this.#value(counter.key);
	}

	/** Adds to a counter. False if there is none of that name. */
	add(name: string, by: number): boolean {
		return this.#add(this.#byName.get(name), by);
	}

	/** Adds to a counter of a group. False if there is none of that name. */
	addTo(group: string, name: string, by: number): boolean {
		return this.#add(this.#byKey.get(keyOf(group, name)), by);
	}

	#add(counter: Counter | undefined, by: number): boolean {
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

	/** Sets a counter to 0, where it may be. False if there is none of that name. */
	reset(name: string): boolean {
		return this.#reset(this.#byName.get(name));
	}

	/** Sets a counter of a group to 0, where it may be. False if there is none of that name. */
	resetIn(group: string, name: string): boolean {
		return this.#reset(this.#byKey.get(keyOf(group, name)));
	}

	#reset(counter: Counter | undefined): boolean {
		if (counter?.resets) {
			if (counter.key === REQUESTS) this.#requests = 0;
			this.#shared.set(counter.key, 0);
		}
		return counter !== undefined;
	}

	/** All counters with their values, by group and name. */
	list(): CounterListing[] {
		return [...this.#byKey.values()]
			.map(({ key, group, name, description }) => ({ group, name, value: this.#value(key), description }))
			.sort((a, b) => (a.group + a.name < b.group + b.name ? -1 : 1));
	}

	#value(key: string): number {
		return Number(this.#shared.get(key)) + (key === REQUESTS ? this.#requests : 0);
	}
}
