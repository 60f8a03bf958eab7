/** The metrics as a real Prometheus reads them. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

const SCRIPT = `function ksr_xhttp_event()
	KSR.xhttp_prom.counter_inc_l1("calls", 1, 'a "quoted" \\\\ name')
	if KSR.pv.get("$hu") == "/own" then return KSR.xhttp_prom.dispatch() end
	KSR.xhttp.xhttp_reply(200, "OK", "", "")
end`;

/** What a query gives: the labels of each series with its value. */
interface QueryAnswer {
	readonly data: {
		readonly result: readonly {
			readonly metric: Record<string, string>;
			readonly value: readonly [number, string];
		}[];
	};
}

const NOTHING: QueryAnswer = { data: { result: [] } };

test('a Prometheus reads the metrics of the host and of the script', {
	skip: !(has('prometheus') && has('promtool')) && 'there is no prometheus or no promtool',
}, async (t) => {
	const folder = folderWith(t, { 'h.lua': SCRIPT });
	const flags = ['--listen=:0', '--children=2', '--metrics-path=/metrics', '--control=-'];
	const run = kemihost(t, [
		'run',
		join(folder, 'h.lua'),
		...flags,
		'--modparam=xhttp_prom:prom_counter:s:name=calls;label=who',
	]);
	const [, address = ''] = await run.until(/on http:\/\/([^/]+)\//);
	for (let i = 0; i < 3; i++) assert.equal((await fetch(`http://${address}/`)).status, 200);

	for (const path of ['metrics', 'own']) {
		const input = await (await fetch(`http://${address}/${path}`)).text();
		const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
		// 3 is for advice on names and missing help, which Kamailio's metrics do not have
		assert.ok(status === 0 || (path === 'own' && status === 3), `${path}: ${status} ${stderr}`);
	}

	const job = (name: string, path: string) =>
		`  - job_name: ${name}\n    metrics_path: ${path}\n    static_configs: [{ targets: ["${address}"] }]\n`;
	const config = folderWith(t, {
		'prometheus.yml': `global:\n  scrape_interval: 1s\nscrape_configs:\n${job('host', '/metrics')}${job('script', '/own')}`,
	});
	const prometheus = spawn(
		'prometheus',
		[
			`--config.file=${join(config, 'prometheus.yml')}`,
			`--storage.tsdb.path=${join(config, 'data')}`,
			'--web.listen-address=127.0.0.1:0',
		],
		{ stdio: ['ignore', 'ignore', 'pipe'] },
	);
	t.after(async () => {
		prometheus.kill('SIGKILL');
		if (prometheus.exitCode === null && prometheus.signalCode === null) await once(prometheus, 'exit');
	});
	let said = '';
	prometheus.stderr.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	const listening = () => /msg="Listening on" address=(\S+)/.exec(said)?.[1];
	while (!listening()) {
		assert.equal(prometheus.exitCode, null, said);
		await once(prometheus.stderr, 'data');
	}

	/** The series of a query, as soon as there are any: Prometheus asks in its own time. */
	const series = async (query: string) => {
		for (;;) {
			const url = `http://${listening()}/api/v1/query?query=${encodeURIComponent(query)}`;
			const response = await fetch(url);
			// it answers 503 until it has read what it kept
			const { data } = response.ok ? ((await response.json()) as QueryAnswer) : NOTHING;
			if (data.result.length > 0) return data.result;
			await pause(100);
		}
	};
	assert.equal((await series('up{job="host"} == 1')).length, 1);
	assert.equal((await series('up{job="script"} == 1')).length, 1);
	const [requests] = await series('kemihost_requests_total{code="200", callback="ksr_xhttp_event"}');
	assert.ok(Number(requests?.value[1]) >= 3);
	assert.equal((await series('kemihost_start_time_seconds')).length, 2, 'one for each child');
	const [calls] = await series('kamailio_calls');
	assert.equal(calls?.metric['who'], 'a "quoted" \\ name');
});
