/** Lists that modules keep in a database: KSR.domain, group, uri_db, userblocklist, secfilter. Kamailio's answers are in the corpus. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { RpcFault } from '../../src/kemi/rpc.ts';
import { sqliteWith } from '../support/databases.ts';
import { answer, challengeOf } from '../support/digest.ts';
import { hostFor } from '../support/host.ts';

type Setting = readonly [name: string, value: string | number];

async function start(t: TestContext, module: string, tables: string, body: string, settings: Setting[] = []) {
	const database = sqliteWith(t, tables);
	const all: Setting[] = [['db_url', database.url], ...settings];
	const modparams = all.map(([name, value]) => ({ module, name, value }));
	const started = await hostFor(t, `function ksr_xhttp_event() ${body} end`, { modparams });
	const run = async (name: string, ...args: (string | number)[]) =>
		started.host.rpc.run(started.host, `${module}.${name}`, args);
	return { ...started, ...database, run };
}

const reply = (expression: string) => `KSR.xhttp.xhttp_reply(200, "OK", "", tostring(${expression}))`;

test('domains are read anew, and count as the host where they are to', async (t) => {
	const { request, exec, run } = await start(
		t,
		'domain',
		`create table domain (domain text, did text); create table domain_attrs (did text, name text, type int, value text);
		insert into domain values ('old.test', null)`,
		reply(
			'KSR.domain.is_domain_local("new.test") .. " " .. tostring(KSR.is_myself("sip:x@NEW.test:99;transport=udp"))',
		),
		[['register_myself', 1]],
	);
	assert.equal((await request()).body, '-1 false');
	exec("insert into domain values ('new.test', 'n')");
	await run('reload');
	assert.equal((await request()).body, '1 true');
	exec("insert into domain_attrs values ('n', 'x', 1, 'y')");
	await assert.rejects(run('reload'), new RpcFault(400, 'Reload of domain tables failed'));
	assert.equal((await request()).body, '1 true');
});

test('a user is in a group of one domain only where that counts', async (t) => {
	const tables =
		"create table grp (username text, domain text, grp text); insert into grp values ('ada', 'a.test', 'admin')";
	const body = reply(
		'KSR.group.is_user_in("sip:ada@b.test", "admin") .. " " .. KSR.group.is_user_in("sip:ada@a.test", "admin")',
	);
	const { request } = await start(t, 'group', tables, body);
	assert.equal((await request()).body, '1 1');
	const strict = await start(t, 'group', tables, body, [['use_domain', 1]]);
	assert.equal((await strict.request()).body, '-6 1');
	const gone = await start(t, 'group', 'create table x (y)', body);
	assert.equal((await gone.request()).body, '-5 -5');
	assert.match(gone.lines().at(-1) ?? '', /KSR\.group\.is_user_in: no such table: grp/);
	await assert.rejects(
		start(
			t,
			'group',
			"create table re_grp (reg_exp text, group_id int); insert into re_grp values ('(', 1)",
			body,
			[['re_table', 're_grp']],
		),
		{ code: 'KH_DATABASE' },
	);
});

test('a URI belongs to who has proved who it is, or to whom a table says', async (t) => {
	const { request } = await start(
		t,
		'uri_db',
		"create table uri (username text, domain text, uri_user text); insert into uri values ('alice', 'files', 'ally')",
		`if KSR.auth.pv_www_authenticate("files", "secret", 0) < 0 then KSR.auth.www_challenge("files", 0) return end
		local check = KSR.uri_db.check_uri
		${reply('check("sip:ally@x") .. " " .. check("sip:alice@x") .. " " .. KSR.uri_db.check_uri_realm("sip:ally@x", "bob", "files")')}`,
		[
			['use_uri_table', 1],
			['db_table', 'uri'],
		],
	);
	const credentials = answer(challengeOf((await request()).headers), {});
	assert.equal((await request('/', { headers: [['Authorization', credentials]] })).body, '1 -9 -9');
});

test('lists of prefixes fail where they cannot be read, and may compare all characters', async (t) => {
	const tables = `create table userblocklist (username text, domain text, prefix text, allowlist int);
	create table globalblocklist (prefix text, allowlist int); insert into globalblocklist values ('0900', 0), ('0900a', 1);`;
	const body = `KSR.pv.sets("$ru", "sip:" .. string.sub(KSR.pv.get("$hu"), 2) .. "@x")
	local U = KSR.userblocklist
	${reply('U.check_global_blocklist() .. " " .. U.check_blocklist("other") .. " " .. U.check_blocklist("no name")')}`;
	const digits = await start(t, 'userblocklist', tables, body);
	assert.match(digits.lines().join('\n'), /the prefix "0900a" is left out/);
	assert.equal((await digits.request('/0900a')).body, '-1 -1 -1');
	digits.exec('create table other (prefix text, allowlist int)');
	assert.equal((await digits.request('/1')).body, '1 1 -1');
	digits.exec("insert into other values ('1', 0)");
	assert.equal(await digits.run('reload_blocklist'), '200 ok');
	assert.equal((await digits.request('/1')).body, '1 -1 -1');
	assert.deepEqual(await digits.run('dump_blocklist'), [{ prefix: '0900', allowlist: '0' }]);
	const ascii = await start(t, 'userblocklist', tables, body, [['match_mode', 128]]);
	assert.equal((await ascii.request('/0900a')).body, '1 -1 -1');
});

test('what commands change on the lists of secfilter is counted and listed', async (t) => {
	const { request, run } = await start(
		t,
		'secfilter',
		"create table secfilter (action int, type int, data text); insert into secfilter values (0, 1, 'XX')",
		reply('KSR.secfilter.secf_check_country("YY") .. " " .. KSR.secfilter.secf_check_dst("77")'),
	);
	assert.equal((await request()).body, '1 1');
	assert.equal(await run('add_bl', 'country', 'Y'), 'Values (country, Y) inserted into blacklist');
	await run('add_dst', 77);
	assert.equal((await request()).body, '-2 -2');
	const { Blacklist, Other } = (await run('stats')) as { Blacklist: Record<string, number>; Other: object };
	assert.equal(Blacklist['Country'], 1);
	assert.deepEqual(Other, { Destination: 1, 'SQL-Injection': 0 });
	assert.deepEqual(await run('print', 'country'), { Country: { Blacklisted: ['XX', 'Y'], Whitelisted: [] } });
	await run('del_bl', 'country', 'Y');
	await assert.rejects(
		run('del_wl', 'country', 'Y'),
		new RpcFault(500, 'Error removing value from whitelist'),
	);
	await assert.rejects(run('add_wl', 'planet', 'Y'), new RpcFault(500, 'Invalid type'));
	assert.equal(await run('reload'), 'Data reloaded');
	assert.equal((await request()).body, '1 1');
});
