/**
 * A child of the store's tests: `writer.ts FOLDER TASK ARGUMENT [alone]`.
 */
import { openSync, writeSync } from 'node:fs';
import { SqliteStore } from '../../src/store/sqlite.ts';

const [folder = '', task = '', argument = '', alone = ''] = process.argv.slice(2);
const store = new SqliteStore(folder, {}, alone === 'alone');
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
			table.takeExpired(2);
			bytes.writeDoubleLE(n);
			writeSync(acknowledged, bytes, 0, 8, 0);
		}
	},
	/** Takes what has expired, a few at a time, and prints the keys of it. */
	sweep() {
		const taken: string[] = [];
		for (;;) {
			const items = table.takeExpired(3);
			if (items.length === 0) break;
			taken.push(...items.map(({ key }) => key));
		}
		console.log(JSON.stringify(taken));
	},
};
tasks[task]?.();
store.close();
