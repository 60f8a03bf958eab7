/** Clients that are slow, silent, gone, or many: each gets its due, and the others are served meanwhile. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostOptions } from '../../src/host/options.ts';
import { createHost } from '../../src/host.ts';
import { scriptPath } from './fixtures.ts';
import { memoryInUse } from './memory.ts';
import { RawClient, requestFor } from './wire.ts';

/** Times in milliseconds. */
const LIMITS = { headerTime: 300, bodyTime: 400, keepAlive: 350, drain: 100, cpu: 60_000 };
const MEGABYTE = 1 << 20;

/** A host with one of the harmless scripts, and a client that makes sure that it serves. */
async function serve(t: TestContext, options: Partial<HostOptions> = {}) {
	const host = await createHost({
		script: scriptPath('echo', 'lua'),
		limits: LIMITS,
		log: () => {},
		...options,
	});
	t.after(() => host.close());
	const { port } = await host.listen();
	return {
		host,
		port,
		open: () => RawClient.open(t, port),
		/** One more client is served meanwhile. */
		async serves(target = '/next') {
			const client = await RawClient.open(t, port);
			client.send(requestFor(target));
			const [reply] = await client.replies(1);
			assert.equal(reply?.status, 200);
			client.socket.destroy();
		},
	};
}

/** Time as the host sees it, which passes only when a test says so: a busy machine takes none of a client's. */
class Clock {
	readonly #timers: TestContext['mock']['timers'];

	constructor({ mock }: TestContext) {
		mock.timers.enable({ apis: ['Date', 'setInterval'], now: Date.now() });
		this.#timers = mock.timers;
	}

	/** Lets milliseconds pass; the host has looked at its connections then. */
	async pass(milliseconds: number): Promise<void> {
		this.#timers.tick(milliseconds);
		for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
	}

	/** Lets time pass until something has happened that takes time only: a host may need several of its looks. */
	async until<T>(event: Promise<T>): Promise<T> {
		let over = false;
		void event.then(() => {
			over = true;
		});
		while (!over) await this.pass(500);
		return event;
	}
}

