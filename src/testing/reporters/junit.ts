/**
 * JUnit's XML, which CI servers read.
 *
 * @module
 */
import type { FileResult, TestFailure, TestResult } from '../results.ts';
import { failureLines, type Reporter, shown, totals } from './reporter.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML knows no control characters but tab and line ends. */
const escaped = (text: string) =>
	text
		.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char)
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
		.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd');

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);

function failed(failure: TestFailure): string {
	return `<failure message="${escaped(failure.message)}">${escaped(failureLines(failure).join('\n'))}</failure>`;
}

function testCase(file: string, { name, milliseconds, skipped, failure }: TestResult): string {
	const open = `    <testcase classname="${escaped(file)}" name="${escaped(name)}" time="${seconds(milliseconds)}"`;
	if (skipped) return `${open}><skipped/></testcase>\n`;
	return failure ? `${open}>${failed(failure)}</testcase>\n` : `${open}/>\n`;
}

function suite(result: FileResult): string {
	const { passed, failed: failures, skipped } = totals([result]);
	const name = shown(result.file);
	const cases = result.results.map((test) => testCase(name, test));
	if (result.failure) cases.push(testCase(name, { name, milliseconds: 0, failure: result.failure }));
	const tests = passed + failures + skipped;
	return `  <testsuite name="${escaped(name)}" tests="${tests}" failures="${failures}" skipped="${skipped}" time="${seconds(result.milliseconds)}">\n${cases.join('')}  </testsuite>\n`;
}

/** One suite for each file. */
export const junit: Reporter = {
	end(results, milliseconds) {
		const { passed, failed: failures, skipped } = totals(results);
		const tests = passed + failures + skipped;
		const head = `<testsuites tests="${tests}" failures="${failures}" skipped="${skipped}" time="${seconds(milliseconds)}">`;
		return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${results.map(suite).join('')}</testsuites>\n`;
	},
};
