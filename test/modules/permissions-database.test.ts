/** Addresses and trusted peers of a database, and the commands about them. The answers are those of Kamailio 5.6.3. */
import assert from 'node:assert/strict';
import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { ENGINES, KSR_ENGINES } from '../../engines/list.ts';
import { withDatabase } from '../../src/sql/session.ts';
import { type Database, databaseOf } from '../../src/sql/url.ts';
import { TestClock } from '../../src/testing/clock.ts';
import { mariadbMissing, postgresMissing, startMariadb, startPostgres } from '../support/databases.ts';
import { folderWith, hostFor, type TestHostOptions } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const TABLES = [
	'create table address (grp integer, ip_addr varchar(50), mask integer, port smallint, tag varchar(64))',
	'create table trusted (src_ip varchar(50), proto varchar(4), from_pattern varchar(64), ruri_pattern varchar(64), tag varchar(64), priority integer)',
];
const ADDRESSES = `insert into address values (1, '10.0.0.1', 32, 0, null), (1, '10.1.0.0', 16, 0, 'net'),
	(2, '10.0.0.1', 32, 5060, 'tag-two'), (3, '192.0.2.0', 24, 0, 'docs'), (4, '127.0.0.0', 8, 0, ''),
	(5, '2001:db8::1', 128, 0, null), (5, '2001:db8:1::', 48, 0, null), (6, 'example.org', 32, 0, 'name'),
	(6, 'example.org', 0, 80, 'web'), (7, '127.0.0.1', 0, 1, 'one'), (8, '10.0.0.1', 32, 0, 'again')`;
const TRUSTED = `insert into trusted values ('127.0.0.1', 'tcp', null, null, 't1', 0), ('127.0.0.1', 'any', '^sip:.*', null, 't2', 5),
	('10.0.0.9', 'tls', null, '^sip:x', null, 1), ('10.0.0.10', 'none', null, null, null, 1), ('10.0.0.11', 'ws', null, null, null, 1),
	('host.example', 'ANY', null, null, 'h', 1)`;

const DUMPS = {
	addressDump: [
		{ table: 23, group: 8, item: { ip: '10.0.0.1', port: 0, tag: 'again' } },
		{ table: 23, group: 2, item: { ip: '10.0.0.1', port: 5060, tag: 'tag-two' } },
		{ table: 23, group: 1, item: { ip: '10.0.0.1', port: 0, tag: 'NULL' } },
		{ table: 37, group: 5, item: { ip: '2001:db8::1', port: 0, tag: 'NULL' } },
		{ table: 98, group: 7, item: { ip: '127.0.0.1', port: 1, tag: 'one' } },
	],
	subnetDump: [
		{ id: 0, group: 1, item: { ip: '10.1.0.0', mask: 16, port: 0, tag: 'net' } },
		{ id: 1, group: 3, item: { ip: '192.0.2.0', mask: 24, port: 0, tag: 'docs' } },
		{ id: 2, group: 4, item: { ip: '127.0.0.0', mask: 8, port: 0, tag: '' } },
		{ id: 3, group: 5, item: { ip: '2001:db8:1::', mask: 48, port: 0, tag: '' } },
	],
	domainDump: [
		{ table: 36, group: 6, item: { domain_name: 'example.org', port: 80, tag: 'web' } },
		{ table: 36, group: 6, item: { domain_name: 'example.org', port: 0, tag: 'name' } },
	],
	trustedDump: [
		trusted(3, 'host.example', 0, 'NULL', 'NULL', 'h', 1),
		trusted(23, '127.0.0.1', 0, '^sip:.*', 'NULL', 't2', 5),
		trusted(23, '127.0.0.1', 2, 'NULL', 'NULL', 't1', 0),
		trusted(38, '10.0.0.9', 3, 'NULL', '^sip:x', 'NULL', 1),
		trusted(87, '10.0.0.11', 5, 'NULL', 'NULL', 'NULL', 1),
	],
};

function trusted(
	table: number,
	...[ip, proto, pattern, ruri_pattern, tag, priority]: [string, number, string, string, string, number]
) {
	return { table, item: { ip, proto, pattern, ruri_pattern, tag, priority } };
}

const param = paramsOf('permissions');

/** Does statements; gives the URL back. */
async function fill(url: string, ...statements: string[]): Promise<string> {
	await withDatabase(databaseOf(url) as Database, async (session) => {
		for (const statement of statements) await session.query(statement);
	});
	return url;
}

