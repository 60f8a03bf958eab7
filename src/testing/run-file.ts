/**
 * Runs one test file in this thread.
 *
 * @module
 */
import { registerHooks } from 'node:module';
import { extname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KemihostError } from '../errors.ts';
import { ScriptError } from '../kemi/script-error.ts';
import type { LogSink } from '../log/logger.ts';
import { Coverage } from './coverage/coverage.ts';
import * as testing from './index.ts';
import { API_FILE } from './lua/api.ts';
import { LuaSuite } from './lua/suite.ts';
import type { FileResult, TestFailure, TestResult } from './results.ts';
import { Suite, type SuiteOptions, type TestCase } from './suite.ts';
import type { TestHost } from './test-host.ts';

/** How files are run. All of it can be sent to another thread. */
export interface FileOptions {
	/** Passed on to every host. */
	readonly engine?: string | undefined;
	/** Only tests whose names hold a match, as the source of a regular expression. */
	readonly filter?: string | undefined;
	readonly coverage: boolean;
	/** What one test may take, in milliseconds. */
	readonly timeout: number;
}

/** Told how a file gets on: what stops it from outside says which test it was in. */
export interface FileProgress {
	/** A test begins; at first, without a name, the file itself is read. */
	began(name?: string): void;
	ended(result: TestResult): void;
}

/** A file that is named like one with tests may be there for others to require: it is no failure. */
const NO_TESTS = {
	lua: 'declares no tests; t.test("name", function() … end) does, with t = require "kemihost.testing"',
	javascript: "declares no tests; test('name', (t) => { … }) does, with test from 'kemihost/testing'",
} as const;

let hooked = false;

/** Lets test files import `kemihost/testing` and get the very module that collects their tests. */
function hookImports(): void {
	if (hooked) return;
	hooked = true;
	const url = new URL(`./index${extname(import.meta.url)}`, import.meta.url).href;
	registerHooks({
		resolve: (specifier, context, next) =>
			specifier === 'kemihost/testing' ? { url, shortCircuit: true } : next(specifier, context),
	});
}

/** The frames of a stack that are in a file, and not in Node or in kemihost. */
function ownFrames(stack: string, file: string): { where?: string; frames: string[] } {
	const url = pathToFileURL(file).href;
	const frames = stack
		.split('\n')
		.filter((line) => /^\s+at /.test(line) && (line.includes(url) || line.includes(file)))
		.map((line) => line.replace(/file:\/\/[^\s)]+/, (found) => decodeURI(new URL(found).pathname)).trim());
	const [, where] = /((?:\/|[A-Z]:)[^\s()]*:\d+):\d+\)?$/.exec(frames[0] ?? '') ?? [];
	return { ...(where ? { where: relative(process.cwd(), where) } : {}), frames };
}

/** What a test threw, for a reader. */
function failureOf(error: unknown, file: string, host?: TestHost): TestFailure {
	const logs = host
		?.logs()
		.filter(({ level }) => ['alert', 'bug', 'critical', 'error'].includes(level))
		.map(({ level, origin, text }) => `${level.toUpperCase()}: ${origin}: ${text}`);
	const said = logs && logs.length > 0 ? { logs } : {};
	if (error instanceof ScriptError) return { ...luaFailure(error), ...said };
	if (error instanceof KemihostError) return { message: error.describe(), ...said };
	if (!(error instanceof Error)) return { message: String(error), ...said };
	const { where, frames } = ownFrames(error.stack ?? '', file);
	return { message: error.message, where, details: frames.map((frame) => `  ${frame}`).join('\n'), ...said };
}

/** An error of a test in Lua, without the frames of the API. */
function luaFailure({ message, where, traceback = '' }: ScriptError): TestFailure {
	const frames = traceback.split('\n').filter((frame) => frame !== '' && !frame.includes(`(${API_FILE}:`));
	const [, innermost] = /\((\S+:\d+)\)$/.exec(frames[0] ?? '') ?? [];
	return {
		message,
		where: where?.startsWith(API_FILE) ? innermost : where,
		details: frames.length > 1 ? frames.join('\n') : undefined,
	};
}

/** Ends a wait that lasts too long. Loops without an end are stopped from outside (runner.ts). */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`the test took longer than ${milliseconds} ms`)), milliseconds);
	});
	try {
		await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}

async function runTest(
	suite: Suite,
	test: TestCase,
	more: SuiteOptions,
	timeout: number,
): Promise<TestResult> {
	if (test.skip) return { name: test.name, milliseconds: 0, skipped: true };
	const started = performance.now();
	let host: TestHost | undefined;
	const body = (t: TestHost) => {
		host = t;
		return test.body(t);
	};
	try {
		await within(timeout, suite.run({ ...test, body }, more));
		return { name: test.name, milliseconds: performance.now() - started };
	} catch (error) {
		return {
			name: test.name,
			milliseconds: performance.now() - started,
			failure: failureOf(error, suite.file, host),
		};
	}
}

/**
 * Runs a file's tests, one after the other, each on a host of its own.
 * @param log gets what the tests themselves print
 */
export async function runFile(
	file: string,
	options: FileOptions,
	log: LogSink,
	progress?: FileProgress,
): Promise<FileResult> {
	const started = performance.now();
	const suite = new Suite(file);
	const coverage = options.coverage ? new Coverage() : undefined;
	const lua = extname(file) === '.lua' ? new LuaSuite(suite, log, options.timeout) : undefined;
	const results: TestResult[] = [];
	let failure: TestFailure | undefined;
	const wanted = options.filter === undefined ? undefined : new RegExp(options.filter);
	const more: SuiteOptions = {
		...(options.engine === undefined ? {} : { engine: options.engine }),
		...(coverage ? { coverage } : {}),
	};
	try {
		await testing.within(suite, async () => {
			hookImports();
			progress?.began();
			if (lua) await lua.load();
			else await import(pathToFileURL(file).href);
			for (const test of suite.tests) {
				if (wanted && !wanted.test(test.name)) continue;
				progress?.began(test.name);
				const result = await runTest(suite, test, more, options.timeout);
				progress?.ended(result);
				results.push(result);
			}
		});
	} catch (error) {
		failure = failureOf(error, file);
	} finally {
		lua?.close();
	}
	return {
		file,
		results,
		...(failure
			? { failure }
			: suite.tests.length === 0
				? { note: NO_TESTS[lua ? 'lua' : 'javascript'] }
				: {}),
		coverage: coverage?.files() ?? [],
		milliseconds: performance.now() - started,
	};
}
