/** KSR.debugger, KSR.statsc and KSR.log_custom. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { RpcFault } from '../../src/kemi/rpc.ts';
import { hostFor } from '../support/host.ts';

test('a dump has the variables that the mask asks for, as Kamailio writes them', async (t) => {
	const { request, logs } = await hostFor(
		t,
		`function ksr_xhttp_event()
	KSR.pv.sets("$avp(a)", "one") KSR.pv.seti("$avp(a)", 2) KSR.pv.sets("$avp(i:5)", "num")
	KSR.pv.sets("$var(v)", 'text "q" ü') KSR.pv.seti("$var(n)", 5)
	KSR.pv.sets("$xavp(x=>f)", "g") KSR.pv.seti("$xavp(x=>h)", 3) KSR.pv.sets("$xavp(x=>f)", "g2")
	KSR.pv.get("$rm") KSR.pv.get("$(hu{s.len})") KSR.pv.get("$hdr(Nope)")
	for _, mask in ipairs({ 2, 4, 8, 16, 17, 0 }) do KSR.debugger.dbg_pv_dump_ex(mask, 2) end
	KSR.debugger.dbg_pv_dump()
end`,
	);
	await request();
	const dumps = logs.filter(({ text }) => text.startsWith('{'));
	assert.deepEqual(dumps.map(({ level, text }) => `${level} ${text}`).slice(0, 6), [
		'info {"$avp(a)":[2,"one"],"$avp(i:5)":["num"]}',
		'info {"$var(v)":"text \\"q\\" ü","$var(n)":5}',
		'info {"$xavp(x)":[{"f":["g2"]},{"h":[3]},{"f":["g"]}]}',
		'info {"$rm":"GET"}',
		'info {"$rm":"GET","$hdr(Nope)":null}',
		'info {}',
	]);
	assert.equal(dumps[6]?.level, 'debug');
});

test('counters are followed over time, for all children', async (t) => {
	let now = 1_000_000;
	const { host, request } = await hostFor(
		t,
		`function ksr_xhttp_event()
	KSR.statistics.update_stat("orders", 3)
end`,
		{
			clock: { now: () => now },
			modparams: [
				{ module: 'statistics', name: 'variable', value: 'orders' },
				{ module: 'statsc', name: 'track', value: 'sold=orders;other=none;' },
				{ module: 'statsc', name: 'interval', value: 1 },
				{ module: 'statsc', name: 'items', value: 2 },
			],
		},
	);
	const report = async (...args: (string | number)[]) => host.rpc.run(host, 'statsc.report', args);
	const newest = async () => {
		const { stats } = (await report('list', 'sold')) as { stats: { data: { timestamp: number }[] }[] };
		return stats[0]?.data[0]?.timestamp;
	};
	assert.deepEqual(await report('list', 'sold'), {
		timestamp: 1000,
		stats: [{ name: 'sold', data: [{ timestamp: 1000, value: 0, index: 0 }] }],
	});
	await request();
	now = 2_000_000;
	while ((await newest()) !== 2000) await new Promise((resolve) => setImmediate(resolve));
	assert.deepEqual(await report('diff', 'all', 1), {
		timestamp: 2000,
		stats: [
			{ name: 'sold', data: [{ timestamp: 2000, value: 3, index: 0 }] },
			{ name: 'other', data: [{ timestamp: 2000, value: 0, index: 0 }] },
		],
	});
	await assert.rejects(report(), new RpcFault(500, 'Missing command parameter'));
	await assert.rejects(report('what'), new RpcFault(500, 'Invalid command'));
});

test('a reset forgets all samples', async (t) => {
	const { host, request } = await hostFor(t, 'function ksr_xhttp_event() KSR.statsc.statsc_reset() end', {
		modparams: [{ module: 'statsc', name: 'track', value: 'all=rcv_requests' }],
	});
	const report = async () => host.rpc.run(host, 'statsc.report', ['list']);
	assert.ok(await report());
	await request();
	await assert.rejects(report(), new RpcFault(500, 'Nothing collected yet - try later'));
	await assert.rejects(
		hostFor(t, '', { modparams: [{ module: 'statsc', name: 'track', value: '=' }] }),
		/track of module statsc/,
	);
});

test('a text goes to the collector as one packet', async (t) => {
	const collector = createSocket('udp4').bind(0, '127.0.0.1');
	await once(collector, 'listening');
	t.after(() => collector.close());
	const packet = once(collector, 'message');
	const { request } = await hostFor(
		t,
		'function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "", tostring(KSR.log_custom.log_udp("é and\\n")) .. KSR.log_custom.log_udp(string.rep("x", 65508))) end',
		{
			modparams: [{ module: 'log_custom', name: 'address', value: `127.0.0.1:${collector.address().port}` }],
		},
	);
	assert.equal((await request()).body, '1-1');
	const [bytes] = (await packet) as [Buffer];
	assert.equal(bytes.toString(), 'é and\n');
	const { request: without } = await hostFor(
		t,
		'function ksr_xhttp_event() KSR.info(KSR.log_custom.log_udp("x")) end',
	);
	await without();
	await assert.rejects(
		hostFor(t, '', { modparams: [{ module: 'log_custom', name: 'address', value: ':' }] }),
		/address of module log_custom/,
	);
});
