/** Connections that no child takes: they wait, and beyond the queue's length they get 503. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { Balancer } from '../../src/children/balancer.ts';

/** A child as the balancer sees it: what it was handed, and nothing that answers by itself. */
class StuckChild extends EventEmitter {
	readonly taken: Socket[] = [];

	send(_message: unknown, socket: Socket): boolean {
		this.taken.push(socket);
		this.emit('taken');
		return true;
	}

	/** Waits until it was handed so many connections. */
	async until(count: number): Promise<void> {
		while (this.taken.length < count) await once(this, 'taken');
	}
}

const asChild = (child: StuckChild) => child as unknown as ChildProcess;

test('connections wait for a child that is stuck; where too many do, they get 503 and one line says so', async (t) => {
	const lines: number[] = [];
	const balancer = new Balancer(3, (count) => void lines.push(count));
	t.after(() => balancer.close());
	const { port } = await balancer.listen({ address: '127.0.0.1', port: 0 });
	const stuck = new StuckChild();
	balancer.add(asChild(stuck));

	const clients = Array.from({ length: 12 }, () => connect(port, '127.0.0.1'));
	t.after(() => {
		for (const client of clients) client.destroy();
	});
	const refused = await new Promise<string[]>((resolve) => {
		const replies: string[] = [];
		for (const client of clients) {
			let reply = '';
			client.on('data', (data) => {
				reply += data;
			});
			client.once('end', () => {
				replies.push(reply);
				if (replies.length === 5) resolve(replies);
			});
		}
	});
	// four are underway to the child, three wait, the others are too many
	assert.equal(stuck.taken.length, 4);
	for (const reply of refused) assert.match(reply, /^HTTP\/1\.1 503 .*\r\n(.*\r\n)*Retry-After: 1\r\n/);
	assert.deepEqual(lines, [1], 'the others are told of later');

	// the child is lost: another gets what it had not confirmed, oldest first, and then those that waited
	const other = new StuckChild();
	balancer.remove(asChild(stuck));
	balancer.add(asChild(other));
	await other.until(4);
	assert.deepEqual(other.taken, stuck.taken);
	for (let confirmed = 1; confirmed <= 3; confirmed++) {
		balancer.confirm(asChild(other));
		await other.until(4 + confirmed);
	}
	assert.equal(new Set(other.taken).size, 7);
});
