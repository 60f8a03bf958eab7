/**
 * Comments that switch rules off: `kemihost-disable-line`, `kemihost-disable-next-line`, and `kemihost-disable` for a
 * whole file; with names or codes of rules behind them, or for all rules.
 *
 * @module
 */
import type { Rule } from './rule.ts';
import type { Comment, Position } from './tree.ts';

const SWITCH = /^\s*kemihost-disable(-line|-next-line)?\b([^\n]*)/;

/** Tells of a rule and a place whether a comment in the same file switches it off there. */
export function switchedOff(
	comments: readonly Comment[],
): (rule: Rule, at: Pick<Position, 'line' | 'file'>) => boolean {
	const switches = comments.flatMap(({ line, file, text }) => {
		const [found, where, names = ''] = SWITCH.exec(text) ?? [];
		if (found === undefined) return [];
		const rules =
			names
				.split('--')[0]
				?.split(/[\s,]+/)
				.filter(Boolean) ?? [];
		const at = where === undefined ? undefined : where === '-line' ? line : line + 1;
		return [{ at, file, rules }];
	});
	return ({ code, name }, { line, file }) =>
		switches.some(
			({ at, file: of, rules }) =>
				of === file &&
				(at === undefined || at === line) &&
				(rules.length === 0 || rules.includes(code) || rules.includes(name)),
		);
}
