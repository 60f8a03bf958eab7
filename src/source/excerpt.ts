/**
 * A line of source with a caret below a position in it.
 *
 * @module
 */

/** Longer lines are cut around the place. */
const MAX_WIDTH = 100;
const BEFORE = 60;

/**
 * Two lines of text: the source, and the caret; without a column the first only. Empty where there is no source.
 * @param at counts from 1
 */
export function excerpt(
	source: string,
	at: { readonly line: number; readonly column?: number | undefined },
): string {
	const line = source.replace(/\r$/, '');
	if (line.trim() === '') return '';
	const column = Math.max(1, Math.min(at.column ?? 1, line.length + 1));
	const from = line.length > MAX_WIDTH ? Math.max(0, column - 1 - BEFORE) : 0;
	const cut = line.slice(from, from + MAX_WIDTH);
	const number = `${at.line}`;
	const [ahead, behind] = [from > 0 ? '…' : '', from + MAX_WIDTH < line.length ? '…' : ''];
	const shown = `  ${number} | ${ahead}${cut}${behind}\n`;
	if (at.column === undefined) return shown;
	// tabs stay tabs, so that the caret stands where the eye expects it
	const blanks = cut.slice(0, column - 1 - from).replace(/[^\t]/g, ' ');
	const gutter = ' '.repeat(number.length);
	return `${shown}  ${gutter} | ${ahead && ' '}${blanks}^\n`;
}
