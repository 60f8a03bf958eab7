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

/** What modules and variables may use of the host. */
export interface HostServices {
	readonly log: Logger;
	readonly exports: ExportTable;
	readonly variables: VariableRegistry;
	/** `#!define` values, for `$def()`. */
	readonly defines: ReadonlyMap<string, string>;
	/** The environment variables that scripts may see, as byte strings. */
	readonly environment: ReadonlyMap<string, string>;
	/** True where a wrong call is a script error instead of `false` (`--strict`). */
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
	/** What all children share, and all hosts where there are several. */
	readonly store: SharedStore;
	/** What the children of this host share, and no other host knows. */
	readonly localStore: SharedStore;
	/** The path of the script. */
	readonly scriptPath: string;
	/** The names of the modules, in the order they were loaded. */
	readonly moduleNames: readonly string[];
	/** The commands for administrators. */
	readonly rpc: RpcTable;
	/** The other processes of the host. */
	readonly processes: Processes;
	/** Who counts what the host does; undefined where nobody wants to know. */
	readonly metrics: HostMetrics | undefined;
	/** A number that no other request of the host has. */
	nextRequestId(): number;
	/** True for a host that is there for a look (a check, one request, a replay): what lasts is left as it is. */
	readonly ephemeral: boolean;
	/** As nextRequestId, for connections: `$conid`. */
	nextConnectionId(): number;
	/** False while the host stops. */
	readonly ready: boolean;
	/** The connections of this process. */
	connections(): readonly ConnectionInfo[];
	/** A module's state. */
	state<S>(module: KemiModule<S>): S;
	/** What a module offers to others; throws where it is not loaded. */
	api<A>(module: KemiModule<unknown, A>): NonNullable<A>;
	/** The ways into the script. */
	readonly events: ScriptEvents;
	/** Scripts that route blocks call. */
	readonly guests: Guests;
	/** The route blocks of the configuration; undefined where there is none. */
	readonly routes: RouteBlocks | undefined;
	/** 0 in a host without children, else the child's number from 1; one that replaces another takes over its number. */
	readonly childIndex: number;
	/**
	 * True in one process of the host, its first: that is where what needs to be done once is done over and over, such as
	 * timers. When it ends, the child that replaces it leads on.
	 */
	readonly leading: boolean;
	/** True where too many requests have no reply yet for this one to go to the script: it has its 503 then. */
	turnsAway(ctx: RequestContext): boolean;
	/** True for the first that asks in the host's life, over all children: for what is to be done just once. */
	once(what: string): boolean;
}

/** One request on its way through the host. */
export class RequestContext {
	readonly host: HostServices;
	readonly request: HttpRequest;
	/** When it began, on the clock of `performance.now()`. */
	readonly began = performance.now();
	readonly reply = new ReplyDraft();
	/** The engine whose script runs for this request. */
	engine: ScriptPosition | undefined;
	/** The function of the script that was called for it first. */
	callback: string | undefined;
	/** `$rc`: what the last native function or route returned. */
	returnCode = 0;
	/** How often a reply was tried and refused. */
	refusedReplies = 0;
	/** The event that the request was made up for; undefined in a client's request. */
	readonly event: string | undefined;
	/** How many calls of the script wait for this request: more than one where one has led to another. */
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

	/** What it is about, for messages: `GET /path`, or an event's name. */
	get subject(): string {
		return this.event ?? `${this.request.method} ${this.request.target}`;
	}

	/** What `local` keeps for this request, made when first asked for. */
	get<T>(local: RequestLocal<T>): T {
		this.#locals ??= new Map();
		let value = this.#locals.get(local) as T | undefined;
		if (value === undefined) {
			value = local.create(this);
			this.#locals.set(local, value);
		}
		return value;
	}

	/** What `local` keeps for this request, if anything has asked for it. */
	peek<T>(local: RequestLocal<T>): T | undefined {
		return this.#locals?.get(local) as T | undefined;
	}

	/**
	 * Aborted once nobody waits for this request any more: the client has gone, the time is up, the handler has ended.
	 * Functions that wait hand it on to what they wait for, and then give their error as they give any other.
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

	/** The number that joins the log lines of this request; no other has it. Given out when first asked for. */
	get id(): number {
		this.#id ??= this.host.nextRequestId();
		return this.#id;
	}

	/** Logs a line of this request. */
	log(level: LevelName, text: string, origin?: Origin): void {
		this.host.log.log(level, text, origin, this);
	}

	/** Logs a line about what the script did, with the script's position in front. */
	report(level: LevelName, text: string): void {
		if (!this.host.log.shows(level)) return;
		const where = this.engine?.position() ?? this.waitsAt;
		this.log(level, where ? `${where}: ${text}` : text);
	}

	/** Refuses a call: an ERROR line with the script's position. Gives -1, which is what such a call returns. */
	refuse(text: string): -1 {
		this.report('error', text);
		return -1;
	}
}

/** A kind of value that belongs to a request: `$avp` lists, flags, a cached time. */
export interface RequestLocal<T> {
	create(ctx: RequestContext): T;
}

/** Declares a value that each request has of its own. */
export function requestLocal<T>(create: (ctx: RequestContext) => T): RequestLocal<T> {
	return { create };
}
