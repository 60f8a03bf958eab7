/** Thousands of connections that ask for nothing, as many as the process may hold: one more client is served. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createHost } from '../../src/host.ts';
import { scriptPath } from './fixtures.ts';
import { memoryInUse } from './memory.ts';
import { RawClient, requestFor } from './wire.ts';

const WANTED = 10_000;
/** Files and sockets that the process has beside these connections. */
const OTHERS = 300;
/** Connections that the host has not taken yet: fewer than fit into the listener's queue, since the system drops those beyond. */
const AT_ONCE = 400;

/** How many file descriptors this process may have. */
function descriptorLimit(): number {
	const said = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
	return said === 'unlimited' ? Number.POSITIVE_INFINITY : Number(said);
}

function open(port: number): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => resolve(socket));
		socket.once('error', reject);
	});
}

test('ten thousand idle connections, or what the process may hold', async (t) => {
	const host = await createHost({
		script: scriptPath('echo', 'lua'),
		limits: { headerTime: 120_000, keepAlive: 120_000 },
		log: () => {},
	});
	t.after(() => host.close());
	const { port } = await host.listen();
	const before = await memoryInUse();

	// both ends of a connection are in this process
	const count = Math.min(WANTED, Math.floor((descriptorLimit() - OTHERS) / 2));
	const crowd: Socket[] = [];
	t.after(() => {
		for (const socket of crowd) socket.destroy();
	});
	while (crowd.length < count) {
		const more = Math.min(AT_ONCE, count - crowd.length);
		crowd.push(...(await Promise.all(Array.from({ length: more }, () => open(port)))));
		while (host.connections().length < crowd.length) await setImmediate();
	}

	const client = await RawClient.open(t, port);
	client.send(requestFor('/one-more'));
	const [reply] = await client.replies(1);
	assert.equal(reply?.body, 'GET|/one-more|||h|');
	const each = ((await memoryInUse()) - before) / count;
	assert.ok(each < 16_384, `${Math.round(each)} bytes for each connection, both ends counted`);

	// they are alive, too
	const woken = crowd.filter((_, i) => i % 20 === 0);
	const answers = woken.map(
		(socket) =>
			new Promise<string>((resolve) => {
				socket.once('data', (data: Buffer) => resolve(data.toString('latin1')));
				socket.write(requestFor('/woken'));
			}),
	);
	for (const answer of await Promise.all(answers))
		assert.match(answer, /^HTTP\/1\.1 200 OK\r\n[\s\S]*GET\|\/woken/);

	const gone = Promise.all(crowd.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
	await host.close();
	await gone;
	t.diagnostic(`${count} connections, ${Math.round(each)} bytes each`);
});
