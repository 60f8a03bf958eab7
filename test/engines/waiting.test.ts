import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { ENGINES } from '../../engines/list.ts';
import { makeRequest } from '../../src/http/request.ts';
import { hostFor, type TestHost, type TestHostOptions } from '../support/host.ts';
import { Waits } from '../support/waits.ts';

/** A script in each language: statements of a handler, and what stands before it. */
interface Script {
	lua: string;
	js: string;
	before?: { lua: string; js: string };
}

/** Engines that the contract of scripts is the same for; native routes have their own. */
const SCRIPTED = ENGINES.filter(({ language }) => language === 'lua' || language === 'javascript');

function codeOf(language: string, { lua, js, before }: Script): string {
	return language === 'lua'
		? `${before?.lua ?? ''}\nfunction ksr_xhttp_event(evname)\n${lua}\nend`
		: `${before?.js ?? ''}\nasync function ksr_xhttp_event(evname) {\n${js}\n}`;
}

async function start(
	t: TestContext,
	engine: (typeof ENGINES)[number],
	script: Script,
	options: TestHostOptions = {},
): Promise<{ host: TestHost; waits: Waits }> {
	const waits = new Waits();
	const name = engine.language === 'lua' ? 'handler.lua' : 'handler.js';
	const host = await hostFor(t, codeOf(engine.language, script), {
		engine: engine.name,
		name,
		modules: [waits.module],
		...options,
	});
	return { host, waits };
}

const say = (text: string) => `KSR.xhttp.xhttp_reply(200, "OK", "text/plain", ${text})`;

/** Replies with what it was answered, and with what belongs to the request before and after. */
const ECHO: Script = {
	lua: `KSR.pv.sets("$avp(mine)", KSR.pv.get("$hu"))
		local first = KSR.test.wait(KSR.pv.get("$hu"))
		local second = KSR.test.wait(KSR.pv.get("$hu") .. "/again")
		${say('first .. "|" .. second .. "|" .. KSR.pv.get("$avp(mine)") .. "|" .. KSR.pv.get("$hu")')}`,
	js: `KSR.pv.sets("$avp(mine)", KSR.pv.get("$hu"));
		const first = await KSR.test.wait(KSR.pv.get("$hu"));
		const second = await KSR.test.wait(KSR.pv.get("$hu") + "/again");
		${say('[first, second, KSR.pv.get("$avp(mine)"), KSR.pv.get("$hu")].join("|")')};`,
};

/** Numbers in an order that looks random and is the same each time. */
function shuffled(count: number): number[] {
	const numbers = Array.from({ length: count }, (_, i) => i);
	let seed = 1;
	for (let i = count - 1; i > 0; i--) {
		seed = (seed * 48_271) % 2_147_483_647;
		const j = seed % (i + 1);
		[numbers[i], numbers[j]] = [numbers[j] as number, numbers[i] as number];
	}
	return numbers;
}

