/**
 * The htable module. What its functions and variables give is recorded from Kamailio in the corpus (htable-*); here is
 * what a recording cannot show: time, several children, several requests at once, and what is newer than 5.6.3.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import type { KemihostError } from '../../src/errors.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { ModParam } from '../../src/kemi/params.ts';
import {
	deleteItem,
	dumpTable,
	flushTable,
	getItem,
	listTables,
	setItem,
	setItemExpire,
	tableStatistics,
} from '../../src/modules/htable/admin.ts';
import { type HashDefinition, parseDefinition } from '../../src/modules/htable/definition.ts';
import { sweep } from '../../src/modules/htable/events.ts';
import { htable } from '../../src/modules/htable.ts';
import { createStateDir, removeStateDir } from '../../src/store/folder.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { SqliteStore } from '../../src/store/sqlite.ts';
import type { SharedStore } from '../../src/store/store.ts';
import { complains, fails, gives, is, refused, type Step, set, take, World } from '../support/context.ts';
import { hostFor, type TestHostOptions } from '../support/host.ts';

const tables = (...definitions: string[]): ModParam[] =>
	definitions.map((value) => ({ module: 'htable', name: 'htable', value }));

test('a definition has a name and settings', () => {
	const defaults = {
		name: 'a',
		slots: 16,
		autoexpire: 0,
		updateexpire: true,
		initval: undefined,
		source: undefined,
		dbmode: 0,
	};
	const good: [string, Partial<HashDefinition>][] = [
		['a=>size=8;', { slots: 256 }],
		['a=>', {}],
		['a=>;', {}],
		[' a => size=8 ; autoexpire=3', { slots: 256, autoexpire: 3 }],
		['a=>size = 0', { slots: 8 }],
		['a=>size=99', { slots: 1 << 14 }],
		["a=>size='8'", { slots: 256 }],
		['a=>initval=-5;updateexpire=0', { initval: -5, updateexpire: false }],
		['a=>initval=+5;updateexpire=2', { initval: 5 }],
		['a::b=>', { name: 'a::b' }],
		["a=>dmqreplicate=0;dbmode=0;dbtable=''", {}],
		['a=>dbtable=s.t;dbmode=1', { source: { table: 's.t', columns: undefined }, dbmode: 1 }],
		[
			"a=>dbtable=t;cols='k, v'",
			{ source: { table: 't', columns: { names: ['k', 'v'], delimiter: ',', nullMark: '*' } } },
		],
		[
			"a=>dbtable=t;cols='k,v';coldelim=|;colnull=''",
			{ source: { table: 't', columns: { names: ['k', 'v'], delimiter: '|', nullMark: '' } } },
		],
	];
	for (const [text, expected] of good)
		assert.deepEqual(parseDefinition(text), { ...defaults, ...expected }, text);
});

test('a definition that says something else is refused at the start', () => {
	const bad: [string, RegExp][] = [
		['a', /"=>"/],
		['', /"=>"/],
		['=>size=8', /name/],
		['a b=>size=8', /"=>"/],
		['a>size=8', /"=>"/],
		['a=size=8', /"=>"/],
		['a=>size=8;;autoexpire=3', /"" is no setting/],
		['a=>size=8; ', /" " is no setting/],
		['a=>size', /"size" is no setting/],
		['a=>size=', /no setting/],
		['a=>size=8,autoexpire=3', /no setting/],
		['a=>size=8 8', /no setting/],
		['a=>size=abc', /size: "abc" is no number/],
		['a=>autoexpire=-1', /autoexpire: "-1"/],
		['a=>initval=0x10', /initval: "0x10" is no integer/],
		['a=>initval=1.5', /initval/],
		['a=>Size=8', /no setting Size.*did you mean size/s],
		['a=>size=8;size=9', /set twice/],
		["a=>dbtable='users; drop table users'", /no setting/],
		["a=>dbtable='users where 1=1 --'", /no name of a table/],
		["a=>dbtable=users;cols='name'", /cols: .* the least/],
		["a=>dbtable=users;cols='a,b c'", /"b c" is no name/],
		["a=>dbtable=users;cols='a,b,c,d,e,f,g,h,i'", /8 columns/],
		["a=>dbtable=users;cols='a,b';coldelim='::'", /coldelim: "::" is more than one/],
		['a=>dbtable=users;reloadat=5', /reloadat: .*htable.reload/],
		['a=>dbmode=yes', /dbmode: "yes" is no number/],
		['a=>dmqreplicate=1', /not replicated/],
		[`${'a'.repeat(200)}=>`, /200 bytes/],
	];
	const isModparam = (why: RegExp) => (error: KemihostError) => {
		assert.equal(error.code, 'KH_MODPARAM');
		assert.match(error.describe(), why);
		return true;
	};
	for (const [text, why] of bad) assert.throws(() => parseDefinition(text), isModparam(why), text);
	assert.throws(() => new World({ modparams: tables('a=>', 'a=>size=3') }), isModparam(/defined twice/));
	assert.throws(
		() => new World({ modparams: [{ module: 'htable', name: 'db_url', value: 'mysql://' }] }),
		isModparam(/no URL of a database/),
	);
});

test('what is newer than 5.6.3 (from its source)', () => {
	const fill: Step[] = ['user:1', 'user:2', 'peer:1'].map((key) =>
		gives('htable.sht_sets', 't', key, key)(1),
	);
	take(
		[
			...fill,
			gives('htable.sht_cn', 't', '', '^USER')(2),
			gives('htable.sht_cn', 't', '~~', 'user')(2),
			gives('htable.sht_cn', 't', '~%', ':1')(2),
			gives('htable.sht_cn', 't', '**', '')(3),
			gives('htable.sht_cn', 't', 'eq', '5')(0),
			complains('htable.sht_cn', 'none', '', 'x')(-1),
			complains('htable.sht_cn', 't', '~', 'x')(-1),
			gives('htable.sht_rm_name', 't', 'ew', ':2')(1),
			is('$shtcn(t=>**)', 2),
			gives('htable.sht_rm_value', 't', 'in', 'eer')(1),
			is('$shtcn(t=>**)', 1),
			complains('htable.sht_match_name', 't', 'in', 'user')(-1),
		],
		{},
		{ modparams: tables('t=>') },
	);
});

test('nil and null are an empty text', () => {
	take(
		[
			gives('htable.sht_sets', 't', 'k', null)(1),
			gives('htable.sht_get', 't', 'k')(''),
			gives('htable.sht_setxs', 't', 'k', null, 5)(1),
			complains('htable.sht_get', 't', null)(false),
		],
		{},
		{ modparams: tables('t=>') },
	);
});

test('integers have 53 bits, and stop there', () => {
	take(
		[
			set('$sht(t=>n)', Number.MAX_SAFE_INTEGER),
			is('$shtinc(t=>n)', Number.MAX_SAFE_INTEGER),
			is('$shtdec(t=>n)', Number.MAX_SAFE_INTEGER - 1),
			set('$sht(t=>m)', 2147483647),
			gives('htable.sht_inc', 't', 'm')(2147483648),
		],
		{},
		{ modparams: tables('t=>') },
	);
});

test('what the store does not take is refused, and the script goes on', () => {
	const long = 'x'.repeat(50);
	take(
		[
			complains('htable.sht_sets', 't', 'k', long)(-1),
			complains('htable.sht_sets', 't', long, 'v')(-1),
			complains('htable.sht_setxi', 't', long, 1, 1)(-1),
			complains('htable.sht_inc', 'c', long)(-255),
			fails(`$shtinc(c=>${long})`, /too long/),
			refused('$sht(t=>k)', long),
			is('$sht(t=>k)', null),
			gives('htable.sht_sets', 't', 'k', 'v')(1),
			gives('htable.sht_iterator_start', 'i', 't')(1),
			gives('htable.sht_iterator_next', 'i')(1),
			complains('htable.sht_iterator_sets', 'i', long)(-1),
			is('$shtitval(i)', 'v'),
		],
		{},
		{ modparams: tables('t=>', 'c=>initval=0'), store: new MemoryStore({ key: 40, value: 40 }) },
	);
});

/** Steps with a clock that only they move. */
function inTime(
	t: TestContext,
	definitions: readonly string[],
	steps: readonly (Step | number)[],
	store?: SharedStore,
) {
	t.mock.timers.enable({ apis: ['Date'], now: 1_700_000_000_500 });
	const world = new World({ modparams: tables(...definitions), ...(store ? { store } : {}) });
	const ctx = world.request();
	for (const step of steps) {
		if (typeof step === 'number') t.mock.timers.tick(step);
		else step(world, ctx);
	}
}

