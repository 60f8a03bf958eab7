/**
 * The command line.
 *
 * @module
 */
import yargs from 'yargs';
import { textOf } from './bytes.ts';
import type { Command } from './cli/command.ts';
import { allCommands, COMMAND_NAMES, commandNamed } from './cli/commands.ts';
import { readConfigFile } from './cli/config-file.ts';
import { hasSettings, withSettings } from './cli/settings.ts';
import { refuseNoCommand, usageError } from './cli/usage.ts';
import { EXIT_CODES, KemihostError } from './errors.ts';
import { version } from './version.ts';

/** The flags that every command has. */
const GENERAL_FLAGS = ['config', 'help', 'version'];

/** The command that is asked for, where it is the first word; else all. All it takes to know which setting is for which command. */
async function commandsFor(named: Command | undefined, settings: boolean): Promise<readonly Command[]> {
	return named && !settings ? [named] : allCommands();
}

/** How a command is called, `rpc <name> [args..]`. */
const callOf = ({ command = '' }: Command): string => String([command].flat()[0]);

/** The path given by `--config` or KEMIHOST_CONFIG. */
function configPath(args: readonly string[]): string | undefined {
	const parser = yargs([...args])
		.help(false)
		.version(false)
		.env('KEMIHOST');
	return parser.option('config', { type: 'string' }).parseSync().config;
}

/**
 * Runs a command and sets the exit code.
 * @param given what stands behind `kemihost` on the command line
 */
export async function main(given: readonly string[]): Promise<void> {
	// A flag whose value may be left out would take the script for it.
	const args = given.map((arg) => (arg === '--trace' ? '--trace=tree' : arg));
	try {
		const settings = hasSettings(args);
		const path = settings ? configPath(args) : undefined;
		const file = path === undefined ? {} : readConfigFile(path);
		const [first = ''] = args;
		const named = await commandNamed(first);
		if (!named) refuseNoCommand(first, COMMAND_NAMES);
		const commands = await commandsFor(named, settings);
		const flags = [...commands.flatMap((command) => Object.keys(command.options)), ...GENERAL_FLAGS];
		const usage = { args, command: named && callOf(named), flags };
		await yargs([...args])
			.scriptName('kemihost')
			.usage("$0 <command>\n\nRuns KEMI handlers, the scripts of Kamailio's xhttp module, on an HTTP server.")
			.command(commands.map((command) => withSettings(command, file, flags)))
			.option('config', { type: 'string', requiresArg: true, describe: 'JSON file with any of these flags' })
			.strict()
			.version(version)
			.alias({ h: 'help', v: 'version' })
			.wrap(Math.min(110, process.stdout.columns ?? 110))
			.exitProcess(false)
			.fail((message, error) => {
				// yargs makes errors of its own of some messages, and of what a flag's `coerce` throws
				throw error === undefined || error.name === 'YError'
					? usageError(message ?? error.message, usage)
					: error;
			})
			.parseAsync();
	} catch (error) {
		process.exitCode = report(error);
	}
}

/** Tells the reader what went wrong; gives the exit code. */
function report(error: unknown): number {
	if (error instanceof KemihostError) {
		const text = error.describe();
		// an error that quotes a script is a byte string
		process.stderr.write(`kemihost: ${error.excerpt ? textOf(text) : text}\n`);
		return error.exitCode;
	}
	process.stderr.write(`kemihost: ${(error as Error)?.stack ?? error}\n`);
	return EXIT_CODES.failure.code;
}
