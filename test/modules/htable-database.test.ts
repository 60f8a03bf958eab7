/** Hash tables from a database. What is loaded and written was seen with Kamailio 5.6.3 and the same rows. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Host } from '../../src/host.ts';
import { withDatabase } from '../../src/sql/session.ts';
import { type Database, databaseOf } from '../../src/sql/url.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import type { SharedStore } from '../../src/store/store.ts';
import { kemihost } from '../support/command.ts';
import { mariadbMissing, postgresMissing, startMariadb, startPostgres } from '../support/databases.ts';
import { folderWith, hostFor } from '../support/host.ts';

const ITEMS = '(key_name, key_type, value_type, key_value, expires)';

/** A table as Kamailio's kamdbctl makes it. */
const create = (table: string) =>
	`create table ${table} (key_name varchar(64) default '' not null, key_type integer default 0 not null, value_type integer default 0 not null, key_value varchar(12), expires integer default 0 not null)`;

const ROWS = `insert into htable ${ITEMS} values
	('text', 0, 0, 'it''s', 0), ('n', 0, 1, '42', 0), ('negative', 0, 1, '-7', 0), ('trailing', 0, 1, '12x', 0),
	('plus', 0, 1, '+3', 0), ('none', 0, 1, 'abc', 0), ('list', 1, 0, 'x', 0), ('list', 1, 0, 'y', 0), ('one', 1, 1, '5', 0),
	('odd', 7, 7, 'two', 0), ('empty', 0, 0, '', 0), ('past', 0, 0, 'gone', 100), ('future', 0, 0, 'stays', 2000000000)`;

const LOADED = {
	text: "it's",
	n: 42,
	negative: -7,
	trailing: 12,
	plus: 3,
	none: 0,
	'list[0]': 'x',
	'list[1]': 'y',
	'list::size': 2,
	'one[0]': 5,
	'one::size': 1,
	odd: 'two',
	empty: '',
	future: 'stays',
};

type Made = { readonly database: Database; readonly url: string };

async function run({ database }: Made, ...statements: string[]): Promise<unknown[]> {
	return withDatabase(database, async (session) => {
		const answers = [];
		for (const statement of statements) answers.push((await session.query(statement)).rows);
		return answers.at(-1) as unknown[];
	});
}

const made = (url: string): Made => ({ url, database: databaseOf(url) as Database });

async function sqlite(t: TestContext): Promise<Made> {
	const file = made(`sqlite://${join(folderWith(t, {}), 'test.db')}`);
	await run(file, create('htable'), ROWS);
	return file;
}

const modparams = (url: string, ...tables: string[]) => [
	{ module: 'htable', name: 'db_url', value: url },
	{ module: 'htable', name: 'db_expires', value: 1 },
	...tables.map((value) => ({ module: 'htable', name: 'htable', value })),
];

const HANDLER = `function ksr_xhttp_event(evname)
	if KSR.pv.get("$hu") == "/RPC" then return KSR.jsonrpcs.dispatch() end
	local value = KSR.htable.sht_get(KSR.pv.get("$hdr(X-Table)"), KSR.pv.get("$hdr(X-Key)"))
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", type(value) .. " " .. tostring(value))
end
function on_event(evname) KSR.htable.sht_sets("t", "init", tostring(KSR.pv.get("$sht(t=>n)"))) end`;

interface Served {
	readonly host: Host;
	readonly lines: () => string[];
	/** The items of a table. */
	items(table: string): Promise<Record<string, string | number>>;
	/** What a command answers; the text of its fault. */
	ask(method: string, ...params: (string | number)[]): Promise<unknown>;
}

async function serve(t: TestContext, url: string, tables: string[], store?: SharedStore): Promise<Served> {
	const { host, lines, request } = await hostFor(t, HANDLER, {
		modparams: modparams(url, ...tables),
		...(store ? { store } : {}),
	});
	const ask: Served['ask'] = async (method, ...params) => {
		const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', method, params, id: 1 }));
		const { result, error } = JSON.parse((await request('/RPC', { method: 'POST', body })).body);
		return result ?? error.message;
	};
	const items = async (table: string) => {
		const slots = (await ask('htable.dump', table)) as { slot: { name: string; value: string | number }[] }[];
		return Object.fromEntries(slots.flatMap(({ slot }) => slot.map(({ name, value }) => [name, value])));
	};
	return { host, lines, ask, items };
}

