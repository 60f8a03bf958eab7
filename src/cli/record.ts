/**
 * `kemihost record`: records requests and their answers, from a script or from another server.
 *
 * @module
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { parseListen, urlOf } from '../config/listen.ts';
import { KemihostError } from '../errors.ts';
import { createHost } from '../host.ts';
import { Mask } from '../record/mask.ts';
import { RecordingProxy } from '../record/proxy.ts';
import { type Recorded, recordOf } from '../record/recording.ts';
import type { Command } from './command.ts';
import { type HostArguments, scriptOptionsOf } from './host-options.ts';
import { HOST_OPTIONS, LIMIT_OPTIONS } from './options.ts';
import { EPILOGUE } from './usage.ts';

const OPTIONS = {
	proxy: { type: 'string', requiresArg: true, describe: 'record what this server answers: http://HOST:PORT' },
	listen: {
		type: 'string',
		requiresArg: true,
		default: '127.0.0.1:8080',
		describe: 'address: HOST:PORT, :PORT, tcp:HOST:PORT, [IPV6]:PORT',
	},
	mask: {
		type: 'string',
		array: true,
		requiresArg: true,
		nargs: 1,
		default: [] as string[],
		describe: 'text to mask, as a regular expression (its first group, or all of it); may be repeated',
	},
	'keep-secrets': { type: 'boolean', default: false, describe: 'mask nothing' },
	...HOST_OPTIONS,
} as const satisfies Record<string, Options>;

type RecordArguments = InferredOptionTypes<typeof OPTIONS> & { file: string; script?: string };

function builder(yargs: Argv): Argv<RecordArguments> {
	return yargs
		.positional('file', {
			type: 'string',
			demandOption: true,
			describe: 'the recording; a file that exists is overwritten',
		})
		.positional('script', { type: 'string', describe: 'the script to serve, unless --proxy is given' })
		.options(OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 record calls.jsonl handler.lua', 'serve a script, and record')
		.example('$0 record calls.jsonl --proxy http://127.0.0.1:5060', 'record what a real Kamailio answers')
		.example(
			"$0 record calls.jsonl handler.lua --mask 'user=(\\w+)'",
			'with names masked, beside what is masked anyway',
		)
		.epilogue(EPILOGUE) as unknown as Argv<RecordArguments>;
}

function patternOf(text: string): RegExp {
	try {
		return new RegExp(text);
	} catch (error) {
		throw new KemihostError('KH_USAGE', `--mask: ${(error as Error).message}`);
	}
}

function targetOf(text: string): URL {
	const url = URL.parse(text);
	if (url?.protocol !== 'http:') throw new KemihostError('KH_USAGE', `"${text}" is no http:// URL`);
	return url;
}

async function handler(args: RecordArguments): Promise<void> {
	const { file, script, proxy: target } = args;
	if ((script === undefined) === (target === undefined))
		throw new KemihostError('KH_USAGE', 'record wants either a script or --proxy');
	const mask = args['keep-secrets'] ? undefined : new Mask(args.mask.map(patternOf));
	const sink = (recorded: Recorded) =>
		appendFileSync(file, `${JSON.stringify(mask ? mask.apply(recorded) : recorded)}\n`);
	const endpoint = parseListen(args.listen);
	const server =
		target === undefined
			? await createHost({
					...(await scriptOptionsOf({ ...args, script } as HostArguments)),
					onReply: ({ request, host }, reply) => sink(recordOf(request, reply, host.clock.now())),
				})
			: new RecordingProxy(targetOf(target), sink);
	const asked = new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
	const address = await server.listen(endpoint);
	writeFileSync(file, '');
	process.stdout.write(`kemihost records ${script ?? target} on ${urlOf(address)} to ${file}\n`);
	await asked;
	await server.close();
}

/** The command. */
export const recordCommand: Command<RecordArguments> = {
	command: 'record <file> [script]',
	describe: 'record requests and answers',
	options: { ...OPTIONS, ...LIMIT_OPTIONS },
	builder,
	handler,
};
