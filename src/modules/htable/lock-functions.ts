/**
 * The functions on KSR.htable that lock a key of a table (htable.c).
 *
 * @module
 */
import { fn, type KemiFunction, str } from '../../kemi/module.ts';
import type { TableAccess } from './table-access.ts';

/** The functions. A table has to exist, but not the item. */
export function lockFunctions(tables: TableAccess): readonly KemiFunction[] {
	const lockName = (table: string, key: string) => `${table}=>${key}`;

	return [
		fn(
			'sht_lock',
			[str('table'), str('key')],
			'int',
			'Takes the lock of a key, so that no other handler does: 1, or -1 if another keeps it for half a second. It ends with sht_unlock, with the request, with its child, or after 30 seconds.',
			(ctx, name, key) => {
				if (!tables.need(ctx, 'sht_lock', name)) return -1;
				const taken = tables.state(ctx).locks.take(ctx, lockName(name, key));
				return taken === true ? 1 : ctx.refuse(`KSR.htable.sht_lock: ${taken}`);
			},
		),
		fn('sht_unlock', [str('table'), str('key')], 'int', 'Gives back the lock of a key.', (ctx, name, key) => {
			if (!tables.need(ctx, 'sht_unlock', name)) return -1;
			if (!tables.state(ctx).locks.giveBack(ctx, lockName(name, key)))
				ctx.report('warning', `KSR.htable.sht_unlock: ${lockName(name, key)} is not locked by this handler`);
			return 1;
		}),
	];
}
