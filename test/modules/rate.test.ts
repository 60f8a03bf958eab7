/** KSR.ratelimit, KSR.pipelimit, KSR.pike over time and over children. Single calls are in the corpus. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { ModParam } from '../../src/kemi/params.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { beginLife } from '../../src/store/once.ts';
import { folderWith, hostFor, type TestHost } from '../support/host.ts';

const modparam = (module: string, name: string, value: string | number): ModParam => ({
	module,
	name,
	value,
});

/** The path is a call without its `KSR.`: the script logs what it gives. */
const SCRIPT = `
function ksr_xhttp_event()
	local call = KSR.pv.get("$(hu{s.substr,1,0}{s.urldecode.param})")
	KSR.info(tostring(loadstring("return KSR." .. call)()))
end`;

/** Makes a call several times, and gives the results. */
async function calls({ request, lines }: TestHost, call: string, times = 1): Promise<string> {
	const start = lines('script').length;
	for (let i = 0; i < times; i++) await request(`/${encodeURIComponent(call)}`);
	return lines('script').slice(start).join(' ');
}

/** A clock that stands still until the test moves it. */
function clock(t: TestContext) {
	t.mock.timers.enable({ apis: ['Date'], now: 1_700_000_000_000 });
	return t.mock.timers;
}

test('a pipe fills in one interval and is empty in the next', async (t) => {
	const timers = clock(t);
	const host = await hostFor(t, SCRIPT, { modparams: [modparam('pipelimit', 'timer_interval', 10)] });
	const drop = 'pipelimit.pl_check_limit("a", "TAILDROP", 2)';
	assert.equal(await calls(host, drop, 4), '1 1 -1 -1');
	timers.tick(10_000);
	assert.equal(await calls(host, drop, 3), '1 1 -1');
});

test('RED thins out what follows an interval with too much', async (t) => {
	const timers = clock(t);
	const host = await hostFor(t, SCRIPT);
	const red = 'pipelimit.pl_check_limit("a", "RED", 2)';
	assert.equal(await calls(host, red, 7), '1 1 1 1 1 1 1');
	timers.tick(10_000);
	assert.equal(await calls(host, red, 6), '-1 -1 1 -1 -1 1', 'one of three passes');
	timers.tick(20_000);
	assert.equal(await calls(host, red, 2), '1 1');
});

test('children share pipes, and what came through them', async (t) => {
	clock(t);
	const store = new MemoryStore();
	const [first, second] = [await hostFor(t, SCRIPT, { store }), await hostFor(t, SCRIPT, { store })];
	assert.equal(await calls(first, 'pipelimit.pl_check_limit("a", "TAILDROP", 3)', 2), '1 1');
	assert.equal(await calls(second, 'pipelimit.pl_active("a")'), '1');
	assert.equal(await calls(second, 'pipelimit.pl_check("a")', 2), '1 -1');
});

test('pipes that nobody uses go where clean_unused says so', async (t) => {
	const timers = clock(t);
	const modparams = [modparam('pipelimit', 'timer_interval', 10), modparam('pipelimit', 'clean_unused', 2)];
	const host = await hostFor(t, SCRIPT, { modparams });
	assert.equal(await calls(host, 'pipelimit.pl_check_limit("a", "TAILDROP", 3)'), '1');
	timers.tick(29_000);
	assert.equal(await calls(host, 'pipelimit.pl_check("a")'), '1', 'used again');
	timers.tick(29_000);
	assert.equal(await calls(host, 'pipelimit.pl_active("a")'), '1');
	timers.tick(2_000);
	assert.equal(await calls(host, 'pipelimit.pl_active("a")'), '-1');
});

test('FEEDBACK lets all pass on a machine that is not loaded beyond its limit', async (t) => {
	const host = await hostFor(t, SCRIPT, { modparams: [modparam('ratelimit', 'pipe', '3:FEEDBACK:100')] });
	assert.equal(await calls(host, 'ratelimit.rl_check_pipe(3)', 3), '1 1 1');
});

test('pl_drop_range takes its bounds in any order', async (t) => {
	const { request } = await hostFor(t, SCRIPT);
	const retryAfter = async (least: number, most: number) => {
		const { headers } = await request(`/pipelimit.pl_drop_range(${least},${most})`);
		return Number(/^Retry-After: (\d+)\r\n/.exec(headers)?.[1]);
	};
	assert.equal(await retryAfter(9, 8), 9);
	const seconds = await retryAfter(5, 7);
	assert.ok(seconds >= 5 && seconds <= 7, `${seconds}`);
});

