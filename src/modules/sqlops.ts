/**
 * The sqlops module: statements of SQL, for whose result the handler waits (modules/sqlops). SQLite, PostgreSQL and MySQL by
 * the URLs that Kamailio has for them.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import {
	defineModule,
	fixed,
	fn,
	int,
	type KemiFunction,
	type KemiModule,
	type Parameter,
	type ParamValues,
	str,
	strsOrNull,
} from '../kemi/module.ts';
import type { Apply } from '../pv/transformation.ts';
import { rootList } from '../pv/variables/xavp-lists.ts';
import { SqlPool } from '../sql/pool.ts';
import { SqlError, type SqlResult } from '../sql/sql.ts';
import { databaseOf, type SqlDialect } from '../sql/url.ts';
import { literal } from './sqlops/literals.ts';
import { outputsOf } from './sqlops/outputs.ts';
import { keepAffected, keepResult, resultOf, valueAt } from './sqlops/results.ts';
import { sqlVariables } from './sqlops/variables.ts';

/** How long a statement may take that no request waits for, in milliseconds, and how many there may be in a child. */
const ASYNC_TIME = 30_000;
const MOST_ASYNC = 1024;

/** Bytes that a result may have. */
const MAX_RESULT = 16 << 20;

interface SqlopsConnection {
	readonly name: string;
	readonly shown: string;
	readonly pool: SqlPool;
}

interface SqlopsState {
	readonly connections: ReadonlyMap<string, SqlopsConnection>;
	readonly dialects: ReadonlySet<SqlDialect>;
	readonly connectMode: number;
	/** How much of a statement an error line shows. */
	readonly shownLength: number;
	/** Statements whose end no request waits for. */
	async: number;
}

/** What native functions give for a statement that went well. */
const SUCCESS = { rows: 1, none: 2, ignored: 3 } as const;

function connectionsOf(params: ParamValues): Pick<SqlopsState, 'connections' | 'dialects'> {
	const connections = new Map<string, SqlopsConnection>();
	const dialects = new Set<SqlDialect>();
	const size = Math.max(1, params.int('pool_size'));
	for (const given of params.all('sqlcon')) {
		const [, name = '', url = ''] = /^\s*(\w+)\s*=>\s*(\S+)\s*$/.exec(String(given)) ?? [];
		const database = databaseOf(url);
		if (!database)
			throw new KemihostError('KH_MODPARAM', 'parameter sqlcon of module sqlops is no name=>URL', {
				hint: 'modparam("sqlops", "sqlcon", "cb=>sqlite:///path/of/the/file"), or mysql://user:password@host/database, or postgres://…',
			});
		const pool = new SqlPool(database.driver, size, { rows: params.int('max_rows'), bytes: MAX_RESULT });
		connections.set(name, { name, shown: database.shown, pool });
		dialects.add(database.dialect);
	}
	return { connections, dialects };
}

/** Does a statement; undefined after an error line. */
async function perform(
	ctx: RequestContext,
	caller: string,
	name: string,
	text: string,
	params: readonly (string | null)[] = [],
): Promise<SqlResult | undefined> {
	const { connections, shownLength } = ctx.state(sqlops);
	const connection = connections.get(name);
	if (!connection) {
		ctx.refuse(`${caller}: there is no sqlcon ${name}`);
		return undefined;
	}
	try {
		const result = await connection.pool.query(ctx, text, params, ctx.signal);
		keepAffected(ctx, name, result.affected);
		return result;
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		const shown = text.length > shownLength ? `${text.slice(0, shownLength)}...` : text;
		ctx.refuse(`${caller}: ${error.message} [${shown}] (${connection.shown})`);
		return undefined;
	}
}

