/**
 * Finds test files.
 *
 * @module
 */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { KemihostError } from '../errors.ts';
import { filesBelow } from '../source/files-below.ts';

/** True for the names of test files: `test_x.lua`, `x_test.lua`, `x.test.js`, `x.test.ts`. */
export function isTestFile(name: string): boolean {
	return /^test_.+\.lua$|._test\.lua$|.\.test\.(js|mjs|ts)$/.test(name);
}

function* within(folder: string): Generator<string> {
	for (const path of filesBelow(folder)) if (isTestFile(basename(path))) yield path;
}

/**
 * The test files below folders, and the files that are named themselves; full paths in alphabetical order.
 * @throws KemihostError `KH_USAGE` if a path does not exist, or there are no tests at all
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
