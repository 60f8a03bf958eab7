/**
 * `{sql.…}`: values as literals of SQL (modules/sqlops/sql_trans.c).
 *
 * @module
 */
import type { SqlDialect } from '../../sql/url.ts';

/** What MySQL writes with a backslash (core/ut.h: escape_common). */
const ESCAPED = /['"\\\0]/g;

/**
 * A text in quotes. Kamailio always writes as MySQL reads, which lets a text out of its quotes in every other database: where none
 * of the connections is to MySQL, quotes are doubled as the standard wants. Where there are both, what MySQL reads is right.
 */
function quote(text: string, dialect: SqlDialect, mixed: boolean): string {
	if (dialect === 'standard') return `'${text.replaceAll("'", "''")}'`;
	if (mixed) return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\0', '\\0')}'`;
	return `'${text.replace(ESCAPED, (sign) => (sign === '\0' ? '\\0' : `\\${sign}`))}'`;
}

/** Writes a value. @param dialects those of the connections there are */
export function literal(value: string | number, dialects: ReadonlySet<SqlDialect>): string {
	if (typeof value === 'number') return String(value);
	const dialect = dialects.size === 1 && dialects.has('standard') ? 'standard' : 'mysql';
	return quote(value, dialect, dialects.size > 1);
}
