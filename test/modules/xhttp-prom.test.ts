/** Metrics of scripts, beyond what the case xhttp-prom-metrics compares with a real Kamailio. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KemihostError } from '../../src/errors.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { hostFor, type TestHostOptions } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const param = paramsOf('xhttp_prom');

/** What /metrics shows after a script has run, without the times. */
async function metricsAfter(t: Parameters<typeof hostFor>[0], script: string, options: TestHostOptions) {
	const code = `function ksr_xhttp_event()
		local P = KSR.xhttp_prom
		if P.check_uri() == 1 then P.dispatch() return end
		${script}
		KSR.xhttp.xhttp_reply(200, "OK", "", "")
	end`;
	const { request } = await hostFor(t, code, options);
	await request('/do');
	const reply = await request('/metrics');
	return { status: reply.status, text: String(reply.body).replace(/ \d{13}$/gm, '') };
}

test('a gauge goes up and down by fractions', async (t) => {
	const { text } = await metricsAfter(
		t,
		'P.gauge_set_l0("level", "2.5") P.gauge_inc_l0("level", "-0.75") P.gauge_inc_l0("fresh", 3)',
		{ modparams: [param('prom_gauge', 'name=level'), param('prom_gauge', 'name=fresh')] },
	);
	assert.equal(text, '# User defined metrics\nkamailio_level 1.750000\nkamailio_fresh 3.000000\n');
});

test('a gauge beyond the integers of the store is kept as well as a double can', async (t) => {
	const { text } = await metricsAfter(t, 'P.gauge_set_l0("big", "1e15") P.gauge_inc_l0("big", "1e15")', {
		modparams: [param('prom_gauge', 'name=big')],
	});
	assert.match(text, /kamailio_big 2000000000000000\.000000/);
});

test('what a client puts into a label cannot forge a line', async (t) => {
	const { text } = await metricsAfter(t, String.raw`P.counter_inc_l1("hits", 1, 'a"} 1\nforged 9\\')`, {
		modparams: [param('prom_counter', 'name=hits;label=path')],
	});
	assert.equal(text, '# User defined metrics\nkamailio_hits{path="a\\"} 1\\nforged 9\\\\"} 1\n');
});

test('tags are on every series, and names begin as they are told', async (t) => {
	const { text } = await metricsAfter(t, 'P.counter_inc_l0("calls", 2)', {
		modparams: [
			param('prom_counter', 'name=calls'),
			param('xhttp_prom_beginning', 'own_'),
			param('xhttp_prom_tags', 'host="a"'),
		],
	});
	assert.equal(text, '# User defined metrics\nown_calls{host="a"} 2\n');
});

test('statistics of a group are shown where they are asked for', async (t) => {
	const { text } = await metricsAfter(t, 'KSR.statistics.update_stat("mine", 4)', {
		modparams: [
			{ module: 'statistics', name: 'variable', value: 'mine' },
			param('xhttp_prom_stats', 'script:'),
		],
	});
	assert.match(
		text,
		/^# NO User defined metrics\n\n# Kamailio statistics.*script:\nkamailio_script_mine 4\n$/,
	);
});

test('metrics that do not fit into the answer are a failure', async (t) => {
	const { status } = await metricsAfter(t, 'P.counter_inc_l0("calls", 2)', {
		modparams: [param('prom_counter', 'name=calls'), param('xhttp_prom_buf_size', 10)],
	});
	assert.equal(status, 500);
});

test('all children count in one series', async (t) => {
	const store = new MemoryStore();
	const modparams = [param('prom_histogram', 'name=took;buckets=1')];
	await metricsAfter(t, 'P.histogram_observe_l0("took", "0.5")', { store, modparams });
	const { text } = await metricsAfter(t, 'P.histogram_observe_l0("took", "2")', { store, modparams });
	assert.match(
		text,
		/took_bucket\{le="1\.000000"\} 1\n.*le="\+Inf"\} 2\n.*took_sum 2\.500000\n.*took_count 2\n/,
	);
});

for (const [name, value] of [
	['prom_counter', 'label=a'],
	['prom_counter', 'name=a b'],
	['prom_counter', 'name=a;buckets=1'],
	['prom_gauge', 'name=a;label=b:c:d:e'],
	['prom_histogram', 'name=a;buckets=2:1'],
	['prom_histogram', 'name=a;buckets=x'],
] as const)
	test(`${name} refuses "${value}"`, async (t) => {
		await assert.rejects(
			hostFor(t, 'function ksr_xhttp_event() end', { modparams: [param(name, value)] }),
			(error) => error instanceof KemihostError && error.code === 'KH_MODPARAM',
		);
	});