const sqlite = (t: TestContext) =>
	fill(`sqlite://${join(folderWith(t, {}), 'test.db')}`, ...TABLES, ADDRESSES, TRUSTED);

const HANDLER = `function ksr_xhttp_event(evname)
	if KSR.pv.get("$hu") == "/RPC" then return KSR.jsonrpcs.dispatch() end
	local P = KSR.permissions
	local out = P.allow_trusted() .. " " .. tostring(KSR.pv.get("$(avp(tag)[*])")) .. " " .. P.allow_source_address_group()
		.. " " .. P.allow_address(6, "example.org", 80)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out)
end`;

async function serve(
	t: TestContext,
	modparams: ReturnType<typeof param>[],
	code = HANDLER,
	options: TestHostOptions = {},
) {
	const { host, lines, request, script } = await hostFor(t, code, {
		modparams: [param('peer_tag_avp', '$avp(tag)'), ...modparams],
		...options,
	});
	const ask = async (method: string, ...params: (string | number)[]) => {
		const body = Buffer.from(
			JSON.stringify({ jsonrpc: '2.0', method: `permissions.${method}`, params, id: 1 }),
		);
		const { result, error } = JSON.parse((await request('/RPC', { method: 'POST', body })).body);
		return result ?? error.message;
	};
	const get = async (headers: [string, string][] = [], port = 1, secure = false) =>
		(await request('/', { headers, connection: { remote: { address: '127.0.0.1', port }, secure } })).body;
	return { host, lines, ask, get, script };
}

/** What every database gives alike. */
async function answersAlike(t: TestContext, url: string): Promise<void> {
	const { ask, get } = await serve(t, [param('db_url', url), param('db_mode', 1), param('reload_delta', 0)]);
	for (const [command, answer] of Object.entries(DUMPS))
		assert.deepEqual(
			[...(await ask(command))].sort((a, b) => a.table - b.table),
			answer,
			command,
		);
	assert.equal(await get(), '1 t2 7 1');

	const clock = new TestClock();
	const asking = await serve(t, [param('db_url', url), param('peer_tag_mode', 1)], undefined, { clock });
	assert.equal(await asking.get(), '2 t2, t1 7 1');
	assert.equal(await asking.get([], 2, true), '1 t2 4 1');
	assert.equal(await asking.ask('trustedDump'), 'No trusted table');
	assert.equal(await asking.ask('trustedReload'), 'Reload failed.');

	await fill(url, 'delete from address', "update trusted set proto = 'udp'");
	assert.equal(await get(), '1 t2 7 1');
	assert.equal(await asking.get(), '2 t2, t1 7 1', 'as it was a second ago');
	clock.advance(1);
	while ((await asking.get()) !== '-1 nil 7 1') await setImmediate();
	assert.equal(await ask('addressReload'), 'Reload OK');
	assert.equal(await ask('trustedReload'), 'Reload OK');
	assert.equal(await get(), '-1 nil -1 -1');
	assert.deepEqual(await ask('addressDump'), []);
}

test('SQLite: addresses and trusted peers', async (t) => {
	await answersAlike(t, await sqlite(t));
});

test('PostgreSQL: addresses and trusted peers', { skip: postgresMissing }, async (t) => {
	await answersAlike(t, await fill((await startPostgres(t)).url, ...TABLES, ADDRESSES, TRUSTED));
});

test('MySQL: addresses and trusted peers', { skip: mariadbMissing }, async (t) => {
	await answersAlike(t, await fill((await startMariadb(t)).url, ...TABLES, ADDRESSES, TRUSTED));
});

test('a database that is no good keeps the host from starting, and a reload from changing anything', async (t) => {
	const refuses = (params: ReturnType<typeof param>[], message: RegExp) =>
		assert.rejects(serve(t, params), { code: 'KH_DATABASE', message, hint: /load_backends/ });
	await refuses([param('db_url', `sqlite://${folderWith(t, {})}`)], /^permissions: no connection to sqlite:/);
	const url = await sqlite(t);
	await refuses([param('db_url', url), param('address_table', 'missing')], /no such table: missing/);
	await refuses([param('db_url', url), param('max_subnets', 3)], /row 7 of address is one network too many/);

	const { ask, lines } = await serve(t, [
		param('db_url', url),
		param('db_mode', 1),
		param('reload_delta', 0),
	]);
	for (const [row, why] of [
		["(1, '10.0.0.1', 33, 0, null)", /row 12 of address has a mask of too many bits/],
		["(1, '10.0.0.1', -1, 0, null)", /row 12 of address has no mask/],
		["(0, '10.0.0.1', 32, 0, null)", /row 12 of address has no group above 0/],
		['(1, null, 32, 0, null)', /row 12 of address has no address/],
		["(1, '10.0.0.1', 32, null, null)", /row 12 of address has no port/],
	] as const) {
		await fill(url, `insert into address values ${row}`);
		assert.equal(await ask('addressReload'), 'Reload failed.', row);
		assert.match(lines().at(-1) ?? '', why);
		await fill(url, 'delete from address where rowid = 12');
	}
	await fill(url, "insert into trusted values ('10.0.0.1', 'foo', null, null, null, 0)");
	assert.equal(await ask('trustedReload'), 'Reload failed.');
	assert.match(lines().at(-1) ?? '', /row 7 has an unknown protocol: foo/);
	for (const [command, answer] of Object.entries(DUMPS))
		assert.deepEqual(await ask(command), answer, command);
});

