/** Modules that wait for time to pass, or do things later. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { hostFor, type TestHostOptions } from '../support/host.ts';
import { Waits } from '../support/waits.ts';

const say = (text: string) => `KSR.xhttp.xhttp_reply(200, "OK", "text/plain", ${text})`;
const handler = (code: string) => `function ksr_xhttp_event(evname)\n${code}\nend`;

/** A host whose script logs, and a way to wait for a line. */
async function logging(t: TestContext, code: string, options: TestHostOptions = {}) {
	const events = new EventEmitter();
	const texts: string[] = [];
	const host = await hostFor(t, code, {
		...options,
		log: (record) => {
			texts.push(record.text);
			events.emit('line');
		},
	});
	const line = async (text: string, times = 1) => {
		while (texts.filter((one) => one === text).length < times) await once(events, 'line');
	};
	return { ...host, texts, line };
}

describe('cfgutils', () => {
	test('sleep and usleep hold up their handler, and no other', async (t) => {
		const waits = new Waits();
		const host = await hostFor(
			t,
			handler(`if KSR.pv.get("$hu") == "/quick" then ${say('"quick"')} return end
				local code = KSR.cfgutils.usleep(20000) + KSR.cfgutils.sleep(0)
				${say('tostring(code)')}`),
			{ modules: [waits.module] },
		);
		const slow = host.request('/slow');
		assert.equal((await host.request('/quick')).body, 'quick');
		assert.equal((await slow).body, '2');
	});

	test('a client that goes away ends a sleep; a negative time is refused', async (t) => {
		const host = await hostFor(
			t,
			handler('KSR.info("negative " .. KSR.cfgutils.sleep(-1)) KSR.info("cut " .. KSR.cfgutils.sleep(1000))'),
		);
		const abort = new AbortController();
		const reply = host.host.fetch(new Request('http://x/', { signal: abort.signal }));
		while (host.host.waiting.counters.now === 0) await new Promise(setImmediate);
		abort.abort();
		await reply;
		const lines = host.lines();
		assert.ok(lines.includes('negative -1') && lines.includes('cut -1'), lines.join('\n'));
	});
});

describe('rtimer', () => {
	test('calls functions of the script again and again, one after the other', async (t) => {
		const code = `${handler('')}
			function ONE(event) KSR.info("one " .. event) end
			function TWO(event) KSR.info("two " .. event .. " " .. KSR.pv.get("$rtimer_worker")) end`;
		const timer = (name: string, value: string) => ({ module: 'rtimer', name, value });
		const { line, texts } = await logging(t, code, {
			modparams: [
				timer('timer', 'name=tick;interval=2000u;mode=1;'),
				timer('exec', 'timer=tick;route=ONE'),
				timer('exec', 'timer=TICK;route=TWO'),
			],
		});
		await line('two rtimer 0', 2);
		assert.equal(texts.indexOf('one rtimer') < texts.indexOf('two rtimer 0'), true);
	});

	test('runs as many workers side by side as its mode says, which may wait', async (t) => {
		const waits = new Waits();
		const code = `${handler('')}\nfunction TICK() KSR.test.wait("w" .. KSR.pv.get("$rtimer_worker")) end`;
		await hostFor(t, code, {
			modules: [waits.module],
			modparams: [
				{ module: 'rtimer', name: 'timer', value: 'name=a;interval=1000u;mode=2' },
				{ module: 'rtimer', name: 'exec', value: 'timer=a;route=TICK' },
			],
		});
		await waits.answer('w1');
		await waits.answer('w0');
		await waits.answer('w1');
	});

	test('refuses what Kamailio refuses', async (t) => {
		const start = (name: string, value: string) =>
			hostFor(t, handler(''), { modparams: [{ module: 'rtimer', name, value }] });
		await assert.rejects(start('timer', 'interval=1'), /names no timer/);
		await assert.rejects(start('timer', 'name=a;interval=x'), /interval that is no number/);
		await assert.rejects(start('exec', 'timer=a;route=X'), /a timer that is not declared: a/);
		await assert.rejects(start('timer', 'name=a;nonsense=1'), /holds "nonsense=1"/);
	});
});

describe('timer', () => {
	test('timers are switched on and off by their names', async (t) => {
		const code = `${handler(say('tostring(KSR.timer.timer_enable("one", 1)) .. KSR.timer.timer_enable("none", 1)'))}
			function TICK(event) KSR.info("tick " .. event .. KSR.timer.timer_enable("one", 0)) end`;
		const { request, line, texts } = await logging(t, code, {
			modparams: [{ module: 'timer', name: 'declare_timer', value: 'one=TICK,1,fast' }],
		});
		assert.equal((await request()).body, '1-1');
		await line('tick timer1');
		assert.equal(texts.filter((text) => text === 'tick timer1').length, 1);
	});
});

