/** KSR.mtree: what Kamailio was not asked, or where it is not followed. Its answers are in the corpus. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { RpcFault } from '../../src/kemi/rpc.ts';
import { sqliteWith } from '../support/databases.ts';
import { hostFor } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const param = paramsOf('mtree');
const tree = (spec: string) => param('mtree', spec);

const TABLES = `create table mtree (tprefix text, tvalue text);
insert into mtree values ('49', 'Germany'), ('4930', 'Berlin');
create table rates (tprefix text, tvalue text);
insert into rates values ('49', '5'), ('4930', '-7');
create table weights (tprefix text, tvalue text);
insert into weights values ('49', '1=10;2=20'), ('4930', '2=5');
create table wide (prefix text, a text, b int, c text);
insert into wide values ('5', 'x', 7, 'y'), ('55', 'x', null, null);`;

/** Looks up /TREE/TEXT/MODE. */
const HANDLER = `function ksr_xhttp_event()
	local name, text, mode = string.match(KSR.pv.get("$hu"), "/(.-)/(.-)/(.*)")
	local code = KSR.mtree.mt_match(name, text, tonumber(mode))
	local found = {}
	for _, variable in ipairs({ "$avp(tvalue)", "$(avp(tvalues)[*])", "$avp(tcount)" }) do found[#found + 1] = KSR.pv.gete(variable) end
	KSR.xhttp.xhttp_reply(200, "OK", "", code .. "|" .. table.concat(found, "|"))
end`;

async function start(t: TestContext, modparams: ReturnType<typeof param>[], more = '') {
	const database = sqliteWith(t, TABLES + more);
	const started = await hostFor(t, HANDLER, { modparams: [param('db_url', database.url), ...modparams] });
	const match = async (name: string, text: string, mode = 0) =>
		(await started.request(`/${name}/${text}/${mode}`)).body;
	const run = async (name: string, ...args: (string | number)[]) =>
		started.host.rpc.run(started.host, `mtree.${name}`, args);
	return { ...started, ...database, match, run };
}

test('integers, counts and several columns are there', async (t) => {
	const { match, run } = await start(t, [
		tree('name=rates;dbtable=rates;type=2'),
		tree('name=w;dbtable=weights;type=1'),
		tree("name=wide;dbtable=wide;cols='prefix,a,b,c'"),
	]);
	assert.equal(await match('rates', '493012'), '1|-7||');
	assert.equal(await match('w', '4930'), '1|||3');
	assert.equal(await match('wide', '5'), '1|x,7,y||');
	assert.equal(await match('wide', '555'), '1|x,*,*||');
	assert.deepEqual(await run('match', 'rates', '49301', 2), [
		{ PREFIX: '49', TVALUE: 5 },
		{ PREFIX: '4930', TVALUE: -7 },
	]);
	assert.deepEqual(await run('match', 'w', '4930', 0), [
		{ PREFIX: '4930', WEIGHT: 10, DSTID: 1 },
		{ PREFIX: '4930', WEIGHT: 5, DSTID: 2 },
	]);
});

test('a tree may hold items of its own, with no database at all', async (t) => {
	const { request, host } = await hostFor(t, HANDLER, {
		modparams: [tree('name=mem;mode=1'), param('item', '|mem|12|twelve|'), param('item', '/mem/1/one')],
	});
	assert.equal((await request('/mem/123/0')).body, '1|twelve|||');
	assert.equal((await request('/mem/13/0')).body, '1|one||');
	await assert.rejects(
		async () => host.rpc.run(host, 'mtree.reload', []),
		new RpcFault(500, 'Mtree Reload Failed'),
	);
});

test('what comes for a prefix twice is refused, left out or kept', async (t) => {
	const twice = "; insert into mtree values ('49', 'again')";
	const start2 = (...more: ReturnType<typeof param>[]) => start(t, [tree('name=mtree'), ...more], twice);
	await assert.rejects(start2(), {
		code: 'KH_DATABASE',
		message: /^module mtree: tree mtree, prefix "49": it is there twice/,
	});
	assert.equal(await (await start2(param('mt_ignore_duplicates', 1))).match('mtree', '49', 2), '1||Germany|');
	assert.equal(
		await (await start2(param('mt_allow_duplicates', 1))).match('mtree', '49', 2),
		'1||Germany, again|',
	);
});

test('a reload reads the trees that it names, and keeps what it cannot read', async (t) => {
	const { exec, match, run, lines } = await start(t, [
		tree('name=mtree'),
		tree('name=rates;dbtable=rates;type=2'),
	]);
	exec("update mtree set tvalue = 'new'; update rates set tvalue = '9'");
	assert.equal(await run('reload', 'mt'), 'Ok. Mtree reloaded.');
	assert.equal(await match('mtree', '49'), '1|new||');
	assert.equal(await match('rates', '49'), '1|5||');
	exec("update rates set tvalue = 'many'");
	await assert.rejects(run('reload'), new RpcFault(500, 'Mtree Reload Failed'));
	assert.match(lines().at(-1) ?? '', /"many" is no integer; what was read before stays in use/);
	assert.equal(await match('rates', '49'), '1|5||');
});

test('wrong parameters end the start, and without a database a match fails', async (t) => {
	const bad = (...modparams: ReturnType<typeof param>[]) =>
		assert.rejects(hostFor(t, HANDLER, { modparams }));
	await bad(tree('dbtable=x'));
	await bad(tree('name=a;type=3'));
	await bad(tree('name=a'), tree('name=a'));
	await bad(tree('name=a;cols=prefix'));
	await bad(tree('name=a;dbtable=a-b'));
	await bad(tree('name=a;mode=1'), param('item', '|b|1|x'));
	await bad(tree('name=a;mode=1'), param('item', '|a|x|x'));
	await bad(param('pv_value', '$rm'));
	await bad(param('pv_values', '$var(x)'));
	await bad(param('db_url', 'sqlite:///nowhere/at/all'));
	const { request, lines } = await hostFor(t, HANDLER);
	assert.equal((await request('/a/49/0')).body, '-1|||');
	assert.match(lines().at(-1) ?? '', /KSR\.mtree\.mt_match: db_url is not set/);
});
