/** Statements of SQL, to a real SQLite, PostgreSQL and MariaDB. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { ENGINES, KSR_ENGINES } from '../../engines/list.ts';
import { makeRequest } from '../../src/http/request.ts';
import { mariadbMissing, postgresMissing, startMariadb, startPostgres } from '../support/databases.ts';
import { folderWith, hostFor, type TestHostOptions } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const param = paramsOf('sqlops');
const connection = (url: string) => param('sqlcon', `cb=>${url}`);

/** Does the statement in the body, binds what the header X-Values says, and shows what came of it. */
const CONSOLE = `
local Q = KSR.sqlops
function ksr_xhttp_event()
	local out, text = {}, KSR.pv.get("$rb")
	local function say(...)
		local line = {}
		for i = 1, select("#", ...) do line[i] = tostring((select(i, ...))) end
		out[#out + 1] = table.concat(line, " ")
	end
	local values = KSR.hdr.get("X-Values")
	for statement in string.gmatch(text, "[^\\n]+") do
		local code = values and Q.sql_query_params("cb", statement, "r", values, nil) or Q.sql_query("cb", statement, "r")
		say(code, KSR.pv.get("$dbr(r=>rows)"), KSR.pv.get("$dbr(r=>cols)"), KSR.pv.get("$sqlrows(cb)"))
		for i = 0, Q.sql_num_rows("r") - 1 do
			local row = {}
			for j = 0, Q.sql_num_columns("r") - 1 do
				local value = Q.sql_result_get("r", i, j)
				row[#row + 1] = type(value) == "string" and string.format("%q", value) or tostring(value)
			end
			say(table.concat(row, " "))
		end
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\\n"))
end`;

async function consoleFor(t: TestContext, url: string, options: TestHostOptions = {}) {
	const { modparams = [], ...rest } = options;
	const host = await hostFor(t, CONSOLE, { modparams: [connection(url), ...modparams], ...rest });
	const ask = async (text: string, headers: [string, string][] = []) =>
		(await host.request('/', { method: 'POST', body: Buffer.from(text), headers })).body;
	return { ...host, ask };
}

const sqliteFile = (t: TestContext) => `sqlite://${join(folderWith(t, {}), 'test.db')}`;

/** What every database gives alike. */
async function givesTheSame(
	ask: (text: string, headers?: [string, string][]) => Promise<string>,
): Promise<void> {
	assert.equal(
		await ask(
			"create table t(id int, name varchar(64), big bigint)\ninsert into t values (1, 'one', 12345678901), (2, null, -5)",
		),
		'0 0 0 0\n0 0 0 2',
	);
	assert.equal(await ask('select * from t order by id'), '0 2 3 2\n1 "one" "12345678901"\n2 nil "-5"');
	assert.equal(await ask('select * from t where id = 99'), '0 0 0 0');
	assert.equal(await ask("update t set name = 'x'"), '0 0 0 2');
	assert.match(await ask('selec nonsense'), /^-1 0 0 nil$/);
	assert.equal(
		await ask('select id, ? as given from t where name = ? or id = 1', [['X-Values', "it's \\' ? -- "]]),
		`0 1 2 1\n1 "it's \\\\' ? -- "`,
	);
	const undone = (
		await ask('begin\ninsert into t values (3, null, 1)\nselect id from t where id = 3\nrollback')
	).split('\n');
	assert.deepEqual(undone.slice(2, 4), ['0 1 1 1', '3']);
	assert.equal((await ask('select id from t where id = 3')).split('\n')[0], '0 0 0 0');
	await ask('begin\ninsert into t values (4, null, 1)'); // the request ends without a commit
	assert.equal((await ask('select id from t where id = 4')).split('\n')[0], '0 0 0 0');
}

