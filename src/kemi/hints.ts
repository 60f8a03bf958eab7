/**
 * Hints that are added to a script's error messages.
 *
 * @module
 */
import { insteadOf } from './absent.ts';
import type { ExportTable } from './exports.ts';

const KSR_PATH = /\bKSR(?:\.[A-Za-z_]\w*){1,2}/g;

/**
 * A hint for an error on a line of source: the line may call a KSR function that does not exist, or use a global that
 * other hosts have.
 * @param line the source line where the error happened
 */
export function hintFor(message: string, line: string, exports: ExportTable): string | undefined {
	for (const [path] of line.matchAll(KSR_PATH)) {
		const known = exports.find(path) || exports.entries.some((entry) => entry.path.startsWith(`${path}.`));
		if (known) continue;
		const near = exports.suggest(path);
		return near ? `there is no ${path}; did you mean ${near}?` : `there is no ${path}`;
	}
	return insteadOf(message);
}
