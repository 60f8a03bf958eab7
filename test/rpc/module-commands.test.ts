/** Commands of modules. The answers are what Kamailio 5.6.3 gave over JSON-RPC. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, hostFor } from '../support/host.ts';
import { askerOf, fault } from '../support/rpc.ts';

/** A host whose commands can be asked; a request to any other address runs `code` first. */
async function serve(
	t: TestContext,
	modparams: readonly (readonly [string, string, string | number])[],
	code = '',
) {
	const script = `function ksr_xhttp_event(evname)
	if KSR.pv.get("$hu") == "/RPC" then return KSR.jsonrpcs.dispatch() end
	${code}
	KSR.xhttp.xhttp_reply(200, "OK", "", "")
end`;
	const { host, lines, request } = await hostFor(t, script, {
		modparams: modparams.map(([module, name, value]) => ({ module, name, value })),
	});
	const ask = askerOf(request);
	return { ask, host, lines, request };
}

test('mqueue.* tell of queues and take items out', async (t) => {
	const { ask, request } = await serve(
		t,
		[['mqueue', 'mqueue', 'name=q']],
		'KSR.mqueue.mq_add("q", "k1", "v1")',
	);
	await request();
	await request();
	assert.deepEqual(await ask('mqueue.get_size'), fault(400, 'No queue name'));
	assert.deepEqual(await ask('mqueue.get_size', 'zz'), fault(404, 'No such queue'));
	assert.deepEqual(await ask('mqueue.get_size', 'q'), { name: 'q', size: 2 });
	assert.deepEqual(await ask('mqueue.get_sizes'), [{ name: 'q', size: 2 }]);
	assert.deepEqual(await ask('mqueue.fetch'), fault(500, 'No queue name'));
	assert.deepEqual(await ask('mqueue.fetch', 'zz'), fault(500, 'No such queue'));
	assert.deepEqual(await ask('mqueue.fetch', 'q'), { key: 'k1', val: 'v1' });
	assert.deepEqual(await ask('mqueue.fetch', 'q'), { key: 'k1', val: 'v1' });
	assert.deepEqual(await ask('mqueue.fetch', 'q'), fault(404, 'Empty queue'));
});

test('pl.* list pipes and change their limits', async (t) => {
	const { ask, request } = await serve(
		t,
		// an interval that does not end within the test
		[['pipelimit', 'timer_interval', 1_000_000]],
		'KSR.pipelimit.pl_check_limit("px", "TAILDROP", 5)',
	);
	await request();
	await request();
	const px = {
		name: 'px',
		algorithm: 'TAILDROP',
		limit: 5,
		counter: 2,
		last_counter: 0,
		unused_intervals: 0,
	};
	assert.deepEqual(await ask('pl.list'), [px]);
	assert.deepEqual(await ask('pl.list', 'px'), [px]);
	assert.deepEqual(await ask('pl.list', 'zz'), fault(400, 'Unknown pipe id zz'));
	assert.deepEqual(await ask('pl.get_pipes'), ['PIPE: id=px algorithm=TAILDROP limit=5 counter=2']);
	assert.deepEqual(await ask('pl.set_pipe', 'zz', 'RED', 7), fault(400, 'Unknown pipe id zz'));
	assert.deepEqual(await ask('pl.set_pipe', 'px', 'XX', 7), fault(400, 'Unknown algorithm'));
	assert.deepEqual(await ask('pl.set_pipe', 'px', 'RED', 7), {});
	assert.deepEqual(await ask('pl.list', 'px'), [{ ...px, algorithm: 'RED', limit: 7 }]);
	assert.deepEqual(await ask('pl.stats'), ['PIPE: id=px load=0 counter=0']);
	assert.equal(await ask('pl.get_pid'), 'ki[-25.000000] kp[0.000000] kd[0.000000] ');
	assert.deepEqual(await ask('pl.set_pid', 0.5, 1, '2'), {});
	assert.equal(await ask('pl.get_pid'), 'ki[0.500000] kp[1.000000] kd[2.000000] ');
	assert.deepEqual(await ask('pl.set_pid', 1), fault(400, 'Missing Arguments: ki, kp and kd'));
});

