/**
 * Runs one test file in this thread.
 *
 * @module
 */
import { registerHooks } from 'node:module';
import { extname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ENGINES, engineNamed } from '../../engines/list.ts';
import { KemihostError } from '../errors.ts';
import { ScriptError } from '../kemi/script-error.ts';
import type { LogSink } from '../log/logger.ts';
import * as testing from './index.ts';
import { API_FILE } from './lua/api.ts';
import { LuaSuite } from './lua/suite.ts';
import type { FileResult, TestFailure, TestResult } from './results.ts';
import { Suite, type SuiteOptions, type TestCase } from './suite.ts';
import type { TestHost } from './test-host.ts';

/** How files are run. All of it can be sent to another thread. */
export interface FileOptions {
	/** What runs the scripts: an engine's name, or `all` for each that can. */
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
	if (error instanceof ScriptError && error.code === 'KH_SCRIPT_ERROR')
		return { ...luaFailure(error), ...said };
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

/** A test file: read once in Node, or for Lua once in each engine that it is run with. */
class TestFile {
	readonly #file: string;
	readonly #log: LogSink;
	readonly #timeout: number;
	#suite: Suite;
	#lua: LuaSuite | undefined;

	constructor(file: string, log: LogSink, timeout: number) {
		this.#file = file;
		this.#log = log;
		this.#timeout = timeout;
		this.#suite = new Suite(file);
	}

	/** True for a file that is written in Lua. */
	get isLua(): boolean {
		return extname(this.#file) === '.lua';
	}

	/** What was declared when it was read last. */
	get suite(): Suite {
		return this.#suite;
	}

	/** Reads the file, and collects its tests. */
	async load(engine?: string): Promise<void> {
		this.close();
		this.#suite = new Suite(this.#file);
		await testing.within(this.#suite, async () => {
			hookImports();
			if (!this.isLua) {
				await import(pathToFileURL(this.#file).href);
				return;
			}
			this.#lua = new LuaSuite(this.#suite, this.#log, this.#timeout);
			await this.#lua.load(engine);
		});
	}

	close(): void {
		this.#lua?.close();
		this.#lua = undefined;
	}
}

/** The engine that a test file in Lua runs in itself: the script's, where that is one for Lua. */
function forLua(asked: string | undefined): string | undefined {
	const engine = asked === undefined ? undefined : engineNamed(asked);
	return engine?.language === 'lua' ? engine.name : undefined;
}

/**
 * Runs a file's tests, one after the other, each on a host of its own; with all engines once in each of them.
 * @param log gets what the tests themselves print
 */
export async function runFile(
	path: string,
	options: FileOptions,
	log: LogSink,
	progress?: FileProgress,
): Promise<FileResult> {
	const started = performance.now();
	const file = new TestFile(path, log, options.timeout);
	const coverage = options.coverage ? new (await import('./coverage/coverage.ts')).Coverage() : undefined;
	const results: TestResult[] = [];
	const all = options.engine === 'all';
	let failure: TestFailure | undefined;
	const wanted = options.filter === undefined ? undefined : new RegExp(options.filter);

	/** Runs the tests that belong to an engine, or all of them where none is named. */
	const runIn = async (engine: string | undefined, belongs: (test: TestCase) => Promise<boolean>) => {
		const more = { ...(engine === undefined ? {} : { engine }), ...(coverage ? { coverage } : {}) };
		await testing.within(file.suite, async () => {
			for (const test of file.suite.tests) {
				if ((wanted && !wanted.test(test.name)) || !(await belongs(test))) continue;
				const name = all && engine !== undefined ? `${test.name} (${engine})` : test.name;
				progress?.began(name);
				const result = await runTest(file.suite, { ...test, name }, more, options.timeout);
				progress?.ended(result);
				results.push(result);
			}
		});
	};

	try {
		progress?.began();
		let read = all ? undefined : forLua(options.engine);
		await file.load(read);
		if (!all) await runIn(options.engine, async () => true);
		else
			for (const engine of await enginesOf(file.suite)) {
				const own = forLua(engine);
				if (file.isLua && own !== read) {
					progress?.began();
					await file.load(own);
					read = own;
				}
				await runIn(engine, async (test) => (await file.suite.enginesOf(test, 'all')).includes(engine));
			}
	} catch (error) {
		failure = failureOf(error, path);
	} finally {
		file.close();
	}
	return {
		file: path,
		results,
		...(failure
			? { failure }
			: file.suite.tests.length === 0
				? { note: NO_TESTS[file.isLua ? 'lua' : 'javascript'] }
				: {}),
		coverage: coverage?.files() ?? [],
		milliseconds: performance.now() - started,
	};
}

/** Every engine that one of the tests runs in, in the order of the list; those whose script decides come last. */
async function enginesOf(suite: Suite): Promise<(string | undefined)[]> {
	const asked = new Set<string | undefined>();
	for (const test of suite.tests) for (const engine of await suite.enginesOf(test, 'all')) asked.add(engine);
	const order = (engine: string | undefined) => {
		const place = ENGINES.findIndex(({ name }) => name === engine);
		return place < 0 ? ENGINES.length : place;
	};
	return [...asked].sort((a, b) => order(a) - order(b));
}
