/**
 * A child of the store's tests: `store-writer.ts FOLDER TASK ARGUMENT`.
 */
import { openSync, writeSync } from 'node:fs';
import { isLive } from '../../src/children/store.ts';
import { LmdbStore } from '../../src/children/store-lmdb.ts';

const [folder = '', task = '', argument = ''] = process.argv.slice(2);
const store = new LmdbStore(folder);
const table = store.table('t');

const tasks: Record<string, () => void> = {
	/** Counts up so many times. */
	increment() {
		for (let i = Number(argument); i > 0; i--) table.increment('n', 1, { initial: 0 });
	},
	/**
	 * Writes 1, 2, 3 … for ever. Which number was written last stands in a file of its own, where it survives too: the
	 * store may be ahead of it by one write.
	 */
	write() {
		const acknowledged = openSync(`${folder}/${argument}.ack`, 'w');
		const bytes = Buffer.alloc(8);
		for (let n = 1; ; n++) {
			table.set(`text ${argument}`, `${String(n).padStart(9, '0')};`.repeat(1 + ((n * 37) % 2000)));
			table.increment(`count ${argument}`, 1, { initial: 0 });
			table.set(`old ${argument} ${n % 50}`, n, { at: Date.now() - 1 });
			table.delete(`old ${argument} ${(n * 7) % 50}`, (item) => !isLive(item));
			bytes.writeDoubleLE(n);
			writeSync(acknowledged, bytes, 0, 8, 0);
		}
	},
	/** Removes what has expired, and prints the keys of what it removed. */
	sweep() {
		const removed: string[] = [];
		for (const { key } of table.items()) if (table.delete(key, (item) => !isLive(item))) removed.push(key);
		console.log(JSON.stringify(removed));
	},
};
tasks[task]?.();
await store.close();