test('rl.* list pipes and queues and change them', async (t) => {
	const { ask, request } = await serve(
		t,
		[
			['ratelimit', 'timer_interval', 1_000_000],
			['ratelimit', 'pipe', '0:TAILDROP:10'],
			['ratelimit', 'pipe', '31:FEEDBACK:80'],
			['ratelimit', 'queue', '0:GET'],
			['ratelimit', 'queue', '31:*'],
		],
		'KSR.ratelimit.rl_check()',
	);
	await request();
	await request();
	assert.deepEqual(await ask('rl.get_pipes'), [
		'PIPE[0]: 2:TAILDROP 0/10 (drop rate: 0) [2]',
		'PIPE[31]: 3:FEEDBACK 0/80 (drop rate: 0) [0]',
	]);
	const stats = (await ask('rl.stats')) as string[];
	assert.equal(stats.length, 32);
	assert.deepEqual(stats.slice(0, 2), ['PIPE[0]: 0/10 (drop rate: 0)', 'PIPE[1]: 0/0 (drop rate: 0)']);
	assert.deepEqual(await ask('rl.get_queues'), ['QUEUE[0]: 0:GET', 'QUEUE[1]: 31:*']);
	for (const [pipe, algorithm, limit, why] of [
		[32, 'RED', 5, 'Unknown pipe'],
		[-1, 'RED', 5, 'Unknown pipe'],
		[3, 'red', 5, 'Unknown algorithm'],
		[3, 'xx', 5, 'Unknown algorithm'],
		[3, 'FEEDBACK', 101, 'Invalid limit'],
		[3, 'RED', -5, 'Invalid limit'],
	] as const)
		assert.deepEqual(await ask('rl.set_pipe', pipe, algorithm, limit), fault(400, why));
	assert.deepEqual(await ask('rl.set_pipe', 0, 'NOP', 10), {});
	assert.deepEqual(await ask('rl.set_pipe', 5, 'RED', 7), {});
	assert.deepEqual(await ask('rl.get_pipes'), [
		'PIPE[5]: 1:RED 0/7 (drop rate: 0) [0]',
		'PIPE[31]: 3:FEEDBACK 0/80 (drop rate: 0) [0]',
	]);
	assert.deepEqual(await ask('rl.set_queue', 2, 'PUT', 0), fault(400, 'MAX_QUEUES reached'));
	assert.deepEqual(await ask('rl.set_queue', 0, 'PUT', 99), fault(400, 'Invalid pipe number'));
	assert.deepEqual(await ask('rl.set_queue', 0, 'PUT', 5), {});
	assert.deepEqual(await ask('rl.get_queues'), ['QUEUE[0]: 5:PUT', 'QUEUE[1]: 31:*']);
	await request('/', { method: 'PUT' });
	assert.equal(((await ask('rl.get_pipes')) as string[])[0], 'PIPE[5]: 1:RED 0/7 (drop rate: 0) [1]');
	assert.equal(await ask('rl.get_pid'), 'ki[-25.000000] kp[0.000000] kd[0.000000] ');
	assert.deepEqual(await ask('rl.set_pid', -1, 0, 0), {});
	assert.equal(await ask('rl.get_pid'), 'ki[-1.000000] kp[0.000000] kd[0.000000] ');
});

test('pike.* list the addresses that are known, or only those that are blocked', async (t) => {
	const { ask, request } = await serve(
		t,
		[
			['pike', 'sampling_time_unit', 1_000_000],
			['pike', 'reqs_density_per_unit', 4],
		],
		'KSR.pike.pike_check_req()',
	);
	const empty = { max_hits: 4, list: [], number_of_rows: 0 };
	const from = (address: string) => request('/', { connection: { remote: { address, port: 1 } } });
	assert.deepEqual(await ask('pike.list'), empty);
	for (let i = 0; i < 4; i++) await from('192.0.2.1');
	assert.deepEqual(await ask('pike.list'), empty);
	const known = { ip_addr: '192.0.2.1', leaf_hits_prev: 0, expires: 120 };
	const row = { ...known, leaf_hits_curr: 0, status: '' };
	assert.deepEqual(await ask('pike.list', 'ALL'), { ...empty, list: [row], number_of_rows: 1 });
	for (let i = 0; i < 5; i++) await from('192.0.2.1');
	const hot = { ...empty, list: [{ ...known, leaf_hits_curr: 5, status: 'HOT' }], number_of_rows: 1 };
	assert.deepEqual(await ask('pike.top'), hot);
	assert.deepEqual(await ask('pike.list', 'ALL'), hot);
	assert.deepEqual(await ask('pike.list', 'WARM'), empty);
	assert.deepEqual(await ask('pike.top', 'XX'), fault(500, 'Bad argument. Select: ALL, HOT or WARM'));
	for (let i = 0; i < 30; i++) await from('2001:db8::1');
	assert.deepEqual(
		((await ask('pike.list', 'ALL')) as typeof hot).list.map(({ ip_addr }) => ip_addr),
		['192.0.2.1', '2001:db8::1'],
	);
});

