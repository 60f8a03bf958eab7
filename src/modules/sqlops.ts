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
	str,
	strsOrNull,
} from '../kemi/module.ts';
import type { Apply } from '../pv/transformation.ts';
import { SqlopsConnections, type Statement } from './sqlops/connections.ts';
import { literal } from './sqlops/literals.ts';
import { CODES, query, queryToVariables, queryToXavp } from './sqlops/queries.ts';
import { keepResult, resultOf, valueAt } from './sqlops/results.ts';
import { sqlVariables } from './sqlops/variables.ts';

interface SqlopsState {
	readonly connections: SqlopsConnections;
	readonly connectMode: number;
}

const CON = str('connection');
const QUERY = str('query');
const RESULT = str('result');
const WAITS = { waits: true } as const;

/** KSR functions say 0 if the native ones say how it went well. */
const plain = (code: number) => (code < 0 ? -1 : 0);

const connectionsOf = (ctx: RequestContext): SqlopsConnections => ctx.state(sqlops).connections;

const statement = (caller: string, connection: string, text: string): Statement => ({
	caller,
	connection,
	text,
});

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
		run: (ctx: RequestContext, con: string, text: string, name: string, ...bound: string[]) =>
			query(ctx, connectionsOf(ctx), { ...statement('sql_query_params', con, text), values: bound }, name),
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
			async (ctx, con, text, name) =>
				plain(await query(ctx, connectionsOf(ctx), statement('KSR.sqlops.sql_query', con, text), name)),
			WAITS,
		),
		fn(
			'sql_query_params',
			[CON, QUERY, RESULT, strsOrNull('value')],
			'int',
			'As sql_query, where question marks stand for the values, which need no quotes and no escapes; nil or null is NULL. kemihost only.',
			async (ctx, con, text, name, ...values) =>
				plain(
					await query(
						ctx,
						connectionsOf(ctx),
						{ ...statement('KSR.sqlops.sql_query_params', con, text), values },
						name,
					),
				),
			WAITS,
		),
		fn(
			'sql_xquery',
			[CON, QUERY, RESULT],
			'int',
			'Does a statement and puts each row into $xavp(result), where $xavp(result=>column) is a value of the first: 1, or -1 after an error line.',
			async (ctx, con, text, name) => {
				const asked = statement('KSR.sqlops.sql_xquery', con, text);
				return (await queryToXavp(ctx, connectionsOf(ctx), asked, name)) < 0 ? -1 : 1;
			},
			WAITS,
		),
		fn(
			'sql_pvquery',
			[CON, QUERY, str('variables')],
			'int',
			'Does a statement and puts its columns into variables, "$var(a);$avp(b)", row by row from the last to the first: 1, 2 if there is no row, -1 after an error line.',
			(ctx, con, text, list) =>
				queryToVariables(ctx, connectionsOf(ctx), statement('KSR.sqlops.sql_pvquery', con, text), list),
			WAITS,
		),
		fn(
			'sql_query_async',
			[CON, QUERY],
			'int',
			'Does a statement whose result nobody wants, while the handler goes on: 1, or -1 if there is no such connection, or too many statements wait. It is ended after 30 seconds.',
			(ctx, con, text) => connectionsOf(ctx).performAsync(ctx, statement('sql_query_async', con, text)),
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
			(ctx, con, text, name) => query(ctx, connectionsOf(ctx), statement('sql_query', con, text), name),
			WAITS,
		),
		fn(
			'sql_query',
			[CON, QUERY],
			'int',
			`Does a statement whose result is not kept: ${CODES}`,
			(ctx, con, text) => query(ctx, connectionsOf(ctx), statement('sql_query', con, text), undefined),
			WAITS,
		),
		...Array.from({ length: MOST_VALUES }, (_, i) => boundNative(i + 1)),
		fn(
			'sql_xquery',
			[CON, QUERY, RESULT],
			'int',
			`Does a statement and puts each row into $xavp(result): ${CODES}`,
			(ctx, con, text, name) =>
				queryToXavp(ctx, connectionsOf(ctx), statement('sql_xquery', con, text), name),
			WAITS,
		),
		fn(
			'sql_pvquery',
			[CON, QUERY, fixed('variables')],
			'int',
			`Does a statement and puts its columns into variables: ${CODES}`,
			(ctx, con, text, list) =>
				queryToVariables(ctx, connectionsOf(ctx), statement('sql_pvquery', con, text), list),
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
		bind: (): Apply => (_text, ctx, typed) => literal(typed, connectionsOf(ctx).dialects),
	})),

	init: (params) => ({
		connections: new SqlopsConnections(params),
		connectMode: params.int('connect_mode'),
	}),

	async started({ connections, connectMode }, host) {
		if (connectMode === 2) return;
		await connections.check((text) => {
			if (connectMode !== 1)
				throw new KemihostError('KH_DATABASE', text, {
					hint: 'modparam("sqlops", "connect_mode", 1) starts without it',
				});
			host.log.log('error', text);
		});
	},

	requestEnded(ctx, { connections }) {
		connections.release(ctx);
	},

	close: ({ connections }) => connections.close(),
});
