/**
 * The request context: everything that belongs to one request, and access to what belongs to the host.
 *
 * @module
 */

import type { Clock } from '../clock.ts';
import { ReplyDraft } from '../http/reply.ts';
import type { ConnectionInfo, HttpRequest, ListenEndpoint } from '../http/request.ts';
import type { LevelName } from '../log/levels.ts';
import type { Logger, Origin } from '../log/logger.ts';
import type { HostMetrics } from '../metrics/host-metrics.ts';
import type { NetworkPolicy } from '../net/policy.ts';
import type { VariableRegistry } from '../pv/registry.ts';
import type { SharedStore } from '../store/store.ts';
import type { ScriptEvents } from './events.ts';
import type { ExportTable } from './exports.ts';
import type { Guests, RouteBlocks, ScriptPosition } from './language.ts';
import type { KemiModule } from './module.ts';
import type { Processes } from './processes.ts';
import type { RpcTable } from './rpc-table.ts';
import type { WaitingList } from './waiting.ts';

/** The part of the host that modules and variables may use. */
export interface HostServices {
	readonly log: Logger;
	readonly exports: ExportTable;
	readonly variables: VariableRegistry;
	/** `#!define` values, for `$def()`. */
	readonly defines: ReadonlyMap<string, string>;
	/** The environment variables that scripts may see, as byte strings. */
	readonly environment: ReadonlyMap<string, string>;
	/** True if a call with wrong arguments is a script error, instead of returning `false` (`--strict`). */
	readonly strict: boolean;
	/** The addresses the host listens on, for `KSR.is_myself`. */
	readonly addresses: readonly ListenEndpoint[];
	/** The time as scripts see it. */
	readonly clock: Clock;
	/** Unix time of the start, in seconds. */
	readonly startTime: number;
	/** Where scripts may connect to. */
	readonly network: NetworkPolicy;
	/** The handlers that wait. */
	readonly waiting: WaitingList;
	/** State that all children share, and with `--store` all hosts. */
	readonly store: SharedStore;
	/** State that the children of this host share, but no other host. */
	readonly localStore: SharedStore;
	/** The path of the script. */
	readonly scriptPath: string;
	/** The names of the modules, in the order they were loaded. */
	readonly moduleNames: readonly string[];
	/** The administrative commands. */
	readonly rpc: RpcTable;
	/** The other processes of the host. */
	readonly processes: Processes;
	/** The host's metrics; undefined if nobody reads them. */
	readonly metrics: HostMetrics | undefined;
	/** A number that no other request of the host has. */
	nextRequestId(): number;
	/**
	 * True for a host that only serves a tool (a check, one request, a replay): it must not change anything that
	 * outlives it.
	 */
	readonly ephemeral: boolean;
	/** True if no connection begins with TLS. */
	readonly withoutTls: boolean;
	/** A number that no other connection of the host has: `$conid`. */
	nextConnectionId(): number;
	/** False while the host stops, and while it can take no further request. */
	readonly ready: boolean;
	/** The connections of this process. */
	connections(): readonly ConnectionInfo[];
	/** A module's state. */
	state<S>(module: KemiModule<S>): S;
	/** The API that a module offers to others. Throws if the module is not loaded. */
	api<A>(module: KemiModule<unknown, A>): NonNullable<A>;
	/** Calls the script's handlers of events. */
	readonly events: ScriptEvents;
	/** The scripts that route blocks call. */
	readonly guests: Guests;
	/** The route blocks of the configuration; undefined if there is no configuration. */
	readonly routes: RouteBlocks | undefined;
	/** The child's number, from 1; 0 in a host without children. A child that replaces another takes over its number. */
	readonly childIndex: number;
	/**
	 * True in exactly one process of the host, the first: it runs timers and whatever else only one process may
	 * do. When it ends, the child that replaces it leads.
	 */
	readonly leading: boolean;
	/**
	 * True if so many requests are unanswered that this one may not go to the script. It has then been answered
	 * with 503.
	 */
	turnsAway(ctx: RequestContext): boolean;
	/** True for the first caller in the life of the host, over all children: for what is done only once. */
	once(what: string): boolean;
}

