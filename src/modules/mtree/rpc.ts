/**
 * The RPC commands of the mtree module.
 *
 * @module
 */
import type { HostServices } from '../../kemi/context.ts';
import {
	type RpcCall,
	type RpcCommand,
	RpcFault,
	type RpcValue,
	rpc,
	sameEverywhere,
} from '../../kemi/rpc.ts';
import { inOrder } from './definition.ts';
import { type LoadedTree, readTrees } from './loading.ts';
import type { MtreeState } from './state.ts';
import { TREE_TYPES } from './tree.ts';
import { destinationsOf } from './weights.ts';

/** What stands for all trees, as none does. */
const ALL = '.';

/** The trees whose names begin as an argument says, in the order of lists. */
function treesFor(call: RpcCall, { tables }: MtreeState): LoadedTree[] {
	const trees = inOrder(tables.content.values());
	if (trees.length === 0) throw new RpcFault(500, 'Empty tree list');
	const begin = call.optionalStr() ?? '';
	return trees.filter(({ name }) => name.startsWith(begin));
}

function summary(call: RpcCall, state: MtreeState): RpcValue {
	const trees = treesFor(call, state);
	if (trees.length === 0) throw new RpcFault(404, 'Tree not found');
	return trees.map(({ name, tree, loads, time }) => ({
		table: name,
		item: { ttype: tree.type, ...tree.size, reload_count: loads, reload_time: time },
	}));
}

function match(call: RpcCall, { tables }: MtreeState): RpcValue {
	if (tables.content.size === 0) throw new RpcFault(500, 'Empty tree list.');
	const missing = new RpcFault(500, 'Invalid Parameters');
	const [name, text, mode] = [call.str(missing), call.str(missing), call.int(missing)];
	if (mode !== 0 && mode !== 2) throw new RpcFault(500, "Invalid parameter 'mode'");
	const tree = tables.content.get(name)?.tree;
	if (!tree) throw new RpcFault(404, 'Tree not found');
	const { found, length, wrongByte } = tree.walk(text);
	const last = found.at(-1);
	if (!last || wrongByte !== undefined) throw new RpcFault(404, 'Prefix not found');
	if (tree.type === TREE_TYPES.weights)
		return destinationsOf(found).list.map(({ id, weight }) => ({
			PREFIX: last.prefix,
			WEIGHT: weight,
			DSTID: id,
		}));
	if (mode === 2)
		return found.flatMap(({ prefix, values }) => values.map((value) => ({ PREFIX: prefix, TVALUE: value })));
	return { PREFIX: text.slice(0, length), TVALUE: last.values[0] ?? '' };
}

async function reload(call: RpcCall, { tables, sources }: MtreeState): Promise<RpcValue> {
	const name = call.optionalStr() ?? ALL;
	const begin = name.startsWith(ALL) || sources.allTrees ? '' : name;
	const chosen = sources.trees.some((tree) => tree.name.startsWith(begin));
	if (!sources.allTrees && !chosen)
		throw new RpcFault(
			500,
			sources.trees.length === 0 ? 'No Mtrees defined.' : 'Can not find specified Mtree',
		);
	if (!(await tables.reload(call.host, (read, before) => readTrees(sources, read, before, begin))))
		throw new RpcFault(
			500,
			sources.allTrees ? 'Can not reload Mtrees from database.' : 'Mtree Reload Failed',
		);
	return sources.allTrees ? 'Ok. Mtrees reloaded.' : 'Ok. Mtree reloaded.';
}

/** The commands. */
export function mtreeCommands(stateOf: (host: HostServices) => MtreeState): readonly RpcCommand[] {
	return [
		rpc(
			'mtree.summary',
			'[NAME]',
			'How large the trees are whose names begin so, and when they were read.',
			(call) => summary(call, stateOf(call.host)),
		),
		rpc(
			'mtree.match',
			'TREE TEXT MODE',
			'What a tree has for a text: with mode 0 the value of the longest prefix, with mode 2 those of all prefixes.',
			(call) => match(call, stateOf(call.host)),
		),
		rpc('mtree.list', '[NAME]', 'What is in the trees whose names begin so.', (call) =>
			treesFor(call, stateOf(call.host)).flatMap(({ name, tree }) =>
				[...tree.entries()].map(({ prefix, values }) => ({
					tname: name,
					tprefix: prefix,
					tvalue: values.map((value) => (typeof value === 'number' ? value >>> 0 : value)),
				})),
			),
		),
		rpc(
			'mtree.reload',
			'[NAME]',
			'Reads the trees whose names begin like this again; without a name all trees.',
			(call) => reload(call, stateOf(call.host)),
			sameEverywhere,
		),
	];
}
