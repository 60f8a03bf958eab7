/**
 * Kamailio's database URLs: `mysql://user:password@host:port/database`, `sqlite:///path/of/the/file`.
 *
 * @module
 */
import type { DatabaseAddress, SqlDriver } from './sql.ts';

/** Which quotes a text has in a statement: a backslash means something to MySQL only. */
export type SqlDialect = 'mysql' | 'standard';

/** A database by its URL. A driver's code loads with the first connection. */
export interface Database {
	/** The URL without its password, for messages. */
	readonly shown: string;
	readonly dialect: SqlDialect;
	readonly driver: SqlDriver;
}

const NETWORK =
	/^(?<scheme>mysql|postgres|postgresql):\/\/(?:(?<user>[^:@/]*)(?::(?<password>.*))?@)?(?<host>\[[^\]]+\]|[^:/@]+)?(?::(?<port>\d+))?\/(?<database>[^/]+)$/;

/** Reads a URL; undefined if it is none that there is a driver for. */
export function databaseOf(url: string): Database | undefined {
	const file = /^sqlite:\/\/(.+)$/.exec(url)?.[1];
	if (file !== undefined)
		return {
			shown: url,
			dialect: 'standard',
			driver: { connect: async () => (await import('./sqlite.ts')).connectSqlite(file) },
		};
	const parts = NETWORK.exec(url)?.groups;
	if (!parts) return undefined;
	const { scheme, user, password, host = 'localhost', port, database = '' } = parts;
	const address: DatabaseAddress = {
		host: host.replace(/^\[|\]$/g, ''),
		port: port === undefined ? undefined : Number(port),
		user,
		password,
		database,
	};
	const shown = `${scheme}://${user === undefined ? '' : `${user}@`}${host}${port ? `:${port}` : ''}/${database}`;
	return scheme === 'mysql'
		? {
				shown,
				dialect: 'mysql',
				driver: { connect: async () => (await import('./mysql.ts')).connectMysql(address) },
			}
		: {
				shown,
				dialect: 'standard',
				driver: { connect: async () => (await import('./postgres.ts')).connectPostgres(address) },
			};
}
