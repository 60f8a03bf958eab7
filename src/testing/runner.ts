/**
 * Runs test files side by side, in threads.
 *
 * @module
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { stderrSink } from '../log/formats.ts';
import type { FileResult } from './results.ts';
import { type FileOptions, runFile } from './run-file.ts';

/** How files are run. */
export interface RunnerOptions extends FileOptions {
	/** Threads at the most; for few files there is none beside this one. */
	readonly jobs: number;
	/** True where the same files are run again in this process: what was imported stays in a thread. */
	readonly again?: boolean;
}

/** A thread takes as long to start as a few files take to run. */
const FILES_PER_THREAD = 3;

/** A thread that ended before its file did. */
function lost(file: string, error: unknown): FileResult {
	const message = error instanceof Error ? error.message : 'the thread that ran it ended';
	return { file, results: [], coverage: [], milliseconds: 0, failure: { message } };
}

/** A thread, and the file it runs. */
class Thread {
	readonly #worker: Worker;
	#done: (result: FileResult) => void = () => {};
	#file = '';

	constructor(options: FileOptions) {
		const url = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
		this.#worker = new Worker(url, { workerData: options });
		this.#worker.on('message', (result: FileResult) => this.#done(result));
		this.#worker.on('error', (error) => this.#done(lost(this.#file, error)));
		this.#worker.on('exit', () => this.#done(lost(this.#file, undefined)));
	}

	run(file: string): Promise<FileResult> {
		return new Promise((resolve) => {
			this.#file = file;
			this.#done = resolve;
			this.#worker.postMessage(file);
		});
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}
}

/** Runs files from a queue, in one thread and its successors, until there are none left. */
async function serve(
	queue: string[],
	options: FileOptions,
	done: (result: FileResult) => void,
): Promise<void> {
	let thread: Thread | undefined;
	for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
		thread ??= new Thread(options);
		const result = await thread.run(file);
		done(result);
		if (!result.failure) continue;
		await thread.end();
		thread = undefined;
	}
	await thread?.end();
}

/**
 * Runs files.
 * @param done told of each file as it ends
 * @returns all results, in the order of the files
 */
export async function runTests(
	files: readonly string[],
	options: RunnerOptions,
	done: (result: FileResult) => void = () => {},
): Promise<FileResult[]> {
	const results = new Map<string, FileResult>();
	const ended = (result: FileResult) => {
		results.set(result.file, result);
		done(result);
	};
	const { jobs, again, ...fileOptions } = options;
	const threads = Math.min(jobs, Math.ceil(files.length / FILES_PER_THREAD));
	if (!again && threads <= 1) {
		const log = stderrSink('pretty');
		for (const file of files) ended(await runFile(file, fileOptions, log));
	} else {
		const queue = [...files];
		await Promise.all(Array.from({ length: threads }, () => serve(queue, fileOptions, ended)));
	}
	return files.map((file) => results.get(file) as FileResult);
}
