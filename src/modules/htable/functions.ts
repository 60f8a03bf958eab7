/**
 * The functions on KSR.htable (htable.c). Their results are Kamailio's, as it differs from one to the other: 1 is what
 * most give for success, but `sht_reset` and `sht_setxi` give 0, and counting what cannot be counted gives -255.
 *
 * @module
 */

import type { RequestContext } from '../../kemi/context.ts';
import { fn, int, type KemiFunction, type KemiModule, str, strOrNull } from '../../kemi/module.ts';
import { tryStore } from '../../kemi/try-store.ts';
import type { SharedValue } from '../../store/store.ts';
import { iterators } from './iterators.ts';
import { MATCH_OPERATORS, operatorTest, type Part, REMOVE_OPERATORS } from './match.ts';
import type { HtableState } from './state.ts';
import type { HashTable } from './table.ts';
import { count } from './variables.ts';

const NOT_COUNTED = -255;

/** Where an iterator that removed an item found no other. */
const AT_THE_END = -2;

/**
 * The functions of the module.
 * @param module asked for the request's tables; a function, for the module is made of its functions
 */
export function htableFunctions(module: () => KemiModule<HtableState>): readonly KemiFunction[] {
	const stateOf = (ctx: RequestContext) => ctx.state(module());

	const find = (ctx: RequestContext, name: string): HashTable | undefined => stateOf(ctx).tables.get(name);

	/** A table, or undefined behind an error line. */
	const need = (ctx: RequestContext, caller: string, name: string): HashTable | undefined => {
		const table = find(ctx, name);
		if (!table) ctx.report('error', `KSR.htable.${caller}: there is no table "${name}"`);
		return table;
	};

	const read = (ctx: RequestContext, caller: string, name: string, key: string): SharedValue | null =>
		need(ctx, caller, name)?.get(key) ?? null;

	/** Writes to a table: what it gives for success, or -1 behind an error line. */
	const write = (
		ctx: RequestContext,
		caller: string,
		name: string,
		action: (table: HashTable) => void,
		success: 0 | 1 = 1,
	): number => {
		const table = need(ctx, caller, name);
		return table && tryStore(ctx, `KSR.htable.${caller}`, () => action(table)) ? success : -1;
	};

	const add = (ctx: RequestContext, caller: string, name: string, key: string, by: number): number => {
		let sum: number | undefined;
		const table = find(ctx, name);
		if (table)
			tryStore(ctx, `KSR.htable.${caller}`, () => {
				sum = table.add(key, by);
			});
		return sum ?? NOT_COUNTED;
	};

	const match = (
		ctx: RequestContext,
		caller: string,
		part: Part,
		[name, operator, text]: [name: string, operator: string, text: string],
	): number => {
		const table = need(ctx, caller, name);
		if (!table) return -1;
		const test = operatorTest(part, operator, text, MATCH_OPERATORS);
		if (typeof test === 'string') return ctx.refuse(`KSR.htable.${caller}: ${test}`);
		for (const item of table.items()) if (test(item)) return 1;
		return -1;
	};

	const removeWhere = (
		ctx: RequestContext,
		caller: string,
		part: Part,
		[name, operator, text]: [name: string, operator: string, text: string],
	): number => {
		const table = need(ctx, caller, name);
		if (!table) return -1;
		const test = operatorTest(part, operator, text, REMOVE_OPERATORS);
		if (typeof test === 'string') return ctx.refuse(`KSR.htable.${caller}: ${test}`);
		table.removeWhere(test);
		return 1;
	};

	/** By an expression only; a table that does not exist has nothing to remove. */
	const removeByRegex = (ctx: RequestContext, caller: string, part: Part, name: string, regex: string) =>
		find(ctx, name) ? removeWhere(ctx, caller, part, [name, 're', regex]) : 1;

	/** What an iterator's step gives: 1, or for a text -1 behind an error line. */
	const step = (
		ctx: RequestContext,
		caller: string,
		result: boolean | string | undefined,
		none = -1,
	): number => {
		if (typeof result === 'string') return ctx.refuse(`KSR.htable.${caller}: ${result}`);
		return result === false ? none : 1;
	};

	/** Does something with the item of an iterator that the store may refuse. */
	const change = (ctx: RequestContext, caller: string, action: () => boolean | string): number => {
		let result: boolean | string = false;
		const done = tryStore(ctx, `KSR.htable.${caller}`, () => {
			result = action();
		});
		return done ? step(ctx, caller, result) : -1;
	};

	const lockName = (table: string, key: string) => `${table}=>${key}`;

	return [
		fn(
			'sht_get',
			[str('table'), str('key')],
			'xval',
			"An item's value; null without one.",
			(ctx, name, key) => read(ctx, 'sht_get', name, key),
		),
		fn(
			'sht_gete',
			[str('table'), str('key')],
			'xval',
			"An item's value; an empty string without one.",
			(ctx, name, key) => read(ctx, 'sht_gete', name, key) ?? '',
		),
		fn(
			'sht_getw',
			[str('table'), str('key')],
			'xval',
			"An item's value; <null> without one.",
			(ctx, name, key) => read(ctx, 'sht_getw', name, key) ?? '<null>',
		),
		fn(
			'sht_is_null',
			[str('table'), str('key')],
			'int',
			'1 where there is no such item, -1 where there is one, 2 where there is no such table, -2 where the table has an initval.',
			(ctx, name, key) => {
				const table = find(ctx, name);
				if (!table) return 2;
				if (table.definition.initval !== undefined) return -2;
				return table.item(key) ? -1 : 1;
			},
			{ cfg: 'sht_is_null' },
		),
		fn(
			'sht_sets',
			[str('table'), str('key'), strOrNull('value')],
			'int',
			'Sets an item to a text; nil or null stores an empty one.',
			(ctx, name, key, value) => write(ctx, 'sht_sets', name, (table) => table.set(key, value ?? '')),
		),
		fn(
			'sht_seti',
			[str('table'), str('key'), int('value')],
			'int',
			'Sets an item to an integer.',
			(ctx, name, key, value) => write(ctx, 'sht_seti', name, (table) => table.set(key, value)),
		),
		fn(
			'sht_setex',
			[str('table'), str('key'), int('seconds')],
			'int',
			'Lets an item of a table with autoexpire live for so many seconds from now; for ever with 0.',
			(ctx, name, key, seconds) => write(ctx, 'sht_setex', name, (table) => table.expireIn(key, seconds)),
		),
		fn(
			'sht_setxs',
			[str('table'), str('key'), strOrNull('value'), int('seconds')],
			'int',
			'Sets an item to a text and, in a table with autoexpire, how many seconds it lives.',
			(ctx, name, key, value, seconds) =>
				write(ctx, 'sht_setxs', name, (table) => table.set(key, value ?? '', seconds)),
			{ cfg: 'sht_setxs' },
		),
		fn(
			'sht_setxi',
			[str('table'), str('key'), int('value'), int('seconds')],
			'int',
			'Sets an item to an integer and, in a table with autoexpire, how many seconds it lives. Gives 0 for success.',
			(ctx, name, key, value, seconds) =>
				write(ctx, 'sht_setxi', name, (table) => table.set(key, value, seconds), 0),
			{ cfg: 'sht_setxi' },
		),
		fn(
			'sht_inc',
			[str('table'), str('key')],
			'int',
			'Adds 1 to an item and gives the sum; -255 where it cannot be counted.',
			(ctx, name, key) => add(ctx, 'sht_inc', name, key, 1),
			{ cfg: 'sht_inc' },
		),
		fn(
			'sht_dec',
			[str('table'), str('key')],
			'int',
			'Takes 1 from an item and gives the rest; -255 where it cannot be counted.',
			(ctx, name, key) => add(ctx, 'sht_dec', name, key, -1),
			{ cfg: 'sht_dec' },
		),
		fn(
			'sht_rm',
			[str('table'), str('key')],
			'int',
			'Removes an item, whether there is one or not.',
			(ctx, name, key) => write(ctx, 'sht_rm', name, (table) => void table.remove(key)),
			{ cfg: 'sht_rm' },
		),
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
			'1 where the name of an item matches, -1 where none does: eq equal, ne not equal, re an expression, sw starts with.',
			(ctx, ...args) => match(ctx, 'sht_match_name', 'name', args),
			{ cfg: 'sht_match_name' },
		),
		fn(
			'sht_match_str_value',
			[str('table'), str('operator'), str('text')],
			'int',
			'1 where the text of an item matches, -1 where none does: eq equal, ne not equal, re an expression, sw starts with.',
			(ctx, ...args) => match(ctx, 'sht_match_str_value', 'value', args),
			{ cfg: 'sht_match_str_value' },
		),
		fn(
			'sht_cn',
			[str('table'), str('operator'), str('pattern')],
			'int',
			'How many items have a name that matches, with the operators of $shtcn; an empty one stands for an expression.',
			(ctx, name, operator, pattern) => {
				const table = need(ctx, 'sht_cn', name);
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
			(ctx, name) => write(ctx, 'sht_reset', name, (table) => table.reset(), 0),
		),
		fn(
			'sht_lock',
			[str('table'), str('key')],
			'int',
			'Takes the lock of a key, so that no other handler does: 1, or -1 where another keeps it for half a second. It ends with sht_unlock, with the request, with its child, or after 30 seconds.',
			(ctx, name, key) => {
				if (!need(ctx, 'sht_lock', name)) return -1;
				const taken = stateOf(ctx).locks.take(ctx, lockName(name, key));
				return taken === true ? 1 : ctx.refuse(`KSR.htable.sht_lock: ${taken}`);
			},
		),
		fn('sht_unlock', [str('table'), str('key')], 'int', 'Gives back the lock of a key.', (ctx, name, key) => {
			if (!need(ctx, 'sht_unlock', name)) return -1;
			if (!stateOf(ctx).locks.giveBack(ctx, lockName(name, key)))
				ctx.report('warning', `KSR.htable.sht_unlock: ${lockName(name, key)} is not locked by this handler`);
			return 1;
		}),
		fn(
			'sht_iterator_start',
			[str('iterator'), str('table')],
			'int',
			'Starts a walk through a table, by a name of your choice. A request has up to 4.',
			(ctx, iterator, name) => {
				if (!iterator || !name) return ctx.refuse('KSR.htable.sht_iterator_start: a name is empty');
				const table = find(ctx, name);
				const refused = ctx.get(iterators).start(iterator, table);
				return step(ctx, 'sht_iterator_start', refused ?? (table ? true : `there is no table "${name}"`));
			},
			{ cfg: 'sht_iterator_start' },
		),
		fn(
			'sht_iterator_next',
			[str('iterator')],
			'int',
			'Steps to the next item, at first to the first: 1, or -1 where there is none. $shtitkey and $shtitval read it.',
			(ctx, iterator) => step(ctx, 'sht_iterator_next', ctx.get(iterators).next(iterator)),
			{ cfg: 'sht_iterator_next' },
		),
		fn(
			'sht_iterator_end',
			[str('iterator')],
			'int',
			'Ends a walk.',
			(ctx, iterator) => step(ctx, 'sht_iterator_end', ctx.get(iterators).end(iterator)),
			{ cfg: 'sht_iterator_end' },
		),
		fn(
			'sht_iterator_rm',
			[str('iterator')],
			'int',
			'Removes the item on which a walk stands, and steps to the next: 1, or -2 where there is none.',
			(ctx, iterator) => step(ctx, 'sht_iterator_rm', ctx.get(iterators).remove(iterator), AT_THE_END),
			{ cfg: 'sht_iterator_rm' },
		),
		fn(
			'sht_iterator_sets',
			[str('iterator'), strOrNull('value')],
			'int',
			'Sets the item on which a walk stands to a text.',
			(ctx, iterator, value) =>
				change(ctx, 'sht_iterator_sets', () => ctx.get(iterators).set(iterator, value ?? '')),
			{ cfg: 'sht_iterator_sets' },
		),
		fn(
			'sht_iterator_seti',
			[str('iterator'), int('value')],
			'int',
			'Sets the item on which a walk stands to an integer.',
			(ctx, iterator, value) =>
				change(ctx, 'sht_iterator_seti', () => ctx.get(iterators).set(iterator, value)),
			{ cfg: 'sht_iterator_seti' },
		),
		fn(
			'sht_iterator_setex',
			[str('iterator'), int('seconds')],
			'int',
			'Lets the item on which a walk stands live for so many seconds from now, in a table with autoexpire.',
			(ctx, iterator, seconds) =>
				change(ctx, 'sht_iterator_setex', () => ctx.get(iterators).expireIn(iterator, seconds)),
			{ cfg: 'sht_iterator_setex' },
		),
	];
}
