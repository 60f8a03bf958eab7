/** KSR.ndb_redis against a real server. What Kamailio 5.6.3 gives with the same script is in test/fixtures/ndb-redis. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ENGINES } from '../../engines/list.ts';
import { hostFor, type TestHostOptions } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';
import { CA, noRedis, redisFor } from '../support/redis.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/ndb-redis');

const param = paramsOf('ndb_redis');

/** A handler in Lua that replies with what a chunk of code returns. */
function lua(
	t: TestContext,
	body: string,
	modparams: TestHostOptions['modparams'],
	more: TestHostOptions = {},
) {
	const code = `function ksr_xhttp_event()
		local r = KSR.ndb_redis
		local function pv(name) return tostring(KSR.pv.get(name)) end
		local function answer() ${body} end
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", tostring(answer()))
	end`;
	return hostFor(t, code, { modparams: modparams ?? [], ...more });
}

describe('with a real server', { skip: noRedis }, () => {
	for (const engine of ['fengari', 'wasmoon'])
		test(`${engine} sees of every reply what Kamailio sees`, async (t) => {
			const { socket } = await redisFor(t);
			const host = await hostFor(t, readFileSync(join(FIXTURES, 'replies.lua')), {
				engine,
				modparams: [param('server', `name=s;unix=${socket}`)],
			});
			const { body } = await host.request();
			assert.deepEqual(body.split('\n'), readFileSync(join(FIXTURES, 'replies.txt'), 'utf8').split('\n'));
		});

	for (const { name, language } of ENGINES)
		test(`${name}: many handlers wait at once, and each gets its own answer`, async (t) => {
			const { port } = await redisFor(t);
			const code =
				language === 'lua'
					? `function ksr_xhttp_event()
						local code = KSR.ndb_redis.redis_cmd_p1("s", "ECHO %s", KSR.pv.get("$hu"), "r")
						KSR.xhttp.xhttp_reply(200, "OK", "text/plain", code .. KSR.pv.get("$redis(r=>value)"))
					end`
					: language === 'javascript'
						? `async function ksr_xhttp_event() {
							const code = await KSR.ndb_redis.redis_cmd_p1("s", "ECHO %s", KSR.pv.get("$hu"), "r");
							KSR.xhttp.xhttp_reply(200, "OK", "text/plain", code + KSR.pv.get("$redis(r=>value)"));
						}`
						: `loadmodule "xhttp.so"
						loadmodule "ndb_redis.so"
						event_route[xhttp:request] {
							if (redis_cmd("s", "ECHO %s", "$hu", "r")) {
								xhttp_reply("200", "OK", "text/plain", "0$redis(r=>value)");
							}
						}`;
			const file = { lua: 'x.lua', javascript: 'x.js' }[language as string] ?? 'x.cfg';
			const host = await hostFor(t, code, {
				engine: name,
				name: file,
				modparams: [param('server', `name=s;addr=127.0.0.1;port=${port};db=3`)],
			});
			const targets = Array.from({ length: 50 }, (_, i) => `/${i}`);
			const replies = await Promise.all(targets.map((target) => host.request(target)));
			assert.deepEqual(
				replies.map(({ body }) => body),
				targets.map((target) => `0${target}`),
			);
		});

	test('route blocks put commands aside and send them in one piece', async (t) => {
		const { socket } = await redisFor(t);
		const code = `
			loadmodule "pv.so"
			loadmodule "xhttp.so"
			loadmodule "ndb_redis.so"
			route[SAY] { $var(o) = $var(o) + $var(x) + " "; }
			event_route[xhttp:request] {
				$var(o) = "";
				redis_execute("s"); $var(x) = $rc; route(SAY);
				redis_pipe_cmd("s", "SET a 1", "p1"); $var(x) = $rc; route(SAY);
				redis_pipe_cmd("s", "GET %s", "a", "p2"); $var(x) = $rc; route(SAY);
				redis_pipe_cmd("s", "NOSUCH", "p3"); $var(x) = $rc; route(SAY);
				redis_pipe_cmd("zz", "NOSUCH", "p4"); $var(x) = $rc; route(SAY);
				redis_execute("s"); $var(x) = $rc; route(SAY);
				$var(x) = $redis(p2=>value); route(SAY);
				$var(x) = $redis(p3=>type); route(SAY);
				redis_pipe_cmd("s", "SET a 2", "p1");
				redis_cmd("s", "GET a", "r"); $var(x) = $rc; route(SAY);
				$var(x) = $redis(r=>value); route(SAY);
				redis_execute("zz"); $var(x) = $rc; route(SAY);
				redis_free("p1"); $var(x) = $rc; route(SAY);
				redis_free("nothing"); $var(x) = $rc; route(SAY);
				xhttp_reply("200", "OK", "text/plain", "$var(o)");
			}`;
		const modparams = [param('server', `name=s;unix=${socket}`)];
		const host = await hostFor(t, code, { name: 'x.cfg', engine: 'native', modparams });
		assert.equal((await host.request()).body, '-1 1 1 1 -1 1 1 6 1 2 -1 1 -1 ');
	});

	test('a transaction of one request holds no command of another', async (t) => {
		const { socket } = await redisFor(t);
		const host = await lua(
			t,
			`local me = pv("$hu")
			r.redis_cmd("s", "MULTI", "r")
			for i = 1, 5 do r.redis_cmd_p2("s", "RPUSH %s %s", me, i, "r") end
			r.redis_cmd("s", "EXEC", "r")
			return pv("$redis(r=>size)") .. pv("$redis(r=>value[4])")`,
			[param('server', `name=s;unix=${socket}`)],
		);
		const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => host.request(`/${i}`)));
		assert.deepEqual(new Set(replies.map(({ body }) => body)), new Set(['55']));
	});

	test('a server that was killed and comes back is found again, and nothing waits for ever', async (t) => {
		const server = await redisFor(t);
		const host = await lua(t, 'return r.redis_cmd("s", "INCR n", "r") .. pv("$redis(r=>value)")', [
			param('server', `name=s;unix=${server.socket}`),
		]);
		assert.equal((await host.request()).body, '01');
		await server.stop();
		assert.equal((await host.request()).body, '-1nil');
		await server.start();
		assert.equal((await host.request()).body, '01');
		assert.ok(host.lines().some((line) => line.includes('KSR.ndb_redis.redis_cmd: server s: ')));
	});

	test('a server that does not answer is given up, and left alone after so many failures', async (t) => {
		const server = await redisFor(t);
		const host = await lua(t, 'return r.redis_cmd("s", "PING", "r")', [
			param('server', `name=s;unix=${server.socket}`),
			param('cmd_timeout', 50),
			param('connect_timeout', 50),
			param('allowed_timeouts', 0),
			param('disable_time', 1000),
		]);
		server.signal('SIGSTOP');
		assert.equal((await host.request()).body, '-1');
		server.signal('SIGCONT');
		assert.equal((await host.request()).body, '-2');
		assert.ok(host.lines().includes('ndb_redis: server s is left alone for 1000 seconds'));
	});

	test('a reply of 100 MB is refused before it has come', async (t) => {
		const { socket } = await redisFor(t, ['--proto-max-bulk-len', '512mb']);
		const host = await lua(
			t,
			`r.redis_cmd("s", "SETRANGE long 104857599 x", "r")
			return r.redis_cmd("s", "GET long", "r") .. pv("$redis(r=>type)")`,
			[param('server', `name=s;unix=${socket}`), param('cmd_timeout', 20000)],
		);
		assert.equal((await host.request()).body, '-1nil');
		assert.ok(host.lines().some((line) => line.includes('a reply of more than 16777216 bytes')));
	});

	test('a wrong password and a server that is not there keep the host from starting, and are not told', async (t) => {
		const { socket } = await redisFor(t, ['--requirepass', 'right-secret']);
		const start = (server: string, ...more: ReturnType<typeof param>[]) =>
			lua(t, 'return r.redis_cmd("s", "PING", "r")', [param('server', server), ...more]);
		await assert.rejects(start(`name=s;unix=${socket};pass=wrong-secret`), (error: Error) => {
			assert.match(error.message, /server s: .*refused the password/);
			assert.doesNotMatch(error.message, /secret/);
			return true;
		});
		await assert.rejects(start(`name=s;unix=${socket}.not`), /module ndb_redis: server s: /);
		await assert.rejects(start('name=s;pass=se;cret'), (error: Error) => !error.message.includes('cret'));
		const right = await start(`name=s;unix=${socket};pass=right-secret`);
		assert.equal((await right.request()).body, '0');
		const without = await start(`name=s;unix=${socket}.not`, param('init_without_redis', 1));
		assert.equal((await without.request()).body, '-1');
	});

	test('TLS is spoken where the server parameter says so', async (t) => {
		const { tlsPort } = await redisFor(t, [], true);
		const server = `name=s;addr=localhost;port=${tlsPort};tls=1`;
		const host = await lua(t, 'return r.redis_cmd("s", "PING", "r") .. pv("$redis(r=>info)")', [
			param('server', `${server};ca=${CA}`),
		]);
		assert.equal((await host.request()).body, '0PONG');
		await assert.rejects(lua(t, 'return 1', [param('server', server)]), /certificate/);
	});

	test('--allow-net closes it', async (t) => {
		const { port } = await redisFor(t);
		const host = await lua(
			t,
			'return r.redis_cmd("s", "PING", "r")',
			[param('server', `name=s;port=${port}`), param('init_without_redis', 1)],
			{ allowNet: ['10.0.0.0/8'] },
		);
		assert.equal((await host.request()).body, '-1');
		assert.ok(host.lines().some((line) => line.includes('not allowed (--allow-net)')));
	});
});
