/**
 * What becomes of the result of a statement: it is kept under a name, or put into `$xavp` or into variables
 * (modules/sqlops/sql_api.c). The results are the codes of Kamailio's own language.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { rootList } from '../../pv/variables/xavp-lists.ts';
import type { SqlopsConnections, Statement } from './connections.ts';
import { outputsOf } from './outputs.ts';
import { keepResult } from './results.ts';

/** What a statement that succeeded gives. */
const SUCCESS = { rows: 1, none: 2, ignored: 3 } as const;

/** The codes in words, for the reference. */
export const CODES =
	'1 if there are rows, 2 if there are none, 3 if there are and no name is given for them, -1 after an error line.';

/**
 * Executes a statement and keeps its result.
 * @param name the name to keep it under; undefined to forget it
 */
export async function query(
	ctx: RequestContext,
	connections: SqlopsConnections,
	statement: Statement,
	name: string | undefined,
): Promise<number> {
	// a connection that does not exist leaves the result as it was
	if (name !== undefined && connections.has(statement.connection)) keepResult(ctx, name, undefined);
	const result = await connections.perform(ctx, statement);
	if (!result) return -1;
	if (result.rows.length === 0) return SUCCESS.none;
	if (name === undefined) return SUCCESS.ignored;
	keepResult(ctx, name, result);
	return SUCCESS.rows;
}

/** Executes a statement and puts each row into `$xavp(name)`, the first row on top. */
export async function queryToXavp(
	ctx: RequestContext,
	connections: SqlopsConnections,
	statement: Statement,
	name: string,
): Promise<number> {
	const result = await connections.perform(ctx, statement);
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

/**
 * Executes a statement and puts its columns into variables, the last row first.
 * @param list the variables: `$var(a);$avp(b)`
 */
export async function queryToVariables(
	ctx: RequestContext,
	connections: SqlopsConnections,
	statement: Statement,
	list: string,
): Promise<number> {
	const { caller } = statement;
	const outputs = outputsOf(ctx, caller, list);
	if (!outputs) return -1;
	const result = await connections.perform(ctx, statement);
	if (!result) return -1;
	for (const row of result.rows.toReversed())
		for (const [i, value] of row.entries()) {
			const output = outputs[i];
			if (!output) return ctx.refuse(`${caller}: there is no variable for column ${i + 1}`);
			if (value !== null || !output.skipsNull) output.variable.set(ctx, value);
		}
	return result.rows.length > 0 ? SUCCESS.rows : SUCCESS.none;
}
