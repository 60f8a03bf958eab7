/**
 * The mtree module: what belongs to the longest prefix of a text, such as a number (modules/mtree).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { HostServices, RequestContext } from '../kemi/context.ts';
import {
	defineModule,
	fn,
	int,
	type KemiModule,
	noEffect,
	type ParamValues,
	param,
	str,
} from '../kemi/module.ts';
import { type AvpNameOf, type AvpValue, avps } from '../pv/variables/avp.ts';
import { CachedTables, RowError } from './cached-tables.ts';
import { DB_URL, databaseParam, nameParam, nameParamOf } from './database-params.ts';
import { itemsOf, treesOf } from './mtree/definition.ts';
import { ownTrees, readTrees, type TreeSources, type Trees } from './mtree/loading.ts';
import { mtreeCommands } from './mtree/rpc.ts';
import type { MtreeState } from './mtree/state.ts';
import { TREE_TYPES } from './mtree/tree.ts';
import { destinationsOf } from './mtree/weights.ts';
import { avpParam, variableParam } from './variable-params.ts';

const CALLER = 'KSR.mtree.mt_match';

/** `mode`: the values of all prefixes and not just that of the longest. */
const ALL_VALUES = 2;

function push(ctx: RequestContext, name: AvpNameOf | undefined, values: readonly AvpValue[]): void {
	const key = name?.(ctx);
	if (key !== undefined) for (const value of values) ctx.get(avps).push(key, value);
}

function match(ctx: RequestContext, name: string, text: string, mode: number): number {
	const { tables, outputs } = ctx.state(mtree);
	const tree = tables.content.get(name)?.tree;
	if (!tree)
		return tables.hasDatabase || tables.content.size > 0 ? -1 : ctx.refuse(`${CALLER}: db_url is not set`);
	const { found, wrongByte } = tree.walk(text);
	const weighs = tree.type === TREE_TYPES.weights;
	if (!weighs && mode === ALL_VALUES) {
		const key = outputs.values?.(ctx);
		if (key !== undefined) ctx.get(avps).clear(key);
		push(
			ctx,
			outputs.values,
			found.flatMap(({ values }) => values),
		);
	}
	if (wrongByte !== undefined)
		return weighs || mode === ALL_VALUES
			? ctx.refuse(`${CALLER}: "${text}", character ${wrongByte + 1}: no prefix has it (char_list)`)
			: -1;
	const last = found.at(-1);
	if (!last) return -1;
	if (weighs) {
		const { list, count } = destinationsOf(found);
		if (count === 0) return -1;
		push(
			ctx,
			outputs.weight,
			list.map(({ weight }) => weight),
		);
		push(
			ctx,
			outputs.destination,
			list.map(({ id }) => id),
		);
		outputs.count?.set(ctx, count);
	} else if (mode !== ALL_VALUES) outputs.value?.set(ctx, last.values[0] ?? '');
	return 1;
}

function sourcesOf(params: ParamValues, host: HostServices): TreeSources {
	const trees = treesOf(params);
	const name = (column: string) => nameParam(params, 'mtree', column);
	const hasAll = trees.length === 0 && Boolean(params.str('db_table'));
	return {
		trees,
		items: itemsOf(params, trees),
		allTrees: hasAll ? { table: name('db_table'), type: params.int('mt_tree_type') } : undefined,
		columns: [name('tname_column'), name('tprefix_column'), name('tvalue_column')],
		bytes: [...new Set(params.str('char_list') ?? '')].join(''),
		duplicates: params.int('mt_ignore_duplicates')
			? 'ignored'
			: params.int('mt_allow_duplicates')
				? 'kept'
				: 'refused',
		now: () => Math.floor(host.clock.now() / 1000),
		leftOut: (why) => host.log.log('error', `mtree: ${why}; it is left out`),
	};
}

function ownTreesOf(sources: TreeSources): Trees {
	try {
		return ownTrees(sources);
	} catch (error) {
		if (error instanceof RowError) throw new KemihostError('KH_MODPARAM', `module mtree: ${error.message}`);
		throw error;
	}
}

/** The functions on KSR.mtree. */
export const mtree: KemiModule<MtreeState> = defineModule<MtreeState>({
	name: 'mtree',
	doc: 'Values of prefixes, kept in memory as trees.',
	params: [
		DB_URL,
		{
			name: 'mtree',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'A tree: name=NAME;dbtable=TABLE;type=0, where type is 0 for texts, 1 for weights of destinations ("1=10;2=30"), 2 for integers. multi=1: the table holds several trees by their names; cols="prefix,a,b": other columns; mode=1: no table, the parameter item has what is in it.',
		},
		{
			name: 'item',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'An item of a tree with mode=1: |NAME|PREFIX|VALUE. Newer than Kamailio 5.6.3.',
		},
		param(
			'db_table',
			null,
			'The table that holds all trees by their names, where no parameter mtree declares any.',
		),
		param('mt_tree_type', 0, 'The type of the trees in db_table.'),
		nameParamOf('tname_column', 'tname', "The column of trees' names."),
		nameParamOf('tprefix_column', 'tprefix', 'The column of prefixes.'),
		nameParamOf('tvalue_column', 'tvalue', 'The column of values.'),
		param('char_list', '0123456789', 'The bytes that a prefix can have.'),
		param('mt_ignore_duplicates', 0, '1 to leave out what comes for a prefix a second time.'),
		param(
			'mt_allow_duplicates',
			0,
			'1 to keep several values for a prefix. With neither, two of them end the start.',
		),
		param('pv_value', '$avp(s:tvalue)', 'The variable for the value of the longest prefix.'),
		param('pv_values', '$avp(s:tvalues)', 'The AVP for the values of all prefixes.'),
		param('pv_dstid', '$avp(s:tdstid)', 'The AVP for the numbers of destinations.'),
		param('pv_weight', '$avp(s:tweight)', 'The AVP for their weights.'),
		param('pv_count', '$avp(s:tcount)', 'The variable for how many they are.'),
		noEffect('fetch_rows', 1000, 'all rows are read at once'),
		noEffect('connect_mode', 0, 'a connection is made for each reload'),
	],
	functions: [
		fn(
			'mt_match',
			[str('tree'), str('text'), int('mode')],
			'int',
			'Finds the longest prefix of a text that a tree has, and puts its value into $avp(tvalue); with mode 2 those of all prefixes into $avp(tvalues), the longest first. A tree of weights gives $avp(tdstid), $avp(tweight) and $avp(tcount). 1, or -1 for no prefix and no tree.',
			match,
			{ cfg: 'mt_match' },
		),
	],
	rpc: mtreeCommands((host) => host.state(mtree)),

	init(params, host) {
		const database = databaseParam(params, 'mtree');
		const sources = sourcesOf(params, host);
		if (database && sources.trees.length === 0 && !sources.allTrees)
			throw new KemihostError('KH_MODPARAM', 'module mtree: no tree is declared', {
				hint: 'modparam("mtree", "mtree", "name=rates;dbtable=rates"), or db_table for a table of all trees',
			});
		const avp = (name: string) => avpParam(params, 'mtree', name, host);
		return {
			sources,
			tables: new CachedTables<Trees>('mtree', database, ownTreesOf(sources), (read, before) =>
				readTrees(sources, read, before),
			),
			outputs: {
				value: variableParam(params, 'mtree', 'pv_value', host),
				values: avp('pv_values'),
				destination: avp('pv_dstid'),
				weight: avp('pv_weight'),
				count: variableParam(params, 'mtree', 'pv_count', host),
			},
		};
	},

	started: ({ tables }) => tables.start(),
});
