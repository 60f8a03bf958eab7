/**
 * `kemihost run`: serves a script.
 *
 * @module
 */
import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';
import { parseListen, urlOf } from '../config/listen.ts';
import { parseModParam } from '../config/modparam.ts';
import { EXIT_CODES, KemihostError } from '../errors.ts';
import { createHost } from '../host.ts';
import { LIMITS, type LimitKey } from '../limits.ts';
import { stderrSink } from '../log/formats.ts';
import { LEVEL_NAMES, parseLevel } from '../log/levels.ts';
import { LIMIT_OPTIONS, RUN_OPTIONS } from './options.ts';
import { EPILOGUE } from './usage.ts';

type RunArguments = InferredOptionTypes<typeof RUN_OPTIONS> & { script: string };

function builder(yargs: Argv): Argv<RunArguments> {
	return yargs
		.positional('script', {
			type: 'string',
			demandOption: true,
			describe: 'the script: .lua, .js, .mjs or .ts',
		})
		.options(RUN_OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 run handler.lua', 'serve a Lua handler on http://127.0.0.1:8080/')
		.example(
			'$0 run handler.js --engine isolated-vm --listen :0',
			'serve a JavaScript handler with V8 on a free port',
		)
		.example('$0 run handler.lua --url-match ^/sip/', 'let only some requests through')
		.epilogue(EPILOGUE) as unknown as Argv<RunArguments>;
}

function limitsOf(args: RunArguments): Partial<Record<LimitKey, number>> {
	return Object.fromEntries(
		Object.entries(LIMITS).map(([key, { flag }]) => {
			const value = (args as Record<string, unknown>)[flag];
			if (typeof value !== 'number' || !(value > 0))
				throw new KemihostError('KH_USAGE', `--${flag} wants a number above 0`);
			return [key, value];
		}),
	);
}

function levelOf(text: string): number {
	const level = parseLevel(text);
	if (level !== undefined) return level;
	throw new KemihostError('KH_USAGE', `"${text}" is no log level`, {
		hint: `${LEVEL_NAMES.join(', ')}, or a number as in Kamailio's debug`,
	});
}

/** The flags that stand for parameters of the xhttp module. */
function xhttpParams(args: RunArguments) {
	return (['event-callback', 'url-skip', 'url-match'] as const).flatMap((flag) => {
		const value = args[flag];
		const name = flag.replace('-', '_');
		return value === undefined ? [] : [{ module: 'xhttp', name, value, where: `--${flag}` }];
	});
}

function definesOf(args: RunArguments): Record<string, string> {
	return Object.fromEntries(
		args.define.map((text) => {
			const equals = text.indexOf('=');
			return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
		}),
	);
}

async function handler(args: RunArguments): Promise<void> {
	const addresses = args.listen.flatMap((text) => text.split(',')).map(parseListen);
	const host = await createHost({
		script: args.script,
		...(args.engine === undefined ? {} : { engine: args.engine }),
		modparams: [...xhttpParams(args), ...args.modparam.map(parseModParam)],
		defines: definesOf(args),
		limits: limitsOf(args),
		log: stderrSink(args['log-format']),
		logLevel: levelOf(args['log-level']),
		dev: args.dev,
		strict: args.strict,
		...(args['server-header'] === undefined ? {} : { serverHeader: args['server-header'] }),
	});
	const asked = untilSignal();
	try {
		for (const address of addresses) {
			const bound = await host.listen(address);
			process.stdout.write(`kemihost serves ${args.script} (${host.engineName}) on ${urlOf(bound)}\n`);
		}
	} catch (error) {
		await host.close();
		throw error;
	}
	await asked;
	await host.close();
}

/** Settles with the first SIGINT or SIGTERM. A second one ends the process at once. */
function untilSignal(): Promise<void> {
	return new Promise((resolve) => {
		let asked = false;
		const onSignal = () => {
			if (asked) process.exit(EXIT_CODES.failure.code);
			asked = true;
			resolve();
		};
		process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
	});
}

/** The command. */
export const runCommand: CommandModule<object, RunArguments> = {
	command: ['run <script>', '$0 <script>'],
	describe: 'serve a script',
	builder,
	handler,
};