test('an item lives as many seconds as its table says, or it', (t) => {
	inTime(
		t,
		['e=>autoexpire=10', 'keep=>autoexpire=10;updateexpire=0', 'c=>autoexpire=10;initval=5', 'plain=>'],
		[
			set('$sht(e=>k)', 'v'),
			gives('htable.sht_setxs', 'e', 'short', 'v', 2)(1),
			gives('htable.sht_setxs', 'plain', 'short', 'v', 2)(1),
			is('$shtex(e=>k)', 10),
			is('$shtex(e=>short)', 2),
			is('$shtex(plain=>short)', 0),
			1999,
			is('$sht(e=>short)', 'v'),
			is('$shtex(e=>short)', 1),
			1,
			is('$sht(e=>short)', null),
			is('$shtex(e=>short)', 0),
			gives('htable.sht_is_null', 'e', 'short')(1),
			gives('htable.sht_match_name', 'e', 'eq', 'short')(-1),
			is('$shtcn(e=>short)', 0),
			is('$sht(plain=>short)', 'v'),
			5000,
			set('$sht(e=>k)', 'renewed'),
			set('$sht(keep=>k)', 1),
			gives('htable.sht_inc', 'c', 'n')(6),
			9000,
			is('$shtex(e=>k)', 1),
			set('$sht(keep=>k)', 2),
			gives('htable.sht_inc', 'keep', 'k')(3),
			is('$shtex(keep=>k)', 1),
			gives('htable.sht_inc', 'c', 'n')(7),
			1000,
			is('$sht(keep=>k)', null),
			gives('htable.sht_inc', 'keep', 'k')(-255),
			set('$sht(keep=>k)', 'new'),
			is('$shtex(keep=>k)', 10),
			gives('htable.sht_inc', 'c', 'n')(8),
			10_000,
			gives('htable.sht_get', 'c', 'n')(5),
			gives('htable.sht_inc', 'c', 'n')(6),
		],
	);
});

