/**
 * `kemihost test`: tests of scripts.
 *
 * @module
 */
import { watch, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { engineNamed } from '../../engines/list.ts';
import { KemihostError } from '../errors.ts';
import { coverageText, lcov, merge } from '../testing/coverage/report.ts';
import { discover } from '../testing/discover.ts';
import { REPORTERS, type ReporterName } from '../testing/reporters/list.ts';
import { type Reporter, totals } from '../testing/reporters/reporter.ts';
import { type RunnerOptions, runTests } from '../testing/runner.ts';
import type { Command } from './command.ts';
import { EPILOGUE, numberFor } from './usage.ts';

const OPTIONS = {
	engine: {
		type: 'string',
		requiresArg: true,
		describe:
			'what runs the scripts (by default their ending decides), or all: each test in every engine that can',
	},
	filter: {
		type: 'string',
		requiresArg: true,
		describe: 'only tests whose name matches (a regular expression)',
	},
	jobs: {
		alias: 'j',
		type: 'number',
		requiresArg: true,
		default: availableParallelism(),
		defaultDescription: 'one for each core',
		describe: 'how many files run in parallel',
	},
	reporter: {
		choices: Object.keys(REPORTERS) as ReporterName[],
		requiresArg: true,
		default: 'pretty' as ReporterName,
		describe: 'the format of the results',
	},
	coverage: {
		type: 'boolean',
		default: false,
		describe: "count which of the scripts' lines run, and print it",
	},
	lcov: { type: 'string', requiresArg: true, describe: 'write the line coverage to a file, as lcov' },
	timeout: {
		type: 'number',
		requiresArg: true,
		default: 10_000,
		coerce: numberFor('timeout'),
		describe: 'time for one test (ms)',
	},
	watch: { type: 'boolean', default: false, describe: 'run again whenever a file changes' },
} as const satisfies Record<string, Options>;

type TestArguments = InferredOptionTypes<typeof OPTIONS> & { paths?: string[] };

function builder(yargs: Argv): Argv<TestArguments> {
	return yargs
		.positional('paths', {
			type: 'string',
			array: true,
			describe: 'folders and files (by default this folder)',
		})
		.options(OPTIONS)
		.example('$0 test', 'all test_*.lua, *.test.js and *.test.ts below this folder')
		.example('$0 test --engine all', 'each test in every engine that runs its script')
		.example('$0 test tests --coverage', 'with the lines that no test runs')
		.example('$0 test --reporter junit > results.xml', 'for a CI server')
		.example('$0 test --watch', 'again whenever a file is saved')
		.epilogue(EPILOGUE) as unknown as Argv<TestArguments>;
}

/** Runs all tests once. True if none failed. */
async function runOnce(args: TestArguments, paths: readonly string[], again: boolean): Promise<boolean> {
	const started = performance.now();
	const reporter: Reporter = REPORTERS[args.reporter];
	const options: RunnerOptions = {
		engine: args.engine,
		filter: args.filter,
		jobs: args.jobs,
		coverage: args.coverage || args.lcov !== undefined,
		timeout: args.timeout,
		again,
	};
	const results = await runTests(discover(paths), options, (result) => {
		process.stdout.write(reporter.file?.(result) ?? '');
	});
	process.stdout.write(reporter.end(results, performance.now() - started));
	const coverage = merge(results.flatMap((result) => result.coverage));
	if (args.coverage) process.stdout.write(`\n${coverageText(coverage)}`);
	if (args.lcov !== undefined) writeFileSync(args.lcov, lcov(coverage));
	return totals(results).failed === 0;
}

/** Runs the tests again after each change, until the process is ended. */
async function runForever(args: TestArguments, paths: readonly string[]): Promise<void> {
	let changed: (() => void) | undefined;
	for (const path of paths)
		watch(path, { recursive: true }, (_event, name) => {
			if (name === null || /\.(lua|js|mjs|ts|cfg|json)$/.test(name)) changed?.();
		});
	for (;;) {
		const change = new Promise<void>((resolve) => {
			changed = resolve;
		});
		try {
			await runOnce(args, paths, true);
		} catch (error) {
			if (!(error instanceof KemihostError)) throw error;
			process.stderr.write(`kemihost: ${error.describe()}\n`);
		}
		process.stdout.write('\nwaiting for a change\n');
		await change;
	}
}

async function handler(args: TestArguments): Promise<void> {
	if (!Number.isInteger(args.jobs) || args.jobs < 1)
		throw new KemihostError('KH_USAGE', '--jobs wants a whole number from 1');
	if (args.engine !== undefined && args.engine !== 'all') engineNamed(args.engine);
	const paths = args.paths && args.paths.length > 0 ? args.paths : ['.'];
	if (args.watch) return runForever(args, paths);
	if (!(await runOnce(args, paths, false))) process.exitCode = 1;
}

/** The command. */
export const testCommand: Command<TestArguments> = {
	command: 'test [paths..]',
	describe: 'run the tests of scripts',
	options: OPTIONS,
	builder,
	handler,
};
