/**
 * A thread that runs test files, one for each message, and reports its progress.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { lateStderrSink } from '../log/formats.ts';
import type { FileResult, TestResult } from './results.ts';
import { type FileOptions, type FileProgress, runFile } from './run-file.ts';

/** What the thread tells whoever started it. */
export type FileMessage =
	| { readonly kind: 'began'; readonly name: string | undefined }
	| { readonly kind: 'ended'; readonly result: TestResult }
	| { readonly kind: 'file'; readonly result: FileResult };

const log = lateStderrSink('pretty');
const say = (message: FileMessage) => parentPort?.postMessage(message);
const progress: FileProgress = {
	began: (name) => say({ kind: 'began', name }),
	ended: (result) => say({ kind: 'ended', result }),
};

parentPort?.on('message', async (file: string) => {
	say({ kind: 'file', result: await runFile(file, workerData as FileOptions, log, progress) });
});
