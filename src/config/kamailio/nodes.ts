/**
 * Every node of a part of a configuration's tree, which is plain data.
 *
 * @module
 */

/** The nodes, from the outside in. */
export function* nodesOf(part: unknown): Generator<{ readonly kind?: unknown }> {
	if (typeof part !== 'object' || part === null) return;
	yield part;
	for (const child of Object.values(part)) yield* nodesOf(child);
}
