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
 * A parameter's type as in Kamailio's tables: a byte string; an integer of 32 bits; one of up to 53 bits. `str`
 * with `nullable` also takes nil, null and undefined, which arrive as null.
 */
export interface Parameter {
	readonly name: string;
	readonly type: 'str' | 'int' | 'long';
	readonly nullable?: boolean;
	/** The last parameter only: takes any number of arguments. */
	readonly rest?: boolean;
	/** What Kamailio's own language takes a string for; without it a format, whose variables are put in for each call. */
	readonly cfg?: CfgKind;
}

/**
 * What a string parameter is in Kamailio's own language where it is no format: `fixed`, a text in which `$` means nothing;
 * `regex`, a POSIX extended expression; `variable`, the name of a variable that the function writes to. All of them
 * are looked at when the file is loaded. KSR functions take the same strings, and look at them in each call.
 */
export type CfgKind = 'fixed' | 'regex' | 'variable';

/** A byte string parameter. */
export const str = <const N extends string>(name: N) => ({ name, type: 'str' }) as const;
/** A byte string parameter for which nil or null is a value: no string. */
export const strOrNull = <const N extends string>(name: N) =>
	({ name, type: 'str', nullable: true }) as const;
/** Any number of byte strings. */
export const strs = <const N extends string>(name: N) => ({ name, type: 'str', rest: true }) as const;
/** Any number of byte strings, each of which may be nil or null. */
export const strsOrNull = <const N extends string>(name: N) =>
	({ name, type: 'str', rest: true, nullable: true }) as const;
/** A byte string parameter that Kamailio's own language takes as it is written. */
export const fixed = <const N extends string>(name: N) => ({ name, type: 'str', cfg: 'fixed' }) as const;
/** A POSIX extended regular expression; in Kamailio's own language it holds no variables. */
export const regex = <const N extends string>(name: N) => ({ name, type: 'str', cfg: 'regex' }) as const;
/** The name of a variable that the function writes to: `"$var(x)"`. */
export const variable = <const N extends string>(name: N) =>
	({ name, type: 'str', cfg: 'variable' }) as const;
/** A 32 bit integer parameter. */
export const int = <const N extends string>(name: N) => ({ name, type: 'int' }) as const;
/** An integer parameter of up to 53 bits. */
export const long = <const N extends string>(name: N) => ({ name, type: 'long' }) as const;

/** `int`, `bool` and `xval` as they say; `none` gives `false` to the script, as both of Kamailio's engines do. */
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
	/** True where the argument rules are left out and any arguments will do. */
	readonly unchecked?: boolean;
	/** True for a function that replies: refusing its arguments is refusing a reply. */
	readonly sendsReply?: boolean;
	/** True for a function that may wait: JavaScript awaits it, and it is not begun where too many handlers wait. */
	readonly waits?: boolean;
	/**
	 * The function's name in Kamailio's own language, where it has one there (`append_to_reply` of hdr). Functions with one
	 * name there differ by how many parameters they take. Where more differs than the name, the module declares the
	 * form of that language in its `cfgFunctions`.
	 */
	readonly cfg?: string;
	/**
	 * True where the answer depends on nothing but the request as it came and on the argument, and asking leaves no trace: it may
	 * then be asked for before the script asks. For functions of one string at the most; where not every string will do, says
	 * which.
	 */
	readonly steady?: true | ((host: HostServices, argument: string) => boolean);
	/**
	 * The level that it logs its string at, where it does nothing else: with a log that does not show it, it gives 1, or false
	 * where it returns nothing, and does nothing.
	 */
	readonly logs?: LevelName;
	/** There where it may be done later than it is called, see there. */
	readonly later?: Postponable;
	/** Arguments have passed the argument rules. A promise parks the handler until it settles. */
	readonly run: (ctx: RequestContext, ...args: never[]) => unknown;
}

/**
 * What an engine needs to know of a function that need not be done at once: nothing of what it does can be seen before the
 * handler ends, waits or calls another function, and what it gives is known before.
 */
export interface Postponable {
	/** What it gives. */
	readonly gives: number;
	/** True where the state of the request is one in which it gives that for all arguments that are `sure`. */
	readonly ready: (ctx: RequestContext) => boolean;
	/**
	 * True for arguments with which it gives that; others are none of its business. It is asked inside of the script's
	 * engine: it uses nothing from outside of its own body, nor any method, which the script could have replaced.
	 * @param args what the script has passed; no string among them holds anything but ASCII
	 */
	readonly sure: (...args: readonly unknown[]) => boolean;
	/** True where the state is another afterwards, so that all that follows has to be done at once. */
	readonly last?: boolean;
}

