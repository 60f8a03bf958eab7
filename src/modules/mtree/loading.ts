/**
 * Trees from their tables (mtree_mod.c, mt_load_db and mt_load_db_trees).
 *
 * @module
 */
import type { SqlValue } from '../../sql/sql.ts';
import type { ReadTable, Row } from '../cached-tables.ts';
import type { TreeDefinition, TreeItem } from './definition.ts';
import { type Duplicates, Tree } from './tree.ts';

/** A tree, and when it was read. */
export interface LoadedTree {
	readonly name: string;
	readonly tree: Tree;
	readonly loads: number;
	/** Unix seconds. */
	readonly time: number;
}

/** By their names. */
export type Trees = ReadonlyMap<string, LoadedTree>;

/** Which trees there are, and where they come from. */
export interface TreeSources {
	readonly trees: readonly TreeDefinition[];
	readonly items: readonly TreeItem[];
	/** A table that holds all trees, where no others are declared. */
	readonly allTrees: { readonly table: string; readonly type: number } | undefined;
	/** The columns of trees' names, prefixes and values. */
	readonly columns: readonly [string, string, string];
	/** The bytes that prefixes can have. */
	readonly bytes: string;
	readonly duplicates: Duplicates;
	/** Unix seconds. */
	now(): number;
	/** Told of rows that are left out. */
	leftOut(why: string): void;
}

/** What stands between values of several columns. */
const BETWEEN = ',';
const NULL_MARK = '*';

const packed = (values: readonly SqlValue[]) =>
	values.map((value) => (value === null ? NULL_MARK : String(value))).join(BETWEEN);

function addRow(sources: TreeSources, tree: Tree, [prefix, ...values]: Row): void {
	const value = values.length > 1 ? packed(values) : String(values[0] ?? '');
	if (prefix === null || prefix === '' || value === '')
		sources.leftOut(`tree ${tree.name}: a row without a prefix or a value: "${prefix ?? ''}", "${value}"`);
	else tree.add(String(prefix), value);
}

async function readTree(sources: TreeSources, read: ReadTable, definition: TreeDefinition): Promise<Tree> {
	const { name, type, table, shared } = definition;
	const tree = new Tree(name, type, sources.bytes, sources.duplicates);
	const [nameColumn, ...columns] = sources.columns;
	const wanted = definition.columns ?? columns;
	const rows = await read(table, shared ? [nameColumn, ...wanted] : wanted);
	for (const row of rows)
		if (!shared) addRow(sources, tree, row);
		else if (row[0] === name) addRow(sources, tree, row.slice(1));
	return tree;
}

/**
 * The trees that are in no database.
 * @throws RowError
 */
export function ownTrees(sources: TreeSources): Trees {
	const trees = sources.trees
		.filter(({ ownItems }) => ownItems)
		.map(({ name, type }): LoadedTree => {
			const tree = new Tree(name, type, sources.bytes, sources.duplicates);
			for (const item of sources.items) if (item.tree === name) tree.add(item.prefix, item.value);
			return { name, tree, loads: 0, time: sources.now() };
		});
	return new Map(trees.map((loaded) => [loaded.name, loaded]));
}

async function readAll(sources: TreeSources, read: ReadTable, table: string, type: number): Promise<Trees> {
	const [nameColumn] = sources.columns;
	const trees = new Map<string, LoadedTree>();
	for (const [name, ...row] of await read(table, sources.columns, nameColumn)) {
		if (
			name === null ||
			name === undefined ||
			name === '' ||
			row.some((value) => value === null || value === '')
		) {
			sources.leftOut(`table ${table}: a row without a name, a prefix or a value`);
			continue;
		}
		const key = String(name);
		const loaded = trees.get(key) ?? {
			name: key,
			tree: new Tree(key, type, sources.bytes, sources.duplicates),
			loads: 0,
			time: sources.now(),
		};
		trees.set(key, loaded);
		addRow(sources, loaded.tree, row);
	}
	return trees;
}

/**
 * Reads trees; those that are not asked for stay as they are.
 * @param begin how the names begin of those that are read
 * @throws SqlError or RowError
 */
export async function readTrees(
	sources: TreeSources,
	read: ReadTable,
	before: Trees,
	begin = '',
): Promise<Trees> {
	const { allTrees } = sources;
	if (allTrees) return readAll(sources, read, allTrees.table, allTrees.type);
	const trees = new Map(before);
	for (const definition of sources.trees) {
		const { name, ownItems } = definition;
		if (ownItems || !name.startsWith(begin)) continue;
		const tree = await readTree(sources, read, definition);
		trees.set(name, { name, tree, loads: (before.get(name)?.loads ?? 0) + 1, time: sources.now() });
	}
	return trees;
}