for (const engine of SCRIPTED) {
	describe(engine.name, () => {
		test('a handler waits, and others are served meanwhile', async (t) => {
			const { host, waits } = await start(t, engine, ECHO);
			const a = host.request('/a');
			const b = host.request('/b');
			await waits.answer('/b', 'B');
			await waits.answer('/b/again', 7);
			assert.equal((await b).body, 'B|7|/b|/b');
			await waits.answer('/a', 'A');
			await waits.answer('/a/again', 'A2');
			assert.equal((await a).body, 'A|A2|/a|/a');
			assert.deepEqual(host.host.waiting.counters, { now: 0, peak: 2, total: 2, refused: 0, timedOut: 0 });
		});

		test('what a child keeps between requests is the own of one that waits', async (t) => {
			const { host, waits } = await start(t, engine, {
				lua: `KSR.pv.sets("$var(r)", KSR.pv.get("$hu"))
					KSR.test.wait(KSR.pv.get("$hu"))
					${say('KSR.pv.get("$var(r)")')}`,
				js: `KSR.pv.sets("$var(r)", KSR.pv.get("$hu"));
					await KSR.test.wait(KSR.pv.get("$hu"));
					${say('KSR.pv.get("$var(r)")')};`,
			});
			const replies = ['/a', '/b', '/c'].map((target) => host.request(target));
			for (const key of ['/b', '/a', '/c']) await waits.answer(key);
			const bodies = (await Promise.all(replies)).map(({ body }) => body);
			assert.deepEqual(bodies, ['/a', '/b', '/c']);
		});

		test('500 handlers wait, end in any order, and each gets its own answer', async (t) => {
			const { host, waits } = await start(t, engine, ECHO);
			const count = 500;
			const replies = Array.from({ length: count }, (_, i) => host.request(`/${i}`));
			await waits.count(count);
			for (const i of shuffled(count)) await waits.answer(`/${i}`, `first ${i}`);
			await waits.count(count);
			for (const i of shuffled(count).reverse()) await waits.answer(`/${i}/again`, `second ${i}`);
			for (const [i, reply] of (await Promise.all(replies)).entries())
				assert.equal(reply.body, `first ${i}|second ${i}|/${i}|/${i}`);
			assert.equal(host.host.waiting.counters.peak, count);
		});

		test('an error after a wait has its file and line, and a failing promise gives false', async (t) => {
			const { host, waits } = await start(t, engine, {
				lua: 'local x = KSR.test.wait("x")\nerror("after " .. tostring(x))',
				js: 'const x = await KSR.test.wait("x");\nthrow new Error("after " + x);',
			});
			const reply = host.request();
			(await waits.take('x')).fail(new Error('a bug of the module'));
			assert.equal((await reply).status, 500);
			const lines = host.lines().join('\n');
			assert.match(lines, /handler\.\w+:3: KSR\.test\.wait failed inside the host: Error: a bug/);
			assert.match(lines, /ksr_xhttp_event failed for GET \/: handler\.\w+:4: after false/);
		});

		test('what a function raises later can be caught, and exit ends the script', async (t) => {
			const { host } = await start(t, engine, {
				lua: `local ok, message = pcall(KSR.test.raise, "not good")
					${say('tostring(ok) .. " " .. message')}
					KSR.test.leave()
					error("not reached")`,
				js: `let message;
					try { await KSR.test.raise("not good") } catch (error) { message = error.message + " " + error.stack }
					${say('message')};
					await KSR.test.leave();
					throw new Error("not reached");`,
			});
			assert.match((await host.request()).body, /not good/);
			assert.deepEqual(host.lines(), []);
		});

		test('KSR.x.exit after a wait ends the script well', async (t) => {
			const { host } = await start(t, engine, {
				lua: `KSR.test.now("x") ${say('"left"')} KSR.x.exit() error("not reached")`,
				js: `await KSR.test.now("x"); ${say('"left"')}; KSR.x.exit(); throw new Error("not reached");`,
			});
			assert.equal((await host.request()).body, 'left');
			assert.deepEqual(host.lines(), []);
		});

		test('a loop after a wait is stopped by the CPU limit, and nobody else', async (t) => {
			const { host, waits } = await start(
				t,
				engine,
				{
					lua: `local way = KSR.test.wait(KSR.pv.get("$hu")) while way == "loop" do end ${say('way')}`,
					js: `const way = await KSR.test.wait(KSR.pv.get("$hu")); while (way === "loop"); ${say('way')};`,
				},
				{ limits: { cpu: 100 } },
			);
			const [bad, good] = [host.request('/bad'), host.request('/good')];
			await waits.answer('/bad', 'loop');
			assert.equal((await bad).status, 503);
			await waits.answer('/good', 'fine');
			assert.equal((await good).body, 'fine');
		});

		test('the time limit ends a handler that waits too long, and says what for', async (t) => {
			const { host, waits } = await start(t, engine, ECHO, { limits: { time: 20 } });
			const reply = await host.request('/slow');
			assert.equal(reply.status, 503);
			assert.match(
				host.lines().join('\n'),
				/stopped for GET \/slow: the time limit of 20 ms was reached while KSR\.test\.wait waited at handler\.\w+:4/,
			);
			assert.ok((await waits.take('/slow')).ctx.signal.aborted);
			assert.equal(host.host.waiting.counters.timedOut, 1);
		});

		test('the time limit counts from the beginning of the request', async (t) => {
			const { host, waits } = await start(t, engine, ECHO, { limits: { time: 1000 } });
			const ctx = host.host.context(makeRequest({ target: '/late' }));
			// as if the script had run for that long before it waits
			Object.defineProperty(ctx, 'began', { value: performance.now() - 5000 });
			const reply = await host.host.answer(ctx);
			assert.equal(reply.status, 503);
			assert.match(
				host.lines().join('\n'),
				/GET \/late: the time limit of 1000 ms was reached while KSR\.test\.wait/,
			);
			assert.ok((await waits.take('/late')).ctx.signal.aborted);
		});

		test('beyond the limit on requests in flight the answer is 503, whatever they do', async (t) => {
			const { host, waits } = await start(t, engine, ECHO, {
				limits: { inFlight: 2 },
				modparams: [{ module: 'kemihost', name: 'health_path', value: '/healthz' }],
			});
			const waiting = [host.request('/a'), host.request('/b')];
			await waits.count(2);
			assert.equal(host.host.ready, false);
			for (let i = 0; i < 3; i++) {
				const refused = await host.request('/c');
				assert.equal(refused.status, 503);
				assert.match(refused.headers, /Retry-After: 1\r\n/);
			}
			assert.equal((await host.request('/healthz')).status, 200);
			for (const key of ['/a', '/b', '/a/again', '/b/again']) await waits.answer(key, key);
			await Promise.all(waiting);
			assert.equal(host.host.ready, true);
			const lines = host.lines().filter((line) => /no reply yet, which is the limit/.test(line));
			assert.deepEqual(lines, ['a request got 503: 2 have no reply yet, which is the limit']);
		});

		test('beyond the limit on waiting handlers the answer is 503, and plain ones are served', async (t) => {
			const { host, waits } = await start(
				t,
				engine,
				{
					lua: `if KSR.pv.get("$hu") == "/plain" then ${say('"plain"')} KSR.x.exit() end\n${ECHO.lua}`,
					js: `if (KSR.pv.get("$hu") === "/plain") { ${say('"plain"')}; KSR.x.exit(); }\n${ECHO.js}`,
				},
				{ limits: { waiting: 2 } },
			);
			const waiting = [host.request('/a'), host.request('/b')];
			await waits.count(2);
			const refused = await host.request('/c');
			assert.equal(refused.status, 503);
			assert.match(refused.headers, /Retry-After: 1\r\n/);
			assert.equal((await host.request('/plain')).body, 'plain');
			for (const key of ['/a', '/b', '/a/again', '/b/again']) await waits.answer(key, key);
			assert.deepEqual(
				(await Promise.all(waiting)).map(({ body }) => body),
				['/a|/a/again|/a|/a', '/b|/b/again|/b|/b'],
			);
			assert.equal(host.host.waiting.counters.refused, 1);
			assert.match(host.lines().join('\n'), /2 handlers wait already, which is the limit/);
		});

		test('a client that goes away aborts what its handler waits for', async (t) => {
			const { host, waits } = await start(t, engine, ECHO);
			const { port } = await host.host.listen();
			const client = connect(port, '127.0.0.1');
			client.write('GET /gone HTTP/1.1\r\nHost: x\r\n\r\n');
			const waiter = await waits.take('/gone');
			const { signal } = waiter.ctx;
			assert.equal(signal.aborted, false);
			const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
			client.destroy();
			await aborted;
			waiter.answer('too late');
			await waits.answer('/gone/again', 'too late');
		});

		test('a reload leaves handlers that wait in their old script', async (t) => {
			const { host, waits } = await start(t, engine, ECHO);
			const old = host.request('/old');
			await waits.count(1);
			const file = host.host.snapshot.keys().next().value as string;
			assert.ok(file);
			writeFileSync(host.script, codeOf(engine.language, { lua: say('"new"'), js: say('"new"') }));
			await host.host.reload();
			assert.equal((await host.request('/x')).body, 'new');
			await waits.answer('/old', 'a');
			await waits.answer('/old/again', 'b');
			assert.equal((await old).body, 'a|b|/old|/old');
		});

		test('handlers that wait when the host closes get 503', async (t) => {
			const { host, waits } = await start(t, engine, ECHO);
			const reply = host.request('/a');
			await waits.count(1);
			await host.host.close();
			assert.equal((await reply).status, 503);
		});
	});
}

