/**
 * `kemihost debug`: runs a script under an editor's debugger.
 *
 * @module
 */
import { createServer, type Socket } from 'node:net';
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import yargs from 'yargs';
import { parseListen, urlOf } from '../config/listen.ts';
import type { DebugTarget } from '../debug/script-thread.ts';
import { EditorSession, type LaunchArguments } from '../debug/session.ts';
import { KemihostError } from '../errors.ts';
import { listenOn } from '../http/listener.ts';
import type { Command } from './command.ts';
import { SCRIPT_POSITIONAL } from './host-options.ts';
import { HOST_OPTIONS, LIMIT_OPTIONS, SERVER_OPTIONS } from './options.ts';
import { planOf, type RunArguments } from './plan.ts';
import { EPILOGUE } from './usage.ts';

/** A trace stands around the same calls as the debugger. */
const { trace: _trace, ...HOST } = HOST_OPTIONS;

const OPTIONS = {
	...HOST,
	listen: { ...SERVER_OPTIONS.listen, defaultDescription: '127.0.0.1:8080' },
	editor: {
		type: 'string',
		requiresArg: true,
		describe: 'wait for editors at HOST:PORT or :PORT, instead of using standard input and output',
	},
} as const satisfies Record<string, Options>;

type DebugArguments = InferredOptionTypes<typeof OPTIONS> & { script?: string };

function builder(args: Argv): Argv<DebugArguments> {
	return args
		.positional('script', { ...SCRIPT_POSITIONAL, demandOption: false })
		.options(OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 debug handler.lua', 'speak with the editor that has started this')
		.example('$0 debug handler.js --editor :4711', 'let an editor connect to port 4711')
		.example('$0 debug', 'what to debug is in the launch configuration of the editor')
		.epilogue(EPILOGUE) as unknown as Argv<DebugArguments>;
}

/** What to debug: what the command line says, and on top of it what the editor does. */
async function targetOf(args: DebugArguments, launch: LaunchArguments): Promise<DebugTarget> {
	const words = [...(launch.args ?? [])];
	const asked = words.length === 0 ? {} : await parsed(words);
	const script = launch.program ?? args.script;
	if (script === undefined)
		throw new KemihostError('KH_USAGE', 'there is nothing to debug', {
			hint: 'kemihost debug handler.lua, or "program" in the launch configuration',
		});
	return planOf({ ...args, ...asked, script } as unknown as RunArguments);
}

/** Flags of a launch configuration. */
async function parsed(words: readonly string[]): Promise<Record<string, unknown>> {
	const parser = yargs([...words])
		.help(false)
		.version(false)
		.exitProcess(false);
	const read = await builder(parser)
		.strictOptions()
		.fail((message, error) => {
			throw error ?? new KemihostError('KH_USAGE', message);
		})
		.parseAsync();
	// what was not given has its default here, too, and must not hide what the command line gave
	const given = new Set(words.flatMap((word) => /^--?([\w-]+)/.exec(word)?.[1] ?? []));
	const aliases = Object.entries(OPTIONS).flatMap(([name, option]) =>
		'alias' in option && [option.alias].flat().some((alias) => given.has(alias)) ? [name] : [],
	);
	return Object.fromEntries(
		Object.entries(read).filter(([name]) => given.has(name) || aliases.includes(name)),
	);
}

async function handler(args: DebugArguments): Promise<void> {
	const session = () => new EditorSession((launch) => targetOf(args, launch));
	if (args.editor === undefined) {
		if (process.stdin.isTTY)
			throw new KemihostError('KH_USAGE', 'kemihost debug is started by an editor, and this is a terminal', {
				hint: '--editor :4711 waits for an editor that connects; docs/debug.md has the settings for editors',
			});
		session().start(process.stdin, process.stdout);
		return;
	}
	const endpoint = parseListen(args.editor);
	const server = createServer((socket: Socket) => {
		const editor = session();
		editor.setRunAsServer(true);
		editor.start(socket, socket);
	});
	const url = urlOf(await listenOn(server, endpoint)).replace(/^http/, 'tcp');
	process.stdout.write(`kemihost waits for an editor on ${url}\n`);
}

/** The command. */
export const debugCommand: Command<DebugArguments> = {
	command: 'debug [script]',
	describe: 'run a script under the debugger of an editor (Debug Adapter Protocol)',
	options: { ...OPTIONS, ...LIMIT_OPTIONS },
	builder,
	handler,
};
