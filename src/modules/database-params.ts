/**
 * Module parameters about databases, which several modules have: `db_url`, and names of tables and columns.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { ModuleParam, ParamValues } from '../kemi/module.ts';
import { isSqlName } from '../sql/names.ts';
import { type Database, databaseOf } from '../sql/url.ts';

/** What `db_url` takes, for its documentation. */
export const URL_FORMS = 'sqlite:///path, postgres://user:password@host/database, mysql://…';

/**
 * The database that `db_url` names; undefined if it is not given or empty.
 * @throws KemihostError `KH_MODPARAM` if it is no URL that there is a driver for
 */
export function databaseParam(params: ParamValues, module: string): Database | undefined {
	const url = params.str('db_url');
	if (url === null || url === '') return undefined;
	const database = databaseOf(url);
	if (database) return database;
	throw new KemihostError('KH_MODPARAM', `parameter db_url of module ${module} is no URL of a database`, {
		hint: 'sqlite:///path/of/the/file, mysql://user:password@host/database, or postgres://…',
	});
}

/**
 * The value of a parameter that names a table or a column.
 * @throws KemihostError `KH_MODPARAM` if it is no name
 */
export function nameParam(params: ParamValues, module: string, name: string): string {
	const value = params.str(name) ?? '';
	if (isSqlName(value)) return value;
	throw new KemihostError(
		'KH_MODPARAM',
		`parameter ${name} of module ${module}: "${value}" is no name of a table or a column`,
	);
}

/** Declares `db_url`. Kamailio's default names a database with a password that is in its manual; here there is none. */
export const DB_URL: ModuleParam = {
	name: 'db_url',
	type: 'str',
	default: null,
	doc: `The database: ${URL_FORMS}.`,
};

/** Declares a parameter that names a table or a column. */
export function nameParamOf(name: string, value: string, doc: string): ModuleParam {
	return { name, type: 'str', default: value, doc };
}
