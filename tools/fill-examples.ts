/**
 * `node tools/fill-examples.ts MODULE…`: writes what `=> ?` gives into docs/examples/MODULE.txt, as a Lua engine has
 * it, and names what a JavaScript engine has otherwise. Whoever runs it reads what it wrote: that the host gives a
 * value does not mean that it is right.
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { readExamples } from '../src/reference/example-file.ts';
import { runExamples } from './run-examples.ts';

for (const module of process.argv.slice(2)) {
	const path = new URL(`../docs/examples/${module}.txt`, import.meta.url);
	const text = readFileSync(path, 'utf8');
	const lines = text.split('\n');
	const examples = readExamples(text);
	const lua = await runExamples(examples, 'lua');
	const js = await runExamples(examples, 'javascript');
	for (const [i, { steps, names }] of examples.entries())
		for (const [j, { gives, line }] of steps.entries()) {
			if (gives !== '?') continue;
			const value = lua[i]?.values[j];
			if (value === undefined)
				console.error(`${module}.txt:${line}: not reached: ${lua[i]?.logs.join('\n')}`);
			else if (!isDeepStrictEqual(value, js[i]?.values[j]))
				console.error(
					`${module}.txt:${line}: ${names[0]} gives ${JSON.stringify(value)} in Lua and ${JSON.stringify(js[i]?.values[j])} in JavaScript\n${js[i]?.logs.join('\n')}`,
				);
			else lines[line - 1] = (lines[line - 1] ?? '').replace(/=> \?$/, `=> ${JSON.stringify(value)}`);
		}
	writeFileSync(path, lines.join('\n'));
}
