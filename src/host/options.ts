/**
 * The options that a host is created with.
 *
 * @module
 */
import type { RouteWatch, StatementProbe } from '../../engines/engine.ts';
import type { Clock } from '../clock.ts';
import type { ReadOptions } from '../config/kamailio/read.ts';
import type { HttpReply } from '../http/reply.ts';
import type { ListenEndpoint } from '../http/request.ts';
import type { RequestContext } from '../kemi/context.ts';
import type { Interceptor } from '../kemi/exports.ts';
import type { GuestScripts } from '../kemi/language.ts';
import type { KemiModule } from '../kemi/module.ts';
import type { ModParam } from '../kemi/params.ts';
import type { Processes } from '../kemi/processes.ts';
import type { LimitKey } from '../limits.ts';
import type { LogSink } from '../log/logger.ts';
import type { EntryGuard } from '../script/guard.ts';
import type { ScriptSnapshot, SourceTransform } from '../source/folder.ts';
import type { SharedStore } from '../store/store.ts';

/** What `createHost` takes. Everything but the script has a default. */
export interface HostOptions {
	/** The path of the script: .lua, .js, .mjs, .ts, or a kamailio.cfg. */
	script: string;
	/** Scripts that are loaded into the same engine before it, in this order. */
	scriptsBefore?: readonly string[];
	/** An engine's name or alias; by default the script's file name decides. */
	engine?: string;
	/** The function that is called for each request; `ksr_xhttp_event` by default. */
	eventCallback?: string;
	/** False if the script need not handle requests: a configuration that serves no HTTP. */
	requireHandlers?: boolean;
	/** Module parameters, as `modparam` sets them. */
	modparams?: readonly ModParam[];
	/** Your own modules, loaded after those that come with kemihost. */
	modules?: readonly KemiModule[];
	/**
	 * The modules of Kamailio that a kamailio.cfg loads: there the variables of others are errors. Without it those of
	 * all are accepted.
	 */
	loaded?: readonly string[];
	/** Values for `$def()`, as text. */
	defines?: Readonly<Record<string, string>>;
	/** The names of the environment variables that scripts may see, `*` for all; by default none. */
	env?: readonly string[];
	/** Limits that differ from their defaults. */
	limits?: Partial<Record<LimitKey, number>>;
	/** Where log lines go; by default to stderr. */
	log?: LogSink;
	/** The threshold as a number, as in Kamailio's `debug`: 2 (info) by default. */
	logLevel?: number;
	/** Puts the details of an error into the reply. */
	dev?: boolean;
	/** Where scripts may connect to (`net/policy.ts`); by default everywhere. */
	allowNet?: readonly string[];
	/** Makes a KSR call with wrong arguments an error in the script. */
	strict?: boolean;
	/** The format of a line for each reply: `common`, `combined`, `timed`, or fields like Apache's; by default none. */
	accessLog?: string;
	/** The text of the Server header; empty for none. */
	serverHeader?: string;
	/** Further addresses that connections come from, besides those of `listen`: the primary's, in a child process. */
	addresses?: readonly ListenEndpoint[];
	/** Called before and after every slice of script code. */
	guard?: EntryGuard;
	/** State that all children share; by default a store in this process. Whoever passes one also closes it. */
	store?: SharedStore;
	/**
	 * State that the children of this host share, but no other host; by default `store`, or memory if that is a
	 * store of several hosts.
	 */
	localStore?: SharedStore;
	/** The number of this child, from 1; 0 without children. */
	childIndex?: number;
	/** The other processes, in a child; by default this one is alone. */
	processes?: Processes;
	/** How a kamailio.cfg is read: what the command line defines and substitutes. */
	reading?: Omit<ReadOptions, 'readFile'>;
	/** The path of a kamailio.cfg whose route blocks the script can call: `KSR.route("NAME")`. */
	routes?: string;
	/** Scripts in Lua and JavaScript that route blocks call, with `lua_run` and `jsdt_run`. */
	guests?: GuestScripts;
	/** Files of the script to use instead of those on disk. */
	snapshot?: ScriptSnapshot;
	/**
	 * True for a host that only serves a tool and must change nothing that outlives it: nothing is written back to
	 * a database.
	 */
	ephemeral?: boolean;
	/** True if no connection begins with TLS: the certificates are left alone. */
	withoutTls?: boolean;
	/** The time as scripts see it; by default the machine's. */
	clock?: Clock;
	/** Wraps every KSR function, for tools that watch or replace calls. */
	interceptor?: Interceptor;
	/** Called for each request once it has its reply. */
	onReply?: (ctx: RequestContext, reply: HttpReply) => void;
	/** Called for each event that no client's request has caused, once its handler has ended. */
	onEvent?: (ctx: RequestContext) => void;
	/**
	 * Called when a callback has failed because of an error in the script, before the client gets its 500.
	 * @param text what went wrong, as in the log
	 * @param call calls a global function of the script for the same request; undefined for route blocks, which
	 *   have none
	 */
	onFailure?: (ctx: RequestContext, text: string, call: ((callback: string) => void) | undefined) => void;
	/** Changes the script's sources before they are compiled. */
	transform?: SourceTransform;
	/** Called before each statement of route blocks, which `transform` cannot change. */
	probe?: StatementProbe;
	/** Called for each route block that a route calls. */
	watchRoute?: RouteWatch;
}

/** The function that is called for each request by default. */
export const DEFAULT_CALLBACK = 'ksr_xhttp_event';
