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
}

/** Whatever runs a script and can say where it stands. */
export interface ScriptPosition {
	/** Where the script stands that is now calling the host, as `file:line`. */
	position(): string | undefined;
}
