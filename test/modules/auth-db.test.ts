/** KSR.auth_db: digest authentication against a table. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { ENGINES } from '../../engines/list.ts';
import { answer, type Client, challengeOf } from '../support/digest.ts';
import { folderWith, hostFor } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const param = paramsOf('auth_db');
const hash = (...parts: string[]) => createHash('md5').update(parts.join(':')).digest('hex');

/** A table of subscribers: alice, once more in another domain with another password, and one whose password is in clear. */
function subscribers(t: TestContext): string {
	const file = join(folderWith(t, {}), 'subscribers.db');
	const db = new DatabaseSync(file);
	db.exec(
		'create table subscriber (username varchar(64), domain varchar(64), password varchar(64), ha1 varchar(64), ha1b varchar(64), rpid varchar(64), level int)',
	);
	const add = db.prepare('insert into subscriber values (?, ?, ?, ?, ?, ?, ?)');
	add.run(
		'alice',
		'files',
		'secret',
		hash('alice', 'files', 'secret'),
		hash('alice@files', 'files', 'secret'),
		'id-1',
		5,
	);
	add.run('bob', 'other', 'words', hash('bob', 'files', 'words'), '', null, null);
	add.run('empty', 'files', '', '', '', null, null);
	add.run('none', 'files', null, null, null, null, null);
	db.close();
	return `sqlite://${file}`;
}

const HANDLERS = {
	lua: `function ksr_xhttp_event()
	local rc = KSR.auth_db.www_authenticate("files", "subscriber")
	KSR.info("rc " .. rc)
	if rc < 0 then KSR.auth.www_challenge("files", 1) return end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.gete("$au") .. " " .. KSR.pv.gete("$avp(rpid)") .. " " .. KSR.pv.gete("$var(level)"))
end`,
	javascript: `async function ksr_xhttp_event() {
	const rc = await KSR.auth_db.www_authenticate("files", "subscriber");
	KSR.info("rc " + rc);
	if (rc < 0) { KSR.auth.www_challenge("files", 1); return; }
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.gete("$au") + " " + KSR.pv.gete("$avp(rpid)") + " " + KSR.pv.gete("$var(level)"));
}`,
	native: `loadmodule "xhttp.so"
loadmodule "pv.so"
loadmodule "xlog.so"
loadmodule "auth.so"
loadmodule "auth_db.so"
event_route[xhttp:request] {
	www_authenticate("files", "subscriber");
	$var(rc) = $rc;
	xinfo("rc $var(rc)");
	if ($var(rc) < 0) {
		www_challenge("files", "1");
		exit;
	}
	xhttp_reply("200", "OK", "text/plain", "$au $avp(rpid) $var(level)");
}`,
};

const ENDINGS = { lua: 'lua', javascript: 'js', native: 'cfg' };

async function start(
	t: TestContext,
	language: keyof typeof HANDLERS,
	modparams: ReturnType<typeof param>[],
	engine?: string,
) {
	const host = await hostFor(t, HANDLERS[language], {
		name: `handler.${ENDINGS[language]}`,
		modparams: [param('db_url', subscribers(t)), ...modparams],
		...(engine === undefined ? {} : { engine }),
	});
	const ask = async (client: Client = {}) => {
		const challenge = challengeOf((await host.request()).headers);
		const credentials = answer(challenge, client);
		const { status, body } = await host.request('/', { headers: [['Authorization', credentials]] });
		const said = host.lines('script').at(-1);
		return status === 200 ? `${said}: ${body}` : said;
	};
	return { ...host, ask };
}

for (const { name: engine, language } of ENGINES)
	test(`${engine}: the hash of a password in the table is what counts`, async (t) => {
		const loads = param('load_credentials', 'rpid;$var(level)=level');
		const { ask, request, lines } = await start(t, language, [loads], engine);
		await request();
		assert.equal(lines('script').at(-1), 'rc -5');
		assert.equal(await ask(), 'rc 1: alice id-1 5');
		assert.equal(await ask({ password: 'guess' }), 'rc -2');
		assert.equal(await ask({ user: 'nobody' }), 'rc -3');
		for (const user of ['empty', 'none']) assert.equal(await ask({ user, password: '' }), 'rc -2');
		assert.equal(await ask({ user: "alice' or '1' = '1" }), 'rc -3');
		assert.equal(await ask({ user: 'alice@files' }), 'rc 1: alice id-1 5');
	});

test('passwords in clear, and users of one domain only', async (t) => {
	const plain = [param('calculate_ha1', 1), param('password_column', 'password')];
	const first = await start(t, 'lua', plain);
	assert.equal(await first.ask({ user: 'bob', password: 'words' }), 'rc 1: bob  0');
	for (const user of ['empty', 'none'])
		for (const password of ['', 'null', 'x']) assert.equal(await first.ask({ user, password }), 'rc -2');
	const second = await start(t, 'lua', [...plain, param('use_domain', 1)]);
	assert.equal(await second.ask({ user: 'bob', password: 'words' }), 'rc -3');
	assert.equal(await second.ask(), 'rc 1: alice  0');
});

test('is_subscriber finds a user by a URI, and loads columns', async (t) => {
	const { request } = await hostFor(
		t,
		`function ksr_xhttp_event()
	local q = KSR.auth_db.is_subscriber
	local found = { q("sip:alice@else", "subscriber", 0), q("sip:alice@else", "subscriber", 1), q("sip:alice@files", "subscriber", 1),
		q("sip:nobody@files", "subscriber", 0), q("alice", "subscriber", 0), q("sip:alice@files", "subscriber; drop table x", 0), q("sip:alice@files", "none", 0) }
	KSR.xhttp.xhttp_reply(200, "OK", "", table.concat(found, " ") .. " " .. KSR.pv.gete("$avp(rpid)"))
end`,
		{ modparams: [param('db_url', subscribers(t)), param('load_credentials', 'rpid')] },
	);
	assert.equal((await request()).body, '1 -2 1 -2 -1 -1 -1 id-1');
});

test('wrong parameters end the start, and without a database every call fails', async (t) => {
	const bad = (name: string, value: string) => hostFor(t, HANDLERS.lua, { modparams: [param(name, value)] });
	await assert.rejects(bad('db_url', 'nonsense'), /db_url of module auth_db is no URL/);
	await assert.rejects(bad('user_column', 'a; b'), /"a; b" is no name of a table or a column/);
	await assert.rejects(bad('load_credentials', 'a b'), /load_credentials of module auth_db/);
	const { request, lines } = await hostFor(
		t,
		'function ksr_xhttp_event() KSR.info("is " .. KSR.auth_db.is_subscriber("sip:a@b", "subscriber", 0)) end',
	);
	await request();
	assert.deepEqual(lines('script'), ['is -1']);
});
