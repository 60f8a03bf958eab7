/**
 * A variable or format that does not parse.
 *
 * @module
 */

/** Says what is wrong and at which character (from 0) of the whole text. */
export class PvSyntaxError extends Error {
	readonly column: number;

	constructor(message: string, column: number) {
		super(message);
		this.column = column;
	}
}
