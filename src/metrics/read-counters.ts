/**
 * Counters whose values are counted elsewhere.
 *
 * @module
 */
import type { Counter, Registry } from 'prom-client';

/**
 * Makes such counters for some registries; each is read when the metrics are asked for.
 * @param library prom-client, which is loaded late
 */
export function readCounters(
	library: Pick<typeof import('prom-client'), 'Counter'>,
	registers: Registry[],
): (name: string, help: string, read: () => number) => Counter {
	return (name, help, read) =>
		new library.Counter({
			name,
			help,
			registers,
			collect() {
				this.reset();
				this.inc(read());
			},
		});
}
