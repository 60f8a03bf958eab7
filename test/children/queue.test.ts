/** Connections that no child takes: they wait, and beyond the queue's length they get 503. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HANDLER = `function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/loop" then KSR.info("looping in " .. KSR.pv.get("$pp")) while true do end end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "served")
end`;

test('connections wait for a child that is stuck; where too many do, they get 503 and one line says so', async (t) => {
	const folder = folderWith(t, { 'h.lua': HANDLER });
	const flags = ['--listen=:0', '--children=1', '--queue=3', '--cpu-limit=60000', '--log-format=kamailio'];
	const run = kemihost(t, ['run', join(folder, 'h.lua'), ...flags]);
	const [, port = ''] = await run.until(/on http:\S+:(\d+)/);
	const ask = (path: string): Promise<string> =>
		new Promise((resolve) => {
			const socket = connect(Number(port), '127.0.0.1');
			let reply = '';
			socket.on('error', () => undefined).on('data', (data) => (reply += data));
			socket.once('close', () => resolve(reply)).write(`GET ${path} HTTP/1.0\r\n\r\n`);
		});
	const loop = async () => {
		// on a busy machine a connection may end before its request is read
		while (!run.stderr().includes('looping in')) await ask('/loop');
	};
	void loop();
	const [, pid] = await run.until(/looping in (\d+)/);
	// four are underway to the child, three wait, the others are too many
	const replies = Array.from({ length: 12 }, () => ask('/'));
	const refused = await Promise.race([...replies, ...replies].map(async (reply) => reply));
	assert.match(refused, /^HTTP\/1\.1 503 .*\r\n(.*\r\n)*Retry-After: 1\r\n/);
	await run.until(/WARNING: <core>: 1 connection got 503: no child takes any, and 3 wait already/);
	process.kill(Number(pid), 'SIGKILL');
	const statuses = (await Promise.all(replies)).map((reply) => reply.slice(9, 12));
	assert.deepEqual(statuses.sort(), [...Array(7).fill('200'), ...Array(5).fill('503')]);
	assert.equal(run.stderr().match(/got 503/g)?.length, 1);
});
