/**
 * The mqueue module: queues between requests (modules/mqueue).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { ChildValues } from '../kemi/child-values.ts';
import type { HostServices, RequestContext } from '../kemi/context.ts';
import {
	defineModule,
	fn,
	type KemiFunction,
	type KemiModule,
	type ParamValues,
	str,
} from '../kemi/module.ts';
import { tryStore } from '../kemi/try-store.ts';
import type { PvValue, Variable } from '../pv/variable.ts';
import { dynamicName, refuseIndex, requireInner } from '../pv/variables/names.ts';
import { isSqlName } from '../sql/names.ts';
import type { QueueItem, SameKey, SharedQueue } from '../store/queues.ts';
import type { SharedStore } from '../store/store.ts';
import { databaseParam, URL_FORMS } from './database-params.ts';
import { DB_MODES, type DbMode, QueueDatabase, type StoredQueue } from './mqueue/database.ts';
import { mqueueRpc } from './mqueue/rpc.ts';

/** What the module keeps. */
interface MqueueState {
	readonly queues: ReadonlyMap<string, SharedQueue>;
	/** What this child fetched last from each queue. */
	readonly fetched: ChildValues<QueueItem>;
	/** Undefined if no queue is in a database. */
	readonly database: QueueDatabase | undefined;
	readonly host: HostServices;
}

/** A queue as it is declared. */
interface Declaration {
	readonly name: string;
	readonly size: number;
	readonly addMode: number;
	readonly mode: DbMode;
}

/** In the store a queue's name has the module's in front. */
const LONGEST_NAME = 128;

/** `addmode` by its number; any other is 0. */
const ADD_MODES: readonly SameKey[] = ['both', 'keep-old', 'keep-new'];

function wrong(param: string, text: string, why: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `parameter ${param} of module mqueue: "${text}" ${why}`, {
		hint: 'write name=NAME, then ;size=NUMBER and ;addmode=0, 1 or 2 if you want them',
	});
}

/** One part of `name=q;size=10;addmode=1`; a value may stand in quotes. */
const PART = /^\s*(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S*))\s*$/;

/** Reads a queue's declaration. */
function readDeclaration(text: string): Declaration {
	const values = new Map([
		['name', ''],
		['size', '0'],
		['addmode', '0'],
		['dbmode', '0'],
	]);
	for (const part of text.replace(/;\s*$/, '').split(';')) {
		const [, name = '', ...quoted] = PART.exec(part) ?? [];
		if (!values.has(name.toLowerCase())) throw wrong('mqueue', text, `holds "${part.trim()}"`);
		values.set(name.toLowerCase(), quoted.find((value) => value !== undefined) ?? '');
	}
	const number = (name: string) => {
		const value = values.get(name) as string;
		if (!/^[+-]?\d{1,9}$/.test(value)) throw wrong('mqueue', text, `has no number after ${name}`);
		return Number(value);
	};
	const mode = number('dbmode');
	if (!(mode in DB_MODES)) throw wrong('mqueue', text, 'has a dbmode that is none of 0, 1, 2 and 3');
	const name = values.get('name') as string;
	if (mode !== 0 && !isSqlName(name)) throw wrong('mqueue', text, 'has a name that is none of a table');
	return { name, size: number('size'), addMode: number('addmode'), mode: mode as DbMode };
}

function declareQueues(params: ParamValues, store: SharedStore): Map<string, StoredQueue> {
	const queues = new Map<string, StoredQueue>();
	const declare = (param: string, text: string, { name, size, addMode, mode }: Declaration) => {
		if (name === '') throw wrong(param, text, 'names no queue');
		if (name.length > LONGEST_NAME) throw wrong(param, text, `has a name of more than ${LONGEST_NAME} bytes`);
		if (queues.has(name)) throw wrong(param, text, 'declares a queue a second time');
		const queue = store.queue(`mqueue:${name}`, { size, sameKey: ADD_MODES[addMode] ?? 'both' });
		queues.set(name, { name, queue, mode });
	};
	for (const given of params.all('mqueue')) declare('mqueue', String(given), readDeclaration(String(given)));
	for (const name of params.all('mqueue_name').map(String))
		declare('mqueue_name', name, {
			name,
			size: params.int('mqueue_size'),
			addMode: params.int('mqueue_addmode'),
			mode: 0,
		});
	return queues;
}

function createState(params: ParamValues, host: HostServices): MqueueState {
	const declared = declareQueues(params, host.store);
	const stored = [...declared.values()].filter(({ mode }) => mode !== 0);
	const database = databaseParam(params, 'mqueue');
	const [first] = stored;
	if (first && !database)
		throw new KemihostError(
			'KH_MODPARAM',
			`the queue ${first.name} of module mqueue has a dbmode, and there is no db_url`,
			{
				hint: 'modparam("mqueue", "db_url", "sqlite:///path/of/the/file"), or mysql://…, or postgres://…',
			},
		);
	return {
		queues: new Map([...declared.values()].map(({ name, queue }) => [name, queue])),
		fetched: new ChildValues<QueueItem>().copyFor(host.waiting),
		database: database && first ? new QueueDatabase(database, stored) : undefined,
		host,
	};
}

/** The number of items; undefined after an error line without such a queue. */
function sizeOf(ctx: RequestContext, caller: string, queue: string): number | undefined {
	return queueOf(ctx, caller, queue)?.size();
}

/** A queue; undefined after an error line without it. */
function queueOf(ctx: RequestContext, caller: string, name: string): SharedQueue | undefined {
	const queue = ctx.state(mqueue).queues.get(name);
	if (!queue) ctx.refuse(`${caller}: there is no queue "${name}"`);
	return queue;
}

