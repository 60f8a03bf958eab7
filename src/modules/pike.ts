/**
 * The pike module: finds addresses that ask too often (modules/pike).
 *
 * It keeps a tree of address bytes that grows where many requests come from, so that a flood from many addresses costs
 * no memory for each of them. An address is blocked by its own requests only, once the tree has grown down to it.
 *
 * @module
 */
import ipaddr from 'ipaddr.js';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, str } from '../kemi/module.ts';
import { LEVEL_NAMES, LEVELS, type LevelName } from '../log/levels.ts';
import { type SharedTable, StoreRefusal } from '../store/store.ts';
import { parseAddress } from './ipops/address.ts';
import { type KnownAddress, pikeRpc } from './pike/rpc.ts';
import { Windows } from './rate/windows.ts';

/** What the module keeps. */
interface PikeState {
	/** Nodes of the tree by the address bytes that lead to them, and the windows in which addresses were blocked. */
	readonly nodes: SharedTable;
	readonly windows: Windows;
	/** Requests in a window that an address may make. */
	readonly most: number;
	/** How long a node lives that nobody asks for, in seconds. */
	readonly lifetime: number;
	readonly logLevel: LevelName;
}

const ALLOWED = 1;
const BLOCKED = -1;
const NEWLY_BLOCKED = -2;

/** The values of nodes: those of whole addresses, and those above them. */
const NODE = 1;
const LEAF = 2;

/** The keys of nodes: the bytes that lead to them. */
const HEX = /^[\da-f]+$/;

/** True if a window, the one before, or both together reach a number. */
function isHot(current: number, before: number, most: number): boolean {
	return current >= most || before >= most || (current + before) >> 1 >= most;
}

/** The key of a node's last window in which its address was blocked. */
const redKey = (leaf: string) => `red ${leaf}`;
/** The name under which requests of an address are counted. */
const leafName = (leaf: string) => `leaf ${leaf}`;

/** All addresses that the tree knows. */
function knownAddresses({ nodes, windows, most }: PikeState): KnownAddress[] {
	const now = Date.now();
	return [...nodes.items()]
		.filter(({ key, value, expires }) => value === LEAF && HEX.test(key) && expires > now)
		.map(({ key, expires }): KnownAddress => {
			const current = windows.count(leafName(key));
			const before = windows.before(leafName(key));
			return {
				address: ipaddr.fromByteArray([...Buffer.from(key, 'hex')]).toString(),
				current,
				before,
				expires: Math.ceil((expires - now) / 1000),
				hot: isHot(current, before, most) || nodes.get(redKey(key)) === windows.now,
			};
		})
		.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** A request of an address that the tree knows. */
function hitLeaf(ctx: RequestContext, address: string, leaf: string): number {
	const { nodes, windows, most, lifetime, logLevel } = ctx.state(pike);
	const window = windows.now;
	const current = windows.add(leafName(leaf));
	const before = windows.before(leafName(leaf));
	if (current === 1) nodes.expire(leaf, Date.now() + lifetime * 1000);
	const red = redKey(leaf);
	const since = nodes.get(red);
	const wasBlocked = since === window || (since === window - 1 && before >= most);
	if (!wasBlocked && !isHot(current, before, most)) return ALLOWED;
	if (since !== window) nodes.set(red, window, { at: Date.now() + lifetime * 1000 });
	if (wasBlocked) return BLOCKED;
	ctx.log(logLevel, `pike: blocking ${address}`);
	return NEWLY_BLOCKED;
}

/** A request of an address that the tree does not know yet: the node nearest to it counts, and may get a child. */
function grow(ctx: RequestContext, path: string): void {
	const { nodes, windows, most, lifetime } = ctx.state(pike);
	const expires = Date.now() + lifetime * 1000;
	const prefix = (length: number) => path.slice(0, 2 * length);
	let depth = 0;
	while (depth < path.length / 2 - 1 && nodes.get(prefix(depth + 1)) !== undefined) depth++;
	nodes.takeExpired(2);
	if (depth === 0) {
		if (nodes.declare(prefix(1), NODE, expires)) windows.add(prefix(1));
		return;
	}
	const hits = windows.add(prefix(depth));
	if (!isHot(hits, windows.before(prefix(depth)), most >> 2)) return;
	// the child goes on from what its parent has counted
	const value = 2 * (depth + 1) === path.length ? LEAF : NODE;
	if (nodes.declare(prefix(depth + 1), value, expires)) windows.add(prefix(depth + 1), hits - 1);
	for (let length = 1; length <= depth; length++) nodes.expire(prefix(length), expires);
}

function check(ctx: RequestContext, caller: string, address: string): number {
	const bytes = parseAddress(address);
	if (!bytes) return ctx.refuse(`${caller}: "${address}" is no address`);
	const path = Buffer.from(bytes).toString('hex');
	try {
		if (ctx.state(pike).nodes.get(path) !== undefined) return hitLeaf(ctx, address, path);
		grow(ctx, path);
	} catch (error) {
		if (!(error instanceof StoreRefusal)) throw error;
		// an address that cannot be counted is not blocked
		ctx.report('error', `${caller}: ${error.message}`);
	}
	return ALLOWED;
}

const RESULT = '1 if it may, -2 if it is blocked by this request, -1 if it is blocked already';

/** The functions on KSR.pike. */
export const pike: KemiModule<PikeState> = defineModule<PikeState>({
	name: 'pike',
	doc: 'Finds addresses that ask too often; all children count together.',
	params: [
		{
			name: 'sampling_time_unit',
			type: 'int',
			default: 2,
			doc: 'The length of a window, in seconds.',
		},
		{
			name: 'reqs_density_per_unit',
			type: 'int',
			default: 30,
			doc: 'How many requests an address may make in a window. Before it is known, the tree has to grow: a quarter of that for each byte of the address.',
		},
		{
			name: 'remove_latency',
			type: 'int',
			default: 120,
			doc: 'How long an address is remembered that makes no more requests, in seconds.',
		},
		{
			name: 'pike_log_level',
			type: 'int',
			default: 0,
			doc: 'The level of the line that says an address is blocked, from -5 for alerts to 3 for debugging.',
		},
	],
	init: (params, { store }) => ({
		nodes: store.table('pike'),
		windows: new Windows(store.table('pike hits'), params.int('sampling_time_unit')),
		most: Math.max(1, params.int('reqs_density_per_unit')),
		lifetime: Math.max(1, params.int('remove_latency')),
		logLevel: LEVEL_NAMES.find((name) => LEVELS[name] === params.int('pike_log_level')) ?? 'warning',
	}),
	rpc: pikeRpc(({ host }) => {
		const state = host.state(pike);
		return { most: state.most, list: () => knownAddresses(state) };
	}),
	functions: [
		fn(
			'pike_check_req',
			[],
			'int',
			`Whether the client's address may make this request: ${RESULT}.`,
			(ctx) => check(ctx, 'KSR.pike.pike_check_req', ctx.request.connection.remote.address),
			{ cfg: 'pike_check_req' },
		),
		fn(
			'pike_check_ip',
			[str('address')],
			'int',
			`Whether an address may make a request: ${RESULT}. Also -1 for what is no address.`,
			(ctx, address) => check(ctx, 'KSR.pike.pike_check_ip', address),
			{ cfg: 'pike_check_ip' },
		),
	],
});
