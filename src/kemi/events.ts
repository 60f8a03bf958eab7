/**
 * Events: what causes a call into the script. Modules only name events; which function or route block of the
 * script handles one is found here, for all languages.
 *
 * @module
 */
import type { RequestInit } from '../http/request.ts';
import type { RequestContext } from './context.ts';
import type { KemiModule, ModuleEvent, ParamValues } from './module.ts';

/** The event of the host's start. */
export const WORKER_ONE_INIT = 'core:worker-one-init';

/** How an event is told that no client's request has caused. */
export interface RaiseOptions {
	/** The script's function where the event has one of its own: a timer's. Without it the event's handler is called. */
	readonly callback?: string;
	/** What differs in the request that is made up for the script. */
	readonly request?: RequestInit;
	/** Puts into the request's context what the handler may read. */
	readonly prepare?: (ctx: RequestContext) => void;
}

/**
 * The ways into the script. Errors and limits in the script do not come out of them: they are logged, and for a
 * client they are in `ctx.reply`.
 */
export interface ScriptEvents {
	/** True if the script has a handler for the event, so that what it costs need not be paid in vain. */
	handles(event: string): boolean;
	/** Calls the handler of an event of this request. Without a handler nothing happens. */
	handle(event: string, ctx: RequestContext): undefined | Promise<undefined>;
	/**
	 * Calls the handler of an event outside of any request: a timer, an expired item, a connection that closed.
	 * The script sees a made-up request, as in Kamailio; what it replies goes nowhere. Without a handler nothing
	 * happens.
	 * @returns the made-up request, once the handler has ended
	 */
	raise(event: string, options?: RaiseOptions): Promise<RequestContext | undefined>;
	/** Calls a function of the script by its name (a route block, in Kamailio's own language), as part of a request. */
	call(callback: string, event: string, ctx: RequestContext): Promise<undefined>;
}

/** The request that scripts see in events outside of any: Kamailio's is an OPTIONS to itself too. */
export const MADE_UP_REQUEST = {
	method: 'OPTIONS',
	target: 'sip:you@kamailio.org',
	version: 'SIP/2.0',
} as const satisfies RequestInit;

/** An event and the function that a module parameter names for it. */
export interface EventCallback {
	readonly event: ModuleEvent;
	readonly name: string;
}

/**
 * The functions, or the route blocks, that module parameters name for events.
 * @param kind which of an event's parameters names it
 */
export function eventCallbacks(
	modules: readonly KemiModule[],
	params: (module: KemiModule) => ParamValues,
	kind: 'callbackParam' | 'routeParam',
): EventCallback[] {
	return modules.flatMap((module) =>
		(module.events ?? []).flatMap((event) => {
			const param = event[kind];
			const name = param === undefined ? null : params(module).str(param);
			return name ? [{ event, name }] : [];
		}),
	);
}

/** True if a declaration means the event: by its name, or by all but a last part in capitals. */
export function means({ name }: ModuleEvent, event: string): boolean {
	const family = /^(.*:)[A-Z]+$/.exec(name)?.[1];
	return family === undefined ? name === event : event.startsWith(family);
}
