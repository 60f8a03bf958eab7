/**
 * An upstream that takes its time, in a thread of its own so that it does not take ours.
 *
 * @module
 */
import { Worker } from 'node:worker_threads';

const CODE = `
const { createServer } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
const server = createServer((_request, response) => setTimeout(() => response.end('done'), workerData));
server.listen(0, '127.0.0.1', 2048, () => parentPort.postMessage(server.address().port));
`;

/** Starts it. Every answer comes after `delay` milliseconds. */
export async function startUpstream(delay: number): Promise<{ url: string; close(): void }> {
	const worker = new Worker(CODE, { eval: true, workerData: delay });
	const port = await new Promise<number>((resolve) => worker.once('message', resolve));
	return { url: `http://127.0.0.1:${port}/`, close: () => void worker.terminate() };
}
