/**
 * What the dialplan module keeps in each child.
 *
 * @module
 */
import type { CachedTables } from '../cached-tables.ts';
import type { Plans } from './plans.ts';

/** The state. */
export interface DialplanState {
	readonly tables: CachedTables<Plans>;
	/** The variable for the attributes of the rule that matched. */
	readonly attributes: string | undefined;
	/** Seconds that have to lie between two reloads by a command. */
	readonly reloadDelta: number;
	/** When the last one began. */
	reloaded: number;
}
