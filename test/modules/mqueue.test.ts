/** KSR.mqueue, $mqk, $mqv and $mq_size. Unless a title says otherwise, the results were recorded from Kamailio 5.6.3. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStateDir, removeStateDir } from '../../src/store/folder.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { SqliteStore } from '../../src/store/sqlite.ts';
import { complains, fails, gives, is, type Step, set, take, World } from '../support/context.ts';

const queues = (...declarations: string[]) =>
	declarations.map((value) => ({ module: 'mqueue', name: 'mqueue', value }));

const ONE = { modparams: queues('name=q') };

const add = (queue: string, key: string, value: string) => gives('mqueue.mq_add', queue, key, value)(1);
const fetch = (queue: string, result: number) => gives('mqueue.mq_fetch', queue)(result);

/** What the functions say of the queue q and of the item that was fetched last. */
const shows = (size: number, key: string | null, value: string | null): Step[] => [
	gives('mqueue.mq_size', 'q')(size),
	is('$mq_size(q)', size),
	...['get', 'gete', 'getw'].flatMap((form) => [
		gives(`mqueue.mqk_${form}`, 'q')(key),
		gives(`mqueue.mqv_${form}`, 'q')(value),
	]),
	is('$mqk(q)', key || null),
	is('$mqv(q)', value || null),
];

test('items come out as they went in', () => {
	take(
		[
			...shows(0, null, null),
			add('q', 'k1', 'v1'),
			add('q', 'k1', 'v2'),
			add('q', '', ''),
			gives('mqueue.mq_add', 'q', 3, 4)(1),
			...shows(4, null, null),
			fetch('q', 1),
			...shows(3, 'k1', 'v1'),
			fetch('q', 1),
			...shows(2, 'k1', 'v2'),
			fetch('q', 1),
			...shows(1, '', ''),
			fetch('q', 1),
			...shows(0, '3', '4'),
			fetch('q', -2),
			...shows(0, null, null),
			add('q', 'k9', 'v\0x'),
			fetch('q', 1),
			...shows(0, 'k9', 'v\0x'),
			gives('mqueue.mq_pv_free', 'q')(1),
			...shows(0, null, null),
		],
		{},
		ONE,
	);
});

test('an item that was fetched stays for the next request', () => {
	const world = new World(ONE);
	for (const step of [add('q', 'a', 'b'), fetch('q', 1)]) step(world, world.request());
	is('$mqv(q)', 'b')(world, world.request());
});

test('functions and variables for queues that do not exist fail', () => {
	take(
		[
			complains('mqueue.mq_add', 'none', 'a', 'b')(-1),
			complains('mqueue.mq_add', '', 'a', 'b')(-1),
			fetch('none', -1),
			complains('mqueue.mq_size', 'none')(-1),
			gives('mqueue.mq_pv_free', 'none')(1),
			gives('mqueue.mqk_get', 'none')(null),
			fails('$mqk(none)'),
			fails('$mqv(Q)'),
			fails('$mq_size(q )'),
		],
		{},
		ONE,
	);
});

test('a variable can name the queue', () => {
	take(
		[
			set('$var(q)', 'q'),
			add('q', 'a', 'b'),
			is('$mq_size($var(q))', 1),
			fetch('q', 1),
			is('$mqk($var(q))', 'a'),
			is('$mqv($var(q))', 'b'),
			fails('$mqk($var(q)x)'),
			fails('$mq_size($var(none))'),
			fails('$mqk($vn(none))'),
			fails('$mqk'),
			fails('$mqk()'),
			fails('$mq_size()'),
			fails('$(mqk(q)[0])'),
			set('$mqk(q)', 'x'),
			is('$mqk(q)', 'a'),
		],
		{},
		ONE,
	);
});

