/**
 * Timing of small things in this process.
 *
 * @module
 */

/**
 * Microseconds that a call takes: the least of several rounds, since what else the machine does can only add.
 * @param work is called again and again
 * @param rounds how many rounds of about `milliseconds`
 */
export function timeOf(work: () => unknown, rounds = 7, milliseconds = 60): number {
	let count = 1;
	let took = 0;
	const round = () => {
		const began = performance.now();
		for (let i = 0; i < count; i++) work();
		took = performance.now() - began;
		return (took / count) * 1000;
	};
	for (round(); took < milliseconds; round())
		count = Math.ceil(count * Math.min(10, Math.max(2, milliseconds / (took + 0.01))));
	return Math.min(...Array.from({ length: rounds }, round));
}