test('500 handlers wait in each of all engines at once, and nothing of one is seen in another', async (t) => {
	const count = 500;
	const started = await Promise.all(SCRIPTED.map((engine) => start(t, engine, ECHO)));
	const order = shuffled(count * started.length);
	const replies = started.map(({ host }) => Array.from({ length: count }, (_, i) => host.request(`/${i}`)));
	const answerAll = async (suffix: string) => {
		for (const { waits } of started) await waits.count(count);
		for (const n of order) {
			const [engine, i] = [n % started.length, Math.floor(n / started.length)];
			await started[engine]?.waits.answer(`/${i}${suffix}`, `${engine} ${i}${suffix}`);
		}
	};
	await answerAll('');
	await answerAll('/again');
	for (const [engine, list] of replies.entries())
		for (const [i, reply] of (await Promise.all(list)).entries())
			assert.equal(reply.body, `${engine} ${i}|${engine} ${i}/again|/${i}|/${i}`);
});

test('an engine that is lost takes handlers with it that wait in it: they get 503', async (t) => {
	const engine = SCRIPTED.find(({ name }) => name === 'quickjs') as (typeof ENGINES)[number];
	const { host, waits } = await start(
		t,
		engine,
		{
			lua: '',
			js: `if (KSR.pv.get("$hu") === "/bomb") { const all = []; for (;;) all.push("x".repeat(1e6) + all.length); }
				await KSR.test.wait("x"); ${say('"fine"')};`,
		},
		{ limits: { memory: 32 << 20, cpu: 5000 } },
	);
	const waiting = host.request('/waits');
	await waits.count(1);
	assert.equal((await host.request('/bomb')).status, 503);
	assert.equal((await waiting).status, 503);
	assert.match(host.lines().join('\n'), /the engine was lost, by another request, while the handler waited/);
	(await waits.take('x')).answer('too late');
	await new Promise(setImmediate);
	assert.equal(host.host.waiting.counters.now, 0);
});