describe('async', () => {
	test('route and task_route go on with the request in another function', async (t) => {
		const code = `${handler(`KSR.pv.sets("$avp(x)", "kept")
				if KSR.pv.get("$hu") == "/task" then return KSR.async.task_route("LATER") end
				return KSR.async.ms_route("LATER", 5)`)}
			function LATER(event) ${say('event .. " " .. KSR.pv.get("$avp(x)") .. " " .. KSR.pv.get("$hu")')} end`;
		const host = await hostFor(t, code);
		assert.equal((await host.request('/ms')).body, 'async:timer-exec kept /ms');
		assert.equal((await host.request('/task')).body, 'async:task-exec kept /task');
	});

	test('times out of range are refused', async (t) => {
		const host = await hostFor(
			t,
			handler(say('KSR.async.route("X", 0) .. KSR.async.route("X", 100) .. KSR.async.ms_route("X", 30001)')),
		);
		assert.equal((await host.request()).body, '-1-1-1');
	});

	test('native: async_sleep and async_ms_sleep hold up what follows, and no other request', async (t) => {
		const code = `loadmodule "xhttp.so"
		loadmodule "async.so"
		event_route[xhttp:request] {
			if ($hu == "/quick") { xhttp_reply("200", "OK", "text/plain", "quick"); exit; }
			if ($hu == "/long") { async_sleep("99"); }
			if ($hu == "/short") { async_ms_sleep("20"); route(TWICE); }
			if ($hu == "/never") { async_sleep("100"); }
			if ($hu == "/neither") { async_ms_sleep("0"); }
			xhttp_reply("200", "OK", "text/plain", "$rc");
		}
		route[TWICE] { async_ms_sleep("1"); }`;
		const host = await hostFor(t, code, { name: 'x.cfg', engine: 'native' });
		const abort = new AbortController();
		const gone = host.host.fetch(new Request('http://x/long', { signal: abort.signal }));
		while (host.host.waiting.counters.now === 0) await new Promise(setImmediate);
		assert.equal((await host.request('/quick')).body, 'quick');
		assert.equal((await host.request('/short')).body, '1');
		abort.abort();
		await gone;
		assert.equal((await host.request('/never')).body, '-1');
		assert.equal((await host.request('/neither')).body, '-1');
		assert.match(host.lines().join('\n'), /async_sleep: 100 seconds are not from 1 to 99/);
	});

	test('task_data calls a function in the background', async (t) => {
		const code = `${handler(`${say('KSR.async.task_group_data("WORK", "g", "the data") .. tostring(KSR.async.get_data())')}`)}
			function WORK(event) KSR.info(event .. " " .. KSR.async.get_data() .. " " .. KSR.async.get_gname()) end`;
		const { request, line } = await logging(t, code);
		assert.equal((await request()).body, '1nil');
		await line('async:task-exec the data g');
	});
});

describe('sworker', () => {
	test('says no, as in any handler of Kamailio', async (t) => {
		const host = await hostFor(t, handler(say('KSR.sworker.task("g") .. KSR.sworker.active()')));
		assert.equal((await host.request()).body, '-1-1');
	});
});

describe('ipops and the DNS', () => {
	test('finds the addresses of a name', async (t) => {
		const host = await hostFor(
			t,
			handler(`local out = { KSR.ipops.dns_query("localhost", "q"), KSR.pv.get("$dns(q=>hostname)") }
				local found = false
				for i = 0, KSR.pv.get("$dns(q=>count)") - 1 do
					KSR.pv.seti("$var(i)", i)
					local address = KSR.pv.get("$dns(q=>addr)")
					if address == "127.0.0.1" or address == "::1" then found = true end
				end
				out[3] = tostring(found)
				out[4] = KSR.ipops.dns_sys_match_ip("localhost", "127.0.0.1")
				out[5] = KSR.ipops.dns_int_match_ip("localhost", "10.1.2.3")
				out[6] = KSR.ipops.dns_sys_match_ip("localhost", "x")
				out[7] = KSR.ipops.dns_sys_match_ip("name.invalid", "10.1.2.3")
				out[8] = KSR.ipops.dns_query("name.invalid", "bad")
				out[9] = tostring(KSR.pv.get("$dns(bad=>count)"))
				out[10] = KSR.ipops.srv_query("", "s")
				out[11] = KSR.pv.get("$srvquery(s=>count)")
				${say('table.concat(out, "|")')}`),
		);
		assert.equal(
			(await host.request()).body,
			'1|localhost|true|1|-1|-3|-4|-4|nil|-2|0',
			host.lines().join('\n'),
		);
	});
});

test('requests that go on later count as waiting: beyond the limit there is 503', async (t) => {
	const code = `${handler(`if KSR.pv.get("$hu") == "/plain" then ${say('"plain"')} return end
		KSR.async.ms_route("ksr_later", 30000)`)}
		function ksr_later() ${say('"late"')} end`;
	const host = await hostFor(t, code, { limits: { waiting: 2 } });
	const abort = new AbortController();
	const waiting = [1, 2].map(() => host.host.fetch(new Request('http://x/', { signal: abort.signal })));
	while (host.host.waiting.counters.now < 2) await new Promise(setImmediate);
	const refused = await host.request('/');
	assert.equal(refused.status, 503);
	assert.match(refused.headers, /Retry-After: 1\r\n/);
	assert.equal((await host.request('/plain')).body, 'plain');
	assert.equal(host.host.waiting.counters.refused, 1);
	abort.abort();
	await Promise.all(waiting);
	assert.equal(host.host.waiting.counters.now, 0);
});