test('sl.stats counts replies by status', async (t) => {
	const { ask, request } = await serve(
		t,
		[],
		'local status = tonumber(KSR.pv.get("$hdr(X-Status)")); KSR.xhttp.xhttp_reply(status, "Is", "", "")',
	);
	for (const status of ['200', '202', '201', '404', '410', '500', '503', '600', '404'])
		await request('/', { headers: [['X-Status', status]] });
	assert.deepEqual(await ask('sl.stats'), {
		...{ 200: 1, 202: 1, '2xx': 1, 300: 0, 301: 0, 302: 0, '3xx': 0 },
		...{ 400: 0, 401: 0, 403: 0, 404: 2, 407: 0, 408: 0, 483: 0, '4xx': 1 },
		...{ 500: 1, '5xx': 1, '6xx': 1, xxx: 0 },
	});
});

test('cfgutils.* tell of flags of the host and of the hash of a file', async (t) => {
	const folder = folderWith(t, { 'kamailio.cfg': 'one' });
	const file = join(folder, 'kamailio.cfg');
	const { ask, host } = await serve(t, [
		['cfgutils', 'initial_gflags', 5],
		['cfgutils', 'hash_file', file],
	]);
	assert.equal(await ask('cfgutils.get_gflags'), '0x5 (5)');
	assert.equal(await ask('cfgutils.is_gflag', 1), 'TRUE');
	assert.equal(await ask('cfgutils.is_gflag', 2), 'FALSE');
	assert.equal(await ask('cfgutils.is_gflag', 0), 'TRUE');
	assert.deepEqual(await ask('cfgutils.set_gflag', 2), {});
	assert.deepEqual(await ask('cfgutils.reset_gflag', 1), {});
	assert.equal(await ask('cfgutils.get_gflags'), '0x6 (6)');
	for (const command of ['is', 'set', 'reset'])
		assert.deepEqual(await ask(`cfgutils.${command}_gflag`), fault(500, 'Invalid Parameters'));
	assert.deepEqual(await ask('cfgutils.set_gflag', -1), {});
	assert.equal(await ask('cfgutils.get_gflags'), '0xFFFFFFFF (4294967295)');
	const later = await hostFor(t, 'function ksr_xhttp_event() end', { store: host.store });
	assert.equal(await later.host.rpc.run(later.host, 'cfgutils.get_gflags', []), '0xFFFFFFFF (4294967295)');

	assert.equal(await ask('cfgutils.get_config_hash'), 'f97c5d29941bfb1b2fdab0874906ab82');
	assert.equal(await ask('cfgutils.check_config_hash'), 'Identical hash');
	writeFileSync(file, 'two');
	assert.equal(await ask('cfgutils.check_config_hash'), 'Different hash');
	unlinkSync(file);
	assert.deepEqual(await ask('cfgutils.check_config_hash'), fault(500, 'Failed to hash the file'));
	assert.equal(await ask('cfgutils.get_config_hash'), 'f97c5d29941bfb1b2fdab0874906ab82');
	const without = await serve(t, []);
	assert.equal(await without.ask('cfgutils.get_config_hash'), '');
	assert.deepEqual(await without.ask('cfgutils.check_config_hash'), fault(500, 'No hash file'));
	await assert.rejects(serve(t, [['cfgutils', 'hash_file', file]]), {
		code: 'KH_MODPARAM',
		message: /ENOENT/,
	});
});

test('routes set and test flags of the host', async (t) => {
	const { host, request } = await hostFor(
		t,
		`loadmodule "xhttp.so"
loadmodule "pv.so"
loadmodule "cfgutils.so"
event_route[xhttp:request] {
	is_gflag("2"); $var(a) = $rc;
	set_gflag("2"); $var(b) = $rc;
	is_gflag("2"); $var(c) = $rc;
	reset_gflag("2"); $var(d) = $rc;
	is_gflag("2"); $var(e) = $rc;
	set_gflag("31"); set_gflag("0"); set_gflag("32"); $var(f) = $rc;
	xhttp_reply("200", "OK", "", "$var(a) $var(b) $var(c) $var(d) $var(e) $var(f)");
}`,
		{ name: 'kamailio.cfg' },
	);
	assert.equal((await request()).body, '-1 1 1 1 -1 -1');
	assert.equal(await host.rpc.run(host, 'cfgutils.get_gflags', []), '0x80000001 (2147483649)');
});

