/**
 * The error that a KSR function throws when it cannot do what it was asked to, and the limit on the length of the
 * host's texts.
 *
 * @module
 */

/**
 * Ends a KSR function: an error line with the script's position, and -1 or `false` for the script. It is no bug
 * of the host.
 */
export class Refusal extends Error {}

/**
 * The longest text that variables hold and formats make, in bytes. Engines bound their own memory; this keeps scripts
 * from doubling a text on the host's side instead.
 */
export const LONGEST_TEXT = 16 * 1024 * 1024;

/**
 * Keeps a text from growing without end.
 * @param what it is, for the reader of the log
 * @throws Refusal
 */
export function checkTextLength(what: string, length: number): void {
	if (length > LONGEST_TEXT) throw new Refusal(`${what} has ${length} bytes, ${LONGEST_TEXT} are the limit`);
}
