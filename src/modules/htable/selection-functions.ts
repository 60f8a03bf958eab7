/**
 * The functions on KSR.htable about several items of a table: those whose name or text matches, or all (htable.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, type KemiFunction, str } from '../../kemi/module.ts';
import { type ItemTest, MATCH_OPERATORS, operatorTest, type Part, REMOVE_OPERATORS } from './match.ts';
import type { HashTable } from './table.ts';
import type { TableAccess } from './table-access.ts';
import { count } from './variables.ts';

/** The arguments of a function that selects items: which table, and how a name or text has to compare with which text. */
type Selection = readonly [table: string, operator: string, text: string];

/** The functions. Most give 1 for success, `sht_reset` gives 0, as in Kamailio. */
export function selectionFunctions(tables: TableAccess): readonly KemiFunction[] {
	/** A table and the test of its items, or undefined with an error line where one of them is wrong. */
	const select = (
		ctx: RequestContext,
		caller: string,
		part: Part,
		operators: readonly string[],
		[name, operator, text]: Selection,
	): { table: HashTable; test: ItemTest } | undefined => {
		const table = tables.need(ctx, caller, name);
		if (!table) return undefined;
		const test = operatorTest(part, operator, text, operators);
		if (typeof test !== 'string') return { table, test };
		ctx.report('error', `KSR.htable.${caller}: ${test}`);
		return undefined;
	};

	const match = (ctx: RequestContext, caller: string, part: Part, selection: Selection): number => {
		const selected = select(ctx, caller, part, MATCH_OPERATORS, selection);
		if (!selected) return -1;
		for (const item of selected.table.items()) if (selected.test(item)) return 1;
		return -1;
	};

	const removeWhere = (ctx: RequestContext, caller: string, part: Part, selection: Selection): number => {
		const selected = select(ctx, caller, part, REMOVE_OPERATORS, selection);
		selected?.table.removeWhere(selected.test);
		return selected ? 1 : -1;
	};

	/** By an expression only; a table that does not exist has nothing to remove. */
	const removeByRegex = (ctx: RequestContext, caller: string, part: Part, name: string, regex: string) =>
		tables.find(ctx, name) ? removeWhere(ctx, caller, part, [name, 're', regex]) : 1;

	return [
		fn(
			'sht_rm_name_re',
			[str('table'), str('regex')],
			'int',
			'Removes the items whose names match an expression, without regard to case.',
			(ctx, name, regex) => removeByRegex(ctx, 'sht_rm_name_re', 'name', name, regex),
		),
		fn(
			'sht_rm_value_re',
			[str('table'), str('regex')],
			'int',
			'Removes the items whose texts match an expression, without regard to case.',
			(ctx, name, regex) => removeByRegex(ctx, 'sht_rm_value_re', 'value', name, regex),
		),
		fn(
			'sht_rm_name',
			[str('table'), str('operator'), str('text')],
			'int',
			'Removes the items whose names match: re an expression, sw starts with, ew ends with, in contains.',
			(ctx, ...args) => removeWhere(ctx, 'sht_rm_name', 'name', args),
			{ cfg: 'sht_rm_name' },
		),
		fn(
			'sht_rm_value',
			[str('table'), str('operator'), str('text')],
			'int',
			'Removes the items whose texts match: re an expression, sw starts with, ew ends with, in contains.',
			(ctx, ...args) => removeWhere(ctx, 'sht_rm_value', 'value', args),
			{ cfg: 'sht_rm_value' },
		),
		fn(
			'sht_match_name',
			[str('table'), str('operator'), str('text')],
			'int',
			'1 if the name of an item matches, -1 if none does: eq equal, ne not equal, re an expression, sw starts with.',
			(ctx, ...args) => match(ctx, 'sht_match_name', 'name', args),
			{ cfg: 'sht_match_name' },
		),
		fn(
			'sht_match_str_value',
			[str('table'), str('operator'), str('text')],
			'int',
			'1 if the text of an item matches, -1 if none does: eq equal, ne not equal, re an expression, sw starts with.',
			(ctx, ...args) => match(ctx, 'sht_match_str_value', 'value', args),
			{ cfg: 'sht_match_str_value' },
		),
		fn(
			'sht_cn',
			[str('table'), str('operator'), str('pattern')],
			'int',
			'How many items have a name that matches, with the operators of $shtcn; an empty one stands for an expression.',
			(ctx, name, operator, pattern) => {
				const table = tables.need(ctx, 'sht_cn', name);
				if (!table) return -1;
				if (operator !== '' && operator.length !== 2)
					return ctx.refuse(`KSR.htable.sht_cn: "${operator}" is no operator`);
				return count(ctx, table, 'name', (operator || '~~') + pattern);
			},
		),
		fn(
			'sht_reset',
			[str('table')],
			'int',
			'Removes all items of a table. Gives 0 for success.',
			(ctx, name) => tables.write(ctx, 'sht_reset', name, (table) => table.reset(), 0),
		),
	];
}