test('auth_xkeys_.set sets keys and adds them', async (t) => {
	const { ask, host, lines, request } = await serve(
		t,
		[['auth_xkeys', 'xkey', 'id=main;name=k1;value=abc;expires=7200']],
		'KSR.info(KSR.auth_xkeys.auth_xkeys_check("X-S", KSR.pv.get("$hdr(X-Id)"), "sha256", "data"))',
	);
	const good = async (id: string, key: string) => {
		const signature = createHash('sha256').update(`${key}:data`).digest('hex');
		await request('/', {
			headers: [
				['X-Id', id],
				['X-S', signature],
			],
		});
		return lines('script').at(-1) === '1';
	};
	assert.ok(await good('main', 'abc'));
	assert.deepEqual(await ask('auth_xkeys_.set', 'main', 'k1', 'new'), fault(500, 'Invalid Parameters'));
	assert.deepEqual(await ask('auth_xkeys_.set', 'MAIN', 'k1', 'new', 100), {});
	assert.deepEqual([await good('main', 'abc'), await good('main', 'new')], [false, true]);
	assert.deepEqual(await ask('auth_xkeys_.set', 'main', 'k2', 'second', 100), {});
	assert.deepEqual(await ask('auth_xkeys_.set', 'other', 'k', 'third', 100), {});
	assert.deepEqual([await good('main', 'new'), await good('main', 'second')], [true, true]);
	assert.deepEqual([await good('other', 'third'), await good('main', 'third')], [true, false]);
	const names = (list: unknown) =>
		(list as { KID: string; KEYS: { KEY: { NAME: string } }[] }[]).map(({ KID, KEYS }) => [
			KID,
			...KEYS.map(({ KEY }) => KEY.NAME),
		]);
	const all = [
		['main', 'k2', 'k1'],
		['other', 'k'],
	];
	assert.deepEqual(names(await ask('auth_xkeys_.list')), all);
	const later = await hostFor(t, 'function ksr_xhttp_event() end', { store: host.store });
	assert.deepEqual(names(await later.host.rpc.run(later.host, 'auth_xkeys_.list', [])).sort(), all);
});

test('regex.reload reads groups anew, or leaves them as they were', async (t) => {
	const file = join(folderWith(t, { groups: '[0]\n^a\n[1]\n^b\n' }), 'groups');
	const { ask, lines, request } = await serve(
		t,
		[['regex', 'file', file]],
		'KSR.info("is " .. KSR.regex.pcre_match_group("b", 0))',
	);
	const first = async () => {
		await request();
		return lines('script').at(-1);
	};
	assert.equal(await first(), 'is -1');
	writeFileSync(file, '[0]\n^b\n');
	assert.deepEqual(await ask('regex.reload'), {});
	assert.equal(await first(), 'is 1');
	writeFileSync(file, '[0]\n^(a\n');
	assert.deepEqual(await ask('regex.reload'), fault(500, 'Failed to reload'));
	unlinkSync(file);
	assert.deepEqual(await ask('regex.reload'), fault(500, 'Failed to reload'));
	assert.equal(await first(), 'is 1');
	const without = await serve(t, []);
	assert.deepEqual(await without.ask('regex.reload'), fault(500, 'Group matching not enabled'));
});

