/**
 * How a POSIX regular expression is meant.
 *
 * @module
 */

/** What regcomp() takes as flags. */
export interface PosixOptions {
	/** REG_ICASE */
	ignoreCase?: boolean;
	/** REG_NEWLINE: `^` and `$` match at line ends, a dot and `[^…]` do not match them. */
	newline?: boolean;
}
