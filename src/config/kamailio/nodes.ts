/**
 * Walks over every node in a part of a configuration's syntax tree.
 *
 * @module
 */

/** The nodes, from the outside in. */
export function* nodesOf(part: unknown): Generator<{ readonly kind?: unknown }> {
	if (typeof part !== 'object' || part === null) return;
	yield part;
	for (const child of Object.values(part)) yield* nodesOf(child);
}
