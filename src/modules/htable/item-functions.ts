/**
 * The functions on KSR.htable that read, set, count and remove one item (htable.c).
 *
 * @module
 */
import { fn, int, type KemiFunction, str, strOrNull } from '../../kemi/module.ts';
import type { TableAccess } from './table-access.ts';

/** The functions, with results as Kamailio's differ: most give 1 for success, but `sht_setxi` gives 0. */
export function itemFunctions(tables: TableAccess): readonly KemiFunction[] {
	return [
		fn(
			'sht_get',
			[str('table'), str('key')],
			'xval',
			"An item's value; null without one.",
			(ctx, name, key) => tables.read(ctx, 'sht_get', name, key),
		),
		fn(
			'sht_gete',
			[str('table'), str('key')],
			'xval',
			"An item's value; an empty string without one.",
			(ctx, name, key) => tables.read(ctx, 'sht_gete', name, key) ?? '',
		),
		fn(
			'sht_getw',
			[str('table'), str('key')],
			'xval',
			"An item's value; <null> without one.",
			(ctx, name, key) => tables.read(ctx, 'sht_getw', name, key) ?? '<null>',
		),
		fn(
			'sht_is_null',
			[str('table'), str('key')],
			'int',
			'1 if there is no such item, -1 if there is one, 2 if there is no such table, -2 if the table has an initval.',
			(ctx, name, key) => {
				const table = tables.find(ctx, name);
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
			(ctx, name, key, value) => tables.write(ctx, 'sht_sets', name, (table) => table.set(key, value ?? '')),
		),
		fn(
			'sht_seti',
			[str('table'), str('key'), int('value')],
			'int',
			'Sets an item to an integer.',
			(ctx, name, key, value) => tables.write(ctx, 'sht_seti', name, (table) => table.set(key, value)),
		),
		fn(
			'sht_setex',
			[str('table'), str('key'), int('seconds')],
			'int',
			'Lets an item of a table with autoexpire live for so many seconds from now; for ever with 0.',
			(ctx, name, key, seconds) =>
				tables.write(ctx, 'sht_setex', name, (table) => table.expireIn(key, seconds)),
		),
		fn(
			'sht_setxs',
			[str('table'), str('key'), strOrNull('value'), int('seconds')],
			'int',
			'Sets an item to a text and, in a table with autoexpire, how many seconds it lives.',
			(ctx, name, key, value, seconds) =>
				tables.write(ctx, 'sht_setxs', name, (table) => table.set(key, value ?? '', seconds)),
			{ cfg: 'sht_setxs' },
		),
		fn(
			'sht_setxi',
			[str('table'), str('key'), int('value'), int('seconds')],
			'int',
			'Sets an item to an integer and, in a table with autoexpire, how many seconds it lives. Gives 0 for success.',
			(ctx, name, key, value, seconds) =>
				tables.write(ctx, 'sht_setxi', name, (table) => table.set(key, value, seconds), 0),
			{ cfg: 'sht_setxi' },
		),
		fn(
			'sht_inc',
			[str('table'), str('key')],
			'int',
			'Adds 1 to an item and gives the sum; -255 if it cannot be counted.',
			(ctx, name, key) => tables.add(ctx, 'sht_inc', name, key, 1),
			{ cfg: 'sht_inc' },
		),
		fn(
			'sht_dec',
			[str('table'), str('key')],
			'int',
			'Takes 1 from an item and gives the rest; -255 if it cannot be counted.',
			(ctx, name, key) => tables.add(ctx, 'sht_dec', name, key, -1),
			{ cfg: 'sht_dec' },
		),
		fn(
			'sht_rm',
			[str('table'), str('key')],
			'int',
			'Removes an item, whether there is one or not.',
			(ctx, name, key) => tables.write(ctx, 'sht_rm', name, (table) => void table.remove(key)),
			{ cfg: 'sht_rm' },
		),
	];
}
