/**
 * What the secfilter module keeps in each child.
 *
 * @module
 */
import type { CachedTables } from '../cached-tables.ts';
import type { Lists } from './lists.ts';

/** What is counted on each side, in the order in which it is shown. */
const COUNTED = [
	'User-Agent',
	'Country',
	'From-Domain',
	'To-Domain',
	'Contact-Domain',
	'IP-Address',
	'From-Name',
	'To-Name',
	'Contact-Name',
	'From-User',
	'To-User',
	'Contact-User',
] as const;
/** One of them. */
export type Counted = (typeof COUNTED)[number];

/** How often a list has decided. */
export interface Counts {
	Blacklist: Record<Counted, number>;
	Whitelist: Record<Counted, number>;
	Other: { Destination: number; 'SQL-Injection': number };
}

/** Nothing counted yet. */
export function noCounts(): Counts {
	const zeros = () => Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<Counted, number>;
	return { Blacklist: zeros(), Whitelist: zeros(), Other: { Destination: 0, 'SQL-Injection': 0 } };
}

/** The state. */
export interface SecfilterState {
	readonly tables: CachedTables<Lists>;
	/** True if a destination has to be the whole of what is listed. */
	readonly exactDestinations: boolean;
	counts: Counts;
}
