/**
 * What the userblocklist module keeps in each child.
 *
 * @module
 */
import type { CachedTables } from '../cached-tables.ts';
import type { ModuleDatabase } from '../module-database.ts';
import type { Characters, Prefixes } from './prefixes.ts';

/** Lists that are kept, by the names of their tables. */
export type Lists = ReadonlyMap<string, Prefixes>;

/** The state. */
export interface UserblocklistState {
	/** For the lists of users, which are asked for each time. */
	readonly database: ModuleDatabase;
	readonly lists: CachedTables<Lists>;
	readonly characters: Characters;
	readonly globalTable: string;
	readonly globalColumns: readonly [prefix: string, allow: string];
	readonly userTable: string;
	readonly userColumn: string;
	readonly domainColumn: string;
	readonly userColumns: readonly [prefix: string, allow: string];
	readonly usesDomain: boolean;
	/** Tells the log of a prefix that cannot be compared. */
	leftOut(prefix: string): void;
}

/** The statement for the list of a user, and its values. */
export function userQuery(
	{ userColumn, domainColumn, userColumns }: UserblocklistState,
	table: string,
	user: string,
	domain: string | undefined,
): { readonly text: string; readonly params: readonly string[] } {
	const byDomain = domain === undefined ? '' : ` and ${domainColumn} = ?`;
	return {
		text: `select ${userColumns.join(', ')} from ${table} where ${userColumn} = ?${byDomain}`,
		params: domain === undefined ? [user] : [user, domain],
	};
}