test('setting the seconds of an item', (t) => {
	inTime(
		t,
		['e=>autoexpire=10', 'plain=>'],
		[
			set('$sht(e=>k)', 'v'),
			set('$shtex(e=>k)', 100),
			is('$shtex(e=>k)', 100),
			gives('htable.sht_setex', 'e', 'k', 0)(1),
			is('$shtex(e=>k)', 0),
			100_000_000,
			is('$sht(e=>k)', 'v'),
			set('$shtex(e=>k)', 5),
			set('$shtex(e=>k)', 'text'),
			set('$sht(e=>other)', 'v'),
			set('$shtex(e=>other)', null),
			10_000,
			is('$sht(e=>k)', 'v'),
			is('$sht(e=>other)', 'v'),
			gives('htable.sht_setex', 'e', 'k', 1)(1),
			1000,
			gives('htable.sht_setex', 'e', 'k', 100)(1),
			is('$sht(e=>k)', null),
			set('$sht(plain=>k)', 'v'),
			set('$shtex(plain=>k)', 1),
			10_000,
			is('$sht(plain=>k)', 'v'),
		],
	);
});

test('an iterator gives each item once, whatever is removed or set meanwhile', () => {
	const world = new World({ modparams: tables('t=>') });
	const ctx = world.request();
	const call = (name: string, ...args: (string | number)[]) =>
		world.host.exports.find(`KSR.htable.sht_${name}`)?.call(ctx, args, 'lua');
	const keys = Array.from({ length: 300 }, (_, i) => `key ${i}`);
	for (const key of keys) call('sets', 't', key, key);
	const seen: unknown[] = [];
	call('iterator_start', 'i', 't');
	while (call('iterator_next', 'i') === 1) {
		const variable = world.host.variables.variable('$shtitkey(i)') as { get(ctx: RequestContext): unknown };
		const key = String(variable.get(ctx));
		seen.push(key);
		if (seen.length % 2 === 0) call('rm', 't', key);
		else call('iterator_seti', 'i', seen.length);
	}
	assert.deepEqual(seen.sort(), keys.sort());
	assert.equal([...(world.host.state(htable).tables.get('t')?.items() ?? [])].length, 150);
});