test('corex.*, core.flags and httpclient.listcon tell of the host', async (t) => {
	const { ask, host } = await serve(t, [
		['http_client', 'httpcon', 'one=>http://user:pw@localhost/api/one'],
		['http_client', 'httpcon', 'two=>https://localhost:8443/x;timeout=12;failover=one'],
	]);
	assert.deepEqual(await ask('corex.debug'), { debug: 3 });
	assert.deepEqual(await ask('corex.debug', 1), { old: 3, new: 1 });
	assert.equal(host.log.threshold, 1);
	assert.deepEqual(await ask('corex.debug', 'x'), fault(400, 'Invalid level'));
	assert.deepEqual(await ask('corex.list_sockets'), []);
	assert.equal(await ask('core.flags'), 'USE_TCP, USE_TLS');
	assert.deepEqual(await ask('httpclient.listcon'), [
		{
			CONNECTION: {
				...{ NAME: 'two', SCHEMA: 'https', URI: 'localhost:8443/x', USERNAME: '', PASSWORD: '' },
				...{ FAILOVER: 'one', TIMEOUT: 12 },
			},
		},
		{
			CONNECTION: {
				...{ NAME: 'one', SCHEMA: 'http', URI: 'localhost/api/one', USERNAME: 'user', PASSWORD: '***' },
				...{ FAILOVER: '', TIMEOUT: 4 },
			},
		},
	]);
	const without = await serve(t, []);
	assert.deepEqual(await without.ask('httpclient.listcon'), fault(500, 'No Connection Definitions'));
});

test('xhttp_prom.* change metrics', async (t) => {
	const { ask } = await serve(t, [
		['xhttp_prom', 'prom_counter', 'name=c1;label=a'],
		['xhttp_prom', 'prom_gauge', 'name=g1'],
		['xhttp_prom', 'prom_histogram', 'name=h1;buckets=1:2'],
	]);
	assert.deepEqual(await ask('xhttp_prom.counter_inc', 'c1', 2, 'x'), {});
	assert.deepEqual(
		await ask('xhttp_prom.counter_inc', 'zz', 2),
		fault(500, 'Failed to add 2 to counter: zz'),
	);
	assert.deepEqual(
		await ask('xhttp_prom.counter_inc', 'c1', 1),
		fault(500, 'Failed to add 1 to counter: c1'),
	);
	assert.deepEqual(await ask('xhttp_prom.counter_inc'), fault(400, 'required counter identifier'));
	assert.deepEqual(await ask('xhttp_prom.gauge_set', 'g1', 2.5), {});
	assert.deepEqual(await ask('xhttp_prom.gauge_set', 'g1'), fault(400, 'required number argument'));
	assert.deepEqual(
		await ask('xhttp_prom.gauge_set', 'zz', 1),
		fault(500, 'Failed to assign 1.000000 gauge: zz'),
	);
	assert.deepEqual(await ask('xhttp_prom.gauge_reset', 'zz'), fault(500, 'Failed to reset gauge: zz'));
	assert.deepEqual(await ask('xhttp_prom.histogram_observe', 'h1', 1.5), {});
	assert.deepEqual(
		await ask('xhttp_prom.histogram_observe', 'zz', 1.5),
		fault(500, 'Failed to observe 1.500000 in histogram: zz'),
	);
	const list = async () => String(await ask('xhttp_prom.metric_list_print')).replace(/ \d{13}$/gm, '');
	assert.equal(
		await list(),
		`# User defined metrics
kamailio_c1{a="x"} 2
kamailio_g1 2.500000
kamailio_h1_bucket{le="1.000000"} 0
kamailio_h1_bucket{le="2.000000"} 1
kamailio_h1_bucket{le="+Inf"} 1
kamailio_h1_sum 1.500000
kamailio_h1_count 1
`,
	);
	assert.deepEqual(
		await ask('xhttp_prom.counter_inc', 'c1', -1, 'x'),
		fault(400, 'a counter cannot go down'),
	);
	assert.deepEqual(await ask('xhttp_prom.counter_reset', 'c1', 'x'), {});
	assert.deepEqual(await ask('xhttp_prom.gauge_reset', 'g1'), {});
	assert.match(await list(), /c1\{a="x"\} 0\n.*g1 0\.000000\n/);
});

test('cfgutils.rand_* change the probability', async (t) => {
	const { ask } = await serve(t, []);
	assert.equal(await ask('cfgutils.rand_get_prob'), 'actual probability: 10 percent');
	assert.deepEqual(await ask('cfgutils.rand_set_prob', 130), fault(500, 'Invalid Percent'));
	assert.deepEqual(await ask('cfgutils.rand_set_prob'), fault(500, 'Invalid Parameters'));
	assert.deepEqual(await ask('cfgutils.rand_set_prob', 30), {});
	assert.equal(await ask('cfgutils.rand_get_prob'), 'actual probability: 30 percent');
	assert.deepEqual(await ask('cfgutils.rand_reset_prob'), {});
	assert.equal(await ask('cfgutils.rand_get_prob'), 'actual probability: 10 percent');
});
