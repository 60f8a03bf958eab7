/**
 * `$dbr(result=>…)` and `$sqlrows(connection)` (modules/sqlops/sql_var.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { Accessor, Variable } from '../../pv/variable.ts';
import { literalVariable } from '../../pv/variables/names.ts';
import { affectedRows, resultOf, valueAt } from './results.ts';

type Index = (ctx: RequestContext) => number;

/** A number, or a variable that holds one. */
function index(text: string): Index {
	if (/^[+-]?\d+$/.test(text)) {
		const number = Number(text);
		return () => number;
	}
	if (!text.startsWith('$')) throw new PvSyntaxError(`"${text}" is neither a number nor a variable`, 0);
	return (ctx) => {
		const variable = ctx.host.variables.variable(text);
		const value = variable instanceof PvSyntaxError ? null : variable.get(ctx);
		return typeof value === 'number' ? value : Number.NaN;
	};
}

/** The two indexes of `[row,column]`; the row may be a variable with a comma in its name. */
function indexes(text: string): readonly [Index, Index] {
	for (let comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
		const row = text.slice(0, comma);
		if (row.split('(').length === row.split(')').length)
			return [index(row.trim()), index(text.slice(comma + 1).trim())];
	}
	throw new PvSyntaxError('write [row,column]', 0);
}

function bind(name: string): Accessor {
	const arrow = name.indexOf('=>');
	if (arrow < 0) throw new PvSyntaxError('write $dbr(result=>key)', 0);
	const result = name.slice(0, arrow);
	const key = name.slice(arrow + 2);
	if (key === 'rows') return { get: (ctx) => resultOf(ctx, result).rows.length };
	if (key === 'cols') return { get: (ctx) => resultOf(ctx, result).columns.length };
	const [, column] = /^colname\[(.*)\]$/s.exec(key) ?? [];
	if (column !== undefined) {
		const at = index(column);
		return { get: (ctx) => resultOf(ctx, result).columns[at(ctx)] ?? null };
	}
	const [, place] = /^\[(.*)\]$/s.exec(key) ?? [];
	if (place === undefined)
		throw new PvSyntaxError(`there is no key ${key}: rows, cols, colname[N], [row,column]`, 0);
	const [row, col] = indexes(place);
	return { get: (ctx) => valueAt(ctx, result, row(ctx), col(ctx)) ?? null };
}

/** The module's variables. */
export const sqlVariables: readonly Variable[] = [
	literalVariable(
		['dbr'],
		'What a statement gave: $dbr(result=>rows), $dbr(result=>cols), $dbr(result=>[row,column]), $dbr(result=>colname[column]).',
		bind,
	),
	literalVariable(
		['sqlrows'],
		'$sqlrows(connection): the rows that the last statement of this request has changed, or has given. Null before the first.',
		(connection) => ({ get: (ctx) => affectedRows(ctx, connection) }),
	),
];