const SLOW: [what: string, first: string, rest: string, time: number][] = [
	[
		'a head',
		'GET / HT',
		'TP/1.1\r\nHost: h\r\nX-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
		LIMITS.headerTime,
	],
	['empty lines', '\r\n', '\r\n'.repeat(7), LIMITS.headerTime],
	['a body', 'POST / HTTP/1.1\r\nContent-Length: 500\r\n\r\n', 'x'.repeat(60), LIMITS.bodyTime],
	['a chunk', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n', 'x'.repeat(60), LIMITS.bodyTime],
	[
		'chunks',
		'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
		'1\r\nx\r\n'.repeat(20),
		LIMITS.bodyTime,
	],
	[
		'trailers',
		'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n',
		'X: y\r\n'.repeat(20),
		LIMITS.bodyTime,
	],
];

test('slow clients get 408 when their time is up, and gain none by sending on', async (t) => {
	const clock = new Clock(t);
	const { open, serves } = await serve(t);
	const clients = await Promise.all(
		SLOW.map(async ([what, first, rest, time]) => ({ what, rest, time, client: (await open()).send(first) })),
	);
	for (let passed = 0, i = 0; passed < 1000; passed += 20, i++) {
		for (const { what, rest, time, client } of clients) {
			if (!client.over) client.send(rest[i] ?? '');
			else assert.ok(passed >= time, `${what}: not before its time`);
		}
		if (i === 5) await serves();
		await clock.pass(20);
	}
	for (const { what, client } of clients) {
		const { replies, ending } = await clock.until(client.all());
		assert.deepEqual(
			replies.map(({ status }) => status),
			[408],
			what,
		);
		assert.equal(ending, 'ended', what);
	}
});

test('silent clients are let go without a word', async (t) => {
	const clock = new Clock(t);
	const { open } = await serve(t);
	const mute = await open();
	const kept = await open();
	kept.send(requestFor('/'));
	assert.equal((await kept.replies(1)).length, 1);
	assert.equal((await clock.until(kept.all())).replies.length, 1);
	assert.equal((await clock.until(mute.all())).replies.length, 0);
});

test('a client whose requests are always cut in the middle has its time for each of them', async (t) => {
	const clock = new Clock(t);
	const { open } = await serve(t);
	const client = await open();
	const head = requestFor('/cut');
	client.send(head.slice(0, 9));
	for (let count = 1; count <= 20; count++) {
		await clock.pass(LIMITS.headerTime / 2);
		client.send(head.slice(9) + head.slice(0, 9));
		await client.replies(count);
	}
	assert.ok(!client.over);
});

test('a client that sends no more is answered, and one that leaves in the middle is not', async (t) => {
	const { open, serves } = await serve(t);
	for (const [bytes, count] of [
		[requestFor('/'), 1],
		[requestFor('/') + requestFor('/', '', 'hello'), 2],
		[`${requestFor('/')}GET / HTTP/1.1\r\nHo`, 1],
		['GET / HTTP/1.1\r\nHo', 0],
		['POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhello', 0],
		['POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', 0],
		['', 0],
	] as const) {
		const client = (await open()).send(bytes).half();
		const { replies, ending } = await client.all();
		assert.equal(replies.length, count, bytes);
		assert.equal(ending, 'ended');
	}
	await serves();
});

test('five hundred pipelined requests are answered in order, however large their replies are', async (t) => {
	const { open } = await serve(t, { limits: { ...LIMITS, headers: 16384 } });
	const client = await open();
	const filler = 'x'.repeat(10_000); // five megabytes of replies: more than the sockets hold
	for (let i = 0; i < 500; i++) client.send(requestFor(`/${i}`, `X-Echo: ${filler}\r\n`));
	client.half();
	const { replies, ending } = await client.all();
	assert.equal(replies.length, 500);
	for (const [i, { body }] of replies.entries()) assert.equal(body, `GET|/${i}||${filler}|h|`);
	assert.equal(ending, 'ended');
});

test('a client that asks without end and never reads is no longer read, and then let go', async (t) => {
	const clock = new Clock(t);
	const { open, serves } = await serve(t);
	const before = await memoryInUse();
	const client = await open();
	client.socket.pause();
	const many = Buffer.from(requestFor('/', `X-Echo: ${'x'.repeat(4000)}\r\n`).repeat(250));
	for (let i = 0; i < 40; i++) client.socket.write(many); // more than what the sockets hold
	for (let waiting = 0; waiting !== client.socket.writableLength; await sleep(100))
		waiting = client.socket.writableLength;
	const unread = client.socket.writableLength;
	assert.ok(unread > 10 * MEGABYTE, `the host stops reading: ${unread} bytes wait`);
	const held = (await memoryInUse()) - before - 40 * many.length;
	assert.ok(held < 12 * MEGABYTE, `${held >> 20} MiB are held`);
	await serves();
	assert.ok(!client.over);
	await clock.until(client.gone);
});

test('a client that reads slowly gets all of a large reply, and one that stops reading does not', async (t) => {
	const clock = new Clock(t);
	const { open, serves } = await serve(t, { script: scriptPath('big-reply', 'js'), engine: 'isolated-vm' });
	const size = 64 * MEGABYTE;
	// Sockets hold megabytes, so the host sees progress in large steps: it takes many megabytes to use up one wait.
	const pause = LIMITS.bodyTime / 30;
	const ask = async (headers = '') => {
		const client = await open();
		client.quiet = true;
		client.socket.pause();
		return client.send(requestFor(`/${size}`, headers));
	};
	const stopped = await ask();
	// Twice over: the connection may go on after the reply, or end with it.
	for (const headers of ['', 'Connection: close\r\n']) {
		const client = await ask(headers);
		let next = MEGABYTE;
		while (client.count < size) {
			client.socket.resume();
			await client.until(() => client.count >= next, 'the next megabyte');
			client.socket.pause();
			next = Math.min(size, client.count + MEGABYTE);
			await clock.pass(pause);
		}
		client.socket.resume();
		assert.equal(await clock.until(client.ending), 'ended');
	}
	stopped.socket.resume();
	await clock.until(stopped.ending);
	assert.ok(stopped.count < size, `${stopped.count} bytes came`);
	await serves('/5');
});

test('clients that reset in the middle of large replies and uploads leave nothing behind', async (t) => {
	const { open, serves } = await serve(t, {
		script: scriptPath('big-reply', 'js'),
		engine: 'isolated-vm',
		limits: { ...LIMITS, bodyTime: 60_000 },
	});
	await serves('/5');
	const before = await memoryInUse();
	for (let i = 0; i < 4; i++) {
		const client = await open();
		client.quiet = true;
		client.send(requestFor(`/${64 * MEGABYTE}`));
		await client.until(() => client.count > MEGABYTE);
		client.reset();
		await client.gone;
		await serves('/5');
	}
	for (let i = 0; i < 20; i++) {
		const client = await open();
		client.send(`POST /5 HTTP/1.1\r\nContent-Length: ${MEGABYTE}\r\n\r\n${'x'.repeat(MEGABYTE - 1000)}`);
		await new Promise((resolve) => client.socket.write('x', resolve)); // the rest is under way
		client.reset();
		await client.gone;
	}
	await serves('/5');
	const left = (await memoryInUse()) - before;
	assert.ok(left < 16 * MEGABYTE, `${left >> 20} MiB are left`);
});

test('a host that closes lets a download finish', async (t) => {
	const { host, open } = await serve(t, {
		script: scriptPath('big-reply', 'js'),
		engine: 'isolated-vm',
		limits: { ...LIMITS, bodyTime: 60_000, drain: 60_000 },
	});
	const size = 32 * MEGABYTE;
	const client = await open();
	client.quiet = true;
	client.send(requestFor(`/${size}`));
	await client.until(() => client.count > 100_000);
	client.socket.pause();
	const closed = host.close();
	client.socket.resume();
	assert.equal(await client.ending, 'ended');
	assert.ok(client.count > size);
	client.socket.end();
	await closed;
});

test('content that comes in small pieces is put together in time', async (t) => {
	const { open, serves } = await serve(t, { limits: { bodyTime: 60_000 } });
	const content = 'hello, world\n'.repeat(50_000);
	const chunks = [...content.matchAll(/.{1,13}\n?/g)].map(
		([text]) => `${text.length.toString(16)}\r\n${text}\r\n`,
	);
	const began = performance.now();
	const client = await open();
	client.send(`POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n`);
	for (let i = 0; i < chunks.length; i += 100) {
		client.send(chunks.slice(i, i + 100).join(''));
		await new Promise((resolve) => setImmediate(resolve));
	}
	await serves();
	client.send('0\r\n\r\n');
	const [reply] = await client.replies(1);
	assert.equal(reply?.body, `POST|/|${content}|||`);
	assert.ok(performance.now() - began < 20_000, 'not a second for each piece that is there already');
});
