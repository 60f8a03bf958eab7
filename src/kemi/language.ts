/**
 * The languages that scripts are written in.
 *
 * @module
 */

/** Argument rules differ by it in one point (`arguments.ts`). */
export type Language = 'lua' | 'javascript' | 'native';

/** Whatever runs a script and can say where it stands. */
export interface ScriptPosition {
	/** Where the script stands that is now calling the host, as `file:line`. */
	position(): string | undefined;
}
