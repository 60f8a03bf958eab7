import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const ROOT = new URL('..', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Import {
	readonly from: string;
	readonly to: string;
	/** Nothing of it is there when the code runs. */
	readonly typesOnly: boolean;
	/** It is there once the code asks for it. */
	readonly late: boolean;
}

/** These name the types of what others fill in. */
const CONTRACTS = ['src/kemi/context.ts', 'src/kemi/module.ts'];

/** `import … from './x.ts'`, `export … from './x.ts'`, and `import('./x.ts')`. */
const IMPORT =
	/^(?:import|export) (?<type>type )?(?:(?<what>[^;']*?) from )?'(?<path>\.[^']+\.ts)'|\bimport\('(?<late>\.[^']+\.ts)'\)/gm;

function importsOf(from: string): Import[] {
	return [...read(from).matchAll(IMPORT)].map(({ groups = {} }) => {
		const { type, what = '', path, late } = groups;
		const names = /^\{(.*)\}$/s
			.exec(what)?.[1]
			?.split(',')
			.filter((name) => name.trim() !== '');
		return {
			from,
			to: normalize(join(from, '..', path ?? late ?? '')),
			late: late !== undefined,
			typesOnly: type !== undefined || (names?.every((name) => name.trim().startsWith('type ')) ?? false),
		};
	});
}

const files = new Set(globSync('{src,engines}/**/*.ts', { cwd: ROOT }));
const imports = [...files]
	.flatMap(importsOf)
	.filter(({ from, to, typesOnly }) => files.has(to) && !(typesOnly && CONTRACTS.includes(from)));

test('no file imports itself, by whatever way round', () => {
	const needs = Map.groupBy(imports, ({ from }) => from);
	const done = new Set<string>();
	const way: string[] = [];
	const circles: string[] = [];
	const follow = (file: string): void => {
		if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
		if (done.has(file)) return;
		done.add(file);
		way.push(file);
		for (const { to } of needs.get(file) ?? []) follow(to);
		way.pop();
	};
	for (const file of files) follow(file);
	assert.deepEqual(circles, []);
});

test('parts use what stands below them in docs/architecture.md', () => {
	const rows = read('docs/architecture.md')
		.split('\n')
		.filter((line) => /^\| `(?:src|engines)/.test(line))
		.map((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path));
	const height = new Map(
		rows.flatMap((paths, row) => paths.map((path) => [path, rows.length - row] as const)),
	);
	const partOf = (file: string): string =>
		[...height.keys()]
			.filter((path) => (path === 'src/' ? dirname(file) === 'src' : file.startsWith(path)))
			.reduce((longest, path) => (path.length > longest.length ? path : longest), '');
	for (const file of files) assert.notEqual(partOf(file), '', `${file} belongs to a part in the table`);
	const upward = imports.filter(({ from, to }) => {
		const [user, used] = [height.get(partOf(from)) ?? 0, height.get(partOf(to)) ?? 0];
		return used > user;
	});
	assert.deepEqual(
		upward.map(({ from, to }) => `${from} → ${to}`),
		[],
	);
});

test('a host loads no library at its start that few hosts need', () => {
	const librariesOf = (file: string) =>
		[...read(file).matchAll(/^import (?!type)[^;']*'((?!node:|\.)[^']+)'/gm)].map(([, name]) => name);
	const seen = new Set<string>();
	const follow = (file: string): void => {
		if (seen.has(file)) return;
		seen.add(file);
		for (const { from, to, typesOnly, late } of imports) if (from === file && !typesOnly && !late) follow(to);
	};
	follow('src/host.ts');
	assert.deepEqual([...new Set([...seen].flatMap(librariesOf))].sort(), [
		'es-module-lexer',
		'fastest-levenshtein',
		'ipaddr.js',
	]);
});

test('nobody but engines/list.ts knows the engines', () => {
	const doors = ['engines/engine.ts', 'engines/list.ts'];
	const through = imports.filter(
		({ from, to }) => !from.startsWith('engines/') && to.startsWith('engines/') && !doors.includes(to),
	);
	assert.deepEqual(through, []);
});
