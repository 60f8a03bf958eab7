/**
 * Flags from the environment and from the file given by `--config`.
 *
 * @module
 */
import type { Argv } from 'yargs';
import type { Command } from './command.ts';

const ENVIRONMENT_PREFIX = 'KEMIHOST_';

/** True if a flag may come from elsewhere than the command line. */
export function hasSettings(args: readonly string[]): boolean {
	return (
		args.some((arg) => arg.startsWith('--config')) ||
		Object.keys(process.env).some((name) => name.startsWith(ENVIRONMENT_PREFIX))
	);
}

/** `KEMIHOST_LOG_LEVEL` is `log-level`. */
function fromEnvironment(): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(process.env)
			.filter(([name]) => name.startsWith(ENVIRONMENT_PREFIX))
			.map(([name, value]) => [
				name.slice(ENVIRONMENT_PREFIX.length).toLowerCase().replaceAll('_', '-'),
				value,
			]),
	);
}

/**
 * A command that takes flags from the environment and the file as well. What belongs to other commands is passed
 * over, so that one environment serves them all; what no command knows is left to be complained about.
 * @param file the content of the configuration file
 * @param known the flags of all commands
 */
export function withSettings(
	command: Command,
	file: Readonly<Record<string, unknown>>,
	known: readonly string[],
): Command {
	const isOurs = (flag: string) => flag in command.options || !known.includes(flag);
	const only = (settings: Readonly<Record<string, unknown>>) =>
		Object.fromEntries(Object.entries(settings).filter(([flag]) => isOurs(flag)));
	const { config: _config, ...environment } = fromEnvironment();
	const settings = { ...only(file), ...only(environment) };
	const build = command.builder as (yargs: Argv) => Argv;
	return { ...command, builder: (yargs: Argv) => build(yargs).config(settings) };
}
