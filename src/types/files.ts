/**
 * The type declaration files that a project keeps beside its scripts.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Language } from '../kemi/language.ts';
import { packageRoot } from '../package-root.ts';
import { luaTypes } from './lua.ts';
import { typescriptTypes } from './typescript.ts';

const written = (name: string) => readFileSync(new URL(`types/${name}`, packageRoot), 'utf8');

/** The files of a language by name: those made of KSR's table, and those written by hand in types/. */
const FILES: Readonly<Record<Language, Readonly<Record<string, () => string>>>> = {
	javascript: { 'ksr.d.ts': typescriptTypes, 'web.d.ts': () => written('web.d.ts') },
	lua: {
		'ksr.lua': luaTypes,
		'cjson.lua': () => written('cjson.lua'),
		'base64.lua': () => written('base64.lua'),
	},
	native: {},
};

/** The names and contents for some languages. */
export function typeFiles(languages: readonly Language[]): [name: string, content: string][] {
	return languages.flatMap((language) =>
		Object.entries(FILES[language]).map(([name, make]): [string, string] => [name, make()]),
	);
}
