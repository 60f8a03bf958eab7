/**
 * The forms that the functions of htable have in Kamailio's own language: a table and a key, or an expression, in one
 * text (`t=>key`), and other names and results than on KSR (htable.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, type KemiFunction, str } from '../../kemi/module.ts';

type Run = (ctx: RequestContext, ...args: string[]) => number;

/** A function whose table and key stand in one text. */
function joined(name: string, doc: string, run: Run): KemiFunction {
	return fn(name, [str('item')], 'int', doc, (ctx, item) => {
		const [, table, key] = /^(.*?)=>(.*)$/s.exec(item) ?? [];
		if (table === undefined || key === undefined)
			return ctx.refuse(`${name}: "${item}" is not like table=>key`);
		return run(ctx, table.trim(), key);
	});
}

/** @param functions those on KSR, which these call */
export function htableCfgFunctions(functions: readonly KemiFunction[]): readonly KemiFunction[] {
	const of = (name: string) => functions.find((it) => it.name === name)?.run as unknown as Run;
	return [
		joined('sht_lock', 'Takes the lock of a key: `table=>key`.', of('sht_lock')),
		joined('sht_unlock', 'Gives back the lock of a key: `table=>key`.', of('sht_unlock')),
		joined(
			'sht_rm_name_re',
			'Removes the items whose names match an expression: `table=>expression`.',
			of('sht_rm_name_re'),
		),
		joined(
			'sht_rm_value_re',
			'Removes the items whose texts match an expression: `table=>expression`.',
			of('sht_rm_value_re'),
		),
		fn(
			'sht_has_name',
			[str('table'), str('operator'), str('text')],
			'int',
			'The same as sht_match_name.',
			of('sht_match_name'),
		),
		fn(
			'sht_has_str_value',
			[str('table'), str('operator'), str('text')],
			'int',
			'The same as sht_match_str_value.',
			of('sht_match_str_value'),
		),
		fn('sht_reset', [str('table')], 'int', 'Removes all items of a table.', (ctx, table) =>
			of('sht_reset')(ctx, table) < 0 ? -1 : 1,
		),
	];
}
