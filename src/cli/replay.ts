/**
 * `kemihost replay`: sends recorded requests to another script or engine.
 *
 * @module
 */
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { chooseEngine } from '../../engines/list.ts';
import { showDifference } from '../exchange/compare.ts';
import { readRecording } from '../record/recording.ts';
import { IGNORED_FIELDS, type Mismatch, replay } from '../record/replay.ts';
import type { Command } from './command.ts';
import { SCRIPT_POSITIONAL, scriptOptionsOf } from './host-options.ts';
import { HOST_OPTIONS, LIMIT_OPTIONS } from './options.ts';
import { EPILOGUE } from './usage.ts';

const OPTIONS = {
	ignore: {
		type: 'string',
		array: true,
		requiresArg: true,
		nargs: 1,
		default: [] as string[],
		describe: 'a header field that is not compared, besides those of server and connection; may be repeated',
	},
	...HOST_OPTIONS,
} as const satisfies Record<string, Options>;

type ReplayArguments = InferredOptionTypes<typeof OPTIONS> & { file: string; script: string };

function builder(yargs: Argv): Argv<ReplayArguments> {
	return yargs
		.positional('file', { type: 'string', demandOption: true, describe: 'the recording' })
		.positional('script', SCRIPT_POSITIONAL)
		.options(OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 replay calls.jsonl handler.js', 'does the port answer as the original did?')
		.example('$0 replay calls.jsonl handler.lua --engine wasmoon', 'does another engine?')
		.epilogue(EPILOGUE) as unknown as Argv<ReplayArguments>;
}

function show({ number, recorded, differences }: Mismatch, engine: string): string {
	const { method, target } = recorded.request;
	const lines = differences.map((difference) => showDifference(difference, 'recorded', engine)).join('');
	return `request ${number}: ${method} ${target}\n${lines.replace(/^/gm, '  ').trimEnd()}\n`;
}

async function handler(args: ReplayArguments): Promise<void> {
	const recording = readRecording(args.file);
	const ignored = [...IGNORED_FIELDS, ...args.ignore.map((name) => name.toLowerCase())];
	const options = await scriptOptionsOf(args);
	const mismatches = await replay(recording, { ...options, log: () => {} }, ignored);
	const engine = chooseEngine(options.script, options.engine).name;
	process.stdout.write(mismatches.map((mismatch) => show(mismatch, engine)).join(''));
	const same = recording.length - mismatches.length;
	process.stdout.write(`${same} of ${recording.length} answers are the same\n`);
	if (mismatches.length > 0) process.exitCode = 1;
}

/** The command. */
export const replayCommand: Command<ReplayArguments> = {
	command: 'replay <file> <script>',
	describe: 'send recorded requests to a script, and compare the answers',
	options: { ...OPTIONS, ...LIMIT_OPTIONS },
	builder,
	handler,
};
