/**
 * The module contract, which Kamailio calls a module's exports. One object declares everything that a module
 * provides; the KSR object of every engine, argument checking, the reference and the types for editors are made
 * from it.
 *
 * @module
 */

import type { ConnectionEnd, ConnectionInfo } from '../http/request.ts';
import type { LevelName } from '../log/levels.ts';
import type { Transformation } from '../pv/transformation.ts';
import type { Variable } from '../pv/variable.ts';
import type { HostServices, RequestContext } from './context.ts';
import type { RpcCommand } from './rpc.ts';
import type { KemiValue } from './value.ts';

/**
 * A parameter of a function. Its type is one of Kamailio's tables: a byte string, an integer of 32 bits, or one
 * of up to 53 bits. `str` with `nullable` also takes nil, null and undefined, which arrive as null.
 */
export interface Parameter {
	readonly name: string;
	readonly type: 'str' | 'int' | 'long';
	readonly nullable?: boolean;
	/** The last parameter only: takes any number of arguments. */
	readonly rest?: boolean;
	/**
	 * How Kamailio's own language reads the string; by default as a format, whose variables are replaced in each
	 * call.
	 */
	readonly cfg?: CfgKind;
	/** What is wrong with a `fixed` text, undefined where it is good: looked at when the file is loaded. */
	readonly check?: (text: string) => string | undefined;
	/** What a text means that is written for an integer in Kamailio's own language; undefined if it is none. */
	readonly word?: (text: string) => number | undefined;
}

/**
 * How Kamailio's own language reads a string parameter that is not a format: `fixed`, a text in which `$` means
 * nothing; `regex`, a POSIX extended expression; `variable`, the name of a variable that the function writes
 * to. They are checked when the file is loaded. KSR functions take the same strings, and check them in each
 * call.
 */
export type CfgKind = 'fixed' | 'regex' | 'variable';

/** A byte string parameter. */
export const str = <const N extends string>(name: N) => ({ name, type: 'str' }) as const;
/** A byte string parameter that may be nil or null, which means that there is no string. */
export const strOrNull = <const N extends string>(name: N) =>
	({ name, type: 'str', nullable: true }) as const;
/** Any number of byte strings. */
export const strs = <const N extends string>(name: N) => ({ name, type: 'str', rest: true }) as const;
/** Any number of byte strings, each of which may be nil or null. */
export const strsOrNull = <const N extends string>(name: N) =>
	({ name, type: 'str', rest: true, nullable: true }) as const;
/** A byte string parameter that Kamailio's own language takes as it is written, if it passes a check. */
export const fixed = <const N extends string>(name: N, check?: Parameter['check']) =>
	({ name, type: 'str', cfg: 'fixed', ...(check && { check }) }) as const;
/** A POSIX extended regular expression; in Kamailio's own language it contains no variables. */
export const regex = <const N extends string>(name: N) => ({ name, type: 'str', cfg: 'regex' }) as const;
/** The name of a variable that the function writes to: `"$var(x)"`. */
export const variable = <const N extends string>(name: N) =>
	({ name, type: 'str', cfg: 'variable' }) as const;
/** A 32 bit integer parameter. `word` tells what words mean that Kamailio's own language has for it, as `L_INFO`. */
export const int = <const N extends string>(name: N, word?: Parameter['word']) =>
	({ name, type: 'int', ...(word && { word }) }) as const;
/** An integer parameter of up to 53 bits. */
export const long = <const N extends string>(name: N) => ({ name, type: 'long' }) as const;

/**
 * An integer, a boolean, any value (`xval`), or nothing: for `none` the script gets `false`, as from both of
 * Kamailio's engines.
 */
export type ReturnType = 'int' | 'bool' | 'none' | 'xval';

type Returned<R extends ReturnType> = R extends 'int'
	? number
	: R extends 'bool'
		? boolean
		: R extends 'none'
			? // biome-ignore lint/suspicious/noConfusingVoidType: it stands for a function that returns nothing
				void
			: KemiValue;

type Argument<P> = P extends { type: 'str' }
	? P extends { nullable: true }
		? string | null
		: string
	: number;