/** Keeps the result under a name. Gives the code of Kamailio's own language. */
async function query(
	ctx: RequestContext,
	caller: string,
	[connection, text, name]: readonly [connection: string, text: string, name: string | undefined],
	params: readonly (string | null)[] = [],
): Promise<number> {
	// a connection that does not exist leaves the result as it was
	if (name !== undefined && ctx.state(sqlops).connections.has(connection)) keepResult(ctx, name, undefined);
	const result = await perform(ctx, caller, connection, text, params);
	if (!result) return -1;
	if (result.rows.length === 0) return SUCCESS.none;
	if (name === undefined) return SUCCESS.ignored;
	keepResult(ctx, name, result);
	return SUCCESS.rows;
}

/** Puts each row into `$xavp(name)`, the first row on top. */
async function xquery(
	ctx: RequestContext,
	caller: string,
	connection: string,
	text: string,
	name: string,
): Promise<number> {
	const result = await perform(ctx, caller, connection, text);
	if (!result) return -1;
	const root = rootList(ctx, 'xavp');
	for (const row of result.rows.toReversed()) {
		const list = root.sublist();
		for (let i = row.length - 1; i >= 0; i--) {
			const value = row[i];
			if (value !== null && value !== undefined) list.add(result.columns[i] ?? '', value);
		}
		root.add(name, list);
	}
	return result.rows.length > 0 ? SUCCESS.rows : SUCCESS.none;
}

/** Puts the columns into variables, the last row first. */
async function pvquery(
	ctx: RequestContext,
	caller: string,
	connection: string,
	text: string,
	list: string,
): Promise<number> {
	const outputs = outputsOf(ctx, caller, list);
	if (!outputs) return -1;
	const result = await perform(ctx, caller, connection, text);
	if (!result) return -1;
	for (const row of result.rows.toReversed())
		for (const [i, value] of row.entries()) {
			const output = outputs[i];
			if (!output) return ctx.refuse(`${caller}: there is no variable for column ${i + 1}`);
			if (value !== null || !output.skipsNull) output.variable.set(ctx, value);
		}
	return result.rows.length > 0 ? SUCCESS.rows : SUCCESS.none;
}

/** Does a statement, and lets the handler go on meanwhile. The request may end before it. */
function queryAsync(ctx: RequestContext, connection: string, text: string): number {
	const found = ctx.state(sqlops).connections.get(connection);
	if (!found) return ctx.refuse(`sql_query_async: there is no sqlcon ${connection}`);
	const state = ctx.state(sqlops);
	if (state.async >= MOST_ASYNC) return ctx.refuse(`sql_query_async: ${MOST_ASYNC} statements wait already`);
	const owner = {};
	state.async++;
	found.pool
		.query(owner, text, [], AbortSignal.timeout(ASYNC_TIME))
		.catch((error: unknown) => {
			ctx.log('error', `sql_query_async: ${(error as Error).message} (${found.shown})`);
		})
		.finally(() => {
			state.async--;
			found.pool.release(owner); // a transaction that it has begun is nobody's
		});
	return 1;
}

const CON = str('connection');
const QUERY = str('query');
const RESULT = str('result');
const WAITS = { waits: true } as const;

/** KSR functions say 0 if the native ones say how it went well. */
const plain = (code: number) => (code < 0 ? -1 : 0);

const CODES =
	'1 if there are rows, 2 if there are none, 3 if there are and no name is given for them, -1 after an error line.';

/** The most values that a native call can bind: its functions differ by how many parameters they take. */
const MOST_VALUES = 6;

function boundNative(values: number): KemiFunction {
	const params: Parameter[] = [
		CON,
		QUERY,
		RESULT,
		...Array.from({ length: values }, (_, i) => str(`value${i + 1}`)),
	];
	return {
		name: 'sql_query_params',
		params,
		returns: 'int',
		doc: `Does a statement whose question marks stand for the values: ${CODES}`,
		waits: true,
		run: (ctx: RequestContext, con: string, text: string, name: string, ...given: string[]) =>
			query(ctx, 'sql_query_params', [con, text, name], given),
	};
}

