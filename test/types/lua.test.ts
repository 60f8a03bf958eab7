/**
 * ksr.lua, the definition file for the Lua language server. No registry that this project uses has that server, so its
 * annotations are checked by what the server's manual says of them; that the file is Lua, by a parser.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'luaparse';
import { ExportTable } from '../../src/kemi/exports.ts';
import { STANDARD_MODULES } from '../../src/modules/standard.ts';
import { typeFiles } from '../../src/types/files.ts';
import { luaTypes } from '../../src/types/lua.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const TYPE = /^(string|integer|number|boolean|false|nil|any|table|lightuserdata|cjson|"null")$/;
const FUNCTION = /^function (KSR(?:\.\w+)+)\(([^)]*)\) end$/;

/** The functions of a definition file with the annotations above each. */
function functionsIn(text: string): { path: string; params: string[]; notes: string[] }[] {
	let notes: string[] = [];
	return text.split('\n').flatMap((line) => {
		if (line.startsWith('---')) {
			notes.push(line);
			return [];
		}
		const above = notes;
		notes = [];
		const [, path, params = ''] = FUNCTION.exec(line) ?? [];
		return path ? [{ path, params: params.split(', ').filter(Boolean), notes: above }] : [];
	});
}

test('every definition file is Lua', () => {
	for (const [name, text] of typeFiles(['lua'])) {
		assert.ok(text.startsWith('---@meta'), name);
		parse(text, { luaVersion: '5.3' });
	}
});

test('ksr.lua has every function, with its parameters', () => {
	const functions = new Map(functionsIn(luaTypes()).map((found) => [found.path, found]));
	for (const { path, declaration } of new ExportTable(STANDARD_MODULES, () => {}).entries) {
		const found = functions.get(path);
		assert.ok(found, path);
		const deprecated = found.notes.includes('---@deprecated');
		assert.equal(deprecated, declaration.unchecked === true, path);
		if (!deprecated) assert.equal(found.params.length, declaration.params.length, path);
	}
});

test('annotations name parameters that are there, and types that the server knows', () => {
	for (const { path, params, notes } of functionsIn(luaTypes())) {
		const annotated = notes.flatMap((note) => /^---@param (\S+) (\S+)/.exec(note)?.slice(1) ?? []);
		const names = annotated.filter((_, i) => i % 2 === 0);
		if (!notes.includes('---@deprecated')) assert.deepEqual(names, params, path);
		const types = annotated.filter((_, i) => i % 2 === 1);
		const [, returned = ''] = notes.map((note) => /^---@return (\S+)/.exec(note)).find(Boolean) ?? [];
		for (const type of [...types, returned].flatMap((union) => union.split('|')))
			assert.match(type, TYPE, path);
	}
});

test('kemihost types writes the files, for one language or all', async (t) => {
	const folder = folderWith(t, {});
	const all = kemihost(t, ['types'], { cwd: folder });
	assert.equal(await all.ended, 0, all.stderr());
	assert.deepEqual(all.stdout().match(/types\/\S+/g), [
		'types/ksr.lua',
		'types/cjson.lua',
		'types/base64.lua',
		'types/ksr.d.ts',
		'types/web.d.ts',
	]);
	const lua = kemihost(t, ['types', '.', '--for', 'lua'], { cwd: folder });
	assert.equal(await lua.ended, 0);
	assert.doesNotMatch(lua.stdout(), /d\.ts/);
});