type Arguments<P extends readonly Parameter[]> = P extends readonly [
	...infer Head,
	infer Last extends { rest: true },
]
	? [...{ [K in keyof Head]: Argument<Head[K]> }, ...Argument<Last>[]]
	: { [K in keyof P]: Argument<P[K]> };

/** A function that scripts see as `KSR.module.name`. */
export interface KemiFunction {
	readonly name: string;
	readonly params: readonly Parameter[];
	readonly returns: ReturnType;
	readonly doc: string;
	/** True if the argument rules do not apply, and any arguments are accepted. */
	readonly unchecked?: boolean;
	/** True for a function that replies: a call with wrong arguments counts as a reply that was refused. */
	readonly sendsReply?: boolean;
	/**
	 * True for a function that may wait: JavaScript awaits it, and it is not started when too many handlers wait
	 * already.
	 */
	readonly waits?: boolean;
	/**
	 * The function's name in Kamailio's own language, if it has one there (`append_to_reply` of hdr). Functions
	 * that share a name there differ in their number of parameters. If more than the name differs, the module
	 * declares that language's form in its `cfgFunctions`.
	 */
	readonly cfg?: string;
	/**
	 * True if the result depends only on the request as it arrived and on the argument, and the call has no
	 * effects: an engine may then call the function before the script does. Only for functions with at most one
	 * string parameter. A function here tells for which strings that holds.
	 */
	readonly steady?: true | ((host: HostServices, argument: string) => boolean);
	/**
	 * For a function that only logs its string: the level that it logs at. When the log does not show that level,
	 * an engine need not call the function; the script gets 1, or false if the function returns nothing.
	 */
	readonly logs?: LevelName;
	/** For a function that may run later than the script calls it. */
	readonly later?: Postponable;
	/**
	 * The implementation. Its arguments have passed the argument rules. If it returns a promise, the handler waits
	 * until that settles.
	 */
	readonly run: (ctx: RequestContext, ...args: never[]) => unknown;
}

/**
 * What an engine needs to know to run a function later than the script calls it. That is possible if nobody can
 * see its effect before the handler ends, waits or calls another function, and if its result is known in
 * advance.
 */
export interface Postponable {
	/** The result. */
	readonly gives: number;
	/** True if, in the request's current state, the function has that result for all arguments that are `sure`. */
	readonly ready: (ctx: RequestContext) => boolean;
	/**
	 * True for arguments with which the function certainly has that result. It runs inside the script's engine, so
	 * it must use nothing from outside its own body, and no method, which the script could have replaced.
	 * @param args what the script has passed; all strings among them are ASCII
	 */
	readonly sure: (...args: readonly unknown[]) => boolean;
	/** True if the function changes that state, so that calls after it cannot be put off. */
	readonly last?: boolean;
}

/**
 * Declares a function, and gives its implementation's arguments the types of its parameters.
 * @param returns what the script gets; by convention an `int` function that fails returns -1 and throws nothing
 * @param more the options that few functions need: `sendsReply`, `waits`, `cfg`, `steady`, `logs`, `later`
 */
export function fn<const P extends readonly Parameter[], R extends ReturnType>(
	name: string,
	params: P,
	returns: R,
	doc: string,
	run: (ctx: RequestContext, ...args: Arguments<P>) => Returned<R> | Promise<Returned<R>>,
	more: Pick<KemiFunction, 'sendsReply' | 'waits' | 'cfg' | 'steady' | 'logs' | 'later'> = {},
): KemiFunction {
	return { name, params, returns, doc, run: run as unknown as KemiFunction['run'], ...more };
}

/** A module parameter: `modparam("xhttp", "url_skip", "^/sip/")`. */
export interface ModuleParam {
	readonly name: string;
	readonly type: 'str' | 'int';
	readonly default: string | number | null;
	readonly doc: string;
	/** True if the parameter may be given several times; the module then gets all values. */
	readonly repeatable?: boolean;
}

/** Declares a parameter with the type of its default value, or of type `str` if the default is null. */
export function param(name: string, value: string | number | null, doc: string): ModuleParam {
	return { name, type: typeof value === 'number' ? 'int' : 'str', default: value, doc };
}