function value(ctx: RequestContext, name: string, row: number, column: number) {
	return valueAt(ctx, name, row, column) ?? null;
}

const CELL = [RESULT, int('row'), int('column')] as const;

/** The functions on KSR.sqlops. */
export const sqlops: KemiModule<SqlopsState> = defineModule({
	name: 'sqlops',
	doc: 'Statements of SQL to SQLite, PostgreSQL and MySQL.',
	params: [
		{
			name: 'sqlcon',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'A database: name=>sqlite:///path, name=>postgres://user:password@host/database, name=>mysql://….',
		},
		{
			name: 'sqlres',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'The name of a result. Changes nothing: any name will do.',
		},
		{
			name: 'connect_mode',
			type: 'int',
			default: 0,
			doc: '0 connects at the start, which ends where it fails; 1 goes on then; 2 connects for the first statement.',
		},
		{ name: 'log_buf_size', type: 'int', default: 128, doc: 'How much of a statement an error line shows.' },
		{ name: 'tr_buf_size', type: 'int', default: 2048, doc: 'Changes nothing: literals have any length.' },
		{
			name: 'results_maxsize',
			type: 'int',
			default: 32,
			doc: 'Changes nothing: there may be any number of results.',
		},
		{
			name: 'max_rows',
			type: 'int',
			default: 10_000,
			doc: 'How many rows a result may have. kemihost only.',
		},
		{
			name: 'pool_size',
			type: 'int',
			default: 4,
			doc: 'How many connections each child may have to a database. kemihost only.',
		},
	],
	functions: [
		fn(
			'sql_query',
			[CON, QUERY, RESULT],
			'int',
			'Does a statement and keeps what it gives for $dbr(result=>…): 0, or -1 after an error line.',
			async (ctx, ...args) => plain(await query(ctx, 'KSR.sqlops.sql_query', args)),
			WAITS,
		),
		fn(
			'sql_query_params',
			[CON, QUERY, RESULT, strsOrNull('value')],
			'int',
			'As sql_query, where question marks stand for the values, which need no quotes and no escapes; nil or null is NULL. kemihost only.',
			async (ctx, con, text, name, ...values) =>
				plain(await query(ctx, 'KSR.sqlops.sql_query_params', [con, text, name], values)),
			WAITS,
		),
		fn(
			'sql_xquery',
			[CON, QUERY, RESULT],
			'int',
			'Does a statement and puts each row into $xavp(result), where $xavp(result=>column) is a value of the first: 1, or -1 after an error line.',
			async (ctx, con, text, name) =>
				(await xquery(ctx, 'KSR.sqlops.sql_xquery', con, text, name)) < 0 ? -1 : 1,
			WAITS,
		),
		fn(
			'sql_pvquery',
			[CON, QUERY, str('variables')],
			'int',
			'Does a statement and puts its columns into variables, "$var(a);$avp(b)", row by row from the last to the first: 1, 2 if there is no row, -1 after an error line.',
			(ctx, con, text, list) => pvquery(ctx, 'KSR.sqlops.sql_pvquery', con, text, list),
			WAITS,
		),
		fn(
			'sql_query_async',
			[CON, QUERY],
			'int',
			'Does a statement whose result nobody wants, while the handler goes on: 1, or -1 if there is no such connection, or too many statements wait. It is ended after 30 seconds.',
			queryAsync,
			{ cfg: 'sql_query_async' },
		),
		fn(
			'sql_result_free',
			[RESULT],
			'int',
			'Forgets a result: 1.',
			(ctx, name) => {
				keepResult(ctx, name, undefined);
				return 1;
			},
			{ cfg: 'sql_result_free' },
		),
		fn('sql_num_rows', [RESULT], 'int', 'The number of rows of a result.', (ctx, name) => {
			return resultOf(ctx, name).rows.length;
		}),
		fn(
			'sql_num_columns',
			[RESULT],
			'int',
			'The number of columns of a result; 0 if it has no rows.',
			(ctx, name) => {
				return resultOf(ctx, name).columns.length;
			},
		),
		fn(
			'sql_is_null',
			CELL,
			'int',
			'1 for NULL, 0 for a value, -1 outside of the result.',
			(ctx, name, row, column) => {
				const found = valueAt(ctx, name, row, column);
				if (found !== undefined) return found === null ? 1 : 0;
				return ctx.refuse(`KSR.sqlops.sql_is_null: the result ${name} has no [${row},${column}]`);
			},
		),
		fn('sql_result_get', CELL, 'xval', 'A value of a result; null for NULL and outside of it.', value),
		fn(
			'sql_result_gete',
			CELL,
			'xval',
			'A value of a result; an empty string for NULL and outside of it.',
			(ctx, ...at) => {
				return value(ctx, ...at) ?? '';
			},
		),
		fn(
			'sql_result_getz',
			CELL,
			'xval',
			'A value of a result; 0 for NULL and outside of it.',
			(ctx, ...at) => {
				return value(ctx, ...at) ?? 0;
			},
		),
	],
	cfgFunctions: [
		fn(
			'sql_query',
			[CON, QUERY, RESULT],
			'int',
			`Does a statement: ${CODES}`,
			(ctx, ...args) => query(ctx, 'sql_query', args),
			WAITS,
		),
		fn(
			'sql_query',
			[CON, QUERY],
			'int',
			`Does a statement whose result is not kept: ${CODES}`,
			(ctx, con, text) => query(ctx, 'sql_query', [con, text, undefined]),
			WAITS,
		),
		...Array.from({ length: MOST_VALUES }, (_, i) => boundNative(i + 1)),
		fn(
			'sql_xquery',
			[CON, QUERY, RESULT],
			'int',
			`Does a statement and puts each row into $xavp(result): ${CODES}`,
			(ctx, con, text, name) => xquery(ctx, 'sql_xquery', con, text, name),
			WAITS,
		),
		fn(
			'sql_pvquery',
			[CON, QUERY, fixed('variables')],
			'int',
			`Does a statement and puts its columns into variables: ${CODES}`,
			(ctx, con, text, list) => pvquery(ctx, 'sql_pvquery', con, text, list),
			WAITS,
		),
	],
	variables: sqlVariables,
	transformations: (
		[
			[
				'sql.val',
				'NULL',
				'The value as a literal of SQL: a text in quotes, a number as it is, null as NULL.',
			],
			['sql.val.int', '0', 'The same, with 0 for null.'],
			['sql.val.str', "''", 'The same, with an empty text for null.'],
		] as const
	).map(([name, nothing, doc]) => ({
		name,
		params: [],
		doc,
		ofNull: nothing,
		bind: (): Apply => (_text, ctx, typed) => literal(typed, ctx.state(sqlops).dialects),
	})),

	init: (params) => ({
		...connectionsOf(params),
		connectMode: params.int('connect_mode'),
		shownLength: Math.max(0, params.int('log_buf_size')),
		async: 0,
	}),

	async started({ connections, connectMode }, host) {
		if (connectMode === 2) return;
		for (const { name, shown, pool } of connections.values()) {
			try {
				await pool.check();
			} catch (error) {
				const text = `sqlcon ${name}: no connection to ${shown}: ${(error as Error).message}`;
				if (connectMode !== 1)
					throw new KemihostError('KH_DATABASE', text, {
						hint: 'modparam("sqlops", "connect_mode", 1) starts without it',
					});
				host.log.log('error', text);
			}
		}
	},

	requestEnded(ctx, { connections }) {
		for (const { pool } of connections.values()) pool.release(ctx);
	},

	async close({ connections }) {
		await Promise.all([...connections.values()].map(({ pool }) => pool.close()));
	},
});
