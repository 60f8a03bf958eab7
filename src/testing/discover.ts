/**
 * Finds test files.
 *
 * @module
 */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KemihostError } from '../errors.ts';
import { isTestFile } from './suite.ts';

/** Folders that hold no tests of one's own. */
const PASSED_OVER = new Set(['node_modules', 'fixtures']);

function* within(folder: string): Generator<string> {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			if (!PASSED_OVER.has(entry.name) && !entry.name.startsWith('.')) yield* within(path);
		} else if (isTestFile(entry.name)) yield path;
	}
}

/**
 * The test files below folders, and the files that are named themselves; full paths in alphabetical order.
 * @throws KemihostError `KH_USAGE` where a path does not exist, or there are no tests at all
 */
export function discover(paths: readonly string[]): string[] {
	const found = new Set<string>();
	for (const path of paths) {
		const stat = statSync(path, { throwIfNoEntry: false });
		if (!stat) throw new KemihostError('KH_USAGE', `there is no ${path}`);
		for (const file of stat.isDirectory() ? within(path) : [path]) found.add(resolve(file));
	}
	if (found.size === 0)
		throw new KemihostError('KH_USAGE', `there are no tests in ${paths.join(', ')}`, {
			hint: 'test files are named test_x.lua, x_test.lua, x.test.js or x.test.ts',
		});
	return [...found].sort();
}
