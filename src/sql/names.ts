/**
 * Names of tables and columns. They are put into statements as the configuration gives them, so anything that is
 * not a plain name is refused.
 *
 * @module
 */

const NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?$/;

/** True for a name, with a schema in front or without. */
export function isSqlName(text: string): boolean {
	return NAME.test(text);
}