/** One request, from its arrival to its reply. */
export class RequestContext {
	readonly host: HostServices;
	readonly request: HttpRequest;
	/** When it began, on the clock of `performance.now()`. */
	readonly began = performance.now();
	readonly reply = new ReplyDraft();
	/** The engine whose script runs for this request. */
	engine: ScriptPosition | undefined;
	/** The first function of the script that was called for it. */
	callback: string | undefined;
	/** `$rc`: what the last native function or route returned. */
	returnCode = 0;
	/** How often a reply was tried and refused. */
	refusedReplies = 0;
	/** The event that this artificial request was made for; undefined in a client's request. */
	readonly event: string | undefined;
	/**
	 * How many calls of the script are waiting for this request. There can be several, since one call can lead to
	 * another.
	 */
	waitingCalls = 0;
	/** True once the script has waited for something, and other requests have run. */
	hasWaited = false;
	/** Where the script waits, or waited last, as `file:line`. */
	waitsAt: string | undefined;
	#id: number | undefined;
	#locals: Map<RequestLocal<unknown>, unknown> | undefined;
	#abort: AbortController | undefined;
	#abortReason: unknown;

	constructor(host: HostServices, request: HttpRequest, event?: string) {
		this.host = host;
		this.request = request;
		this.event = event;
	}

	/** A name for messages: `GET /path`, or the event's name. */
	get subject(): string {
		return this.event ?? `${this.request.method} ${this.request.target}`;
	}

	/** The value of `local` for this request, created on first use. */
	get<T>(local: RequestLocal<T>): T {
		this.#locals ??= new Map();
		let value = this.#locals.get(local) as T | undefined;
		if (value === undefined) {
			value = local.create(this);
			this.#locals.set(local, value);
		}
		return value;
	}

	/** The value of `local` for this request, or undefined if it has not been used. */
	peek<T>(local: RequestLocal<T>): T | undefined {
		return this.#locals?.get(local) as T | undefined;
	}

	/**
	 * Aborted once nobody waits for this request any more: the client has disconnected, the time is up, or the
	 * handler has ended. Functions that wait pass it to the operation that they wait for, and return their usual
	 * error when it is aborted.
	 */
	get signal(): AbortSignal {
		if (!this.#abort) {
			this.#abort = new AbortController();
			if (this.#abortReason !== undefined) this.#abort.abort(this.#abortReason);
		}
		return this.#abort.signal;
	}

	/** Aborts `signal`. */
	abort(reason: unknown): void {
		this.#abortReason ??= reason;
		this.#abort?.abort(reason);
	}

	/** A module's state in this host. */
	state<S>(module: KemiModule<S>): S {
		return this.host.state(module);
	}

	/** The number that joins the log lines of this request; no other request has it. Assigned on first use. */
	get id(): number {
		this.#id ??= this.host.nextRequestId();
		return this.#id;
	}

	/** Logs a line of this request. */
	log(level: LevelName, text: string, origin?: Origin): void {
		this.host.log.log(level, text, origin, this);
	}

	/** Logs a line about what the script did, preceded by the script's position. */
	report(level: LevelName, text: string): void {
		if (!this.host.log.shows(level)) return;
		const where = this.engine?.position() ?? this.waitsAt;
		this.log(level, where ? `${where}: ${text}` : text);
	}

	/** Refuses a call: logs an error line with the script's position, and returns -1 for the call to return. */
	refuse(text: string): -1 {
		this.report('error', text);
		return -1;
	}
}

/** A kind of value that belongs to a request: `$avp` lists, flags, a cached time. */
export interface RequestLocal<T> {
	create(ctx: RequestContext): T;
}

/** Declares a value that each request has one of. */
export function requestLocal<T>(create: (ctx: RequestContext) => T): RequestLocal<T> {
	return { create };
}
