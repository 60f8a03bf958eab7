/**
 * A reload in two steps: every child loads the new script beside the old one, and only when all could do they switch to it.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { ScriptSnapshot } from '../source/folder.ts';
import type { ChildHandle } from './child-handle.ts';

/**
 * Loads the script from the disk in all children and has them switch to it.
 * @param children those that serve
 * @param loaded called with the files of the script before the children switch
 * @throws KemihostError why it cannot be loaded; then every child keeps the old script
 */
export async function reloadAll(
	children: readonly ChildHandle[],
	loaded: (snapshot: ScriptSnapshot) => void,
): Promise<void> {
	try {
		// One reads the files, the others get what it read: all of them run the same. One of the others that ends
		// before it answers keeps nobody from it: the first could load the script, and the next will.
		const { first, snapshot } = await prepareFirst(children);
		const others = children.filter((child) => child !== first);
		await Promise.all(
			others.map((child) =>
				child.prepare(snapshot).catch((error: unknown) => {
					if (!child.ended) throw error;
				}),
			),
		);
		loaded(snapshot);
	} catch (error) {
		for (const child of children) child.send({ type: 'discard' });
		throw error;
	}
	for (const child of children) child.send({ type: 'commit' });
}

/**
 * Has one child load the script from the disk. A child may end for reasons of its own while it does: then another tries,
 * but no third, since the script may be the reason.
 */
async function prepareFirst(
	children: readonly ChildHandle[],
): Promise<{ first: ChildHandle; snapshot: ScriptSnapshot }> {
	let failure: unknown = new KemihostError('KH_CHILD', 'no child is ready to reload the script');
	for (const first of children.slice(0, 2)) {
		try {
			const { snapshot } = await first.prepare(undefined);
			return { first, snapshot };
		} catch (error) {
			failure = error;
			if (!first.ended) break;
		}
	}
	throw failure;
}