test('what is not loaded is not there, and a reload waits for its turn', async (t) => {
	const url = await sqlite(t);
	const trustedOnly = await serve(t, [param('db_url', url), param('load_backends', 2), param('db_mode', 1)]);
	assert.equal(await trustedOnly.ask('addressDump'), 'No address table');
	assert.equal(await trustedOnly.ask('subnetDump'), 'No subnet table');
	assert.equal(await trustedOnly.ask('domainDump'), 'No domain list table');
	assert.equal(await trustedOnly.ask('addressReload'), 'Reload failed.');
	assert.equal(await trustedOnly.ask('trustedReload'), 'ongoing reload');
	assert.equal(await trustedOnly.get(), '1 t2 -1 -1');

	await fill(url, 'drop table trusted');
	const addressesOnly = await serve(t, [param('db_url', url), param('load_backends', 1)]);
	assert.equal(await addressesOnly.get(), '-1 nil 7 1');
	assert.equal(await addressesOnly.ask('trustedReload'), 'Reload failed.');
	assert.match(addressesOnly.lines().join('\n'), /allow_trusted: there is no database of trusted peers/);

	const asking = await serve(t, [param('db_url', url)]);
	assert.equal(await asking.get(), '-1 nil 7 1');
	assert.match(asking.lines().join('\n'), /allow_trusted: no such table: trusted/);

	const nothing = await serve(t, []);
	for (const command of ['addressReload', 'trustedReload']) {
		const answer = await nothing.ask(command);
		assert.equal(answer, command === 'addressReload' ? 'Reload failed.' : 'ongoing reload');
	}
});

test('a file comes before the database, and is read anew', async (t) => {
	const url = await fill(await sqlite(t), 'drop table address');
	const { ask, lines, script } = await serve(
		t,
		[param('db_url', url), param('address_file', 'address.list'), param('reload_delta', 0)],
		HANDLER,
		{ files: { 'address.list': '1 10.0.0.1\n2 10.2.0.0 16 0 t\n' } },
	);
	const list = join(script, '..', 'address.list');
	const before = [{ table: 23, group: 1, item: { ip: '10.0.0.1', port: 0, tag: 'NULL' } }];
	assert.deepEqual(await ask('addressDump'), before);
	writeFileSync(list, '1 10.0.0.9\n1 10.0.0.8 33\n');
	assert.equal(await ask('addressReload'), 'Reload failed.');
	assert.match(lines().at(-1) ?? '', /addressReload: line 2 has a mask of too many bits/);
	unlinkSync(list);
	assert.equal(await ask('addressReload'), 'Reload failed.');
	assert.deepEqual(await ask('addressDump'), before);
	writeFileSync(list, '3 10.0.0.0 8\n');
	assert.equal(await ask('addressReload'), 'Reload OK');
	assert.deepEqual(await ask('addressDump'), []);
	assert.equal((await ask('subnetDump'))[0].group, 3);
});

