/**
 * The Test Anything Protocol, version 13.
 *
 * @module
 */
import type { TestFailure } from '../results.ts';
import { failureLines, type Reporter, shown } from './reporter.ts';

/** `#` begins a directive, so that names escape it. */
const escaped = (name: string) => name.replace(/[\\#]/g, '\\$&').replaceAll('\n', ' ');

function diagnostics(failure: TestFailure): string {
	const lines = failureLines(failure).map((line) => `    ${line}\n`);
	return `  ---\n  message: |\n${lines.join('')}  ...\n`;
}

/** One point for each test. */
export const tap: Reporter = {
	end(results) {
		const points: string[] = [];
		let notes = '';
		const add = (ok: boolean, name: string, rest: string) =>
			points.push(`${ok ? 'ok' : 'not ok'} ${points.length + 1} - ${escaped(name)}${rest}`);
		for (const { file, results: tests, failure, note } of results) {
			for (const test of tests) {
				const name = `${shown(file)}: ${test.name}`;
				if (test.skipped) add(true, name, ' # SKIP\n');
				else if (test.failure) add(false, name, `\n${diagnostics(test.failure)}`);
				else add(true, name, '\n');
			}
			if (failure) add(false, shown(file), `\n${diagnostics(failure)}`);
			if (note) notes += `# ${shown(file)} ${note}\n`;
		}
		return `TAP version 13\n1..${points.length}\n${points.join('')}${notes}`;
	},
};