/** What every database gives alike. */
async function servesTables(t: TestContext, there: Made): Promise<void> {
	const all = `select key_name, key_type, value_type, key_value, expires from htable order by key_name`;
	const { host, items, ask, lines } = await serve(t, there.url, [
		't=>dbtable=htable;autoexpire=500;dbmode=1',
		"c=>dbtable=htable;cols='key_name,key_type,key_value';dbmode=1",
	]);
	const loaded = await items('t');
	// a database may give rows of one name in any order
	const list = [loaded['list[0]'], loaded['list[1]']].sort();
	assert.deepEqual({ ...loaded, 'list[0]': list[0], 'list[1]': list[1] }, LOADED);
	assert.equal((await items('c'))['n'], '0,42');
	assert.match(JSON.stringify(await ask('htable.get', 't', 'future')), /"expire":"2033-05-1/);

	await run(there, 'delete from htable', `insert into htable ${ITEMS} values ('new', 0, 0, 'row', 0)`);
	assert.equal((await items('t'))['n'], 42);
	await ask('htable.sets', 't', 'own', 'forgotten');
	assert.equal(await ask('htable.reload', 't'), 'Ok. Htable reloaded.');
	assert.deepEqual(await items('t'), { new: 'row' });

	await run(there, 'alter table htable rename to away');
	assert.equal(await ask('htable.reload', 't'), 'Htable reload failed');
	assert.equal(await ask('htable.store', 't'), 'Storing htable failed');
	assert.deepEqual(await items('t'), { new: 'row' });
	assert.match(lines().join('\n'), /htable\.reload t: .*htable.*\(.*:\/\//);
	assert.doesNotMatch(lines().join('\n'), /secret|cr@t/);
	await run(there, 'alter table away rename to htable');

	await ask('htable.sets', 't', 'quoted', "'); --");
	await ask('htable.setxi', 't', 'count', 7, 1000);
	assert.equal(await ask('htable.store', 'c'), 'Ok. Htable successfully stored to DB.');
	assert.deepEqual(await run(there, 'select key_name from htable'), [['new']]);
	await host.close();
	const written = (await run(there, all)) as (string | number)[][];
	const now = Date.now() / 1000;
	for (const row of written) assert.ok(Number(row.pop()) > now, `${row[0]} ends later than now`);
	assert.deepEqual(written, [
		['count', 0, 1, '7'],
		['new', 0, 0, 'row'],
		['quoted', 0, 0, "'); --"],
	]);
}

test('SQLite: tables are loaded, loaded anew, and written back', async (t) => {
	await servesTables(t, await sqlite(t));
});

test('PostgreSQL: tables are loaded, loaded anew, and written back', { skip: postgresMissing }, async (t) => {
	const there = made((await startPostgres(t)).url);
	await run(there, create('htable'), ROWS);
	await servesTables(t, there);
	await writesWhatFits(t, there);
});

test('MySQL: tables are loaded, loaded anew, and written back', { skip: mariadbMissing }, async (t) => {
	const there = made((await startMariadb(t)).url);
	await run(there, create('htable'), ROWS);
	await servesTables(t, there);
	await writesWhatFits(t, there);
});

/** An item that a column has no room for keeps no other from being written. */
async function writesWhatFits(t: TestContext, there: Made): Promise<void> {
	const { ask, lines } = await serve(t, there.url, ['t=>dbtable=htable']);
	await run(there, 'delete from htable');
	await ask('htable.reload', 't');
	for (const key of ['a', 'b', 'c'])
		await ask('htable.sets', 't', key, key === 'b' ? 'longer than its column' : 'fits');
	assert.equal(await ask('htable.store', 't'), 'Ok. Htable successfully stored to DB.');
	assert.deepEqual(await run(there, 'select key_name, key_value from htable order by key_name'), [
		['a', 'fits'],
		['c', 'fits'],
	]);
	assert.match(lines().join('\n'), /htable: t=>b is not written to htable: /);
}

test('what RPC answers where there is no table, no database, or none that can be reached', async (t) => {
	const folder = folderWith(t, {});
	const { url } = await sqlite(t);
	const { ask } = await serve(t, url, ['t=>dbtable=htable', 'own=>size=4']);
	for (const command of ['htable.reload', 'htable.store']) {
		assert.equal(await ask(command), 'No htable name given');
		assert.equal(await ask(command, 'none'), 'No such htable');
		assert.equal(await ask(command, 'own'), 'No database htable');
	}
	const without = await serve(t, '', ['t=>dbtable=htable;dbmode=1']);
	assert.equal(await without.ask('htable.reload', 't'), 'No htable db_url');
	assert.deepEqual(await without.ask('htable.listTables'), [
		{ name: 't', dbtable: 'htable', dbmode: 1, expire: 0, updateexpire: 1, size: 16, dmqreplicate: 0 },
	]);

	await assert.rejects(serve(t, `sqlite://${folder}`, ['t=>dbtable=htable']), {
		code: 'KH_DATABASE',
		message: /^htable: no connection to sqlite:/,
		hint: /db_url/,
	});
	await assert.rejects(serve(t, url, ['t=>dbtable=missing']), {
		code: 'KH_DATABASE',
		message: /^htable t cannot be loaded: no such table: missing \(sqlite:/,
	});
});

test('rows that are no items refuse the table', async (t) => {
	const there = await sqlite(t);
	await run(there, 'create table numbers (id int, v text)', "insert into numbers values (1, 'x')");
	await run(there, create('nulls'), `insert into nulls ${ITEMS} values ('a', 0, 0, null, 0)`);
	await run(there, create('typed').replace('key_type integer', 'key_type text'));
	await run(there, `insert into typed ${ITEMS} values ('a', 'b', 0, 'c', 0)`);
	const refuses = (table: string, why: RegExp) =>
		assert.rejects(serve(t, there.url, [table]), { code: 'KH_DATABASE', message: why });
	await refuses("t=>dbtable=numbers;cols='id,v'", /row 1: the key is no text/);
	await refuses('t=>dbtable=nulls', /row 1: the value is NULL/);
	await refuses('t=>dbtable=typed', /row 1: key_type is no integer/);
});

test('columns that are chosen become one text', async (t) => {
	const there = await sqlite(t);
	await run(
		there,
		'create table people (name text, age int, town text)',
		"insert into people values ('ada', 36, 'London'), ('bob', null, null)",
	);
	const { items } = await serve(t, there.url, [
		"a=>dbtable=people;cols='name,age,town'",
		"b=>dbtable=people;cols='name, town, age';coldelim='|';colnull=''",
	]);
	assert.deepEqual(await items('a'), { ada: '36,London', bob: '*,*' });
	assert.deepEqual(await items('b'), { ada: 'London|36', bob: '|' });
});

test('a table that the store has no room for stays as it was', async (t) => {
	const there = await sqlite(t);
	const store = new MemoryStore({ bytes: 20_000 });
	const { ask, items } = await serve(t, there.url, ['t=>dbtable=htable'], store);
	const before = await items('t');
	await run(
		there,
		`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) insert into htable ${ITEMS} select 'key' || i, 0, 0, 'value', 0 from n`,
		"update htable set key_value = 'changed'",
	);
	assert.equal(await ask('htable.reload', 't'), 'Htable reload failed');
	assert.deepEqual(await items('t'), before);
});

test('one of several hosts with one store loads, before any of them serves', async (t) => {
	const there = await sqlite(t);
	const store = new MemoryStore();
	const both = await Promise.all([1, 2].map(() => serve(t, there.url, ['t=>dbtable=htable'], store)));
	for (const { items } of both) assert.equal((await items('t'))['n'], 42);
	await both[0]?.ask('htable.sets', 't', 'n', 'written');
	const third = await serve(t, there.url, ['t=>dbtable=htable'], store);
	assert.equal((await third.items('t'))['n'], 'written');
});

test('children begin with the tables, and the last of them writes them back', async (t) => {
	const there = await sqlite(t);
	const folder = folderWith(t, {
		'handler.lua': `function ksr_xhttp_event(evname)
			if KSR.pv.get("$sht(t=>init)") ~= "42" then KSR.err("no item") end
			KSR.xhttp.xhttp_reply(200, "OK", "", tostring(KSR.htable.sht_inc("t", "n")))
		end
		function on_event(evname) KSR.htable.sht_sets("t", "init", tostring(KSR.pv.get("$sht(t=>n)"))) end`,
	});
	const modparam = (name: string, value: string) => ['--modparam', `htable:${name}:s:${value}`];
	const command = kemihost(t, [
		...['run', join(folder, 'handler.lua'), '--listen', ':0', '--children', '3', '--control', '-'],
		...modparam('db_url', there.url),
		...modparam('htable', 't=>dbtable=htable;dbmode=1'),
		...modparam('event_callback', 'on_event'),
	]);
	const [, address = ''] = await command.until(/ on (http:\S+)\n/);
	const answers = await Promise.all(
		Array.from({ length: 30 }, async () => Number(await (await fetch(address)).text())),
	);
	assert.equal(Math.max(...answers), 72);
	command.child.kill('SIGTERM');
	assert.equal(await command.ended, 0);
	assert.doesNotMatch(command.stderr(), /no item/);
	assert.deepEqual(await run(there, "select key_value, value_type from htable where key_name = 'n'"), [
		['72', 1],
	]);
	assert.deepEqual(await run(there, "select key_type from htable where key_name = 'list[0]'"), [[0]]);
});

test('a check and a single request write nothing back', async (t) => {
	const there = await sqlite(t);
	const { script } = await hostFor(t, HANDLER);
	const modparam = (name: string, value: string) => ['--modparam', `htable:${name}:s:${value}`];
	const options = [...modparam('db_url', there.url), ...modparam('htable', 't=>dbtable=htable;dbmode=1')];
	for (const command of [
		['run', '-c', script],
		['request', script, '/'],
	])
		assert.equal(await kemihost(t, [...command, ...options]).ended, 0, command.join(' '));
	assert.deepEqual(await run(there, 'select count(*) from htable where key_type = 1'), [[3]]);
});