test('a ratelimit pipe lets so many a second pass', async (t) => {
	const timers = clock(t);
	const modparams = [
		modparam('ratelimit', 'timer_interval', 2),
		modparam('ratelimit', 'pipe', '0:TAILDROP:2'),
		modparam('ratelimit', 'queue', '0:*'),
	];
	const host = await hostFor(t, SCRIPT, { modparams });
	assert.equal(await calls(host, 'ratelimit.rl_check()', 5), '1 1 1 1 -1', 'two in each of two seconds');
	timers.tick(2_000);
	assert.equal(await calls(host, 'ratelimit.rl_check()'), '1');
});

const PIKE = [modparam('pike', 'sampling_time_unit', 2), modparam('pike', 'reqs_density_per_unit', 4)];

test('an address is blocked until a window passes with less', async (t) => {
	const timers = clock(t);
	const store = new MemoryStore();
	const options = { modparams: PIKE, store };
	const [first, second] = [await hostFor(t, SCRIPT, options), await hostFor(t, SCRIPT, options)];
	const check = 'pike.pike_check_ip("192.0.2.7")';
	assert.equal(await calls(first, check, 9), '1 1 1 1 1 1 1 -2 -1');
	assert.match(first.lines('core').join('\n'), /^pike: blocking 192\.0\.2\.7$/m);
	assert.equal(await calls(second, check), '-1', 'in the other child too');
	assert.equal(await calls(second, 'pike.pike_check_ip("192.0.2.8")'), '1', 'but not its neighbour');
	timers.tick(2_000);
	assert.equal(await calls(first, check), '-1', 'the window before was hot');
	timers.tick(2_000);
	assert.equal(await calls(first, check), '1');
});

test('pike knows IPv6, and the address of the client', async (t) => {
	clock(t);
	const host = await hostFor(t, SCRIPT, { modparams: PIKE });
	const results = (await calls(host, 'pike.pike_check_ip("2001:db8::1")', 30)).split(' ');
	assert.equal(results.indexOf('-2') + 1, 20, 'a quarter of 4 for each of 16 bytes, and 4 of its own');
	assert.equal((await calls(host, 'pike.pike_check_req()', 9)).split(' ').at(-1), '-1');
});

test('pipes come from a database, once for all children', async (t) => {
	const file = join(folderWith(t, {}), 'pipes.db');
	const database = new DatabaseSync(file);
	t.after(() => database.close());
	database.exec('create table pl_pipes (pipeid text, algorithm text, plimit int)');
	database.exec("insert into pl_pipes values ('one', 'TAILDROP', 2), ('two', 'RED', null)");
	const store = new MemoryStore();
	const start = () =>
		hostFor(t, SCRIPT, {
			store,
			modparams: [
				modparam('pipelimit', 'db_url', `sqlite://${file}`),
				modparam('pipelimit', 'timer_interval', 1_000_000),
			],
		});
	const first = await start();
	assert.equal(await calls(first, 'pipelimit.pl_check("one")', 3), '1 1 -1');
	const list = (await first.host.rpc.run(first.host, 'pl.get_pipes', [])) as string[];
	assert.deepEqual(list, [
		'PIPE: id=one algorithm=TAILDROP limit=2 counter=3',
		'PIPE: id=two algorithm=RED limit=0 counter=0',
	]);
	await first.host.rpc.run(first.host, 'pl.set_pipe', ['one', 'TAILDROP', 9]);
	assert.equal(await calls(await start(), 'pipelimit.pl_check("one")'), '1');
	for (const [row, why] of [
		["('x', 'BAD', 1)", /row 3 of pl_pipes has an unknown algorithm: BAD/],
		["('one', 'RED', 1)", /row 3 of pl_pipes has a name that is there already: one/],
		["(null, 'RED', 1)", /row 3 of pl_pipes has no name/],
		["('x', 'RED', -4)", /row 3 of pl_pipes has a limit below 0/],
	] as const) {
		database.exec(`delete from pl_pipes where rowid > 2; insert into pl_pipes values ${row}`);
		beginLife(store);
		await assert.rejects(start(), { code: 'KH_DATABASE', message: why });
	}
});

test('an error about a parameter names it', async (t) => {
	const wrong: [string, string, string | number][] = [
		['ratelimit', 'pipe', '1:TAILDROP'],
		['ratelimit', 'pipe', '1:NONE:2'],
		['ratelimit', 'pipe', '32:RED:2'],
		['ratelimit', 'queue', 'GET'],
		['ratelimit', 'timer_interval', 0],
		['pipelimit', 'timer_interval', 0],
		['pipelimit', 'db_url', 'nonsense'],
	];
	for (const [module, name, value] of wrong)
		await assert.rejects(hostFor(t, SCRIPT, { modparams: [modparam(module, name, value)] }), {
			code: 'KH_MODPARAM',
			message: new RegExp(`parameter ${name} of module ${module}`),
		});
});
