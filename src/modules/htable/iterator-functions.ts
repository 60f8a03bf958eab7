/**
 * The functions on KSR.htable that walk through a table (htable.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, int, type KemiFunction, str, strOrNull } from '../../kemi/module.ts';
import { fromStore } from '../../kemi/try-store.ts';
import { iterators } from './iterators.ts';
import type { TableAccess } from './table-access.ts';

/** Where an iterator that removed an item found no other. */
const AT_THE_END = -2;

/** The result of an iterator's step: 1, `none` for false, or -1 with an error line for a text. */
function step(ctx: RequestContext, caller: string, result: boolean | string | undefined, none = -1): number {
	if (typeof result === 'string') return ctx.refuse(`KSR.htable.${caller}: ${result}`);
	return result === false ? none : 1;
}

/** Changes the item of an iterator, which the store may refuse. */
function change(ctx: RequestContext, caller: string, action: () => boolean | string): number {
	const result = fromStore(ctx, `KSR.htable.${caller}`, action);
	return result === undefined ? -1 : step(ctx, caller, result);
}

/** The functions, over the iterators of the request. */
export function iteratorFunctions(tables: TableAccess): readonly KemiFunction[] {
	return [
		fn(
			'sht_iterator_start',
			[str('iterator'), str('table')],
			'int',
			'Starts a walk through a table, by a name of your choice. A request has up to 4.',
			(ctx, iterator, name) => {
				if (!iterator || !name) return ctx.refuse('KSR.htable.sht_iterator_start: a name is empty');
				const table = tables.find(ctx, name);
				const refused = ctx.get(iterators).start(iterator, table);
				return step(ctx, 'sht_iterator_start', refused ?? (table ? true : `there is no table "${name}"`));
			},
			{ cfg: 'sht_iterator_start' },
		),
		fn(
			'sht_iterator_next',
			[str('iterator')],
			'int',
			'Steps to the next item, at first to the first: 1, or -1 if there is none. $shtitkey and $shtitval read it.',
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
			'Removes the item on which a walk stands, and steps to the next: 1, or -2 if there is none.',
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
