/**
 * Comments that switch rules off: `kemihost-disable-line`, `kemihost-disable-next-line`, and `kemihost-disable` for a
 * whole file; with names or codes of rules behind them, or for all rules.
 *
 * @module
 */
import type { Rule } from './rule.ts';
import type { Comment } from './tree.ts';

const SWITCH = /^\s*kemihost-disable(-line|-next-line)?\b([^\n]*)/;

/** Tells of a rule and a line whether a comment switches it off. */
export function switchedOff(comments: readonly Comment[]): (rule: Rule, line: number) => boolean {
	const switches = comments.flatMap(({ line, text }) => {
		const [found, where, names = ''] = SWITCH.exec(text) ?? [];
		if (found === undefined) return [];
		const rules =
			names
				.split('--')[0]
				?.split(/[\s,]+/)
				.filter(Boolean) ?? [];
		const at = where === undefined ? undefined : where === '-line' ? line : line + 1;
		return [{ at, rules }];
	});
	return ({ code, name }, line) =>
		switches.some(
			({ at, rules }) =>
				(at === undefined || at === line) &&
				(rules.length === 0 || rules.includes(code) || rules.includes(name)),
		);
}
