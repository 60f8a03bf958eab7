/**
 * `$sht` and its family (ht_var.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import type { KemiModule } from '../../kemi/module.ts';
import { fromStore, tryStore } from '../../kemi/try-store.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { Accessor, PvValue, Variable } from '../../pv/variable.ts';
import { literalVariable, refuseIndex, requireInner, wordVariable } from '../../pv/variables/names.ts';
import { expiredItem } from './events.ts';
import { iterators } from './iterators.ts';
import { countTest, type Part } from './match.ts';
import type { HtableState } from './state.ts';
import type { HashTable } from './table.ts';

/** How a variable reads and writes an item, by its key. */
interface ItemAccess {
	get(table: HashTable, key: string, ctx: RequestContext): PvValue;
	set?(table: HashTable, key: string, value: PvValue): void;
}

/** Counts the items of a table that a pattern means. */
export function count(ctx: RequestContext, table: HashTable, part: Part, pattern: string): number {
	const test = countTest(part, pattern);
	if (typeof test === 'string') {
		ctx.report('error', test);
		return 0;
	}
	let found = 0;
	for (const item of table.items()) if (test(item)) found++;
	return found;
}

/**
 * The variables of the module.
 * @param module asked for the request's tables; a function, for the module is made of its variables
 */
export function htableVariables(module: () => KemiModule<HtableState>): readonly Variable[] {
	/** `table=>key`: the table is named literally, the key may hold variables. A table that is not there is null. */
	const itemVariable = (name: string, doc: string, access: ItemAccess): Variable => ({
		names: [name],
		doc,
		bind(binding): Accessor {
			refuseIndex(binding);
			const inner = requireInner(binding);
			const [prefix, tableName = ''] = /^\s*([^=\s]*)\s*=>/.exec(inner.source) ?? [];
			if (prefix === undefined) throw new PvSyntaxError(`$${name} wants table=>key`, 0);
			if (prefix.length === inner.source.length) throw new PvSyntaxError('the key is empty', prefix.length);
			const tableOf = (ctx: RequestContext) => ctx.state(module()).tables.get(tableName);
			const keyOf = (ctx: RequestContext) => inner.get(ctx).slice(prefix.length);
			const get = (ctx: RequestContext): PvValue => {
				const table = tableOf(ctx);
				return table ? access.get(table, keyOf(ctx), ctx) : null;
			};
			if (!access.set) return { get };
			return {
				get,
				set(ctx, value) {
					const table = tableOf(ctx);
					const caller = `$${name}(${inner.source})`;
					if (table) return tryStore(ctx, caller, () => access.set?.(table, keyOf(ctx), value));
					ctx.report('error', `${caller}: there is no table ${tableName}`);
					return false;
				},
			};
		},
	});

	return [
		itemVariable('sht', 'An item of a hash table; null without one. Setting null removes it.', {
			get: (table, key) => table.get(key),
			set(table, key, value) {
				if (value === null) table.remove(key);
				else table.set(key, value);
			},
		}),
		itemVariable(
			'shtex',
			'The seconds an item has left; 0 without one, and where it has no end. Setting a number changes them, 0 or a text takes the end away.',
			{
				get: (table, key) => table.secondsLeft(key),
				set: (table, key, value) => table.expireIn(key, typeof value === 'number' ? value : 0),
			},
		),
		itemVariable('shtinc', 'Adds 1 to an item and gives the sum; null if it cannot be counted.', {
			get: (table, key, ctx) => added(ctx, table, key, 1),
		}),
		itemVariable('shtdec', 'Takes 1 from an item and gives the rest; null if it cannot be counted.', {
			get: (table, key, ctx) => added(ctx, table, key, -1),
		}),
		itemVariable(
			'shtcn',
			'How many items have a name that matches: ~~ an expression (so is what begins with no operator), ~% an end, %~ a start, == the whole, ** all.',
			{ get: (table, pattern, ctx) => count(ctx, table, 'name', pattern) },
		),
		itemVariable('shtcv', 'How many items have a value that matches: as for $shtcn, and eq an integer.', {
			get: (table, pattern, ctx) => count(ctx, table, 'value', pattern),
		}),
		wordVariable(['shtrecord'], 'The key and the value of the item that an event is about.', {
			key: (ctx) => recorded(ctx)?.key ?? null,
			value: (ctx) => recorded(ctx)?.value ?? null,
		}),
		literalVariable(
			['shtitkey'],
			'The key of the item on which an iterator stands; null without one.',
			(name) => ({
				get: (ctx) => ctx.get(iterators).current(name)?.key ?? null,
			}),
		),
		literalVariable(
			['shtitval'],
			'The value of the item on which an iterator stands; null without one.',
			(name) => ({
				get: (ctx) => ctx.get(iterators).current(name)?.value ?? null,
			}),
		),
	];
}

function added(ctx: RequestContext, table: HashTable, key: string, by: number): number | null {
	return fromStore(ctx, `${table.definition.name}=>${key}`, () => table.add(key, by)) ?? null;
}

function recorded(ctx: RequestContext) {
	const { item } = ctx.get(expiredItem);
	if (!item) ctx.report('error', '$shtrecord has a value while an item has just expired');
	return item;
}