test('an iterator belongs to its request', () => {
	const world = new World({ modparams: tables('t=>') });
	const [first, second] = [world.request(), world.request()];
	set('$sht(t=>k)', 'v')(world, first);
	gives('htable.sht_iterator_start', 'i', 't')(1)(world, first);
	gives('htable.sht_iterator_next', 'i')(1)(world, first);
	complains('htable.sht_iterator_next', 'i')(-1)(world, second);
	is('$shtitkey(i)', null)(world, second);
	is('$shtitkey(i)', 'k')(world, first);
});

test('a lock is for one request at a time, and may be taken twice by it', () => {
	const world = new World({ modparams: tables('t=>', 'u=>') });
	const [first, second] = [world.request(), world.request()];
	const steps: [RequestContext, Step][] = [
		[first, gives('htable.sht_lock', 't', 'k')(1)],
		[first, gives('htable.sht_lock', 't', 'k')(1)],
		[second, gives('htable.sht_lock', 't', 'other')(1)],
		[second, gives('htable.sht_lock', 'u', 'k')(1)],
		[second, complains('htable.sht_lock', 't', 'k')(-1)],
		[second, complains('htable.sht_unlock', 't', 'k')(1)],
		[first, gives('htable.sht_unlock', 't', 'k')(1)],
		[second, complains('htable.sht_lock', 't', 'k')(-1)],
		[first, gives('htable.sht_unlock', 't', 'k')(1)],
		[second, gives('htable.sht_lock', 't', 'k')(1)],
		[first, complains('htable.sht_unlock', 't', 'k')(1)],
		[first, complains('htable.sht_lock', 't', 'k')(-1)],
	];
	for (const [ctx, step] of steps) step(world, ctx);
});

test('a lock of another child is waited for, but not long', () => {
	const store = new MemoryStore();
	const world = new World({ modparams: tables('t=>'), store });
	const ctx = world.request();
	const locks = store.table('htable locks');
	const started = performance.now();
	locks.declare('t=>k', '1.1', Date.now() + 60);
	gives('htable.sht_lock', 't', 'k')(1)(world, ctx);
	const waited = performance.now() - started;
	assert.ok(waited > 50 && waited < 450, `${waited} ms`);
	locks.declare('t=>other', '1.1', Date.now() + 10_000);
	complains('htable.sht_lock', 't', 'other')(-1)(world, ctx);
	assert.ok(performance.now() - started < 3000);
});

test('a lock that nobody gives back is over after half a minute', (t) => {
	t.mock.timers.enable({ apis: ['Date'], now: 1_700_000_000_000 });
	const world = new World({ modparams: tables('t=>') });
	gives('htable.sht_lock', 't', 'k')(1)(world, world.request());
	t.mock.timers.tick(30_001);
	gives('htable.sht_lock', 't', 'k')(1)(world, world.request());
});

const EVENTS = `
function ksr_xhttp_event(evname)
	KSR.htable.sht_sets("e", "text", "v");
	KSR.htable.sht_seti("e", "number", 7);
	KSR.htable.sht_sets("other", "k", "v");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "");
end

function on_htable(evname)
	if evname == "htable:mod-init" then
		KSR.htable.sht_sets("e", "first", "from mod-init");
		KSR.info("init");
	else
		local value = KSR.pv.get("$shtrecord(value)");
		KSR.info(evname .. " " .. KSR.pv.get("$shtrecord(key)") .. "=" .. tostring(value) .. " " .. type(value) .. " " .. KSR.pv.get("$rm"));
		if value == "fail" then error("on purpose"); end
	end
end
`;

const withEvents = (store: SharedStore): TestHostOptions => ({
	store,
	modparams: [
		...tables('e=>autoexpire=10', 'other=>autoexpire=10', 'plain=>'),
		{ module: 'htable', name: 'event_callback', value: 'on_htable' },
	],
});

