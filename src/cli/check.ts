/**
 * `kemihost check`: what is wrong in scripts, before they run.
 *
 * @module
 */
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { checkScript, type Finding } from '../check/check.ts';
import { CHECK_FORMATS, type CheckFormat, formatFindings } from '../check/format.ts';
import type { Command } from './command.ts';
import { hostOptionsOf } from './host-options.ts';
import { HOST_OPTIONS, LIMIT_OPTIONS } from './options.ts';
import { EPILOGUE } from './usage.ts';

const OPTIONS = {
	format: {
		choices: CHECK_FORMATS,
		requiresArg: true,
		default: 'pretty' as CheckFormat,
		describe: 'for a person, for a program, or for GitHub to show beside the lines',
	},
	...HOST_OPTIONS,
} as const satisfies Record<string, Options>;

type CheckArguments = InferredOptionTypes<typeof OPTIONS> & { scripts: string[] };

function builder(yargs: Argv): Argv<CheckArguments> {
	return yargs
		.positional('scripts', { type: 'string', array: true, demandOption: true, describe: 'the scripts' })
		.options(OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 check handler.lua', 'what is wrong in a script and in what it requires')
		.example('$0 check *.js --format github', 'for a workflow on GitHub')
		.epilogue(EPILOGUE) as unknown as Argv<CheckArguments>;
}

async function handler(args: CheckArguments): Promise<void> {
	const findings: Finding[] = [];
	for (const script of args.scripts)
		findings.push(...(await checkScript(hostOptionsOf({ ...args, script }))));
	process.stdout.write(formatFindings(findings, args.format));
	if (args.format === 'pretty') {
		const errors = findings.filter(({ rule }) => rule.severity === 'error').length;
		const warnings = findings.length - errors;
		const scripts = `${args.scripts.length} script${args.scripts.length === 1 ? '' : 's'}`;
		process.stdout.write(
			`${scripts}: ${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}\n`,
		);
	}
	if (findings.length > 0) process.exitCode = 1;
}

/** The command. */
export const checkCommand: Command<CheckArguments> = {
	command: 'check <scripts..>',
	describe: 'find mistakes in scripts before they run',
	options: { ...OPTIONS, ...LIMIT_OPTIONS },
	builder,
	handler,
};
