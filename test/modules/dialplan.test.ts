/** KSR.dialplan: what Kamailio was not asked, or where it is not followed. Its answers are in the corpus. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { RpcFault } from '../../src/kemi/rpc.ts';
import { withDatabase } from '../../src/sql/session.ts';
import { type Database, databaseOf } from '../../src/sql/url.ts';
import { postgresMissing, sqliteWith, startPostgres } from '../support/databases.ts';
import { hostFor } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const param = paramsOf('dialplan');

const TABLE =
	'create table dialplan (dpid int, pr int, match_op int, match_exp text, match_len int, subst_exp text, repl_exp text, attrs text)';
const rule = (match: string, find: string, replacement: string, operator = 1) =>
	`insert into dialplan values (1, 1, ${operator}, '${match}', 0, '${find}', '${replacement}', '')`;

/** Translates what stands behind the slash. */
const HANDLER = `function ksr_xhttp_event()
	local code = KSR.dialplan.dp_replace(1, string.sub(KSR.pv.get("$hu"), 2), "$avp(to)")
	KSR.xhttp.xhttp_reply(200, "OK", "", code .. " " .. KSR.pv.gete("$avp(to)"))
end`;

async function start(t: TestContext, rules: readonly string[], modparams: ReturnType<typeof param>[] = []) {
	const database = sqliteWith(t, [TABLE, ...rules].join(';'));
	const started = await hostFor(t, HANDLER, { modparams: [param('db_url', database.url), ...modparams] });
	const translate = async (text: string) => (await started.request(`/${text}`)).body;
	return { ...started, ...database, translate };
}

test('groups are those of a Perl-compatible expression', async (t) => {
	const all = String.raw`[\1|\2|\3]`;
	const { translate } = await start(t, [
		rule('^lazy', '^lazy(a+?)(a*)(b)?', all),
		rule('^named', '^named(?<x>[0-9]+)-(?:[a-z]+)-(?P<y>.)()', all),
		rule('^swap', '(?U)^swap(a+)(a*)()', all),
		rule('^case', '(?i)^CASE(a)(?-i:(B))(c)', all),
		rule('^last', '^last(?:(a)|(b))*()', all),
	]);
	assert.equal(await translate('lazyaaa'), '1 [a|aa|]');
	assert.equal(await translate('named12-abc-z'), '1 [12|z|]');
	assert.equal(await translate('swapaaa'), '1 [a||]');
	assert.equal(await translate('caseABC'), '1 [A|B|C]');
	assert.equal(await translate('caseAbC'), '-1 ');
	assert.match(await translate('lastab'), /^1 \[.?\|b\|\]$/);
});

test('a translation has at most 127 bytes', async (t) => {
	const { translate, lines } = await start(t, [rule('^x', '^(x*)$', String.raw`<\1>`)]);
	assert.equal(await translate('x'.repeat(125)), `1 <${'x'.repeat(125)}>`);
	assert.equal(await translate('x'.repeat(126)), '-1 ');
	assert.match(lines().at(-1) ?? '', /KSR\.dialplan\.dp_replace: a translation has at most 127 bytes/);
});

test('rules that are wrong end the start, and say which and why', async (t) => {
	const wrong = (...rules: string[]) => start(t, rules);
	await assert.rejects(wrong(rule('x', '', '', 5)), {
		code: 'KH_DATABASE',
		message: /^module dialplan: table dialplan, a rule of dialplan 1: match_op is 5; there are/,
	});
	await assert.rejects(wrong(rule('a(', '', '')), /a parenthesis is not closed/);
	await assert.rejects(
		wrong(rule('a', 'a', String.raw`\1`)),
		/repl_exp \\1 names group 1, and subst_exp "a" has 0/,
	);
	await assert.rejects(wrong(rule('a', String.raw`(a)\Kb`, String.raw`\1`)), /cannot be told/);
	await assert.rejects(wrong(rule('a', 'a', '$hdr(')), /repl_exp \$hdr\(: /);
	await assert.rejects(
		wrong("insert into dialplan values (1, 1, 1, null, 0, '', '', '')"),
		/match_exp is NULL/,
	);
	await assert.rejects(wrong('drop table dialplan'), /module dialplan: no such table: dialplan/);
	await assert.rejects(start(t, [], [param('attrs_pvar', '$hdr(x)')]), /attrs_pvar of module dialplan/);
	await assert.rejects(start(t, [], [param('table_name', 'a b')]), /"a b" is no name of a table/);
});

test('a reload takes new rules where all of them are good, and keeps the old ones where not', async (t) => {
	const { host, exec, translate, lines } = await start(t, [rule('a', '', 'old')]);
	const reload = async (...args: string[]) => host.rpc.run(host, 'dialplan.reload', args);
	exec(`delete from dialplan; ${rule('a', '', 'new')}`);
	assert.equal(await translate('a'), '1 old');
	assert.deepEqual(await reload(), {});
	assert.equal(await translate('a'), '1 new');
	exec(`${rule('(', '', 'bad')}`);
	await assert.rejects(reload(), new RpcFault(500, 'ongoing reload'));
	await assert.rejects(reload('now'), new RpcFault(500, 'Dialplan Reload Failed'));
	assert.match(lines().at(-1) ?? '', /a parenthesis is not closed.*; what was read before stays in use/);
	assert.equal(await translate('a'), '1 new');
});

test('without a database every call fails, and says why', async (t) => {
	const { request, lines } = await hostFor(t, HANDLER);
	assert.equal((await request('/a')).body, '-1 ');
	assert.match(lines().at(-1) ?? '', /db_url is not set/);
});

test('rules may be in PostgreSQL', { skip: postgresMissing }, async (t) => {
	const { url } = await startPostgres(t);
	const database = databaseOf(url) as Database;
	await withDatabase(database, async (session) => {
		await session.query(TABLE.replaceAll('int,', 'smallint,'));
		await session.query(rule('^00', '^00([0-9]+)$', String.raw`+\1`));
	});
	const { request } = await hostFor(t, HANDLER, { modparams: [param('db_url', url)] });
	assert.equal((await request('/0049')).body, '1 +49');
});