test('a sweep tells the script of each item that has expired, once', async (t) => {
	const store = new MemoryStore();
	const hosts = [await hostFor(t, EVENTS, withEvents(store)), await hostFor(t, EVENTS, withEvents(store))];
	const [first] = hosts as [(typeof hosts)[0]];
	await first.request();
	const table = first.host.state(htable).tables.get('e');
	table?.set('fails', 'fail');
	assert.deepEqual(await Promise.all(hosts.map(({ host }) => sweep(host, host.state(htable)))), [0, 0]);
	for (const name of ['e', 'other'])
		for (const { key } of store.table(`htable:${name}`).items())
			store.table(`htable:${name}`).expire(key, Date.now() - 1);
	const counts = await Promise.all(hosts.map(({ host }) => sweep(host, host.state(htable))));
	assert.equal((counts[0] ?? 0) + (counts[1] ?? 0), 5);
	assert.deepEqual(hosts.flatMap(({ lines }) => lines('script')).sort(), [
		'htable:expired:e fails=fail string OPTIONS',
		'htable:expired:e first=from mod-init string OPTIONS',
		'htable:expired:e number=7 number OPTIONS',
		'htable:expired:e text=v string OPTIONS',
		'htable:expired:other k=v string OPTIONS',
		'init',
	]);
	assert.match(hosts.flatMap(({ lines }) => lines('core')).join('\n'), /on_htable failed .*on purpose/s);
	assert.equal((await first.request()).status, 200);
});

test('a sweep without a callback removes, and says nothing', async (t) => {
	const store = new MemoryStore();
	const { host } = await hostFor(t, EVENTS, { store, modparams: tables('e=>autoexpire=10', 'other=>') });
	const items = store.table('htable:e');
	for (let i = 0; i < 2000; i++) items.set(`k${i}`, i, { at: Date.now() - 1 });
	items.set('stays', 1);
	assert.equal(await sweep(host, host.state(htable)), 2000);
	assert.equal(items.count(), 1);
});

test('htable:mod-init is told once for all children', async (t) => {
	const store = new MemoryStore();
	const hosts = [await hostFor(t, EVENTS, withEvents(store)), await hostFor(t, EVENTS, withEvents(store))];
	assert.equal(store.table('htable:e').get('first'), 'from mod-init');
	assert.deepEqual(
		hosts.flatMap(({ lines }) => lines('script')),
		['init'],
	);
});

