/**
 * "Did you mean …?"
 *
 * @module
 */
import { closest, distance } from 'fastest-levenshtein';

/** The candidate nearest to a mistyped name, where one is near enough to be meant. */
export function suggest(name: string, candidates: readonly string[]): string | undefined {
	if (candidates.length === 0) return undefined;
	const best = closest(name, candidates);
	return distance(name, best) <= Math.max(2, Math.floor(name.length / 4)) ? best : undefined;
}