test('sizes and ways to treat a key that is there already', () => {
	const modparams = [
		...queues('name=all', 'name=small;size=2', 'name=old;addmode=1;', 'NAME=new;addmode=2;size=100'),
		...queues('name = "quoted" ; size = 1', "name='single';size=-1"),
		{ module: 'mqueue', name: 'mqueue_name', value: 'named' },
		{ module: 'mqueue', name: 'mqueue_size', value: 3 },
		{ module: 'mqueue', name: 'mqueue_addmode', value: 2 },
	];
	const expected: Record<string, string> = {
		all: 'a=1 b=2 c=3 a=4 c=5 B=6 b=7',
		small: 'B=6 b=7',
		old: 'a=1 b=2 c=3 B=6',
		new: 'a=4 c=5 B=6 b=7',
		quoted: 'b=7',
		single: 'a=1 b=2 c=3 a=4 c=5 B=6 b=7',
		named: 'c=5 B=6 b=7',
	};
	const items = 'a=1 b=2 c=3 a=4 c=5 B=6 b=7'.split(' ').map((item) => item.split('=') as [string, string]);
	for (const [queue, rest] of Object.entries(expected)) {
		const left = rest.split(' ').map((item) => item.split('=') as [string, string]);
		take(
			[
				...items.map(([key, value]) => add(queue, key, value)),
				gives('mqueue.mq_size', queue)(left.length),
				...left.flatMap(([key, value]) => [
					fetch(queue, 1),
					gives('mqueue.mqk_get', queue)(key),
					gives('mqueue.mqv_get', queue)(value),
				]),
				fetch(queue, -2),
			],
			{},
			{ modparams },
		);
	}
});

test('declarations that are not good', () => {
	const wrong = [
		...['', 'q', 'name=', 'name=q;nosuch=1', 'name=q;size=x', 'name=q;dbmode=1', 'size=5'].map((text) =>
			queues(text),
		),
		queues('name=q', 'name=q;size=5'),
		[{ module: 'mqueue', name: 'mqueue_name', value: '' }],
	];
	for (const modparams of wrong) assert.throws(() => new World({ modparams }), { code: 'KH_MODPARAM' });
});

// Kamailio's bound is its shared memory.
test('an item for which there is no room is refused', () => {
	const world = new World({ ...ONE, store: new MemoryStore({ bytes: 10_000 }) });
	const ctx = world.request();
	const item = 'x'.repeat(5000);
	add('q', '', item)(world, ctx);
	complains('mqueue.mq_add', 'q', '', item)(-1)(world, ctx);
	fetch('q', 1)(world, ctx);
	add('q', '', item)(world, ctx);
});

test('what one child puts into a queue another takes out', (t) => {
	const folder = createStateDir();
	const stores = [new SqliteStore(folder), new SqliteStore(folder)];
	t.after(() => {
		for (const store of stores) store.close();
		removeStateDir(folder);
	});
	const modparams = queues('name=q', 'name=old;addmode=1', 'name=new;addmode=2;size=2');
	const [here, there] = stores.map((store) => new World({ modparams, store })) as [World, World];
	const [first, second] = [here.request(), there.request()];
	const items = [...'aba'].map((key, i) => [key, `${i}\0ü`] as const);
	for (const queue of ['q', 'old', 'new'])
		for (const [key, value] of items) gives('mqueue.mq_add', queue, key, value)(1)(here, first);
	for (const [queue, values] of Object.entries({ q: [0, 1, 2], old: [0, 1], new: [1, 2] })) {
		is(`$mq_size(${queue})`, values.length)(there, second);
		for (const i of values) {
			gives('mqueue.mq_fetch', queue)(1)(there, second);
			gives('mqueue.mqv_get', queue)(`${i}\0ü`)(there, second);
		}
		gives('mqueue.mq_fetch', queue)(-2)(here, first);
	}
	for (let i = 0; i < 3; i++) gives('mqueue.mq_add', 'new', i, '')(1)(there, second);
	is('$mq_size(new)', 2)(here, first);
});

test('items of a long queue come out in no more time than they went in', () => {
	const store = new MemoryStore();
	const start = performance.now();
	for (const sameKey of ['both', 'keep-new'] as const) {
		const queue = store.queue(sameKey, { size: 0, sameKey });
		for (let i = 0; i < 200_000; i++) queue.add({ key: String(i), value: '' });
		for (let i = 0; i < 200_000; i++) assert.equal(queue.take()?.key, String(i));
		assert.equal(queue.take(), undefined);
		queue.add({ key: 'last', value: '' });
		assert.equal(queue.take()?.key, 'last');
	}
	assert.ok(performance.now() - start < 3000);
});
