/**
 * Work that does the same whoever asks for it: a reload reads what is on the disk by then.
 *
 * @module
 */

/** One runs at a time, and all who ask while it does share the one that follows: a thousand asks in a row are two runs. */
export function coalesced<T>(work: () => Promise<T>): () => Promise<T> {
	let running: Promise<unknown> = Promise.resolve();
	let next: Promise<T> | undefined;
	const begin = () => {
		next = undefined;
		const now = work();
		running = now;
		return now;
	};
	return () => {
		next ??= running.then(begin, begin);
		return next;
	};
}
