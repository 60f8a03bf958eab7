/**
 * The results of tests.
 *
 * @module
 */

/** Why a test failed, for a reader. */
export interface TestFailure {
	readonly message: string;
	/** `file:line` in the test. */
	readonly where?: string | undefined;
	/** The test's own frames, or what was expected and came. */
	readonly details?: string | undefined;
	/** The script's log lines at level error and worse. */
	readonly logs?: readonly string[] | undefined;
}

/** One test's result. */
export interface TestResult {
	readonly name: string;
	readonly milliseconds: number;
	readonly skipped?: boolean;
	readonly failure?: TestFailure;
}

/** Which lines of a script hold code, and which of them ran. */
export interface FileCoverage {
	/** The path. */
	readonly file: string;
	readonly lines: readonly number[];
	readonly hit: readonly number[];
}

/** The results of one file; the file as a whole may have failed, too. */
export interface FileResult {
	readonly file: string;
	readonly results: readonly TestResult[];
	readonly failure?: TestFailure;
	/** What the reader may want to know of the file though nothing failed. */
	readonly note?: string;
	readonly coverage: readonly FileCoverage[];
	readonly milliseconds: number;
}