function add(ctx: RequestContext, queue: string, key: string, value: string): number {
	const caller = 'KSR.mqueue.mq_add';
	const found = queueOf(ctx, caller, queue);
	return found && tryStore(ctx, caller, () => found.add({ key, value })) ? 1 : -1;
}

/** Takes the next item, and forgets the one before in any case: 1, -2 for an empty queue, -1 for none. */
function fetch(ctx: RequestContext, queue: string): number {
	const { queues, fetched: values } = ctx.state(mqueue);
	const fetched = values.of(ctx);
	const found = queues.get(queue);
	fetched.delete(queue);
	const item = found?.take();
	if (item) fetched.set(queue, item);
	if (item) return 1;
	return found ? -2 : -1;
}

/** The three forms of a getter. Kamailio means the second to give an empty string and the third `<null>`; neither does. */
function getters(name: string, what: string, read: (item: QueueItem) => string): KemiFunction[] {
	return ['get', 'gete', 'getw'].map((form) =>
		fn(
			`${name}_${form}`,
			[str('queue')],
			'xval',
			`The ${what} of the item that was fetched last; null without one${form === 'get' ? '' : ', as get does'}.`,
			(ctx, queue) => {
				const item = ctx.state(mqueue).fetched.of(ctx).get(queue);
				return item ? read(item) : null;
			},
		),
	);
}

/** A variable of a queue, which is named as it is written or by a variable: `$mqk($var(q))`. */
function queueVariable(
	name: string,
	doc: string,
	read: (state: MqueueState, queue: string, ctx: RequestContext) => PvValue,
): Variable {
	return {
		names: [name],
		doc,
		bind(binding) {
			refuseIndex(binding);
			const inner = requireInner(binding);
			const dynamic = dynamicName(inner);
			return {
				get(ctx) {
					const queue = dynamic ? String(dynamic.get(ctx) ?? '') : inner.source;
					return sizeOf(ctx, `$${name}`, queue) === undefined ? null : read(ctx.state(mqueue), queue, ctx);
				},
			};
		},
	};
}

/** The functions on KSR.mqueue. */
export const mqueue: KemiModule<MqueueState> = defineModule({
	name: 'mqueue',
	doc: 'Queues between requests, which all children share.',
	params: [
		{
			name: 'mqueue',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Declares a queue: name=NAME;size=NUMBER;addmode=NUMBER;dbmode=NUMBER. Beyond the size the oldest item goes, 0 is no limit. Of items with the same key addmode 0 takes all, 1 keeps the oldest, 2 the newest. With dbmode a table of its name has id, key and val: 1 moves rows into the queue at the start and what is left back at the end, 2 does the first only, 3 the second.',
		},
		{
			name: 'db_url',
			type: 'str',
			default: null,
			doc: `The database of queues with a dbmode: ${URL_FORMS}.`,
		},
		{
			name: 'mqueue_name',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Declares a queue with the size and addmode of the two parameters below.',
		},
		{ name: 'mqueue_size', type: 'int', default: 0, doc: 'The size of queues declared by mqueue_name.' },
		{
			name: 'mqueue_addmode',
			type: 'int',
			default: 0,
			doc: 'The addmode of queues declared by mqueue_name.',
		},
	],
	init: createState,
	started: ({ database }, host) => database?.load(host),
	close: ({ database, host }) => database?.store(host),
	cfgFunctions: [
		fn(
			'mq_size',
			[str('queue')],
			'int',
			'How many items there are in a queue; -1 if it is empty, -2 if there is no such queue.',
			(ctx, queue) => {
				const size = sizeOf(ctx, 'mq_size', queue);
				return size === undefined ? -2 : size || -1;
			},
		),
	],
	functions: [
		fn(
			'mq_add',
			[str('queue'), str('key'), str('value')],
			'int',
			'Puts an item into a queue: 1, or -1 if there is no such queue or no room.',
			add,
			{ cfg: 'mq_add' },
		),
		fn(
			'mq_fetch',
			[str('queue')],
			'int',
			'Takes the oldest item out of a queue; the mqk and mqv functions and variables give its parts. 1, -2 if the queue is empty, -1 if there is none.',
			fetch,
			{ cfg: 'mq_fetch' },
		),
		fn(
			'mq_size',
			[str('queue')],
			'int',
			'How many items there are in a queue; -1 if there is no such queue.',
			(ctx, queue) => sizeOf(ctx, 'KSR.mqueue.mq_size', queue) ?? -1,
		),
		fn(
			'mq_pv_free',
			[str('queue')],
			'int',
			'Forgets the item that was fetched last. Gives 1.',
			(ctx, queue) => {
				ctx.state(mqueue).fetched.of(ctx).delete(queue);
				return 1;
			},
			{ cfg: 'mq_pv_free' },
		),
		...getters('mqk', 'key', ({ key }) => key),
		...getters('mqv', 'value', ({ value }) => value),
	],
	rpc: mqueueRpc(({ host }) => host.state(mqueue).queues),
	variables: [
		queueVariable(
			'mqk',
			'The key of the item that was fetched last from a queue; null if it is empty or there is none.',
			({ fetched }, queue, ctx) => fetched.of(ctx).get(queue)?.key || null,
		),
		queueVariable(
			'mqv',
			'The value of the item that was fetched last from a queue; null if it is empty or there is none.',
			({ fetched }, queue, ctx) => fetched.of(ctx).get(queue)?.value || null,
		),
		queueVariable(
			'mq_size',
			'How many items there are in a queue.',
			({ queues }, queue) => queues.get(queue)?.size() ?? null,
		),
	],
});
