/**
 * How much memory is in use, garbage apart.
 *
 * @module
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
setFlagsFromString('--no-expose-gc'); // or scripts in V8 would have it too

/** Bytes in use in this process: the heap, and what lies outside of it, such as buffers and WebAssembly's memory. */
export async function memoryInUse(): Promise<number> {
	collectGarbage();
	await new Promise((resolve) => setImmediate(resolve)); // what waits for its finalizer goes with the second round
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
