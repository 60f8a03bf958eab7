/**
 * The turns of the event loop, between which sockets are read and timers run.
 *
 * What goes on in a script, or begins in it, behind a promise does so in a turn of its own. Without that a script whose calls are
 * answered at once (a refused query in a loop, a task that begins the next one) would go on in one turn for ever: each of its
 * slices is short, but nobody else is served, and no time limit is looked at.
 *
 * @module
 */

/** Those that wait for their turn. */
const queue: (() => void)[] = [];

function turn(): void {
	queue.shift()?.();
	if (queue.length > 0) setImmediate(turn); // for the next turn: all immediates that are there run in one
}

/** Waits for a turn that no other slice of a script has. */
export function nextTurn(): Promise<void> {
	return new Promise((resolve) => {
		if (queue.push(resolve) === 1) setImmediate(turn);
	});
}
