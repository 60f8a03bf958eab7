/**
 * The words that can appear on the command line, taken from the tables of the commands' flags.
 *
 * @module
 */
import { ENGINES } from '../../../engines/list.ts';
import { ACCESS_FORMATS } from '../../log/access-log.ts';
import { LEVEL_NAMES } from '../../log/levels.ts';
import type { Command } from '../command.ts';

/** A flag. */
export interface CompletionFlag {
	/** As they are typed: `--control`, `-f`. */
	readonly names: readonly string[];
	readonly doc: string;
	/** True for a flag behind which a value stands. */
	readonly takesValue: boolean;
	/** The values that are known; empty where it may be any, a file for example. */
	readonly choices: readonly string[];
}

/** A command. */
export interface CompletionCommand {
	readonly name: string;
	readonly doc: string;
	readonly flags: readonly CompletionFlag[];
	/** What its first argument may be; empty for files. */
	readonly arguments: readonly string[];
}

/** A flag's name as it is typed. */
export const dashed = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`);

/** The flags that every command has (cli.ts). */
const GENERAL: readonly CompletionFlag[] = [
	{ names: ['--config'], doc: 'JSON file with any of these flags', takesValue: true, choices: [] },
	{ names: ['--help', '-h'], doc: 'show help', takesValue: false, choices: [] },
	{ names: ['--version', '-v'], doc: 'show the version', takesValue: false, choices: [] },
];

/** Names that are taken by flags whose value may be something else too, or has other names. */
const KNOWN_VALUES: Readonly<Record<string, readonly string[]>> = {
	engine: ENGINES.map(({ name }) => name),
	'log-level': LEVEL_NAMES,
	'access-log': Object.keys(ACCESS_FORMATS),
};

function flagsOf({ options }: Command): CompletionFlag[] {
	return Object.entries(options)
		.filter(([, { hidden }]) => !hidden)
		.map(([name, option]) => ({
			names: [name, ...[option.alias ?? []].flat()].map(dashed),
			doc: option.describe ?? option.description ?? '',
			takesValue: option.type !== 'boolean' && option.type !== 'count',
			choices: (option.choices ?? KNOWN_VALUES[name] ?? []).map(String),
		}));
}

/**
 * Reads the tables.
 * @param firstArguments what the first argument of a command may be where it is no file, by the command's name
 */
export function completionCommands(
	commands: readonly Command[],
	firstArguments: Readonly<Record<string, readonly string[]>>,
): CompletionCommand[] {
	return commands.map((command) => {
		const [first = ''] = [command.command ?? []].flat();
		const name = first.split(' ', 1)[0] as string;
		return {
			name,
			doc: String(command.describe ?? ''),
			flags: [...flagsOf(command), ...GENERAL],
			arguments: firstArguments[name] ?? [],
		};
	});
}
