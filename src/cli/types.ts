/**
 * `kemihost types`: types of KSR for editors and compilers.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { KemihostError } from '../errors.ts';
import type { Language } from '../kemi/language.ts';
import { typeFiles } from '../types/files.ts';
import type { Command } from './command.ts';
import { EPILOGUE } from './usage.ts';

const LANGUAGES: readonly Language[] = ['lua', 'javascript'];

const OPTIONS = {
	for: {
		choices: [...LANGUAGES, 'all'] as const,
		requiresArg: true,
		default: 'all',
		describe: 'the language of the scripts',
	},
} as const satisfies Record<string, Options>;

type TypesArguments = InferredOptionTypes<typeof OPTIONS> & { folder: string };

function builder(yargs: Argv): Argv<TypesArguments> {
	return yargs
		.positional('folder', { type: 'string', default: 'types', describe: 'where the files go' })
		.options(OPTIONS)
		.example('$0 types', 'write types/ksr.d.ts, types/ksr.lua and what goes with them')
		.example('$0 types . --for lua', 'for the Lua language server only, here')
		.epilogue(EPILOGUE) as unknown as Argv<TypesArguments>;
}

async function handler(args: TypesArguments): Promise<void> {
	const languages = LANGUAGES.filter((language) => args.for === 'all' || args.for === language);
	try {
		mkdirSync(args.folder, { recursive: true });
		for (const [name, content] of typeFiles(languages)) {
			writeFileSync(join(args.folder, name), content);
			process.stdout.write(`wrote ${join(args.folder, name)}\n`);
		}
	} catch (error) {
		throw new KemihostError('KH_USAGE', `cannot write the types: ${(error as Error).message}`, {
			where: args.folder,
			cause: error,
		});
	}
}

/** The command. */
export const typesCommand: Command<TypesArguments> = {
	command: 'types [folder]',
	describe: 'write types of KSR for editors: ksr.d.ts, and ksr.lua for the Lua language server',
	options: OPTIONS,
	builder,
	handler,
};
