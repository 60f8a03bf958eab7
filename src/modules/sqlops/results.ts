/**
 * What statements have given to a request, by the names that the script gave them.
 *
 * In Kamailio a result lives on in the process. Here other requests run while one waits for its database, so each has results of its own.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import type { PvValue } from '../../pv/variable.ts';
import type { SqlResult } from '../../sql/sql.ts';

const EMPTY: SqlResult = { columns: [], rows: [], affected: 0 };

const results = requestLocal(() => new Map<string, SqlResult>());
const affected = requestLocal(() => new Map<string, number>());

/** Keeps a result under a name; without one, what was kept under it goes. A result without rows has no columns either. */
export function keepResult(ctx: RequestContext, name: string, result: SqlResult | undefined): void {
	const kept = ctx.get(results);
	if (result && result.rows.length > 0) kept.set(name, result);
	else kept.delete(name);
}

/** The result of a name; an empty one where there is none. */
export function resultOf(ctx: RequestContext, name: string): SqlResult {
	return ctx.peek(results)?.get(name) ?? EMPTY;
}

/** A value of a result: undefined outside of it. */
export function valueAt(ctx: RequestContext, name: string, row: number, column: number): PvValue | undefined {
	return resultOf(ctx, name).rows[row]?.[column];
}

/** Remembers how many rows a connection's last statement has changed. */
export function keepAffected(ctx: RequestContext, connection: string, rows: number): void {
	ctx.get(affected).set(connection, rows);
}

/** The rows that the last statement of this request has changed on a connection. */
export function affectedRows(ctx: RequestContext, connection: string): number | null {
	return ctx.peek(affected)?.get(connection) ?? null;
}
