/** Hosts that share a Redis or Valkey server, as on several machines: nothing is lost, and one that is cut off goes on. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ENGINES } from '../../engines/list.ts';
import { RedisStore } from '../../src/store/redis.ts';
import { StoreRefusal } from '../../src/store/store.ts';
import { type Command, kemihost } from '../support/command.ts';
import { folderWith, hostFor } from '../support/host.ts';
import { CA, noRedis, type RedisProcess, redisFor } from '../support/redis.ts';

const SCRIPT = `
function ksr_xhttp_event()
	local path, answer = KSR.pv.get("$hu"), nil
	if path == "/inc" then answer = KSR.htable.sht_inc("t", "n") end
	if path == "/get" then answer = KSR.htable.sht_get("t", "n") end
	if path == "/shv" then
		KSR.pv.seti("$shv(n)", 7)
		answer = KSR.pv.get("$shv(n)")
	end
	if path == "/short" then
		for i = 1, 40 do KSR.htable.sht_sets("short", "k" .. i, "v") end
		answer = "set"
	end
	if path == "/told" then answer = KSR.mqueue.mq_size("told") end
	if path == "/fetch" then
		answer = KSR.mqueue.mq_fetch("told") == 1 and KSR.mqueue.mqk_get("told") or "none"
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", tostring(answer))
end

function ksr_htable_event(evname)
	if evname == "htable:mod-init" then KSR.htable.sht_inc("t", "begun") end
	if evname == "htable:expired:short" then KSR.mqueue.mq_add("told", KSR.pv.get("$shtrecord(key)"), "x") end
end
`;

const PARAMS = [
	'htable:htable:s:t=>initval=0',
	'htable:htable:s:short=>autoexpire=1',
	'htable:timer_interval:i:1',
	'htable:event_callback:s:ksr_htable_event',
	'mqueue:mqueue:s:name=told',
].flatMap((param) => ['--modparam', param]);

interface Serving extends Command {
	get(path: string): Promise<string>;
}

async function hostOn(t: TestContext, store: string, children: number): Promise<Serving> {
	const script = join(folderWith(t, { 'x.lua': SCRIPT }), 'x.lua');
	const flags = ['-n', String(children), '-l', '127.0.0.1:0', '--control', '-', '--store', store];
	const command = kemihost(t, ['run', script, ...flags, ...PARAMS]);
	const [, base] = await command.until(/on (http:\S+)\//);
	return {
		...command,
		async get(path) {
			const response = await fetch(base + path);
			assert.equal(response.status, 200);
			return response.text();
		},
	};
}

/** A way to a server that can be closed and opened. */
async function gateTo(t: TestContext, port: number) {
	const open = new Set<Socket>();
	let closed = false;
	const server = createServer((client) => {
		if (closed) return void client.destroy();
		const upstream = connect(port, '127.0.0.1');
		for (const socket of [client, upstream]) {
			open.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => {
				client.destroy();
				upstream.destroy();
				open.delete(socket);
			});
		}
		client.pipe(upstream).pipe(client);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const close = () => {
		closed = true;
		for (const socket of open) socket.destroy();
	};
	t.after(() => {
		close();
		server.close();
	});
	return {
		port: (server.address() as AddressInfo).port,
		close,
		open: () => {
			closed = false;
		},
	};
}

test('two hosts with four children each lose no step, and tell of an expired item once', {
	skip: noRedis,
}, async (t) => {
	const { port } = await redisFor(t);
	const url = `redis://127.0.0.1:${port}/2?prefix=shop`;
	const a = await hostOn(t, url, 4);
	const b = await hostOn(t, url, 4);
	const sums = await Promise.all(Array.from({ length: 400 }, (_, i) => (i % 2 ? a : b).get('/inc')));
	assert.deepEqual(
		sums.map(Number).sort((x, y) => x - y),
		Array.from({ length: 400 }, (_, i) => i + 1),
	);
	assert.equal(await a.get('/shv'), '7');

	await Promise.all([a.get('/short'), b.get('/short')]);
	while (Number(await a.get('/told')) < 40) await new Promise((resolve) => setTimeout(resolve, 50));
	const told: string[] = [];
	for (let key = await b.get('/fetch'); key !== 'none'; key = await b.get('/fetch')) told.push(key);
	assert.deepEqual(told.sort(), Array.from({ length: 40 }, (_, i) => `k${i + 1}`).sort());

	// the second host has joined what the first began
	const store = await RedisStore.open(url);
	t.after(() => store.close());
	assert.equal(store.table('htable:t').get('begun'), 1);
});

test('a host that is cut off goes on, and is back with all others have done', {
	skip: noRedis,
}, async (t) => {
	const { port } = await redisFor(t);
	const gate = await gateTo(t, port);
	const a = await hostOn(t, `redis://127.0.0.1:${gate.port}`, 2);
	const b = await hostOn(t, `redis://127.0.0.1:${port}`, 2);
	assert.equal(await a.get('/inc'), '1');
	gate.close();
	await a.until(/the store is lost/);
	for (let i = 0; i < 8; i++) {
		assert.equal(await a.get('/inc'), '-255');
		assert.equal(await a.get('/get'), '0', 'what the table has for missing items');
		assert.equal(await a.get('/shv'), '0');
		await b.get('/inc');
	}
	gate.open();
	await a.until(/the store is back(.|\n)*the store is back/);
	assert.equal(await a.get('/get'), '9');
	assert.equal(await a.get('/inc'), '10');
});

test('a server that hangs holds a child up once, and not for each question', { skip: noRedis }, async (t) => {
	const server = await redisFor(t);
	const store = await RedisStore.open(`unix://${server.socket}`);
	t.after(() => store.close());
	const table = store.table('t');
	table.set('k', 1);
	server.signal('SIGSTOP');
	assert.throws(() => table.increment('k', 1), StoreRefusal);
	assert.equal(store.reachable, false);
	for (let i = 0; i < 1000; i++) assert.throws(() => table.increment('k', 1), /cannot be reached/);
	assert.equal(table.get('k'), undefined);
	assert.deepEqual([...table.items()], []);
	server.signal('SIGCONT');
	while (!store.reachable) await new Promise((resolve) => setTimeout(resolve, 20));
	assert.ok(Number(table.get('k')) >= 1);
});

test('a store that cannot be had is told without its password', { skip: noRedis }, async (t) => {
	const { socket } = await redisFor(t, ['--requirepass', 'right-secret']);
	const script = join(folderWith(t, { 'x.lua': SCRIPT }), 'x.lua');
	for (const url of [
		`redis://:wrong-secret@127.0.0.1:1/0`,
		'http://secret@x/',
		'redis://:secret@x/0?what=1',
	]) {
		const command = kemihost(t, ['run', script, '-n', '1', '-l', '127.0.0.1:0', '--store', url]);
		assert.notEqual(await command.ended, 0);
		assert.match(command.stderr(), /store/);
		assert.doesNotMatch(command.stdout() + command.stderr(), /secret/);
	}
	await assert.rejects(RedisStore.open(`unix://:wrong-secret@localhost${socket}`), (error: Error) => {
		assert.match(error.message, /refused the password/);
		assert.doesNotMatch(error.message, /secret/);
		return true;
	});
});

for (const { name, language } of ENGINES)
	test(`${name}: what asks the store has its answer at once, and administrators hear that it is away`, {
		skip: noRedis,
	}, async (t) => {
		const server = await redisFor(t);
		const store = await RedisStore.open(`unix://${server.socket}`);
		t.after(() => store.close());
		const sum = 'KSR.htable.sht_inc("t", "n") + 1';
		const say = `KSR.xhttp.xhttp_reply(200, "OK", "text/plain", `;
		const code = {
			lua: `function ksr_xhttp_event() ${say}tostring(${sum})) end`,
			javascript: `function ksr_xhttp_event() { ${say}String(${sum})); }`,
			native: `loadmodule "xhttp.so"
				loadmodule "htable.so"
				event_route[xhttp:request] {
					xhttp_reply("200", "OK", "text/plain", "$shtinc(t=>n)");
				}`,
		}[language as 'lua' | 'javascript' | 'native'];
		const host = await hostFor(t, code, {
			engine: name,
			name: { lua: 'x.lua', javascript: 'x.js' }[language as string] ?? 'x.cfg',
			modparams: [{ module: 'htable', name: 'htable', value: 't=>initval=0' }],
			store,
		});
		const first = language === 'lua' || language === 'javascript' ? 2 : 1;
		assert.deepEqual(
			[(await host.request()).body, (await host.request()).body],
			[`${first}`, `${first + 1}`],
		);
		await server.stop();
		assert.throws(() => store.table('x').set('k', 1), StoreRefusal);
		assert.equal((await host.request()).status, 200);
		await assert.rejects(
			async () => host.host.rpc.run(host.host, 'htable.get', ['t', 'n']),
			/the shared store cannot be reached/,
		);
	});

test('the store speaks TLS, and only with who is trusted', { skip: noRedis }, async (t) => {
	const { tlsPort } = await redisFor(t, [], true);
	const store = await RedisStore.open(`rediss://localhost:${tlsPort}/1?ca=${encodeURIComponent(CA)}`);
	t.after(() => store.close());
	store.table('t').set('k', 'v');
	assert.equal(store.table('t').get('k'), 'v');
	await assert.rejects(RedisStore.open(`rediss://localhost:${tlsPort}`), /certificate/);
});

test('docs/production.md: the commands for several hosts', { skip: noRedis }, async (t) => {
	const document = readFileSync(new URL('../../docs/production.md', import.meta.url), 'utf8');
	const [, sample = ''] = /Several hosts.*?```console\n(.*?)```/s.exec(document) ?? [];
	const server = new Map<string, RedisProcess>();
	const bases = new Map<string, string>();
	for (const part of sample.split(/^\$ /m).slice(1)) {
		const [line = '', ...output] = part.trimEnd().split('\n');
		const [program, ...args] = line.split(' ').map((word) => (word === "''" ? '' : word));
		const [redis] = server.values();
		if (program === 'redis-server') server.set('it', await redisFor(t, args.slice(2)));
		else if (program === 'redis-cli') {
			const said = spawnSync('redis-cli', ['-p', `${redis?.port}`, ...args.slice(2)], { encoding: 'utf8' });
			assert.equal(said.stdout.trim(), output.join('\n'), line);
		} else if (program === 'npx') {
			const shown = args[args.indexOf('--listen') + 1] ?? '';
			const flags = args
				.slice(1)
				.map((arg) => arg.replace(':6379', `:${redis?.port}`).replace(/^:\d+$/, ':0'));
			const command = kemihost(t, [...flags, '--control', '-']);
			const [, port] = await command.until(/on http:\S+:(\d+)\//);
			bases.set(shown, `http://127.0.0.1:${port}`);
		} else if (program === 'curl') {
			const [, shown = ''] = /(:\d+)\//.exec(args[0] ?? '') ?? [];
			assert.equal((await (await fetch(bases.get(shown) ?? '')).text()).trim(), output.join('\n'), line);
		} else assert.fail(line);
	}
	assert.equal(bases.size, 2);
});