for (const engine of SCRIPTED.filter(({ language }) => language === 'lua')) {
	describe(`${engine.name}: where Lua can wait`, () => {
		const cases: [name: string, code: string, body: string][] = [
			[
				'in pcall and xpcall',
				'local _, a = pcall(KSR.test.now, "a") local _, b = xpcall(KSR.test.now, print, "b") out = a .. b',
				'ab',
			],
			[
				'in a metamethod',
				'local t = setmetatable({}, { __index = function(_, k) return KSR.test.now(k) end, __concat = function() return KSR.test.now("c") end }) out = t.a .. t.b .. (t .. 1)',
				'abc',
			],
			[
				'in an iterator',
				'local n = 0 for v in function() n = n + 1 if n < 4 then return KSR.test.now(tostring(n)) end end do out = out .. v end',
				'123',
			],
			[
				'in a coroutine',
				'local co = coroutine.wrap(function(a) local b = coroutine.yield(KSR.test.now(a)) return KSR.test.now(b) end) out = co("x") .. co("y")',
				'xy',
			],
			[
				'in a coroutine of a coroutine',
				'local function inner() coroutine.yield(KSR.test.now("1")) return KSR.test.now("2") end local function outer() local co = coroutine.create(inner) local _, a = coroutine.resume(co) coroutine.yield(a) local _, b = coroutine.resume(co) return b end local co = coroutine.wrap(outer) out = co() .. co()',
				'12',
			],
		];
		for (const [name, code, body] of cases)
			test(name, async (t) => {
				const { host } = await start(t, engine, { lua: `local out = "" ${code}\n${say('out')}`, js: '' });
				const reply = await host.request();
				assert.equal(reply.body, body, host.lines().join('\n'));
			});

		test('not in what sort and gsub call, nor in a coroutine that those resume', async (t) => {
			const { host } = await start(t, engine, {
				lua: `local wait = function(a, b) KSR.test.now("x") return a < b end
					local _, one = pcall(table.sort, { 3, 2, 1 }, wait)
					pcall(string.gsub, "abc", "%w", function(c) KSR.test.now("x") end)
					local _, two = pcall(table.sort, { 3, 2, 1 }, coroutine.wrap(wait))
					${say('one .. "\\n" .. two .. "\\n" .. KSR.test.now("and on")')}`,
				js: '',
			});
			const { body } = await host.request();
			assert.match(
				body,
				/handler\.lua:3: KSR\.test\.now cannot wait here.*\n.*KSR\.test\.now cannot wait here.*\nand on$/,
			);
		});

		test('a yield of its own at the top level is an error', async (t) => {
			const { host } = await start(t, engine, { lua: 'KSR.test.now("x") coroutine.yield()', js: '' });
			assert.equal((await host.request()).status, 500);
			assert.match(host.lines().join('\n'), /yield.*outside (of )?a coroutine/);
		});

		test('a coroutine that waits cannot be resumed by another request', async (t) => {
			const { host, waits } = await start(t, engine, {
				before: { lua: 'shared = nil', js: '' },
				lua: `if shared then
						local ok, message = coroutine.resume(shared)
						${say('tostring(ok) .. " " .. message')}
					else
						shared = coroutine.create(function() return KSR.test.wait("first") end)
						local ok, message = coroutine.resume(shared)
						${say('tostring(ok) .. " " .. message')}
					end`,
				js: '',
			});
			const first = host.request();
			await waits.count(1);
			assert.match((await host.request()).body, /^false .*a coroutine was resumed that waits/);
			await waits.answer('first', 'too late');
			assert.equal((await first).body, 'false cannot resume dead coroutine');
		});
	});
}

