/**
 * `kemihost/testing`: tests of KEMI scripts. Under `kemihost test` the tests of a file are collected and run there; in
 * any other program `test` hands them to Node's own runner, and `openTestHost` works wherever.
 *
 * @module
 */
import { test as nodeTest } from 'node:test';
import { textOf } from '../bytes.ts';
import { Suite, type SuiteOptions, type TestBody } from './suite.ts';

export {
	type Mock,
	openTestHost,
	TestHost,
	type TestHostOptions,
	type TestLog,
	type TestReply,
	type TestRequest,
} from './test-host.ts';
export type { SuiteOptions, TestBody };

/** The suite that is being collected or run by `kemihost test`. */
let current: Suite | undefined;
/** That of a program of its own. */
let own: Suite | undefined;

function suite(): Suite {
	if (current) return current;
	own ??= new Suite(process.argv[1] ?? process.cwd());
	return own;
}

/** Used by the runner: what is declared and asked for while `work` goes on belongs to a suite. */
export async function within(entered: Suite, work: () => Promise<void>): Promise<void> {
	current = entered;
	try {
		await work();
	} finally {
		current = undefined;
	}
}

/**
 * Declares a test. It gets a host of its own with the script freshly loaded.
 * @param options differ from those of `use` for this test
 * @example test('says hello', async (t) => assert.equal((await t.request('/')).status, 200));
 */
export function test(name: string, body: TestBody): void;
export function test(name: string, options: SuiteOptions & { skip?: boolean }, body: TestBody): void;
export function test(
	name: string,
	second: TestBody | (SuiteOptions & { skip?: boolean }),
	third?: TestBody,
): void {
	const body = (typeof second === 'function' ? second : third) as TestBody;
	const { skip = false, ...options } = typeof second === 'function' ? {} : second;
	const owner = suite();
	const declared = { name, body, options, skip };
	if (owner === own) void nodeTest(name, { skip }, () => owner.run(declared));
	else owner.tests.push(declared);
}

/** Says what all tests of this file are run with: the script, by its path from the file, and options of the host. */
export function use(options: SuiteOptions): void {
	suite().use(options);
}

/** Runs before each test of this file. */
export function beforeEach(step: TestBody): void {
	suite().before.push(step);
}

/** Runs after each test of this file, also after one that failed. */
export function afterEach(step: TestBody): void {
	suite().after.push(step);
}

/** The text of a file beside the test file, or in the folder `fixtures` there. */
export function fixture(name: string): string {
	return textOf(suite().fixture(name).toString('latin1'));
}
