/** Queues in a database. What is read and written was seen with Kamailio 5.6.3 and the same rows. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { withDatabase } from '../../src/sql/session.ts';
import { type Database, databaseOf } from '../../src/sql/url.ts';
import { openTestHost } from '../../src/testing/index.ts';
import { mariadbMissing, postgresMissing, startMariadb, startPostgres } from '../support/databases.ts';
import { folderWith, hostFor, type TestHostOptions } from '../support/host.ts';

async function run(url: string, ...statements: string[]): Promise<readonly unknown[]> {
	return withDatabase(databaseOf(url) as Database, async (session) => {
		let rows: readonly unknown[] = [];
		for (const statement of statements) ({ rows } = await session.query(statement));
		return rows;
	});
}

const queue = (value: string) => ({ module: 'mqueue', name: 'mqueue', value });

const serve = (t: TestContext, url: string, queues: string[], options: TestHostOptions = {}) =>
	hostFor(t, 'function ksr_xhttp_event() end', {
		modparams: [{ module: 'mqueue', name: 'db_url', value: url }, ...queues.map(queue)],
		...options,
	});

/** What every database gives alike; its tables have a column that numbers the rows. */
async function keepsQueues(t: TestContext, url: string, id: string, key: string): Promise<void> {
	for (const name of ['moved', 'loaded', 'written'])
		await run(
			url,
			`create table ${name} (id ${id}, ${key} varchar(16), val varchar(16))`,
			`insert into ${name} (${key}, val) values ('k1', 'v1'), ('k2', 'it''s')`,
		);
	const rows = (name: string) => run(url, `select ${key}, val from ${name} order by id`);
	const queues = ['name=moved;dbmode=1', 'name=loaded;dbmode=2', 'name=written;dbmode=3'];
	const { host, lines } = await serve(t, url, queues);
	const command = (name: string, ...args: string[]) => host.rpc.run(host, `mqueue.${name}`, args);
	assert.deepEqual(await command('fetch', 'moved'), { key: 'k1', val: 'v1' });
	assert.deepEqual(await command('fetch', 'loaded'), { key: 'k1', val: 'v1' });
	assert.deepEqual(await command('get_size', 'written'), { name: 'written', size: 0 });
	assert.deepEqual([await rows('moved'), await rows('loaded')], [[], []], 'an item is in one place');
	const state = host.store.queue('mqueue:moved', { size: 0, sameKey: 'both' });
	state.add({ key: "'); --", value: '' });
	state.add({ key: 'long', value: 'x'.repeat(17) });
	await host.close();
	const written = await rows('moved');
	assert.deepEqual(written.slice(0, 2), [
		['k2', "it's"],
		["'); --", ''],
	]);
	// SQLite takes what is longer than its column
	if (written.length < 3) assert.match(lines().join('\n'), /mqueue: moved: the item long is not written: /);
	assert.deepEqual(await rows('loaded'), []);
	assert.equal((await rows('written')).length, 2);
}

test('SQLite: queues are loaded and written', async (t) => {
	const url = `sqlite://${join(folderWith(t, {}), 'queues.db')}`;
	await keepsQueues(t, url, 'integer primary key', 'key');
});

test('PostgreSQL: queues are loaded and written', { skip: postgresMissing }, async (t) => {
	await keepsQueues(t, (await startPostgres(t)).url, 'serial primary key', 'key');
});

test('MySQL: queues are loaded and written', { skip: mariadbMissing }, async (t) => {
	await keepsQueues(t, (await startMariadb(t)).url, 'int auto_increment primary key', '`key`');
});

test('a queue that cannot be loaded keeps the host from starting, and loses nothing', async (t) => {
	const url = `sqlite://${join(folderWith(t, {}), 'queues.db')}`;
	await run(
		url,
		'create table q (id integer primary key, key text, val text)',
		"insert into q (key, val) values ('a', 'b'), (null, 'c')",
	);
	await assert.rejects(serve(t, url, ['name=q;dbmode=1']), {
		code: 'KH_DATABASE',
		message: /^mqueue q cannot be loaded: row 2 has no key or no value \(sqlite:/,
	});
	await assert.rejects(serve(t, url, ['name=none;dbmode=1']), { message: /no such table: none/ });
	assert.equal((await run(url, 'select * from q')).length, 2);
	for (const [text, why] of [
		['name=q;dbmode=4', /dbmode that is none/],
		['name=a-b;dbmode=1', /name that is none of a table/],
	] as const)
		await assert.rejects(serve(t, url, [text]), { code: 'KH_MODPARAM', message: why });
	await assert.rejects(serve(t, '', ['name=q;dbmode=1']), { code: 'KH_MODPARAM', hint: /db_url/ });

	await run(url, "update q set key = 'x' where key is null");
	const look = await serve(t, url, ['name=q;dbmode=1'], { ephemeral: true });
	assert.deepEqual(await look.host.rpc.run(look.host, 'mqueue.fetch', ['q']), { key: 'a', val: 'b' });
	await look.host.close();
	assert.equal((await run(url, 'select * from q')).length, 2);
});

test('a test of a script takes nothing out of a database', async (t) => {
	const url = `sqlite://${join(folderWith(t, {}), 'queues.db')}`;
	await run(
		url,
		'create table q (id integer primary key, key text, val text)',
		"insert into q (key, val) values ('a', 'b')",
	);
	const { script } = await hostFor(t, 'function ksr_xhttp_event() KSR.mqueue.mq_fetch("q") end');
	const host = await openTestHost({
		script,
		modparams: [{ module: 'mqueue', name: 'db_url', value: url }, queue('name=q;dbmode=1')],
	});
	await host.request('/');
	assert.equal(host.pv('$mqk(q)'), 'a');
	await host.close();
	assert.deepEqual(await run(url, 'select key, val from q'), [['a', 'b']]);
});