for (const engine of SCRIPTED.filter(({ language }) => language === 'javascript')) {
	describe(`${engine.name}: how JavaScript waits`, () => {
		test('with async iterators, Promise.all, then, and in functions that functions await', async (t) => {
			const { host } = await start(t, engine, {
				before: {
					lua: '',
					js: `async function* numbers() { for (let i = 1; i < 4; i++) yield await KSR.test.now(String(i)); }
						const twice = async (text) => (await KSR.test.now(text)) + (await KSR.test.now(text));`,
				},
				lua: '',
				js: `let out = "";
					for await (const n of numbers()) out += n;
					out += (await Promise.all(["a", "b"].map((key) => KSR.test.now(key)))).join("");
					out += await KSR.test.now("t").then((text) => text + KSR.pv.get("$hu"));
					out += await twice("z");
					${say('out')};`,
			});
			assert.equal((await host.request('/u')).body, '123abt/uzz');
		});

		test('requests that share a promise each go on as themselves', async (t) => {
			const { host, waits } = await start(t, engine, {
				before: {
					lua: '',
					js: `const cache = {}; const parts = {};
						const load = async (key) => { const value = await KSR.test.wait(key); return value + KSR.pv.get("$hu"); };
						const get = (key) => cache[key] ??= load(key);
						async function* each(key) { yield* [await get(key), 2]; }`,
				},
				lua: '',
				js: `let out = "";
					const hu = () => KSR.pv.get("$hu");
					out += await get("shared") + hu() + " ";
					await get("shared"); out += hu() + " ";
					try { await (cache.bad ??= KSR.test.wait("bad").then(() => { throw new Error("bad"); })); }
					catch (e) { out += e.message + hu() + " "; }
					await (cache.third ??= KSR.test.wait("third")).then(() => { out += hu() + " "; });
					outer: for await (const x of (parts.all ??= [KSR.test.wait("fourth")])) {
						out += hu() + " ";
						for await (const y of each("fifth")) { out += y + hu() + " "; if (y !== 2) continue; break outer; }
					}
					${say('out + hu()')};`,
			});
			const replies = ['/a', '/b', '/c'].map((target) => host.request(target));
			for (const key of ['shared', 'bad', 'third', 'fourth', 'fifth']) await waits.answer(key, key);
			const bodies = (await Promise.all(replies)).map(({ body }) => body);
			// the first has loaded what they share; each says its own name everywhere else
			assert.deepEqual(
				bodies,
				['/a', '/b', '/c'].map((me) => `shared/a${me} ${me} bad${me} ${me} ${me} fifth/a${me} 2${me} ${me}`),
			);
		});

		test('a function that may wait always gives a promise', async (t) => {
			const { host } = await start(t, engine, {
				lua: '',
				js: `const p = KSR.test.declared("x"); const q = KSR.test.declared(); ${say('(p instanceof Promise) + " " + (await p) + " " + (await q)')};`,
			});
			assert.equal((await host.request()).body, 'true x false');
		});

		test('a handler that forgets await is told so, with the line', async (t) => {
			const { host, waits } = await start(t, engine, { lua: '', js: 'KSR.test.wait("x");' });
			assert.equal((await host.request()).status, 500);
			assert.match(
				host.lines().join('\n'),
				/handler\.js:3: ksr_xhttp_event ended while KSR\.test\.wait, called at handler\.js:3, still waits: did you forget await\?/,
			);
			const { signal } = (await waits.take('x')).ctx;
			assert.ok(signal.aborted, 'what nobody waits for is cancelled');
		});

		test('a handler that has replied and left something behind is warned', async (t) => {
			const { host } = await start(t, engine, { lua: '', js: `${say('"fine"')}; KSR.test.wait("x");` });
			assert.equal((await host.request()).body, 'fine');
			assert.match(host.lines().join('\n'), /did you forget await\?/);
		});

		test('a promise that nothing will settle is an error', async (t) => {
			const { host } = await start(t, engine, {
				lua: '',
				js: 'await KSR.test.now("x"); await new Promise(() => {});',
			});
			assert.equal((await host.request()).status, 500);
			assert.match(host.lines().join('\n'), /waits for a promise that will never be settled/);
		});

		test('KSR functions refuse to work for a request that is over', async (t) => {
			const { host, waits } = await start(t, engine, {
				before: { lua: '', js: 'let late = "nothing";' },
				lua: '',
				js: `if (KSR.pv.get("$hu") === "/late") return ${say('late')};
					KSR.test.wait("x").then(() => { try { KSR.pv.get("$hu"); } catch (error) { late = error.message; } });
					${say('"early"')};`,
			});
			assert.equal((await host.request()).body, 'early');
			await waits.answer('x');
			let body: string;
			do {
				await new Promise(setImmediate);
				({ body } = await host.request('/late'));
			} while (body === 'nothing');
			assert.match(body, /was called after the request's end/);
		});
	});
}

for (const engine of SCRIPTED.filter(({ language }) => language === 'javascript'))
	test(`${engine.name}: a promise that is compared is an error, and lets nobody in`, async (t) => {
		const uses = ['KSR.test.wait("a") < 0', 'KSR.test.wait("b") == 1', '"" + KSR.test.wait("c")'];
		for (const use of uses) {
			const js = `if (${use}) return;\n${say('"let in"')};`;
			const { host } = await start(t, engine, { lua: '', js });
			assert.equal((await host.request('/')).status, 500, use);
			assert.match(host.lines('core').join('\n'), /handler\.js:3: .*await it before its value is used/, use);
		}
	});