test('SQLite: statements, results, values that are bound, transactions', async (t) => {
	const { ask, lines } = await consoleFor(t, sqliteFile(t));
	await givesTheSame(ask);
	assert.match(lines().join('\n'), /sql_query: near "selec": syntax error \[selec nonsense\] \(sqlite:/);
	assert.equal(await ask("attach '/tmp/other.db' as other"), '-1 0 0 nil');
	assert.equal(
		await ask("select 2147483648, 1.5, x'0041', cast('2020-01-02 03:04:05' as datetime), ''"),
		'0 1 5 1\n"2147483648" "1.5" "\\000A" 2020 ""',
	);
});

test('PostgreSQL: statements, results, values that are bound, transactions', {
	skip: postgresMissing,
}, async (t) => {
	const server = await startPostgres(t);
	const { ask, lines } = await consoleFor(t, server.url);
	await givesTheSame(ask);
	assert.match(
		lines().join('\n'),
		/syntax error at or near "selec" \[selec nonsense\] \(postgres:\/\/tester@/,
	);
	assert.equal(
		await ask(
			"select 2147483648, 1.5, '\\x0041'::bytea, timestamp '2020-01-02 03:04:05', true, date '1970-01-02', 'é', null",
		),
		'0 1 8 1\n"2147483648" "1.5" "\\000A" 1577934245 1 86400 "\u00c3\u00a9" nil',
	);
	await server.restart();
	while ((await ask('select 1')) !== '0 1 1 1\n1'); // connections that the server has closed are made anew
});

test('MySQL: statements, results, values that are bound, transactions', {
	skip: mariadbMissing,
}, async (t) => {
	const server = await startMariadb(t);
	const { ask, lines } = await consoleFor(t, server.url);
	await givesTheSame(ask);
	assert.match(lines().join('\n'), /error in your SQL syntax.*\[selec nonsense\] \(mysql:\/\/tester@/);
	assert.equal(
		await ask(
			"select 2147483648, 1.5, x'0041', timestamp '2020-01-02 03:04:05', true, date '1970-01-02', 'é', null",
		),
		'0 1 8 1\n"2147483648" "1.5" "\\000A" 1577934245 1 86400 "\u00c3\u00a9" nil',
	);
	await server.restart();
	while ((await ask('select 1')) !== '0 1 1 1\n1'); // connections that the server has closed are made anew
});

test('MySQL: values stay values where the server takes no backslash for an escape', {
	skip: mariadbMissing,
}, async (t) => {
	const server = await startMariadb(t, ['--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES']);
	const { ask } = await consoleFor(t, server.url);
	await ask("create table t(name varchar(64))\ninsert into t values ('a'), ('b')");
	assert.equal(await ask('select name from t where name = ?', [['X-Values', "x' or 1=1 -- "]]), '0 0 0 0');
	assert.equal(await ask('select ? as given', [['X-Values', "it\\'s"]]), `0 1 1 1\n"it\\\\'s"`);
});

const HANDLERS: Readonly<Record<string, readonly [name: string, code: string]>> = {
	lua: [
		'handler.lua',
		`function ksr_xhttp_event()
	if KSR.sqlops.sql_xquery("cb", "select id, name from t order by id", "rows") < 0 then return end
	local first, second = KSR.pv.get("$xavp(rows[0]=>name)"), KSR.pv.get("$xavp(rows[1]=>id)")
	KSR.sqlops.sql_pvquery("cb", "select name, id from t order by id", "$avp(name);$var(id)")
	KSR.xhttp.xhttp_reply(200, "OK", "", first .. second .. KSR.pv.get("$avp(name)") .. KSR.pv.get("$var(id)"))
end`,
	],
	javascript: [
		'handler.js',
		`async function ksr_xhttp_event() {
	if (await KSR.sqlops.sql_xquery("cb", "select id, name from t order by id", "rows") < 0) return;
	const first = KSR.pv.get("$xavp(rows[0]=>name)"), second = KSR.pv.get("$xavp(rows[1]=>id)");
	await KSR.sqlops.sql_pvquery("cb", "select name, id from t order by id", "$avp(name);$var(id)");
	KSR.xhttp.xhttp_reply(200, "OK", "", first + second + KSR.pv.get("$avp(name)") + KSR.pv.get("$var(id)"));
}`,
	],
	native: [
		'handler.cfg',
		`loadmodule "xhttp.so"
loadmodule "pv.so"
loadmodule "sqlops.so"
event_route[xhttp:request] {
	if (!sql_xquery("cb", "select id, name from t order by id", "rows")) exit;
	$var(first) = $xavp(rows[0]=>name);
	$var(second) = $xavp(rows[1]=>id);
	sql_pvquery("cb", "select name, id from t order by id", "$avp(name);$var(id)");
	xhttp_reply("200", "OK", "text/plain", "$var(first)$var(second)$avp(name)$var(id)");
}`,
	],
};

for (const { name: engine, language } of ENGINES)
	test(`${engine}: rows come into $xavp and variables`, async (t) => {
		const url = sqliteFile(t);
		const db = new DatabaseSync(url.slice('sqlite://'.length));
		db.exec("create table t(id int, name varchar(9)); insert into t values (1, 'one'), (2, 'two')");
		db.close();
		const [name, code] = HANDLERS[language] as [string, string];
		const { request } = await hostFor(t, code, { engine, name, modparams: [connection(url)] });
		assert.equal((await request('/')).body, 'one2one1');
	});

test('native: codes say whether there are rows', async (t) => {
	const { request } = await hostFor(
		t,
		`loadmodule "xhttp.so"
loadmodule "pv.so"
loadmodule "sqlops.so"
event_route[xhttp:request] {
	sql_query("cb", "select 1", "r"); $var(a) = $rc;
	sql_query("cb", "select 1 where 1 = 0", "r"); $var(b) = $rc;
	sql_query("cb", "select 1"); $var(c) = $rc;
	sql_query("cb", "selec", "r"); $var(d) = $rc;
	sql_query_params("cb", "select ? as given", "r", "it's $hu");
	xhttp_reply("200", "OK", "text/plain", "$var(a) $var(b) $var(c) $var(d) $dbr(r=>[0,0]) $dbr(r=>colname[0])");
}`,
		{ name: 'handler.cfg', modparams: [connection(sqliteFile(t))] },
	);
	assert.equal((await request('/x')).body, "1 2 3 -1 it's /x given");
});

for (const { name: engine, language } of KSR_ENGINES)
	test(`${engine}: a statement that does not end is ended by the time limit, and others are served meanwhile`, async (t) => {
		const endless = 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c';
		const lua = `function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/endless" then KSR.sqlops.sql_query("cb", "${endless}", "r") end
	KSR.sqlops.sql_query("cb", "select 1", "r")
	KSR.xhttp.xhttp_reply(200, "OK", "", KSR.sqlops.sql_num_rows("r") .. "")
end`;
		const js = `async function ksr_xhttp_event() {
	if (KSR.pv.get("$hu") === "/endless") await KSR.sqlops.sql_query("cb", "${endless}", "r");
	await KSR.sqlops.sql_query("cb", "select 1", "r");
	KSR.xhttp.xhttp_reply(200, "OK", "", String(KSR.sqlops.sql_num_rows("r")));
}`;
		const { request, lines } = await hostFor(t, language === 'lua' ? lua : js, {
			engine,
			name: language === 'lua' ? 'handler.lua' : 'handler.js',
			limits: { time: 3000 },
			modparams: [connection(sqliteFile(t))],
		});
		const stuck = request('/endless');
		assert.equal((await request('/')).body, '1');
		assert.equal((await stuck).status, 503);
		assert.match(
			lines().join('\n'),
			/the time limit of 3000 ms was reached while KSR\.sqlops\.sql_query waited/,
		);
		assert.equal((await request('/')).body, '1');
	});

test('a client that goes away ends its statement', async (t) => {
	const { host, lines } = await consoleFor(t, sqliteFile(t));
	const ctx = host.context(
		makeRequest({
			method: 'POST',
			body: Buffer.from(
				'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c',
			),
		}),
	);
	const reply = host.answer(ctx);
	ctx.abort(new Error('the client has gone'));
	await reply;
	assert.match(lines().join('\n'), /the (request has ended|statement was ended)/);
});

test('a result of very many rows is refused, and so is one of very many bytes', async (t) => {
	const { ask, lines } = await consoleFor(t, sqliteFile(t), { modparams: [param('max_rows', 100)] });
	const numbers = (count: number, what: string) =>
		`with recursive c(x) as (select 1 union all select x + 1 from c where x < ${count}) select ${what} from c`;
	assert.match(await ask(numbers(100, 'x')), /^0 100 1 100\n/);
	assert.equal(await ask(numbers(1_000_000, 'x')), '-1 0 0 nil');
	assert.equal(await ask(numbers(50, "printf('%.*c', 1000000, 'x')")), '-1 0 0 nil');
	assert.match(lines().join('\n'), /more than 100 rows[\s\S]*more than 16777216 bytes/);
});

test('many handlers share few connections', async (t) => {
	const { ask } = await consoleFor(t, sqliteFile(t), { modparams: [param('pool_size', 2)] });
	const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => ask(`select ${i}`)));
	for (const [i, answer] of answers.entries()) assert.equal(answer, `0 1 1 1\n${i}`);
});

test('a database that is not there ends the start, unless connect_mode says otherwise', async (t) => {
	const nowhere = 'postgres://tester:secret@127.0.0.1:1/none';
	await assert.rejects(consoleFor(t, nowhere), (error: Error) => {
		assert.match(error.message, /^sqlcon cb: no connection to postgres:\/\/tester@127\.0\.0\.1:1\/none: /);
		assert.doesNotMatch(error.message, /secret/);
		return true;
	});
	const { ask, lines } = await consoleFor(t, nowhere, { modparams: [param('connect_mode', 1)] });
	assert.equal(await ask('select 1'), '-1 0 0 nil');
	assert.doesNotMatch(lines().join('\n'), /secret/);
	await assert.rejects(consoleFor(t, 'oracle://x/y'), /sqlcon of module sqlops is no name=>URL/);
});

test('a database that ends in the middle of a statement ends the statement', {
	skip: postgresMissing,
}, async (t) => {
	const server = await startPostgres(t);
	const { ask, lines } = await consoleFor(t, server.url);
	const answer = ask('select pg_sleep(1000)');
	const other = await consoleFor(t, server.url);
	// once it runs, the server is killed
	while (
		!/"1"$/.test(await other.ask("select count(*) from pg_stat_activity where query like 'select pg_sleep%'"))
	);
	server.process.kill('SIGKILL');
	await once(server.process, 'exit');
	assert.equal(await answer, '-1 0 0 nil');
	assert.match(lines().join('\n'), /sql_query: .*\[select pg_sleep\(1000\)\]/);
});

test('{sql.val} keeps texts in their quotes, by the databases there are', async (t) => {
	const shown = async (...urls: string[]) => {
		const { request } = await hostFor(
			t,
			`function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", KSR.pv.get("$(rb{sql.val})")) end`,
			{ modparams: [...urls.map((url, i) => param('sqlcon', `c${i}=>${url}`)), param('connect_mode', 2)] },
		);
		return (await request('/', { method: 'POST', body: Buffer.from(`a'b"c\\d`) })).body;
	};
	assert.equal(await shown(), `'a\\'b\\"c\\\\d'`);
	assert.equal(await shown('mysql://h/d'), `'a\\'b\\"c\\\\d'`);
	assert.equal(await shown('sqlite:///x', 'postgres://h/d'), `'a''b"c\\d'`);
	assert.equal(await shown('sqlite:///x', 'mysql://h/d'), `'a''b"c\\\\d'`);
});
