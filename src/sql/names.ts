/**
 * Names of tables and columns. They stand in statements as the configuration has them, so they are names and nothing else.
 *
 * @module
 */

const NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?$/;

/** True for a name, with a schema in front or without. */
export function isSqlName(text: string): boolean {
	return NAME.test(text);
}
