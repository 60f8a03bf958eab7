/**
 * The languages that scripts are written in.
 *
 * @module
 */
import type { RequestContext } from './context.ts';

/** A script's language. The argument rules depend on it in one point (`arguments.ts`). */
export type Language = 'lua' | 'javascript' | 'native';

/** The route blocks of a kamailio.cfg, as scripts in other languages call them. */
export interface RouteBlocks {
	/** True if there is a `route[NAME]`. */
	hasRoute(name: string): boolean;
	/**
	 * Runs `route[NAME]` for a request.
	 * @returns what the route returned, or a promise of that if it waits; undefined if there is no route of that name
	 */
	route(name: string, ctx: RequestContext): number | Promise<number> | undefined;
	/**
	 * Evaluates an expression that is not part of the file, for a request. Tools use it.
	 * @param text the expression, a byte string
	 * @throws KemihostError if it does not compile, Error if it would have to wait
	 */
	evaluate(text: string, ctx: RequestContext): string | number | null;
}

/** The languages that route blocks can call. */
export type GuestLanguage = 'lua' | 'javascript';

/** The scripts of each language, in the order in which they are loaded. */
export type GuestScripts = Readonly<Partial<Record<GuestLanguage, readonly string[]>>>;

/**
 * The scripts that route blocks call. All methods return 1, or -1 after an error line; or a promise of that if
 * the script waits.
 */
export interface Guests {
	/** Calls a function of the scripts that are loaded in that language. */
	run(
		language: GuestLanguage,
		name: string,
		args: readonly string[],
		ctx: RequestContext,
	): number | Promise<number>;
	/** Runs a text as a script. */
	evaluate(language: GuestLanguage, text: string, ctx: RequestContext): number | Promise<number>;
	/** Runs a file, by its path from the script's folder. */
	file(language: GuestLanguage, path: string, ctx: RequestContext): number | Promise<number>;
}

/** Whatever runs a script and knows its current position. */
export interface ScriptPosition {
	/** The position of the script that is calling the host, as `file:line`; undefined if none is. */
	position(): string | undefined;
}
