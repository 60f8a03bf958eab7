/**
 * The list of commands. A command's code is loaded when the command is used.
 *
 * @module
 */
import type { Command } from './command.ts';

/** Under their names, in the order in which `--help` lists them. */
const LOADERS = {
	run: async () => (await import('./run.ts')).runCommand,
	rpc: async () => (await import('./rpc.ts')).rpcCommand,
	request: async () => (await import('./request.ts')).requestCommand,
	test: async () => (await import('./test.ts')).testCommand,
	check: async () => (await import('./check.ts')).checkCommand,
	debug: async () => (await import('./debug.ts')).debugCommand,
	record: async () => (await import('./record.ts')).recordCommand,
	replay: async () => (await import('./replay.ts')).replayCommand,
	api: async () => (await import('./api.ts')).apiCommand,
	types: async () => (await import('./types.ts')).typesCommand,
	init: async () => (await import('./init.ts')).initCommand,
	completion: async () => (await import('./completion.ts')).completionCommand(allCommands),
} as unknown as Readonly<Record<string, () => Promise<Command>>>;

/** The names of all commands. */
export const COMMAND_NAMES: readonly string[] = Object.keys(LOADERS);

/** All commands. */
export function allCommands(): Promise<readonly Command[]> {
	return Promise.all(Object.values(LOADERS).map((load) => load()));
}

/** The command of a name; undefined if there is none. */
export async function commandNamed(name: string): Promise<Command | undefined> {
	return Object.hasOwn(LOADERS, name) ? LOADERS[name]?.() : undefined;
}
