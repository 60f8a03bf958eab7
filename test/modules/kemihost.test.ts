/** What the host answers itself: health, readiness, and its metrics. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { mergeSnapshots } from '../../src/metrics/host-metrics.ts';
import { hostFor, type TestHostOptions } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const param = paramsOf('kemihost');
const ALL = [
	param('health_path', '/healthz'),
	param('ready_path', '/ready'),
	param('metrics_path', '/metrics'),
];

const SCRIPT = `function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/loop" then while true do end end
	KSR.xhttp.xhttp_reply(KSR.pv.get("$hu") == "/bad" and 400 or 200, "OK", "", "")
end`;

const serve = (t: TestContext, options: TestHostOptions = {}) =>
	hostFor(t, SCRIPT, { modparams: ALL, ...options });

/** The samples of an exposition, by name and labels. */
function samples(text: string): Map<string, number> {
	return new Map(
		text
			.split('\n')
			.filter((line) => line !== '' && !line.startsWith('#'))
			.map((line) => {
				const blank = line.lastIndexOf(' ');
				return [line.slice(0, blank), Number(line.slice(blank + 1))] as const;
			}),
	);
}

test('health and readiness are answered without the script; other paths are not', async (t) => {
	const { request, host } = await serve(t);
	assert.equal((await request('/healthz')).status, 200);
	assert.equal((await request('/ready?x=1')).status, 200);
	assert.equal((await request('/healthz/')).body, '');
	const closing = host.close();
	assert.equal(host.ready, false);
	await closing;
});

test('without paths the script gets all requests', async (t) => {
	const { request, host } = await hostFor(t, SCRIPT);
	assert.equal((await request('/healthz')).body, '');
	assert.equal(host.metrics, undefined);
	await assert.rejects(async () => host.rpc.run(host, 'kemihost.metrics', []), /metrics_path/);
});

test('requests are counted by function and status, and the limits they hit', async (t) => {
	const { request } = await serve(t, { limits: { cpu: 20 } });
	await request('/');
	await request('/');
	await request('/bad');
	await request('/loop');
	const reply = await request('/metrics');
	assert.match(reply.headers, /^Content-Type: text\/plain; version=0\.0\.4/);
	const found = samples(reply.body);
	assert.equal(found.get('kemihost_requests_total{callback="ksr_xhttp_event",code="200"}'), 2);
	assert.equal(found.get('kemihost_requests_total{callback="ksr_xhttp_event",code="400"}'), 1);
	assert.equal(found.get('kemihost_requests_total{callback="ksr_xhttp_event",code="503"}'), 1);
	assert.equal(found.get('kemihost_request_duration_seconds_count'), 4);
	assert.equal(found.get('kemihost_limit_hits_total{limit="cpu"}'), 1);
	assert.ok((found.get('kemihost_script_seconds_total{callback="ksr_xhttp_event"}') ?? 0) > 0.01);
	assert.ok((found.get('kemihost_engine_bytes{child="0"}') ?? 0) > 0);
});

test('what several children have counted is put together', async (t) => {
	const snapshots = [];
	for (const childIndex of [1, 2]) {
		const { request, host } = await serve(t, { childIndex });
		await request('/');
		snapshots.push((await host.metrics?.snapshot()) ?? '');
	}
	const found = samples(await mergeSnapshots(snapshots));
	assert.equal(found.get('kemihost_requests_total{callback="ksr_xhttp_event",code="200"}'), 2);
	assert.ok(found.has('kemihost_process_bytes{child="1"}') && found.has('kemihost_process_bytes{child="2"}'));
});

test('the Grafana dashboard asks for metrics that exist', async (t) => {
	const { request } = await serve(t, { limits: { cpu: 20 } });
	await request('/loop');
	const exposition = (await request('/metrics')).body;
	const existing = new Set([...exposition.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
	const dashboard = readFileSync(new URL('../../docs/grafana/kemihost.json', import.meta.url), 'utf8');
	const used = new Set(
		[...dashboard.matchAll(/kemihost_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')),
	);
	for (const name of used) assert.ok(existing.has(name), name);
	for (const name of existing) assert.ok(used.has(name as string), `${name} is on no panel`);
});
