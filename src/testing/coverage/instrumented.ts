/**
 * A source that reports which of its lines run.
 *
 * @module
 */

/** A source that tells which lines run. */
export interface Instrumented {
	/** Has the lines that the original has. */
	readonly code: string;
	/** The lines that hold statements, in ascending order. */
	readonly lines: readonly number[];
}
