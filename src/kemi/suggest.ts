/**
 * "Did you mean …?"
 *
 * @module
 */
import { closest, distance } from 'fastest-levenshtein';

/** The candidate nearest to a mistyped name, where one is near enough to be meant. */
export function suggest(name: string, candidates: readonly string[]): string | undefined {
	const most = Math.max(2, Math.floor(name.length / 4));
	// by the lengths first, which costs nothing: a name may be megabytes of text that somebody took for one
	const near = candidates.filter(({ length }) => Math.abs(length - name.length) <= most);
	if (near.length === 0) return undefined;
	const best = closest(name, near);
	return distance(name, best) <= most ? best : undefined;
}
