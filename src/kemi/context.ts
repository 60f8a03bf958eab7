/**
 * The request context: everything that belongs to one request, and the door to what belongs to the host.
 *
 * @module
 */
import type { SharedStore } from '../children/store.ts';
import { ReplyDraft } from '../http/reply.ts';
import type { Endpoint, HttpRequest } from '../http/request.ts';
import type { LevelName } from '../log/levels.ts';
import type { Logger } from '../log/logger.ts';
import type { VariableRegistry } from '../pv/registry.ts';
import type { ExportTable } from './exports.ts';
import type { ScriptPosition } from './language.ts';
import type { KemiModule } from './module.ts';

/** What modules and variables may use of the host. */
export interface HostServices {
	readonly log: Logger;
	readonly exports: ExportTable;
	readonly variables: VariableRegistry;
	/** `#!define` values, for `$def()`. */
	readonly defines: ReadonlyMap<string, string>;
	/** True where a wrong call is a script error instead of `false` (`--strict`). */
	readonly strict: boolean;
	/** The addresses the host listens on, for `KSR.is_myself`. */
	readonly addresses: readonly Endpoint[];
	/** Unix time of the start, in seconds. */
	readonly startTime: number;
	/** What all children share. */
	readonly store: SharedStore;
	/** A module's state. */
	state<S>(module: KemiModule<S>): S;
	/** What a module offers to others; throws where it is not loaded. */
	api<A>(module: KemiModule<unknown, A>): NonNullable<A>;
	/**
	 * Calls a function of the script for an event. Errors and limits in the script do not come out of here: they are
	 * logged, and for the client they are in `ctx.reply`.
	 */
	callback(name: string, event: string, ctx: RequestContext): undefined | Promise<undefined>;
}

/** One request on its way through the host. */
export class RequestContext {
	readonly host: HostServices;
	readonly request: HttpRequest;
	readonly reply = new ReplyDraft();
	/** The engine whose script runs for this request. */
	engine: ScriptPosition | undefined;
	/** `$rc`: what the last native function or route returned. */
	returnCode = 0;
	/** How often a reply was tried and refused. */
	refusedReplies = 0;
	#locals: Map<RequestLocal<unknown>, unknown> | undefined;

	constructor(host: HostServices, request: HttpRequest) {
		this.host = host;
		this.request = request;
	}

	/** What `local` keeps for this request, made when first asked for. */
	get<T>(local: RequestLocal<T>): T {
		this.#locals ??= new Map();
		let value = this.#locals.get(local) as T | undefined;
		if (value === undefined) {
			value = local.create();
			this.#locals.set(local, value);
		}
		return value;
	}

	/** A module's state in this host. */
	state<S>(module: KemiModule<S>): S {
		return this.host.state(module);
	}

	/** Logs a line about what the script did, with the script's position in front. */
	report(level: LevelName, text: string): void {
		if (!this.host.log.shows(level)) return;
		const where = this.engine?.position();
		this.host.log.log(level, where ? `${where}: ${text}` : text);
	}

	/** Refuses a call: an ERROR line with the script's position. Gives -1, which is what such a call returns. */
	refuse(text: string): -1 {
		this.report('error', text);
		return -1;
	}
}

/** A kind of value that belongs to a request: `$avp` lists, flags, a cached time. */
export interface RequestLocal<T> {
	create(): T;
}

/** Declares a value that each request has of its own. */
export function requestLocal<T>(create: () => T): RequestLocal<T> {
	return { create };
}