test('expired items are swept by themselves', async (t) => {
	const { host, lines, request } = await hostFor(t, EVENTS, {
		modparams: [
			...tables('e=>autoexpire=1', 'other=>'),
			{ module: 'htable', name: 'event_callback', value: 'on_htable' },
			{ module: 'htable', name: 'timer_interval', value: 1 },
		],
	});
	await request();
	const expired = () => lines('script').filter((line) => line.startsWith('htable:expired:e '));
	while (expired().length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
	assert.equal(host.store.table('htable:e').count(), 0);
});

test('a lock ends with its request, and with its child', async (t) => {
	const script = `function ksr_xhttp_event()
		KSR.xhttp.xhttp_reply(200, "OK", "", tostring(KSR.htable.sht_lock("t", KSR.pv.get("$hu"))))
	end`;
	const store = new MemoryStore();
	const { request } = await hostFor(t, script, { modparams: tables('t=>'), store });
	for (let i = 0; i < 3; i++) assert.equal((await request('/k')).body, '1');
	const locks = store.table('htable locks');
	assert.equal(locks.count(), 0);
	const { pid: dead } = spawnSync(process.execPath, ['--version']);
	locks.declare('t=>/dead', `${dead}.1`, Date.now() + 30_000);
	assert.equal((await request('/dead')).body, '1');
});

test('an event callback that the script lacks is found at the start', async (t) => {
	const modparams = [{ module: 'htable', name: 'event_callback', value: 'on_htabel' }];
	await assert.rejects(hostFor(t, EVENTS, { modparams }), /there is no function on_htabel/);
});

test('children share tables and $shv', (t) => {
	const folder = createStateDir();
	const stores = [new SqliteStore(folder), new SqliteStore(folder)];
	t.after(() => {
		for (const store of stores) store.close();
		removeStateDir(folder);
	});
	const modparams = [...tables('t=>', 'e=>autoexpire=100'), { module: 'pv', name: 'shvset', value: 'n=i:5' }];
	const [first, second] = stores.map((store) => new World({ modparams, store })) as [World, World];
	const [here, there] = [first.request(), second.request()];
	set('$sht(t=>k)', 'Grüße')(first, here);
	is('$sht(t=>k)', 'Grüße')(second, there);
	gives('htable.sht_seti', 't', 'n', 1)(1)(first, here);
	gives('htable.sht_inc', 't', 'n')(2)(second, there);
	is('$sht(t=>n)', 2)(first, here);
	is('$shvinc(n)', 6)(second, there);
	is('$shv(n)', 6)(first, here);
	set('$sht(e=>k)', 1)(second, there);
	is('$shtex(e=>k)', 100)(first, here);
	gives('htable.sht_iterator_start', 'i', 't')(1)(second, there);
	gives('htable.sht_iterator_next', 'i')(1)(second, there);
	gives('htable.sht_reset', 't')(0)(first, here);
	is('$shtcn(t=>**)', 0)(second, there);
});

// Recorded from the RPC commands of Kamailio 5.6.3.
test('what an administrator sees and changes', () => {
	const world = new World({ modparams: tables('t=>size=4;', 'u=>size=3;autoexpire=100;updateexpire=0') });
	const state = world.host.state(htable);
	const keys = [
		'user:1',
		'User:2',
		'peer:1',
		'x',
		'',
		'abcd',
		'ABCD',
		'a longer key with (stuff)',
		'\xc8\xffz',
	];
	for (const [i, key] of keys.entries()) setItem(state, 't', key, `v${i + 1}`);
	setItem(state, 't', 'n', 5);
	assert.deepEqual(dumpTable(state, 't'), [
		{ entry: 0, size: 1, slot: [{ name: '', value: 'v5', type: 'str' }] },
		{ entry: 3, size: 1, slot: [{ name: 'n', value: 5, type: 'int' }] },
		{ entry: 7, size: 1, slot: [{ name: 'x', value: 'v4', type: 'str' }] },
		{
			entry: 8,
			size: 2,
			slot: [
				{ name: 'abcd', value: 'v6', type: 'str' },
				{ name: 'ABCD', value: 'v7', type: 'str' },
			],
		},
		{ entry: 9, size: 1, slot: [{ name: 'User:2', value: 'v2', type: 'str' }] },
		{ entry: 12, size: 1, slot: [{ name: 'user:1', value: 'v1', type: 'str' }] },
		{
			entry: 13,
			size: 2,
			slot: [
				{ name: '\xc8\xffz', value: 'v9', type: 'str' },
				{ name: 'a longer key with (stuff)', value: 'v8', type: 'str' },
			],
		},
		{ entry: 15, size: 1, slot: [{ name: 'peer:1', value: 'v3', type: 'str' }] },
	]);
	const none = { dbtable: '', dbmode: 0, dmqreplicate: 0 };
	assert.deepEqual(listTables(state), [
		{ name: 'u', ...none, expire: 100, updateexpire: 0, size: 8 },
		{ name: 't', ...none, expire: 0, updateexpire: 1, size: 16 },
	]);
	setItem(state, 'u', 'k', '');
	assert.deepEqual(tableStatistics(state), [
		{ name: 'u', slots: 8, all: 1, min: 0, max: 1 },
		{ name: 't', slots: 16, all: 10, min: 0, max: 2 },
	]);
	assert.equal(getItem(state, 'u', 'k')?.value, '');
	assert.equal(getItem(state, 't', 'zz'), undefined);
	assert.equal(deleteItem(state, 't', 'zz'), false);
	assert.equal(deleteItem(state, 't', 'x'), true);
	setItem(state, 'u', 'x', 3, 50);
	assert.equal(state.tables.get('u')?.secondsLeft('x'), 50);
	setItemExpire(state, 'u', 'x', 20);
	assert.equal(state.tables.get('u')?.secondsLeft('x'), 20);
	flushTable(state, 't');
	assert.deepEqual(dumpTable(state, 't'), []);
	assert.throws(() => dumpTable(state, 'zz'), /there is no hash table zz/);
});
