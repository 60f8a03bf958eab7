/**
 * The tests of one file, and the options they run with.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { enginesFor } from '../../engines/list.ts';
import { KemihostError } from '../errors.ts';
import { withConfiguration } from '../host/with-configuration.ts';
import { openTestHost, type TestHost, type TestHostOptions } from './test-host.ts';

/** What a file says about the script under test; the path is seen from the file. */
export type SuiteOptions = Partial<TestHostOptions>;

/** A test's code. */
export type TestBody = (t: TestHost) => unknown;

/** One test. */
export interface TestCase {
	readonly name: string;
	readonly body: TestBody;
	readonly options: SuiteOptions;
	readonly skip: boolean;
}

const SCRIPT_ENDINGS = ['.lua', '.js', '.mjs', '.ts', '.cfg'];

/** The name of the script that a test file is for: `test_x.lua` and `x.test.js` are for `x`. */
function subjectOf(file: string): string {
	return basename(file)
		.replace(/^test_(?=.+\.lua$)|_test(?=\.lua$)|\.test(?=\.(js|mjs|ts)$)/, '')
		.replace(/\.\w+$/, '');
}

/** The script that a test file is for, in the same folder or the one above; of its own language first. */
function scriptFor(file: string): string | undefined {
	const own = file.slice(file.lastIndexOf('.'));
	const name = subjectOf(file);
	for (const folder of [dirname(file), dirname(dirname(file))])
		for (const ending of [own, ...SCRIPT_ENDINGS]) {
			const path = join(folder, name + ending);
			if (existsSync(path)) return path;
		}
	return undefined;
}

/** The tests of a file. */
export class Suite {
	readonly file: string;
	readonly tests: TestCase[] = [];
	readonly before: TestBody[] = [];
	readonly after: TestBody[] = [];
	#options: SuiteOptions = {};

	constructor(file: string) {
		this.file = file;
	}

	/** Says what all tests of the file are run with. */
	use(options: SuiteOptions): void {
		this.#options = { ...this.#options, ...options };
	}

	/** A file's content as text, by its path from the test file; else from the folder `fixtures` beside it. */
	fixture(name: string): Buffer {
		const folder = dirname(this.file);
		const path = [join(folder, name), join(folder, 'fixtures', name)].find((candidate) =>
			existsSync(candidate),
		);
		if (path === undefined)
			throw new KemihostError('KH_USAGE', `there is no fixture ${name}`, { where: this.file });
		return readFileSync(path);
	}

	/**
	 * The engines that a test runs in; undefined if its script decides.
	 * @param asked by the command line: a name, or `all`. What the test itself says wins
	 */
	async enginesOf(test: Pick<TestCase, 'options'>, asked?: string): Promise<readonly (string | undefined)[]> {
		const { engine } = { ...this.#options, ...test.options };
		if (engine !== undefined || asked !== 'all') return [engine ?? asked];
		try {
			const { script } = await withConfiguration({ script: this.#scriptOf(test.options) });
			return enginesFor(script).map(({ name }) => name);
		} catch (error) {
			if (error instanceof KemihostError) return [undefined]; // opening it will say so, as a failure of the test
			throw error;
		}
	}

	/** The host of a test, new for each. */
	async open(test: Pick<TestCase, 'options'>, more: SuiteOptions = {}): Promise<TestHost> {
		const script = this.#scriptOf(test.options);
		return openTestHost({ ...more, ...this.#options, ...test.options, script });
	}

	/** @throws KemihostError if the file names no script, and none is named like it */
	#scriptOf(own: SuiteOptions): string {
		const options = { ...this.#options, ...own };
		const script =
			options.script === undefined ? scriptFor(this.file) : resolve(dirname(this.file), options.script);
		if (script === undefined)
			throw new KemihostError('KH_USAGE', `no script is named like ${basename(this.file)}`, {
				where: this.file,
				hint: `put ${subjectOf(this.file)}.lua (.js, .ts, .cfg) beside it or one folder above, or name it: use({ script: '../handler.lua' })`,
			});
		return script;
	}

	/**
	 * Runs one test on a host of its own. Throws what it failed with.
	 * @param more options that come from the command line
	 */
	async run(test: TestCase, more?: SuiteOptions): Promise<void> {
		const host = await this.open(test, more);
		try {
			for (const step of this.before) await step(host);
			try {
				await test.body(host);
			} finally {
				for (const step of this.after) await step(host);
			}
		} finally {
			await host.close();
		}
	}
}
