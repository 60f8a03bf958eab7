/**
 * Strings that live longer than what they were cut out of.
 *
 * @module
 */

/**
 * A copy of a byte string. V8 keeps a piece of a string as a reference to the whole: one name out of a body of 1 MB, put
 * into a `$shv`, would hold all of the body.
 */
export function ownCopy(bytes: string): string {
	return Buffer.from(bytes, 'latin1').toString('latin1');
}
