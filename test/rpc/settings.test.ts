/** Settings that change while the host runs. The answers are what Kamailio 5.6.3 gave over JSON-RPC. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeRequest } from '../../src/http/request.ts';
import { createHost } from '../../src/index.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { beginLife } from '../../src/store/once.ts';
import { folderWith, hostFor, type TestHost } from '../support/host.ts';
import { askerOf, fault } from '../support/rpc.ts';

test('cfg.* change the settings that a configuration declares', async (t) => {
	const folder = folderWith(t, {
		'kamailio.cfg': `loadmodule "xhttp.so"
loadmodule "pv.so"
loadmodule "jsonrpcs.so"
test.var = 5 desc "my var"
test.s = "text" desc "a text"
other.a = 1
event_route[xhttp:request] {
	if ($hu == "/RPC") { jsonrpc_dispatch(); exit; }
	if (@cfg_get.test.s == "new") { $var(x) = " is new"; } else { $var(x) = ""; }
	xhttp_reply("200", "OK", "", "$sel(cfg_get.test.var) $sel(cfg_get.test.s)$var(x) $sel(cfg_get.test.none)");
}`,
	});
	const lines: string[] = [];
	const host = await createHost({
		script: join(folder, 'kamailio.cfg'),
		log: ({ text }) => void lines.push(text),
	});
	t.after(() => host.close());
	const request = async (target: string, init = {}) => host.dispatch(makeRequest({ target, ...init }));
	const ask = askerOf(request as TestHost['request']);
	const shown = async () => (await request('/x')).body;
	assert.equal(await shown(), '5 text <null>');
	assert.match(lines.join('\n'), /there is no setting test\.none/);
	assert.deepEqual(await ask('cfg.list'), ['core: debug', 'test: var', 'test: s', 'other: a']);
	assert.deepEqual(await ask('cfg.list', 'test'), ['test: var', 'test: s']);
	assert.deepEqual(await ask('cfg.list', 'zz'), []);
	assert.deepEqual(await ask('cfg.get'), fault(500, 'Failed to get the parameters'));
	assert.deepEqual(await ask('cfg.get', 'test'), { var: 5, s: 'text' });
	assert.deepEqual(await ask('cfg.get', 'zz'), {});
	assert.deepEqual(await ask('cfg.get', 'test', 'zz'), fault(400, 'Failed to get the variable'));
	assert.equal(await ask('cfg.get', 'test', 's'), 'text');
	assert.equal(await ask('cfg.help', 'test', 's'), '(parameter type is string)');
	assert.equal(await ask('cfg.help', 'other', 'a'), '(parameter type is integer)');
	assert.deepEqual(await ask('cfg.help', 'zz', 'a'), fault(400, 'Failed to get the variable description'));

	const set = async (command: string, ...args: (string | number)[]) => {
		assert.deepEqual(await ask(command, ...args), {}, command);
		return ask('cfg.get', 'test');
	};
	assert.deepEqual(await set('cfg.seti', 'test', 'var', 7), { var: 7, s: 'text' });
	assert.deepEqual(await set('cfg.sets', 'test', 's', 'new'), { var: 7, s: 'new' });
	assert.equal(await shown(), '7 new is new <null>');
	assert.deepEqual(await set('cfg.seti', 'test', 's', 7), { var: 7, s: '7' });
	assert.deepEqual(await set('cfg.sets', 'test', 'var', '8'), { var: 8, s: '7' });
	assert.deepEqual(await set('cfg.set', 'test', 's', 'z z'), { var: 8, s: 'z z' });
	assert.deepEqual(await set('cfg.set_now_string', 'test', 's', 'q'), { var: 8, s: 'q' });
	assert.deepEqual(await set('cfg.set_now_int', 'test', 'var', 10), { var: 10, s: 'q' });
	for (const args of [
		['test', 'var', 'x'],
		['test', 'var', 99999999999],
		['test', 'zz', 1],
		['test', 'var'],
	])
		for (const command of ['cfg.seti', 'cfg.sets', 'cfg.set_delayed'])
			assert.deepEqual(await ask(command, ...args), fault(400, 'Failed to set the variable'), args.join());

	assert.deepEqual(await ask('cfg.diff'), []);
	await set('cfg.set_delayed', 'test', 'var', 11);
	await set('cfg.set_delayed_int', 'test', 'var', 12);
	assert.deepEqual(await set('cfg.set_delayed_string', 'test', 's', 'later'), { var: 10, s: 'q' });
	const change = (name: string, before: string | number, after: string | number) => ({
		...{ 'group name': 'test', 'variable name': name },
		...{ 'old value': before, 'new value': after },
	});
	assert.deepEqual(await ask('cfg.diff'), [change('var', 10, 12), change('s', 'q', 'later')]);
	assert.deepEqual(await set('cfg.rollback'), { var: 10, s: 'q' });
	assert.deepEqual(await ask('cfg.diff'), []);
	await set('cfg.set_delayed_int', 'test', 'var', 13);
	assert.deepEqual(await set('cfg.commit'), { var: 13, s: 'q' });
	assert.deepEqual(await ask('cfg.diff'), []);
	assert.deepEqual(await set('cfg.reset', 'test'), { var: 5, s: 'text' });
	assert.deepEqual(await ask('cfg.reset'), fault(400, 'Reset failed'));
});

test('what administrators change holds for children that start later, and ends with the host', async (t) => {
	const store = new MemoryStore();
	const modparams = [
		{ module: 'cfg_rpc', name: 'setting', value: 'my.limit=5' },
		{ module: 'ratelimit', name: 'pipe', value: '0:TAILDROP:10' },
	];
	const child = async () => {
		const { host } = await hostFor(t, 'function ksr_xhttp_event() end', { store, modparams });
		return (name: string, ...args: (string | number)[]) => host.rpc.run(host, name, args);
	};
	const first = await child();
	await first('cfg.seti', 'my', 'limit', 7);
	await first('rl.set_pipe', 0, 'TAILDROP', 3);
	await first('rl.set_pid', 1, 2, 3);
	const values = async (run: Awaited<ReturnType<typeof child>>) => [
		await run('cfg.get', 'my', 'limit'),
		...((await run('rl.get_pipes')) as string[]),
		await run('rl.get_pid'),
	];
	const changed = [
		7,
		'PIPE[0]: 2:TAILDROP 0/3 (drop rate: 0) [0]',
		'ki[1.000000] kp[2.000000] kd[3.000000] ',
	];
	assert.deepEqual(await values(await child()), changed);
	beginLife(store);
	assert.deepEqual(await values(await child()), [
		5,
		'PIPE[0]: 2:TAILDROP 0/10 (drop rate: 0) [0]',
		'ki[-25.000000] kp[0.000000] kd[0.000000] ',
	]);
	assert.deepEqual(await values(first), changed);
	await assert.rejects(
		hostFor(t, '', { modparams: [{ module: 'cfg_rpc', name: 'setting', value: 'x=5' }] }),
		{
			code: 'KH_MODPARAM',
			hint: /group\.name=5/,
		},
	);
});
