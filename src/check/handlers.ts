/**
 * Finds out which files of a folder are scripts themselves, and which are only required by others.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { DEFAULT_CALLBACK } from '../host/options.ts';
import { filesBelow } from '../source/files-below.ts';
import { SCRIPT_ENDINGS } from '../source/folder.ts';
import { isTestFile } from '../testing/discover.ts';
import { CALLBACK } from './rules.ts';

/** True for the names of files that may be scripts: declarations of types and tests are not. */
function isScript(name: string): boolean {
	const endings: readonly string[] = [...SCRIPT_ENDINGS, '.cfg'];
	return endings.includes(extname(name)) && !name.endsWith('.d.ts') && !isTestFile(name);
}

/** The comment of a script whose handler has a name that only the command line knows. */
const NAMED_ELSEWHERE = new RegExp(`kemihost-disable\\b[^\\n]*\\b(${CALLBACK.name}|${CALLBACK.code})\\b`);

/** True if the text of a file names what handles requests. It is not parsed: what is broken is to be checked. */
function namesHandler(file: string, callback: string): boolean {
	const text = readFileSync(file, 'latin1');
	if (extname(file) === '.cfg') return /event_route\s*\[\s*"?xhttp:|event_callback/.test(text);
	return text.includes(callback) || NAMED_ELSEWHERE.test(text);
}

/**
 * Looks through a folder and the folders in it.
 * @param callback the name of the function that handles requests
 * @returns the paths of the scripts that handle requests, and how many other scripts there are
 */
export function handlersIn(
	folder: string,
	callback = DEFAULT_CALLBACK,
): { handlers: string[]; others: number } {
	const scripts = [...filesBelow(folder)].filter((path) => isScript(basename(path)));
	const handlers = scripts.filter((path) => namesHandler(path, callback));
	return { handlers, others: scripts.length - handlers.length };
}
