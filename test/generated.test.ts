import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { engineTable, generate } from '../tools/generate.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

for (const { path, content } of generate())
	test(`${path} is what npm run generate writes`, () => {
		assert.equal(read(path), content);
	});

test('every page of the reference is generated', () => {
	const generated = new Set(generate().map(({ path }) => path));
	for (const file of readdirSync(new URL('../docs/ksr/', import.meta.url)))
		assert.ok(generated.has(`docs/ksr/${file}`), `docs/ksr/${file} belongs to no module: delete it`);
});

test("the README's engine table is that of the engine list", () => {
	assert.ok(read('README.md').includes(engineTable()));
});

test('links between the documents lead somewhere', () => {
	const documents = [
		'README.md',
		'CONTRIBUTING.md',
		'docs/architecture.md',
		'docs/rationale.md',
		'docs/ksr/README.md',
		'docs/ksr/coverage.md',
		'docs/examples/README.md',
	];
	for (const document of documents)
		for (const [, link = ''] of read(document).matchAll(/\]\((?!https?:)([^)#]+)/g)) {
			const base = new URL(`../${document}`, import.meta.url);
			assert.ok(existsSync(new URL(link, base)), `${document} links to ${link}`);
		}
});

test('every file that a document names exists', () => {
	for (const document of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/rationale.md'])
		for (const [, path = ''] of read(document).matchAll(
			/`((?:src|engines|test|tools|scripts|docs|data|bench)\/[\w./*-]*)`/g,
		))
			if (!path.includes('*'))
				assert.ok(existsSync(new URL(`../${path}`, import.meta.url)), `${document} names ${path}`);
});
