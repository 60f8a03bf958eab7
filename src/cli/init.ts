/**
 * `kemihost init`: creates a project with a handler, tests, and settings for an editor.
 *
 * @module
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { KemihostError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { typeFiles } from '../types/files.ts';
import { version } from '../version.ts';
import type { Command } from './command.ts';
import { EPILOGUE } from './usage.ts';

/** The kinds of projects: the folders in templates/, with the script and the language of the types in each. */
const KINDS = {
	lua: { script: 'handler.lua', types: ['lua'] },
	js: { script: 'handler.js', types: ['javascript'] },
	ts: { script: 'handler.ts', types: ['javascript'] },
	cfg: { script: 'kamailio.cfg', types: [] },
} as const;
type Kind = keyof typeof KINDS;

const OPTIONS = {
	lang: {
		alias: 'l',
		choices: Object.keys(KINDS) as Kind[],
		requiresArg: true,
		default: 'lua' as Kind,
		describe: "the script's language; cfg is Kamailio's own",
	},
	force: { type: 'boolean', default: false, describe: 'overwrite files that exist' },
} as const satisfies Record<string, Options>;

type InitArguments = InferredOptionTypes<typeof OPTIONS> & { folder: string };

function builder(yargs: Argv): Argv<InitArguments> {
	return yargs
		.positional('folder', { type: 'string', default: '.', describe: 'where the project goes' })
		.options(OPTIONS)
		.example('$0 init hello', 'a project in Lua')
		.example('$0 init hello --lang ts', 'one in TypeScript')
		.epilogue(EPILOGUE) as unknown as Argv<InitArguments>;
}

/** What npm needs to know: `npm start` and `npm test`, with this version of kemihost. */
function packageJson(folder: string, script: string): string {
	const name = basename(resolve(folder))
		.toLowerCase()
		.replace(/[^a-z0-9._-]+/g, '-')
		.replace(/^[._-]+/, '');
	const content = {
		name: name || 'handler',
		private: true,
		type: 'module',
		scripts: { start: `kemihost run ${script} --watch`, test: 'kemihost test' },
		devDependencies: { kemihost: `^${version}` },
	};
	return `${JSON.stringify(content, null, '\t')}\n`;
}

/** How Visual Studio Code debugs it (docs/debug.md). */
function launchJson(script: string): string {
	const launch = {
		type: 'kemihost',
		request: 'launch',
		name: 'Debug the handler',
		program: `\${workspaceFolder}/${script}`,
	};
	return `${JSON.stringify({ version: '0.2.0', configurations: [launch] }, null, '\t')}\n`;
}

/** A project's files by their path. In templates/ an underscore stands for the dot in front of a name. */
function filesOf(kind: Kind, folder: string): Map<string, string> {
	const { script, types } = KINDS[kind];
	const template = new URL(`templates/${kind}/`, packageRoot);
	return new Map([
		...readdirSync(template).map((name): [string, string] => [
			name.replace(/^_/, '.'),
			readFileSync(new URL(name, template), 'utf8'),
		]),
		...typeFiles(types).map(([name, content]): [string, string] => [join('types', name), content]),
		['package.json', packageJson(folder, script)],
		[join('.vscode', 'launch.json'), launchJson(script)],
		['.gitignore', 'node_modules/\n'],
	]);
}

async function handler({ folder, lang, force }: InitArguments): Promise<void> {
	const files = filesOf(lang, folder);
	const there = [...files.keys()].filter((name) => existsSync(join(folder, name)));
	if (there.length > 0 && !force)
		throw new KemihostError('KH_USAGE', `there are files already: ${there.join(', ')}`, {
			where: folder,
			hint: 'choose another folder, or --force to write over what is there',
		});
	try {
		for (const [name, content] of files) {
			const path = join(folder, name);
			mkdirSync(dirname(path), { recursive: true });
			writeFileSync(path, content);
			process.stdout.write(`wrote ${path}\n`);
		}
	} catch (error) {
		throw new KemihostError('KH_USAGE', `cannot write the project: ${(error as Error).message}`, {
			where: folder,
			cause: error,
		});
	}
	const script = join(folder, KINDS[lang].script);
	process.stdout.write(`
Run its tests:   npx kemihost test ${folder}
Serve it:        npx kemihost run ${script} --watch
`);
}

/** The command. */
export const initCommand: Command<InitArguments> = {
	command: 'init [folder]',
	describe: 'make a project: a handler, its test, types and editor settings',
	options: OPTIONS,
	builder,
	handler,
};
