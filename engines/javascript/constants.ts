/**
 * Finds the functions that a plain script holds in top-level `const` and `let`. All code of the realm can use
 * them, but they are not properties of the global object, and nothing lists them.
 *
 * @module
 */

const DECLARATION = /\b(?:const|let|class)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

/**
 * The names that a script may have declared so. Those of inner blocks are among them, and words behind a "let" in a
 * comment or a text: whoever reads them has to expect that there is no such constant, or that the word is reserved.
 */
export function constantNames(code: string): string[] {
	return [...new Set(Array.from(code.matchAll(DECLARATION), (match) => match[1] as string))];
}
