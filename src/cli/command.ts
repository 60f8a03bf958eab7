/**
 * A command of the command line.
 *
 * @module
 */
import type { CommandModule, Options } from 'yargs';

/** What yargs takes, with the table of the command's flags: the environment and `--config` are read by it. */
export interface Command<Arguments = unknown> extends CommandModule<object, Arguments> {
	readonly options: Readonly<Record<string, Options>>;
}
