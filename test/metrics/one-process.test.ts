/** The metrics of a host without children, and of one whose store is a server. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RedisStore } from '../../src/store/redis.ts';
import { kemihost } from '../support/command.ts';
import { folderWith, hostFor } from '../support/host.ts';
import { noRedis, redisFor } from '../support/redis.ts';

const HANDLER = `function ksr_xhttp_event()
	KSR.htable.sht_sets("t", "k", string.rep("x", tonumber(KSR.pv.get("$rb"))))
	KSR.xhttp.xhttp_reply(200, "OK", "", "")
end`;

test('a host without children has all metrics that one with children has', async (t) => {
	const folder = folderWith(t, { 'h.lua': HANDLER });
	const names: Set<string>[] = [];
	for (const children of [0, 1]) {
		writeFileSync(join(folder, 'h.lua'), HANDLER);
		const run = kemihost(t, [
			'run',
			join(folder, 'h.lua'),
			'--listen=127.0.0.1:0',
			`--children=${children}`,
			'--control=-',
			'--metrics-path=/metrics',
		]);
		const [, url = ''] = await run.until(/on (http:\S+)\//);
		run.child.kill('SIGHUP');
		await run.until(/reloaded in/);
		writeFileSync(join(folder, 'h.lua'), 'function (');
		run.child.kill('SIGHUP');
		await run.until(/not reloaded/);
		const text = await (await fetch(`${url}/metrics`)).text();
		names.push(new Set([...text.matchAll(/^(kemihost_\w+)/gm)].map(([, name = '']) => name)));
		assert.match(text, /^kemihost_reloads_total\{result="done"\} 1$/m);
		assert.match(text, /^kemihost_reloads_total\{result="refused"\} 1$/m);
		assert.match(text, /^kemihost_queue_length 0$/m);
		run.child.kill('SIGTERM');
		await run.ended;
	}
	assert.deepEqual(names[0], names[1]);
});

test("the room of a store on a server is what that says of this host's keys, or is left out", {
	skip: noRedis,
}, async (t) => {
	const server = await redisFor(t);
	const store = await RedisStore.open(`redis://127.0.0.1:${server.port}/0?prefix=mine`);
	t.after(() => store.close());
	const { host, request } = await hostFor(t, HANDLER, {
		store,
		modparams: [
			{ module: 'kemihost', name: 'metrics_path', value: '/metrics' },
			{ module: 'htable', name: 'htable', value: 't=>size=4' },
		],
	});
	const bytes = async () => {
		const { body } = await request('/metrics');
		assert.match(body, /^# HELP kemihost_store_bytes /m);
		const [, found] = /^kemihost_store_bytes (\d+)$/m.exec(body) ?? [];
		return found === undefined ? undefined : Number(found);
	};
	// another's keys do not count
	const other = await RedisStore.open(`redis://127.0.0.1:${server.port}/0?prefix=other`);
	t.after(() => other.close());
	other.table('t').set('k', 'x'.repeat(500_000));
	await request('/', { body: Buffer.from('10') });
	const few = (await bytes()) ?? 0;
	await request('/', { body: Buffer.from('100000') });
	const many = (await bytes()) ?? 0;
	assert.ok(few > 0 && few < 20_000, String(few));
	assert.ok(many - few > 90_000 && many - few < 200_000, String(many));
	await server.stop();
	assert.equal(await bytes(), undefined);
	assert.equal(host.ready, true);
});
