/**
 * `kemihost request`: a single request, without a socket.
 *
 * @module
 */

import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { chooseEngine, enginesFor } from '../../engines/list.ts';
import { parseListen } from '../config/listen.ts';
import { KemihostError } from '../errors.ts';
import { parseAssignment } from '../exchange/assignment.ts';
import { differences, showDifference } from '../exchange/compare.ts';
import { type Exchange, exchange } from '../exchange/exchange.ts';
import { logLine, replyText, summary, toJson } from '../exchange/report.ts';
import { requestFrom } from '../exchange/request-words.ts';
import type { ListenEndpoint } from '../http/request.ts';
import { traceOptions } from '../trace/format.ts';
import type { Command } from './command.ts';
import { SCRIPT_POSITIONAL, scriptOptionsOf } from './host-options.ts';
import { HOST_OPTIONS, LIMIT_OPTIONS } from './options.ts';
import { EPILOGUE } from './usage.ts';

const OPTIONS = {
	header: {
		alias: 'H',
		type: 'string',
		array: true,
		requiresArg: true,
		nargs: 1,
		default: [] as string[],
		describe: "'Name: value'; may be repeated",
	},
	data: {
		alias: 'd',
		type: 'string',
		array: true,
		requiresArg: true,
		nargs: 1,
		default: [] as string[],
		describe: 'the body, or @FILE; makes it a POST',
	},
	set: {
		type: 'string',
		array: true,
		requiresArg: true,
		nargs: 1,
		default: [] as string[],
		describe: "a variable before the request: '$shv(x)=1'; may be repeated",
	},
	from: { type: 'string', requiresArg: true, describe: 'the client, as HOST:PORT ($si and $sp)' },
	to: {
		type: 'string',
		requiresArg: true,
		describe:
			"the address it comes to, as HOST:PORT or tls:HOST:PORT ($Ri and $Rp); by default one of a kamailio.cfg's",
	},
	json: { type: 'boolean', default: false, describe: 'print everything as JSON' },
	...HOST_OPTIONS,
	engine: {
		...HOST_OPTIONS.engine,
		describe: `${HOST_OPTIONS.engine.describe}; all compares every engine that can`,
	},
} as const satisfies Record<string, Options>;

type RequestArguments = InferredOptionTypes<typeof OPTIONS> & { script: string; request?: string[] };

function builder(yargs: Argv): Argv<RequestArguments> {
	return yargs
		.positional('script', SCRIPT_POSITIONAL)
		.positional('request', {
			type: 'string',
			array: true,
			describe: 'METHOD and path; without a method GET, or POST if there is a body',
		})
		.options(OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 request handler.lua /hello', 'the reply, log lines, time and memory')
		.example(
			"$0 request handler.lua PUT /notes/1 -H 'X-Key: a' -d '{}'",
			'another method, with a header and a body',
		)
		.example("$0 request handler.js / --set '$shv(calls)=41'", 'with a variable set before')
		.example('$0 request handler.lua / --engine all', 'in every engine; shows where the answers differ')
		.epilogue(EPILOGUE) as unknown as Argv<RequestArguments>;
}

function show(result: Exchange): void {
	process.stderr.write(result.logs.map(logLine).join(''));
	process.stdout.write(replyText(result.reply));
	process.stderr.write(`\n${summary(result)}`);
}

/** Shows the first engine's reply, and where the others answer differently. */
function showAll(results: readonly Exchange[]): void {
	const [first, ...others] = results as readonly [Exchange, ...Exchange[]];
	process.stderr.write(first.logs.map(logLine).join(''));
	process.stdout.write(`${replyText(first.reply)}\n`);
	const width = Math.max(...results.map(({ engine }) => engine.length));
	process.stdout.write(results.map((result) => summary(result, width)).join(''));
	const found = others.flatMap((other) =>
		differences(first, other).map((difference) => showDifference(difference, first.engine, other.engine)),
	);
	process.stdout.write(found.length === 0 ? 'All answers are the same.\n' : found.join(''));
	if (found.length > 0) process.exitCode = 1;
}

/** SIP's own ports, which rarely serve HTTP. */
const SIP_PORTS = [5060, 5061];

/** The address of a configuration that HTTP most likely comes to; undefined where it names none. */
function likelyAddress(addresses: readonly ListenEndpoint[]): ListenEndpoint | undefined {
	const likely = addresses.find(({ port }) => !SIP_PORTS.includes(port)) ?? addresses[0];
	return likely && { ...likely, address: ANY[likely.address] ?? likely.address };
}

/** Where a connection arrives that is made to any address. */
const ANY: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

async function handler(args: RequestArguments): Promise<void> {
	const { engine: asked, ...options } = await scriptOptionsOf(args);
	const words = args.request ?? [];
	if (words.length > 2)
		throw new KemihostError('KH_USAGE', `"${words[2]}" is too much: a method and a path are wanted`);
	const { header: headers, data, from } = args;
	const to = args.to === undefined ? likelyAddress(options.addresses ?? []) : parseListen(args.to);
	const request = requestFrom({ words, headers, data, from, to });
	const variables = args.set.map(parseAssignment);
	const engines =
		asked === 'all'
			? enginesFor(options.script).map(({ name }) => name)
			: [chooseEngine(options.script, asked).name];
	const results: Exchange[] = [];
	const trace = traceOptions(args.trace, (text) => void process.stderr.write(text));
	for (const engine of engines)
		results.push(await exchange({ ...options, ...trace, engine }, request, variables));
	const [only] = results;
	if (args.json) process.stdout.write(`${JSON.stringify(results.map(toJson), null, 2)}\n`);
	else if (asked === 'all') showAll(results);
	else if (only) show(only);
}

/** The command. */
export const requestCommand: Command<RequestArguments> = {
	command: 'request <script> [request..]',
	describe: 'answer one request without a socket',
	options: { ...OPTIONS, ...LIMIT_OPTIONS },
	builder,
	handler,
};
