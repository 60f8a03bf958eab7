/** Commands of modules. The answers are what Kamailio 5.6.3 gave over JSON-RPC. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { hostFor } from '../support/host.ts';

type Ask = (method: string, ...params: (string | number)[]) => Promise<unknown>;

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
	const { request } = await hostFor(t, script, {
		modparams: modparams.map(([module, name, value]) => ({ module, name, value })),
	});
	const ask: Ask = async (method, ...params) => {
		const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', method, params, id: 1 }));
		const { result, error } = JSON.parse((await request('/RPC', { method: 'POST', body })).body);
		return result ?? error;
	};
	return { ask, request };
}

const fault = (code: number, message: string) => ({ code, message });

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
