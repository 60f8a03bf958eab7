/**
 * A thread that runs test files, one for each message.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { stderrSink } from '../log/formats.ts';
import { type FileOptions, runFile } from './run-file.ts';

const log = stderrSink('pretty');

parentPort?.on('message', async (file: string) => {
	parentPort?.postMessage(await runFile(file, workerData as FileOptions, log));
});
