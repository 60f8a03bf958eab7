/**
 * The files that a command reads when it is given a folder.
 *
 * @module
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that hold nothing of one's own to look at. */
const PASSED_OVER = new Set(['node_modules', 'fixtures']);

/**
 * The paths of all files in a folder and in the folders in it, in alphabetical order folder by folder. Passed over are
 * `node_modules`, `fixtures`, and folders whose names begin with a dot.
 */
export function* filesBelow(folder: string): Generator<string> {
	const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
	for (const entry of entries) {
		const path = join(folder, entry.name);
		if (!entry.isDirectory()) yield path;
		else if (!PASSED_OVER.has(entry.name) && !entry.name.startsWith('.')) yield* filesBelow(path);
	}
}
