/**
 * Shows results to a person.
 *
 * @module
 */
import { styleText } from 'node:util';
import type { FileResult, TestResult } from '../results.ts';
import { failureLines, type Reporter, shown, totals } from './reporter.ts';

type Color = 'green' | 'red' | 'dim';

const paint = (color: Color, text: string) => styleText(color, text, { stream: process.stdout });

function line({ name, skipped, failure, milliseconds }: TestResult): string {
	if (skipped) return paint('dim', `  - ${name} (skipped)`);
	const time = paint('dim', `${milliseconds.toFixed(0)} ms`);
	if (!failure) return `  ${paint('green', '✓')} ${name} ${time}`;
	const indented = failureLines(failure).map((text) => `      ${text}`);
	return [`  ${paint('red', '✗')} ${name} ${time}`, ...indented].join('\n');
}

/** File by file, with a line for each test. */
export const pretty: Reporter = {
	file({ file, results, failure, note }: FileResult): string {
		const lines = [shown(file), ...results.map(line)];
		if (failure) lines.push(`  ${paint('red', '✗')} ${failureLines(failure).join('\n      ')}`);
		if (note) lines.push(paint('dim', `  - ${note}`));
		return `${lines.join('\n')}\n`;
	},
	end(results, milliseconds) {
		const { passed, failed, skipped } = totals(results);
		const more = skipped > 0 ? `, ${skipped} skipped` : '';
		return `\n${passed} passed, ${failed} failed${more}, in ${milliseconds.toFixed(0)} ms\n`;
	},
};
