/**
 * Which trees there are: `modparam("mtree", "mtree", "name=rates;dbtable=rates;type=2")`, and items that need no database
 * (mtree.c, mt_table_spec, mt_table_item).
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { isSqlName } from '../../sql/names.ts';
import { parseParams } from '../pvx/params.ts';
import { TREE_TYPES } from './tree.ts';

/** A tree as it is declared. */
export interface TreeDefinition {
	readonly name: string;
	readonly table: string;
	readonly type: number;
	/** True if the table holds several trees, by their names. */
	readonly shared: boolean;
	/** The column of prefixes and those of values; undefined for the ones that the module's parameters name. */
	readonly columns: readonly string[] | undefined;
	/** True for a tree that is in no database. */
	readonly ownItems: boolean;
}

/** An item that a parameter declares. */
export interface TreeItem {
	readonly tree: string;
	readonly prefix: string;
	readonly value: string;
}

/** How many columns a tree may have. */
const MOST_COLUMNS = 8;

const DEFAULT_TABLE = 'mtree';

function readTree(source: string): TreeDefinition {
	const wrong = (why: string, hint?: string) =>
		new KemihostError('KH_MODPARAM', `parameter mtree of module mtree: ${source}: ${why}`, { hint });
	const params = new Map(
		parseParams(source.replace(/;\s*$/, ''))?.map(([name, value]) => [name.toLowerCase(), value]),
	);
	const name = params.get('name');
	if (!name) throw wrong('the name is missing', 'modparam("mtree", "mtree", "name=rates;dbtable=rates")');
	const number = (key: string) => Number(params.get(key) ?? 0);
	const table = params.get('dbtable') ?? DEFAULT_TABLE;
	const columns = params.get('cols')?.split(',');
	if (!isSqlName(table)) throw wrong(`"${table}" is no name of a table`);
	if (!(Object.values(TREE_TYPES) as number[]).includes(number('type')))
		throw wrong('type is 0 for texts, 1 for weights, 2 for integers');
	if (![0, 1].includes(number('multi'))) throw wrong('multi is 0 or 1');
	if (columns && (columns.length < 2 || columns.length > MOST_COLUMNS))
		throw wrong(`cols has between 2 and ${MOST_COLUMNS} columns, the first of which is that of prefixes`);
	for (const column of columns ?? [])
		if (!isSqlName(column)) throw wrong(`"${column}" is no name of a column`);
	return {
		name,
		table,
		type: number('type'),
		shared: number('multi') === 1,
		columns,
		ownItems: number('mode') === 1,
	};
}

/** Names by their lengths, then by their bytes: so Kamailio keeps its list. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name.length - b.name.length || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** Trees in the order in which they are listed. */
export function inOrder<T extends { readonly name: string }>(trees: Iterable<T>): T[] {
	return [...trees].sort(byName);
}

/**
 * The trees that parameters declare.
 * @throws KemihostError `KH_MODPARAM`
 */
export function treesOf(params: ParamValues): readonly TreeDefinition[] {
	const trees = inOrder(params.all('mtree').map((source) => readTree(String(source))));
	for (const [i, { name }] of trees.entries())
		if (trees[i + 1]?.name === name)
			throw new KemihostError('KH_MODPARAM', `parameter mtree of module mtree: there are two trees ${name}`);
	return trees;
}

/**
 * The items that parameters declare: `|tree|prefix|value`, where any byte may stand for the bar.
 * @throws KemihostError `KH_MODPARAM`
 */
export function itemsOf(params: ParamValues, trees: readonly TreeDefinition[]): readonly TreeItem[] {
	return params.all('item').map((source) => {
		const text = String(source);
		const [, tree = '', prefix = '', ...rest] = text.split(text.charAt(0));
		const item = { tree: tree.trim(), prefix, value: rest.join(text.charAt(0)) };
		if (
			item.prefix !== '' &&
			rest.length > 0 &&
			trees.some(({ name, ownItems }) => ownItems && name === item.tree)
		)
			return item;
		throw new KemihostError('KH_MODPARAM', `parameter item of module mtree: ${text}`, {
			hint: 'it says |tree|prefix|value, of a tree that a parameter mtree declares with mode=1',
		});
	});
}
