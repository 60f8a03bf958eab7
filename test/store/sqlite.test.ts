/**
 * SqliteStore with several processes: nothing is lost by working at the same time, and one write at the most by dying.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createStateDir, removeStateDir } from '../../src/store/folder.ts';
import { SqliteStore } from '../../src/store/sqlite.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));

function openStore(t: TestContext): { folder: string; store: SqliteStore } {
	const folder = createStateDir();
	const store = new SqliteStore(folder);
	t.after(() => {
		store.close();
		removeStateDir(folder);
	});
	return { folder, store };
}

function start(t: TestContext, folder: string, task: string, argument = '', alone = ''): ChildProcess {
	const child = spawn(process.execPath, [WRITER, folder, task, argument, alone], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	t.after(() => child.kill('SIGKILL'));
	return child;
}

/** What a child printed; it has to end well. */
async function output(child: ChildProcess): Promise<string> {
	let text = '';
	child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
		text += chunk;
	});
	assert.deepEqual(await once(child, 'close'), [0, null]);
	return text;
}

test('eight children lose no increment of 100,000', async (t) => {
	const { folder, store } = openStore(t);
	const children = Array.from({ length: 8 }, () => start(t, folder, 'increment', '12500'));
	await Promise.all(children.map(output));
	assert.equal(store.table('t').get('n'), 100_000);
});

test('what has expired is swept by one child of four', async (t) => {
	const { folder, store } = openStore(t);
	const table = store.table('t');
	const keys = Array.from({ length: 2000 }, (_, i) => `item ${i}`);
	for (const key of keys) table.set(key, 'v', { at: Date.now() + 150 });
	table.set('stays', 'v');
	await sleep(200);
	const children = Array.from({ length: 4 }, () => start(t, folder, 'sweep'));
	const removed = (await Promise.all(children.map(output))).flatMap((text) => JSON.parse(text) as string[]);
	assert.equal(removed.length, keys.length);
	assert.deepEqual(removed.sort(), keys.sort());
	assert.deepEqual(
		[...table.items()].map(({ key }) => key),
		['stays'],
	);
});

test('a child killed in the middle of writing loses one write at the most, and stops nobody', async (t) => {
	const { folder, store } = openStore(t);
	const table = store.table('t');
	let kills = 0;
	let slowest = 0;
	/** Starts a writer, kills it, and looks at what it left; again and again. */
	const slot = async (name: string, until: number): Promise<void> => {
		for (let life = 0; Date.now() < until; life++) {
			const id = `${name}.${life}`;
			const child = start(t, folder, 'write', id);
			const file = join(folder, `${id}.ack`);
			while (!existsSync(file) && child.exitCode === null) await sleep(5);
			await sleep(Math.random() * 60);
			child.kill('SIGKILL');
			const [code, signal] = await once(child, 'exit');
			assert.deepEqual([code, signal], [null, 'SIGKILL']);
			kills++;

			const started = performance.now();
			table.set('the lock is free', kills);
			slowest = Math.max(slowest, performance.now() - started);

			const bytes = readFileSync(file);
			const acknowledged = bytes.length === 8 ? bytes.readDoubleLE(0) : 0;
			const text = String(table.get(`text ${id}`) ?? '000000000;');
			const written = Number(text.slice(0, 9));
			assert.ok([acknowledged, acknowledged + 1].includes(written), `${written} after ${acknowledged}`);
			assert.equal(text, text.slice(0, 10).repeat(text.length / 10), 'the text is of one piece');
			const count = Number(table.get(`count ${id}`) ?? 0);
			assert.ok(count === written || count === written - 1, `counted ${count}, written ${written}`);
		}
	};
	const until = Date.now() + 3000;
	await Promise.all(['a', 'b', 'c'].map((name) => slot(name, until)));
	while (table.takeExpired(100).length > 0);
	assert.equal([...table.items()].length, table.count());
	const database = new DatabaseSync(join(folder, 'state.db'));
	assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
	database.close();
	assert.ok(kills >= 6, `${kills} children were killed`);
	assert.ok(slowest < 1000, `a write took ${slowest} ms behind a kill`);
	t.diagnostic(`${kills} children killed, slowest write after a kill ${slowest.toFixed(1)} ms`);
});

test('what an only child has written is there for the next one, also where it is killed', async (t) => {
	const folder = createStateDir();
	t.after(() => removeStateDir(folder));
	let counted = 0;
	for (const name of ['a', 'b', 'c']) {
		const child = start(t, folder, 'write', name, 'alone');
		const ended = once(child, 'close');
		const acknowledged = join(folder, `${name}.ack`);
		const written = () =>
			existsSync(acknowledged) && statSync(acknowledged).size === 8
				? readFileSync(acknowledged).readDoubleLE()
				: 0;
		while (written() < 20) await sleep(5);
		child.kill('SIGKILL');
		await ended;
		const store = new SqliteStore(folder, {}, true);
		const table = store.table('t');
		const count = table.get(`count ${name}`) as number;
		assert.ok(count >= written() && count <= written() + 1, `${count} of ${written()}`);
		counted += count;
		assert.equal(table.increment('all', count, { initial: 0 }), counted);
		store.close();
	}
});

test('a read sees what another child wrote', (t) => {
	const { folder, store } = openStore(t);
	const other = new SqliteStore(folder);
	t.after(() => other.close());
	const [here, there] = [store.table('t'), other.table('t')];
	for (let i = 0; i < 1000; i++) {
		here.set('k', i);
		assert.equal(there.get('k'), i);
	}
});

test('an item that another child changes is not removed on what it was before', (t) => {
	const { folder, store } = openStore(t);
	const other = new SqliteStore(folder);
	t.after(() => other.close());
	const [here, there] = [store.table('t'), other.table('t')];
	here.set('k', 'old');
	const seen: unknown[] = [];
	const removed = here.delete('k', ({ value }) => {
		seen.push(value);
		there.set('k', 'new');
		return value === 'old';
	});
	assert.deepEqual([removed, seen, here.get('k')], [false, ['old', 'new'], 'new']);
});

test('the log of writes does not grow without end', async (t) => {
	const { folder, store } = openStore(t);
	const children = Array.from({ length: 3 }, () => start(t, folder, 'increment', '8000'));
	await Promise.all(children.map(output));
	assert.equal(store.table('t').get('n'), 24_000);
	assert.ok(statSync(join(folder, 'state.db-wal')).size < 32 << 20);
});
