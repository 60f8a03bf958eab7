/**
 * The languages that scripts are written in.
 *
 * @module
 */
import type { RequestContext } from './context.ts';

/** Argument rules differ by it in one point (`arguments.ts`). */
export type Language = 'lua' | 'javascript' | 'native';

/** The route blocks of a kamailio.cfg, as scripts in other languages call them. */
export interface RouteBlocks {
	/** True where there is a `route[NAME]`. */
	hasRoute(name: string): boolean;
	/**
	 * Runs `route[NAME]` for a request.
	 * @returns what it returned, or a promise of that where it waits; undefined where there is none of that name
	 */
	route(name: string, ctx: RequestContext): number | Promise<number> | undefined;
	/**
	 * The value of an expression that no file holds, for a request: for tools.
	 * @param text a byte string
	 * @throws KemihostError for what does not compile, Error for what would have to wait
	 */
	evaluate(text: string, ctx: RequestContext): string | number | null;
}

/** The languages that route blocks can call. */
export type GuestLanguage = 'lua' | 'javascript';

/** The scripts of each language, in the order in which they are loaded. */
export type GuestScripts = Readonly<Partial<Record<GuestLanguage, readonly string[]>>>;

/** Scripts that route blocks call. Each gives 1, or -1 behind an error line; a promise where it waits. */
export interface Guests {
	/** Calls a function of the scripts that were loaded for it. */
	run(
		language: GuestLanguage,
		name: string,
		args: readonly string[],
		ctx: RequestContext,
	): number | Promise<number>;
	/** Runs a text. */
	evaluate(language: GuestLanguage, text: string, ctx: RequestContext): number | Promise<number>;
	/** Runs a file, by its path from the script's folder. */
	file(language: GuestLanguage, path: string, ctx: RequestContext): number | Promise<number>;
}

/** Whatever runs a script and can say where it stands. */
export interface ScriptPosition {
	/** Where the script stands that is now calling the host, as `file:line`. */
	position(): string | undefined;
}