test('a peer is looked up in every engine', async (t) => {
	const url = await sqlite(t);
	const handlers: Readonly<Record<string, readonly [string, string]>> = {
		lua: ['handler.lua', HANDLER],
		javascript: [
			'handler.js',
			'function ksr_xhttp_event() { KSR.xhttp.xhttp_reply(200, "OK", "", "" + KSR.permissions.allow_trusted()); }',
		],
		native: [
			'kamailio.cfg',
			`loadmodule "xhttp.so"
			loadmodule "pv.so"
			loadmodule "permissions.so"
			event_route[xhttp:request] {
				allow_trusted("$hdr(X-Address)", "$hdr(X-Protocol)");
				$var(two) = $rc;
				allow_trusted("$hdr(X-Address)", "$hdr(X-Protocol)", "sip:x");
				$var(three) = $rc;
				allow_trusted();
				xhttp_reply("200", "OK", "", "$rc $var(two) $var(three)");
			}`,
		],
	};
	for (const { name, language } of ENGINES.filter(
		(engine) => engine.name === 'native' || KSR_ENGINES.includes(engine),
	)) {
		const [file, code] = handlers[name === 'native' ? 'native' : language] ?? ['', ''];
		for (const mode of name === 'native' ? [0, 1] : [0]) {
			const { get } = await serve(t, [param('db_url', url), param('db_mode', mode)], code, {
				name: file,
				engine: name,
			});
			const [first, ...others] = (
				await get([
					['X-Address', 'host.example'],
					['X-Protocol', 'UDP'],
				])
			).split(' ');
			assert.equal(first, '1', `${name} ${mode}`);
			if (name !== 'native') continue;
			assert.deepEqual(others, ['1', '1']);
			for (const [address, protocol, result] of [
				['127.0.0.1', 'any', '1'],
				['10.0.0.9', 'tls', '1'],
				['10.0.0.9', 'tcp', '-1'],
				['10.0.0.10', 'any', '-1'],
				['10.0.0.10', 'none', '-1'],
				['HOST.example', 'any', '-1'],
				['127.0.0.1', 'nonsense', '-1'],
			] as const) {
				const answer = await get([
					['X-Address', address],
					['X-Protocol', protocol],
				]);
				assert.equal(answer, `1 ${result} ${result}`, `${address} ${protocol}`);
			}
		}
	}
});

const RULES = String.raw`# comment
"^sip:plus+$" : ALL
"^sip:basic\(x\)$" : ALL
"^sip:ALT(a|b)$" : ALL
"^sip:l1$", "^sip:l2$" : "^sip:r1$","^sip:r2$" EXCEPT "^sip:r2$"
ALL : "^sip:c1$" EXCEPT "never"   # comment behind
  "^sip:indent$":"^sip:nospace$"
"sip:hash#x" : ALL
"^sip:e2$" EXCEPT "a", "2" : ALL
all : ALL
"[" : ALL
ALL
: ALL
"a", : ALL
`;

test('files of rules say which URI may reach which', async (t) => {
	const route = `loadmodule "xhttp.so"
		loadmodule "pv.so"
		loadmodule "permissions.so"
		loadmodule "jsonrpcs.so"
		event_route[xhttp:request] {
			if ($hu == "/RPC") { jsonrpc_dispatch(); exit; }
			allow_uri("other", "sip:r1");
			xhttp_reply("200", "OK", "", "$rc");
		}`;
	const { ask, get, lines } = await serve(t, [], route, {
		name: 'kamailio.cfg',
		files: {
			'permissions.allow': RULES,
			'permissions.deny': 'ALL : ALL\n',
			'other.allow': '"^sip:me@x$" : "r1"\n',
			'other.deny': 'ALL : "^sip:r"\n',
		},
	});
	const test = (from: string, to: string) => ask('testUri', 'permissions', from, to);
	for (const [from, to, answer] of [
		['sip:plusss', 'x', 'Allowed'],
		['sip:basic(x)', 'x', 'Allowed'],
		['sip:alta', 'x', 'Allowed'],
		['sip:l2', 'sip:r1', 'Allowed'],
		['sip:l1', 'sip:r2', 'Denied'],
		['sip:q', 'sip:c1', 'Allowed'],
		['sip:indent', 'sip:nospace', 'Allowed'],
		['sip:hash#x', 'x', 'Allowed'],
		['sip:e2', 'x', 'Denied'],
		['a', 'b', 'Denied'],
	] as const)
		assert.equal(await test(from, to), answer, `${from} ${to}`);
	assert.deepEqual(
		lines().flatMap((line) => /line (\d+) is no rule/.exec(line)?.[1] ?? []),
		['11', '12', '13', '14'],
	);
	assert.equal(await ask('testUri', 'permissions', 'a'), 'Not enough parameters (basename, URI and contact)');
	assert.equal(await ask('allowUri', 'other', 'sip:me@x', 'sip:r1'), 'Denied');
	assert.match(lines().join('\n'), /the rules of \S*other\.allow were not read/);
	assert.equal(await get(), '-1');
	assert.equal(await get([['From', '<sip:me@x>;tag=1']]), '1');
	assert.equal(await get([['From', 'sip:you@x']]), '-1');
	assert.equal(await ask('allowUri', 'other', 'sip:me@x', 'sip:r1'), 'Allowed');
});
