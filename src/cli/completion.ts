/**
 * `kemihost completion`: a script for the shell that completes commands, flags, their values, RPC commands and files.
 *
 * @module
 */
import type { Argv } from 'yargs';
import { STANDARD_MODULES } from '../modules/standard.ts';
import type { Command } from './command.ts';
import { SHELLS } from './completion/shells.ts';
import { completionCommands } from './completion/words.ts';
import { EPILOGUE } from './usage.ts';

type Shell = keyof typeof SHELLS;

interface CompletionArguments {
	readonly shell: Shell;
}

const NAMES = Object.keys(SHELLS) as Shell[];

function builder(yargs: Argv): Argv<CompletionArguments> {
	return yargs
		.positional('shell', { choices: NAMES, demandOption: true, describe: 'the shell' })
		.example('source <($0 completion bash)', 'for this shell; in ~/.bashrc for every one')
		.epilogue(EPILOGUE) as unknown as Argv<CompletionArguments>;
}

/**
 * Makes the command.
 * @param all gives all there are, this one among them
 */
export function completionCommand(all: () => Promise<readonly Command[]>): Command<CompletionArguments> {
	return {
		command: 'completion <shell>',
		describe: 'print a script that completes commands and flags in bash, zsh or fish',
		options: {},
		builder,
		async handler({ shell }) {
			const rpc = STANDARD_MODULES.flatMap((module) => module.rpc ?? []).map(({ name }) => name);
			const words = completionCommands(await all(), { rpc: rpc.sort(), completion: NAMES });
			process.stdout.write(SHELLS[shell](words));
		},
	};
}
