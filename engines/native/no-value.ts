/**
 * The exception for an expression that has no value.
 *
 * @module
 */

/** Thrown where an expression has no value, for example behind a division by 0; the statement it stands in sees it. */
export class NoValue {
	readonly message: string;

	constructor(message: string) {
		this.message = message;
	}
}