/** Declares a parameter that is accepted in configurations and has no effect. */
export function noEffect(name: string, value: string | number | null, why: string): ModuleParam {
	return param(name, value, `Changes nothing: ${why}.`);
}

/** The values of a module's parameters, by name. */
export interface ParamValues {
	/** The last string given, or the declared default. */
	str(name: string): string | null;
	/** The last integer given, or the declared default. */
	int(name: string): number;
	/** All values given for a repeatable parameter, in order. */
	all(name: string): (string | number)[];
}

/** An event: something that happens and is handled by a function of the script. */
export interface ModuleEvent {
	/** `xhttp:request`; it is also the callback's only argument. A last part in capitals stands for any name. */
	readonly name: string;
	/** The module parameter that names the script's function, in languages without handlers of their own for events. */
	readonly callbackParam: string;
	/**
	 * The module parameter that names the `route[NAME]` which handles the event in Kamailio's own language.
	 * Without such a parameter, or if it is not set, `event_route[EVENT]` handles it.
	 */
	readonly routeParam?: string;
	/** True if a script without a handler for it is useless to the host, and is refused. */
	readonly required?: boolean;
	readonly doc: string;
}

/**
 * A module, as `defineModule` takes it. `S` is the module's state, which exists once in each process of a host;
 * `A` is the API that it offers to other modules, as Kamailio's `bind_…` functions do.
 */
// biome-ignore lint/suspicious/noExplicitAny: a list of modules holds states of all types
export interface KemiModule<S = any, A = unknown> {
	/** The name used in `loadmodule` and `modparam`. */
	readonly name: string;
	/** The KSR sub-object's name if it differs from the module's (`kx` of `kemix`); `''` is KSR itself. */
	readonly ksrName?: string;
	readonly doc: string;
	/** Modules that must be loaded too. */
	readonly depends?: readonly string[];
	readonly params?: readonly ModuleParam[];
	readonly functions?: readonly KemiFunction[];
	/**
	 * Functions that only Kamailio's own language has, or that have other parameters or results there than in KSR,
	 * with their names there. Functions of the same name differ in their number of parameters. A result above 0
	 * means true there, a result below 0 false, and 0 ends the script.
	 */
	readonly cfgFunctions?: readonly KemiFunction[];
	readonly variables?: readonly Variable[];
	readonly transformations?: readonly Transformation[];
	readonly events?: readonly ModuleEvent[];
	/** Administrative commands. */
	readonly rpc?: readonly RpcCommand[];
	/** Functions for other modules: `host.api(xhttp).reply(…)`. */
	readonly api?: A;

	// Lifecycle hooks, in the order in which they are called; modules are called in the order they were loaded in.

	/** Makes the module's state from its parameters. Wrong values throw a KemihostError `KH_MODPARAM`. */
	init?(params: ParamValues, host: HostServices): S;
	/**
	 * Called when the script is loaded, once in each child; a reload of the script does not call it again. The
	 * first request waits until it is done: this is the place to start timers and to raise first events.
	 */
	started?(state: S, host: HostServices): void | Promise<void>;
	/** Called for each request until a module takes it, which it tells by true or a promise of true. */
	request?(ctx: RequestContext, state: S): boolean | Promise<boolean>;
	/** Called when a request is over, including an artificial one for an event: the module frees what it kept for it. */
	requestEnded?(ctx: RequestContext, state: S): void;
	/** Called when a client's connection has ended, in the process that served it; not while the host closes. */
	connectionEnded?(connection: ConnectionInfo, how: ConnectionEnd, state: S, host: HostServices): void;
	/** Called when the host closes. */
	close?(state: S): void | Promise<void>;
}

/**
 * Declares a module. Returns its argument; it only checks types. A module whose functions use its own state
 * has to name the type: `const counter: KemiModule<{ n: number }> = defineModule({ … })`.
 */
export function defineModule<S, A = undefined>(module: KemiModule<S, A>): KemiModule<S, A> {
	return module;
}
