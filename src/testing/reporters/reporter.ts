/**
 * The contract of a reporter, which shows test results.
 *
 * @module
 */
import { relative } from 'node:path';
import type { FileResult, TestFailure } from '../results.ts';

/** Shows the results of one run. */
export interface Reporter {
	/** Told of each file as it ends. */
	file?(result: FileResult): string;
	/** Told of all of them, in the order of the files. */
	end(results: readonly FileResult[], milliseconds: number): string;
}

/** How many tests there were, and how they went. A file that did not load counts as one that failed. */
export function totals(results: readonly FileResult[]): { passed: number; failed: number; skipped: number } {
	let [passed, failed, skipped] = [0, 0, 0];
	for (const { results: tests, failure } of results) {
		if (failure) failed++;
		for (const test of tests) {
			if (test.skipped) skipped++;
			else if (test.failure) failed++;
			else passed++;
		}
	}
	return { passed, failed, skipped };
}

/** A path as the reader typed it, about. */
export const shown = (file: string) => relative(process.cwd(), file) || file;

/** A failure in lines. */
export function failureLines({ message, where, details, logs }: TestFailure): string[] {
	const lines = [...message.split('\n')];
	if (where) lines.push(`at ${where}`);
	if (details) lines.push(...details.split('\n'));
	if (logs) lines.push('the log says', ...logs.flatMap((log) => log.split('\n')).map((line) => `  ${line}`));
	return lines;
}
