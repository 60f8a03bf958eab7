/**
 * Golden files of the configuration reader: `golden/*.cfgtest` hold an input, a line of dashes, and what becomes of it:
 * the tree, or the errors. Adding a test is adding a file with an input; this writes the rest, for you to read:
 *
 *     node test/config/golden.ts [NAME]
 *
 * The input may hold several files: `=== NAME` begins one that the others can include. Lines `=== -A NAME=VALUE` are
 * defines of the command line.
 *
 * @module
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readConfig } from '../../src/config/kamailio/read.ts';
import { KemihostError } from '../../src/errors.ts';
import { showTree } from './tree.ts';

const FOLDER = new URL('golden/', import.meta.url);
const DASHES = '-'.repeat(40);
const MAIN = 'test.cfg';

/** The names of all golden files. */
export const goldenNames = (): string[] =>
	readdirSync(FOLDER)
		.filter((name) => name.endsWith('.cfgtest'))
		.sort();

/** A golden file's input, and what is expected of it. */
export function readGolden(name: string): { input: string; expected: string } {
	const text = readFileSync(new URL(name, FOLDER), 'utf8');
	const at = text.indexOf(`\n${DASHES}\n`);
	if (at < 0) return { input: text.trimEnd(), expected: '' };
	return { input: text.slice(0, at), expected: text.slice(at + DASHES.length + 2) };
}

/** What becomes of an input. */
export function resultOf(input: string): string {
	const [first = '', ...rest] = input.split(/^=== /m);
	const files = new Map([[MAIN, first]]);
	const defines: [string, string][] = [];
	for (const part of rest) {
		const [head = '', ...lines] = part.split('\n');
		const [, name, value = ''] = /^-A (\w+)(?:=(.*))?$/.exec(head) ?? [];
		if (name === undefined) files.set(head, lines.join('\n'));
		else defines.push([name, value]);
	}
	try {
		const { config, problems } = readConfig(MAIN, {
			defines,
			readFile(path) {
				const content = files.get(path);
				if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
				return Buffer.from(content, 'utf8');
			},
		});
		const warnings = problems.warnings.map((problem) => `warning: ${problems.show(problem)}\n`);
		return warnings.join('') + showTree(config);
	} catch (error) {
		if (error instanceof KemihostError) return `${error.describe()}\n`;
		throw error;
	}
}

if (import.meta.main) {
	for (const name of goldenNames()) {
		if (process.argv[2] && !name.includes(process.argv[2])) continue;
		const { input, expected } = readGolden(name);
		const result = resultOf(input);
		if (result === expected) continue;
		writeFileSync(new URL(name, FOLDER), `${input}\n${DASHES}\n${result}`);
		console.log(`${name} was written`);
	}
}