/**
 * Declares a function, so that its implementation's arguments have the types of its parameters.
 * @param returns what the script gets; a failing `int` function gives -1 by convention, not an error
 * @param more what few functions need: `sendsReply`, `waits`, `cfg`, `steady`, `logs`, `later`
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
	/** True where the parameter may be given several times; the module then gets all values. */
	readonly repeatable?: boolean;
}

/** Declares a parameter of the type that its default has; text where it has none. */
export function param(name: string, value: string | number | null, doc: string): ModuleParam {
	return { name, type: typeof value === 'number' ? 'int' : 'str', default: value, doc };
}

/** Declares a parameter that is there for the sake of configurations. */
export function noEffect(name: string, value: string | number | null, why: string): ModuleParam {
	return param(name, value, `Changes nothing: ${why}.`);
}

/** The values a module was given: by name, all of them in order. */
export interface ParamValues {
	/** The last string given, or the declared default. */
	str(name: string): string | null;
	/** The last integer given, or the declared default. */
	int(name: string): number;
	/** Everything given for a repeatable parameter. */
	all(name: string): (string | number)[];
}

/** Something that happens and calls a function of the script. */
export interface ModuleEvent {
	/** `xhttp:request`; it is also the callback's only argument. A last part in capitals stands for any. */
	readonly name: string;
	/** The module parameter that names the script's function, in languages without handlers of their own for events. */
	readonly callbackParam: string;
	/** The module parameter that names the `route[NAME]` which handles it in Kamailio's own language; without it, and where it
	 * is not given, that is `event_route[EVENT]`. */
	readonly routeParam?: string;
	/** True where a script that does not handle it is of no use to the host. */
	readonly required?: boolean;
	readonly doc: string;
}

/**
 * What `defineModule` takes. `S` is the module's state, which exists once per host (in each child); `A` is what it
 * offers to other modules, as Kamailio's `bind_…` functions do.
 */
// biome-ignore lint/suspicious/noExplicitAny: a list of modules holds states of all types
export interface KemiModule<S = any, A = unknown> {
	/** As in `loadmodule` and `modparam`. */
	readonly name: string;
	/** The KSR sub-object's name where it differs from the module's (`kx` of `kemix`); `''` is KSR itself. */
	readonly ksrName?: string;
	readonly doc: string;
	/** Modules that must be loaded too. */
	readonly depends?: readonly string[];
	readonly params?: readonly ModuleParam[];
	readonly functions?: readonly KemiFunction[];
	/**
	 * Functions that only Kamailio's own language has, or has with other parameters or results than KSR, by their name
	 * there. Several of one name differ by how many parameters they take. A result above 0 is true there, one below
	 * is false, and 0 ends the script.
	 */
	readonly cfgFunctions?: readonly KemiFunction[];
	readonly variables?: readonly Variable[];
	readonly transformations?: readonly Transformation[];
	readonly events?: readonly ModuleEvent[];
	/** Commands for administrators. */
	readonly rpc?: readonly RpcCommand[];
	/** Functions for other modules: `host.api(xhttp).reply(…)`. */
	readonly api?: A;

	// Lifecycle, in this order; modules are asked in the order they were loaded.

	/** Makes the module's state from its parameters. Wrong values throw a KemihostError `KH_MODPARAM`. */
	init?(params: ParamValues, host: HostServices): S;
	/**
	 * The script is loaded, and the first request waits until this is done: the place for timers and first events. Called
	 * once in each child; a reload of the script does not call it again.
	 */
	started?(state: S, host: HostServices): void | Promise<void>;
	/** Asked for each request until a module takes it. True, or a promise of it, means taken. */
	request?(ctx: RequestContext, state: S): boolean | Promise<boolean>;
	/** A request is over, also one that was made up for an event: what it holds in the module's name can go. */
	requestEnded?(ctx: RequestContext, state: S): void;
	/** A connection of a client has ended, in this process. Not told any more while the host closes. */
	connectionEnded?(connection: ConnectionInfo, how: ConnectionEnd, state: S, host: HostServices): void;
	/** The host closes. */
	close?(state: S): void | Promise<void>;
}

/**
 * Declares a module. Gives back what it was given; it is there for the types. A module whose functions use its state
 * says the type: `const counter: KemiModule<{ n: number }> = defineModule({ … })`.
 */
export function defineModule<S, A = undefined>(module: KemiModule<S, A>): KemiModule<S, A> {
	return module;
}
