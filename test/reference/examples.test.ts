/** The examples of the reference, executed in both languages; and whether everything has one. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { STANDARD_MODULES } from '../../src/modules/standard.ts';
import { type Example, readExamples } from '../../src/reference/example-file.ts';
import { exampleText, referenceOf } from '../../src/reference/reference.ts';
import { type Outcome, runExamples } from '../../tools/run-examples.ts';

function check(example: Example, { values, reply, logs }: Outcome): void {
	const log = `\nThe log:\n${logs.join('\n')}`;
	for (const [i, { code, gives, line }] of example.steps.entries()) {
		if (gives === undefined) continue;
		const value = values[i];
		const where = `line ${line}: ${code}`;
		assert.notEqual(value, undefined, `${where} was not reached${log}`);
		if (/^\/.*\/$/.test(gives))
			assert.match(
				typeof value === 'string' ? value : JSON.stringify(value),
				new RegExp(gives.slice(1, -1)),
				where,
			);
		else assert.deepEqual(value, JSON.parse(gives), `${where} gives ${JSON.stringify(value)}${log}`);
	}
	const [head = '', ...body] = example.reply.split('\n\n');
	const [status = '', ...headers] = head.split('\n');
	if (status) assert.equal(`${reply.status} ${reply.reason}`, status, log);
	for (const header of headers)
		assert.ok(reply.headers.includes(`${header}\r\n`), `${header} in ${reply.headers}`);
	if (body.length > 0) assert.equal(reply.body, body.join('\n\n'));
	for (const line of example.logs)
		assert.ok(
			logs.some((text) => text === line),
			`${line}${log}`,
		);
}

for (const module of STANDARD_MODULES) {
	const all = readExamples(exampleText(module));
	const examples = all.filter(({ needs }) => needs === undefined);
	if (all.length > 0)
		describe(`examples of ${module.name}`, { concurrency: false }, async () => {
			for (const language of ['lua', 'javascript'] as const) {
				let outcomes: Promise<Outcome[]> | undefined;
				for (const [i, example] of examples.entries())
					test(`${example.names.join(' ')} in ${language}`, async () => {
						outcomes ??= runExamples(examples, language);
						check(example, (await outcomes)[i] as Outcome);
					});
			}
			for (const { names, needs } of all)
				if (needs !== undefined) test(names.join(' '), { skip: `needs ${needs}` }, () => {});
		});
}

test('every function, variable and transformation has an example', () => {
	const missing = referenceOf(STANDARD_MODULES).filter(({ example }) => !example);
	assert.deepEqual(
		missing.map(({ module, names }) => `docs/examples/${module.name}.txt: ${names[0]}`),
		[],
	);
});

test('every example is one of something that exists', () => {
	const known = new Set(
		referenceOf(STANDARD_MODULES).flatMap(({ module, names }) =>
			names.map((name) => `${module.name} ${name}`),
		),
	);
	for (const module of STANDARD_MODULES)
		for (const { names, line } of readExamples(exampleText(module)))
			for (const name of names)
				assert.ok(
					known.has(`${module.name} ${name}`),
					`docs/examples/${module.name}.txt:${line}: there is no ${name}`,
				);
});

test('every example file belongs to a module', () => {
	const modules = new Set(STANDARD_MODULES.map(({ name }) => `${name}.txt`));
	for (const file of readdirSync(new URL('../../docs/examples/', import.meta.url)))
		assert.ok(file === 'README.md' || modules.has(file), file);
});
