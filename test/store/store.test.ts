/**
 * The contract of a shared store, for all that ship.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { createStateDir, removeStateDir } from '../../src/store/folder.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { RedisStore } from '../../src/store/redis.ts';
import { SqliteStore } from '../../src/store/sqlite.ts';
import { type SharedStore, type StoreLimits, StoreRefusal } from '../../src/store/store.ts';
import { noRedis, redisFor } from '../support/redis.ts';

type Open = (t: TestContext, limits?: Partial<StoreLimits>) => SharedStore | Promise<SharedStore>;

const STORES: Record<string, Open> = {
	MemoryStore: (_t, limits) => new MemoryStore(limits),
	SqliteStore(t, limits) {
		const folder = createStateDir();
		const store = new SqliteStore(folder, limits);
		t.after(async () => {
			await store.close();
			removeStateDir(folder);
		});
		return store;
	},
	async RedisStore(t, limits = {}) {
		const { socket } = await redisFor(t);
		const store = await RedisStore.open(`unix://${socket}?prefix=a%20test`, { limits });
		t.after(() => store.close());
		return store;
	},
};

const soon = () => Date.now() + 100_000;
const PAST = 1;

for (const [name, open] of Object.entries(STORES)) {
	const skip = name === 'RedisStore' && noRedis;

	const suite = (title: string, run: (store: SharedStore, t: TestContext) => void) =>
		test(`${name}: ${title}`, { skip }, async (t) => run(await open(t), t));

	suite('keeps texts and integers by key', (store) => {
		const table = store.table('a');
		assert.equal(table.get('k'), undefined);
		table.set('k', 'text');
		table.set('n', 12);
		table.set('', 'the empty key');
		table.set('empty', '');
		assert.deepEqual(
			['k', 'n', '', 'empty'].map((key) => table.get(key)),
			['text', 12, 'the empty key', ''],
		);
		table.set('k', -5);
		assert.equal(table.get('k'), -5);
		assert.equal(table.count(), 4);
		assert.ok(table.delete('k'));
		assert.equal(table.delete('k'), false);
		assert.equal(table.get('k'), undefined);
		table.clear();
		assert.deepEqual([table.count(), [...table.items()]], [0, []]);
	});

	suite('keeps tables apart, and a table the same', (store) => {
		store.table('a').set('k', 1);
		store.table('b').set('k', 2);
		store.table('ä\0=>').set('k', 3);
		assert.deepEqual(
			['a', 'b', 'ä\0=>'].map((table) => store.table(table).get('k')),
			[1, 2, 3],
		);
		store.table('a').clear();
		assert.equal(store.table('b').get('k'), 2);
	});

	suite('takes any bytes', (store) => {
		const table = store.table('bytes');
		const bytes = fc.string({
			unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
			maxLength: 700,
		});
		const value = fc.oneof(bytes, fc.maxSafeInteger());
		fc.assert(
			fc.property(fc.dictionary(bytes, value, { maxKeys: 20 }), (content) => {
				table.clear();
				for (const [key, item] of Object.entries(content)) table.set(key, item);
				for (const [key, item] of Object.entries(content)) assert.equal(table.get(key), item);
				assert.deepEqual(
					new Map([...table.items()].map((item) => [item.key, item.value])),
					new Map(Object.entries(content)),
				);
			}),
		);
		const large = 'x\xff\0'.repeat(300_000);
		table.set('large', large);
		assert.equal(table.get('large'), large);
	});

	suite('declares what is not there', (store) => {
		const table = store.table('a');
		assert.ok(table.declare('k', 1));
		assert.equal(table.declare('k', 2), false);
		assert.equal(table.get('k'), 1);
		table.expire('k', PAST);
		assert.ok(table.declare('k', 3, soon()));
		assert.equal(table.get('k'), 3);
	});

	suite('increments integers', (store) => {
		const table = store.table('a');
		assert.equal(table.increment('k', 1), undefined);
		assert.equal(table.increment('k', 1, { initial: 5 }), 6);
		assert.equal(table.increment('k', -10), -4);
		table.set('text', '12');
		assert.equal(table.increment('text', 1, { initial: 0 }), undefined);
		assert.equal(table.get('text'), '12');
		table.set('high', Number.MAX_SAFE_INTEGER);
		assert.equal(table.increment('high', 2), Number.MAX_SAFE_INTEGER);
		table.set('low', Number.MIN_SAFE_INTEGER);
		assert.equal(table.increment('low', -2), Number.MIN_SAFE_INTEGER);
		assert.throws(() => table.increment('k', 0.5), StoreRefusal);
	});

	suite('forgets what has expired, and gives it away once', (store) => {
		const table = store.table('a');
		const end = soon();
		table.set('k', 'v', { at: end });
		assert.deepEqual(table.item('k'), { key: 'k', value: 'v', expires: end });
		assert.deepEqual(table.takeExpired(10), []);
		assert.ok(table.expire('k', PAST));
		assert.equal(table.get('k'), undefined);
		assert.equal(table.item('k'), undefined);
		assert.equal(table.expire('k', end), false);
		assert.equal(table.increment('k', 1), undefined);
		assert.equal(table.delete('k'), false);
		assert.deepEqual([...table.items()], []);
		assert.equal(table.count(), 1);
		assert.deepEqual(table.takeExpired(10), [{ key: 'k', value: 'v', expires: PAST }]);
		assert.deepEqual(table.takeExpired(10), []);
		assert.equal(table.count(), 0);

		for (let i = 0; i < 25; i++) table.set(`k${i}`, i, { at: PAST + i });
		table.set('stays', 1, { at: end });
		table.set('stays too', 1);
		const taken = [20, 20, 20].map((limit) => table.takeExpired(limit).map(({ value }) => Number(value)));
		assert.deepEqual(
			taken.map(({ length }) => length),
			[20, 5, 0],
		);
		assert.deepEqual(
			taken.flat().sort((a, b) => a - b),
			Array.from({ length: 25 }, (_, i) => i),
		);
		table.increment('n', 1, { initial: 5, at: PAST });
		assert.equal(table.increment('n', 1, { initial: 7, at: end }), 8);
		assert.equal(table.item('n')?.expires, end);
	});

	suite('keeps an expiry or sets a new one', (store) => {
		const table = store.table('a');
		const [first, second] = [soon(), soon() + 1000];
		const expires = () => table.item('k')?.expires;
		table.set('k', 1, { at: first, keep: true });
		assert.equal(expires(), first);
		table.set('k', 2, { at: second, keep: true });
		assert.equal(expires(), first);
		table.increment('k', 1, { at: second, keep: true });
		assert.equal(expires(), first);
		table.increment('k', 1, { at: second });
		assert.equal(expires(), second);
		table.set('k', 3, { at: first });
		assert.equal(expires(), first);
		table.expire('k', PAST);
		table.set('k', 4, { at: second, keep: true });
		assert.equal(expires(), second);
		table.set('k', 5);
		assert.equal(expires(), 0);
	});

	suite('removes on a condition', (store) => {
		const table = store.table('a');
		table.set('k', 'mine');
		assert.equal(
			table.delete('k', ({ value }) => value === 'yours'),
			false,
		);
		assert.ok(table.delete('k', (item) => item.key === 'k' && item.value === 'mine'));
		assert.throws(() => {
			table.set('k', 1);
			table.delete('k', () => {
				throw new Error('from the test');
			});
		}, /from the test/);
		assert.equal(table.get('k'), 1);
	});

	suite('gives all items while the table changes', (store) => {
		const table = store.table('a');
		const keys = Array.from({ length: 1000 }, (_, i) => `key ${i}`);
		for (const key of keys) table.set(key, key.repeat(20));
		const seen: string[] = [];
		for (const { key } of table.items()) {
			seen.push(key);
			table.delete(key);
			if (seen.length % 10 === 0) table.set(`new ${seen.length}`, 'x');
		}
		assert.deepEqual(seen.filter((key) => key.startsWith('key')).sort(), keys.sort());
	});

	test(`${name}: refuses what is too long`, { skip }, async (t) => {
		const store = await open(t, { name: 5, tables: 2, key: 10, value: 20 });
		const table = store.table('a');
		const refuses = (run: () => unknown, why: RegExp) =>
			assert.throws(run, (error: StoreRefusal) => error instanceof StoreRefusal && why.test(error.message));
		refuses(() => table.set('k'.repeat(11), 1), /key of 11 bytes .*limit 10/);
		refuses(() => table.set('k', 'v'.repeat(21)), /value of 21 bytes .*limit 20/);
		refuses(() => table.declare('k', 'v'.repeat(21)), /value/);
		refuses(() => table.set('k', 1.5), /1.5/);
		refuses(() => table.increment('k'.repeat(11), 1), /key/);
		refuses(() => store.table('123456'), /name/);
		refuses(() => store.table(''), /name/);
		store.table('b');
		refuses(() => store.table('c'), /limit 2/);
		assert.equal(table.count(), 0);
	});

	// how much a server takes is the server's own maxmemory
	for (const size of name === 'RedisStore' ? [] : [20, 1000, 50_000])
		test(`${name}: is full of values of ${size} bytes, and takes more once some are gone`, async (t) => {
			const table = (await open(t, { bytes: 1 << 20 })).table('a');
			const value = 'v'.repeat(size);
			let count = 0;
			assert.throws(() => {
				for (; count < 100_000; count++) table.set(`k${count}`, value);
			}, /the shared store is full: it takes up to 1048576 bytes/);
			assert.equal(table.count(), count);
			assert.ok(count * (size + 8) < 1 << 20, `${count} items of ${size} bytes`);
			// What does not fit on a page with others takes pages of its own.
			assert.ok(
				count * Math.max(size + 200, size > 900 ? 4200 : 0) > 700_000,
				`${count} items of ${size} bytes`,
			);
			assert.equal(table.get(`k${count}`), undefined);
			table.set('k0', 'w');
			assert.equal(table.get(`k${count - 1}`), value);
			for (let i = 0; i < count; i += 2) assert.ok(table.delete(`k${i}`));
			for (let i = 0; i < count / 4; i += 2) table.set(`k${i}`, value);
			table.clear();
			for (let i = 0; i < count / 2; i++) table.set(`other ${i}`, value);
		});
}
