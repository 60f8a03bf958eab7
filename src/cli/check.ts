/**
 * `kemihost check`: finds mistakes in scripts before they run.
 *
 * @module
 */
import { statSync } from 'node:fs';
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { checkScript } from '../check/check.ts';
import { CHECK_FORMATS, type CheckFormat, formatFindings } from '../check/format.ts';
import { handlersIn } from '../check/handlers.ts';
import type { Finding } from '../check/rule.ts';
import type { CfgSettings } from '../config/kamailio/compose.ts';
import { ConfigError } from '../config/kamailio/problem.ts';
import { KemihostError } from '../errors.ts';
import { isCfg } from '../host/with-configuration.ts';
import { loadOwnModules } from '../script/own-modules.ts';
import { readCfg } from './cfg-file.ts';
import type { Command } from './command.ts';
import { type HostArguments, hostOptionsOf, ownModulesOf } from './host-options.ts';
import { HOST_OPTIONS, LIMIT_OPTIONS } from './options.ts';
import { EPILOGUE, numberFor } from './usage.ts';

const OPTIONS = {
	format: {
		choices: CHECK_FORMATS,
		requiresArg: true,
		default: 'pretty' as CheckFormat,
		describe: 'for people, for programs, or for GitHub, which shows findings beside the lines',
	},
	'max-warnings': {
		type: 'number',
		requiresArg: true,
		coerce: numberFor('max-warnings'),
		describe: 'fail if there are more warnings than this; errors always fail',
	},
	...HOST_OPTIONS,
} as const satisfies Record<string, Options>;

type CheckArguments = InferredOptionTypes<typeof OPTIONS> & { scripts: string[] };

function builder(yargs: Argv): Argv<CheckArguments> {
	return yargs
		.positional('scripts', {
			type: 'string',
			array: true,
			demandOption: true,
			describe: 'scripts, and folders with scripts',
		})
		.options(OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 check handler.lua', 'what is wrong in a script and in what it requires')
		.example('$0 check .', 'all scripts with a handler in this folder and below')
		.example('$0 check . --max-warnings 0', 'fail for warnings, too')
		.example('$0 check *.js --format github', 'for a workflow on GitHub')
		.epilogue(EPILOGUE) as unknown as Argv<CheckArguments>;
}

/** The scripts that are meant. What of a folder is left out is said on stderr. */
function scriptsOf(args: CheckArguments): string[] {
	const scripts = args.scripts.flatMap((path) => {
		if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
		const { handlers, others } = handlersIn(path, args['event-callback']);
		if (others > 0)
			process.stderr.write(
				`note: ${path}: ${counted(others, 'file')} without a handler left to the scripts that require them\n`,
			);
		return handlers;
	});
	if (scripts.length === 0)
		throw new KemihostError('KH_USAGE', `there is no script with a handler in ${args.scripts.join(', ')}`, {
			hint: 'name the script itself, or its handler by --event-callback',
		});
	return [...new Set(scripts)];
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What a kamailio.cfg says of the host, or all that is wrong with that; undefined for other scripts. */
async function settingsOf(args: HostArguments): Promise<CfgSettings | ConfigError | undefined> {
	if (!isCfg(args.script)) return undefined;
	try {
		return await readCfg(args.script, args);
	} catch (error) {
		if (error instanceof ConfigError) return error;
		throw error;
	}
}

/** What is wrong with one script; with a configuration also in the scripts that it loads. */
async function findingsIn(args: HostArguments): Promise<Finding[]> {
	const settings = await settingsOf(args);
	const wrong = settings instanceof ConfigError ? settings : undefined;
	const cfg = settings instanceof ConfigError ? undefined : settings;
	const options = { ...hostOptionsOf(args, cfg), modules: await loadOwnModules(ownModulesOf(args, cfg)) };
	const guests = Object.values(cfg?.guests ?? {}).flat();
	const findings = await checkScript(options, wrong);
	for (const script of guests)
		findings.push(...(await checkScript({ ...hostOptionsOf({ ...args, script }), requireHandlers: false })));
	return findings;
}

async function handler(args: CheckArguments): Promise<void> {
	const scripts = scriptsOf(args);
	const findings: Finding[] = [];
	for (const script of scripts) findings.push(...(await findingsIn({ ...args, script })));
	process.stdout.write(formatFindings(findings, args.format));
	const errors = findings.filter(({ rule }) => rule.severity === 'error').length;
	const warnings = findings.length - errors;
	if (args.format === 'pretty')
		process.stdout.write(
			`${counted(scripts.length, 'script')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}\n`,
		);
	if (errors > 0 || warnings > (args['max-warnings'] ?? Number.POSITIVE_INFINITY)) process.exitCode = 1;
}

/** The command. */
export const checkCommand: Command<CheckArguments> = {
	command: 'check <scripts..>',
	describe: 'find mistakes in scripts before they run',
	options: { ...OPTIONS, ...LIMIT_OPTIONS },
	builder,
	handler,
};
