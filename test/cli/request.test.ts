import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HANDLERS = {
	'h.lua': `function ksr_xhttp_event()
	local pv = KSR.pv.get
	KSR.warn(pv("$rm") .. " " .. pv("$hu"))
	KSR.hdr.append_to_reply("X-From: " .. pv("$si") .. ":" .. pv("$sp") .. "\\r\\n")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", pv("$shv(x)") .. "|" .. pv("$sht(t=>a b)") .. "|" .. pv("$rb"))
end`,
	'h.js': `function ksr_xhttp_event() {
	const pv = KSR.pv.get;
	KSR.warn(pv("$rm") + " " + pv("$hu"));
	KSR.hdr.append_to_reply("X-From: " + pv("$si") + ":" + pv("$sp") + "\\r\\n");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", pv("$shv(x)") + "|" + pv("$sht(t=>a b)") + "|" + pv("$rb"));
}`,
};

for (const script of ['h.lua', 'h.js'])
	test(`${script}: every engine sees the request and the variables as they were given`, async (t) => {
		const folder = folderWith(t, HANDLERS);
		const run = kemihost(
			t,
			[
				...['request', script, 'PUT', '/a?b=c', '-H', 'X-A: 1', '-d', 'ü', '-d', '@h.lua', '--json'],
				...['--engine', 'all', '--from', '192.0.2.1:99', '--modparam=htable:htable:s:t=>size=4'],
				...['--set', '$shv(x)=41', '--set', '$sht(t=>a b)="7"'],
			],
			{ cwd: folder },
		);
		assert.equal(await run.ended, 0, run.stderr());
		const results = JSON.parse(run.stdout());
		assert.equal(results.length, 2);
		for (const result of results) {
			assert.equal(result.status, 200, JSON.stringify(result));
			assert.deepEqual(result.headers, ['X-From: 192.0.2.1:99', 'Content-Type: text/plain']);
			assert.equal(result.body, `41|7|ü&${HANDLERS['h.lua']}`);
			assert.deepEqual(result.logs, [{ level: 'warning', origin: 'script', text: 'PUT /a?b=c' }]);
			assert.ok(result.milliseconds > 0 && result.memory > 0);
		}
	});

test('the reply goes to stdout, all else to stderr', async (t) => {
	const folder = folderWith(t, HANDLERS);
	const args = ['--modparam=htable:htable:s:t=>size=4', '--set', '$sht(t=>a b)=1'];
	const run = kemihost(t, ['request', join(folder, 'h.lua'), ...args]);
	assert.equal(await run.ended, 0, run.stderr());
	assert.match(run.stdout(), /^HTTP\/1\.1 200 OK\nX-From: /);
	assert.match(
		run.stderr(),
		/^WARNING: script: GET \/\n[\s\S]*\nfengari {2}200 OK, \d+ bytes, in [\d.]+ ms/m,
	);
});

const WRONG: [args: string[], exit: number, message: RegExp][] = [
	[['h.lua', 'GET', '/', 'more'], 2, /"more" is too much/],
	[['h.lua', '/', '-H', 'nothing'], 2, /"nothing" is no header/],
	[['h.lua', '/', '-d', '@none'], 2, /cannot read the body: ENOENT/],
	[['h.lua', '/', '--set', 'x=1'], 2, /"x=1" sets no variable/],
	[['h.lua', '/', '--set', '$hu=1'], 2, /\$hu cannot be set \[KH_VARIABLE\]/],
	[['h.lua', '/', '--set', '$nonsense=1'], 2, /nonsense.*\[KH_VARIABLE\]/],
	[['h.lua', '/', '--engine', 'quickjs'], 2, /KH_ENGINE_MISMATCH/],
	[['none.lua', '/'], 3, /KH_SCRIPT_READ/],
	[['h.lua', '/', '--hedaer', 'a'], 2, /no flag --hedaer.*\n.*did you mean --header\?/],
];

test('a wrong command line is reported', async (t) => {
	const folder = folderWith(t, HANDLERS);
	for (const [args, exit, message] of WRONG) {
		const run = kemihost(t, ['request', ...args], { cwd: folder, env: { KEMIHOST_LISTEN: ':0' } });
		assert.equal(await run.ended, exit, run.stderr());
		assert.match(run.stderr(), message);
	}
});
