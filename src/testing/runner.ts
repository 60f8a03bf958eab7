/**
 * Runs test files in parallel, in threads.
 *
 * @module
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { lateStderrSink } from '../log/formats.ts';
import type { FileResult, TestResult } from './results.ts';
import { type FileOptions, runFile } from './run-file.ts';
import type { FileMessage } from './worker.ts';

/** How files are run. */
export interface RunnerOptions extends FileOptions {
	/** Threads at the most; for a few files in Lua, which stop their loops themselves, there is none beside this one. */
	readonly jobs: number;
	/** True if the same files are run again in this process: what was imported stays in a thread. */
	readonly again?: boolean;
}

/** A thread takes as long to start as a few files take to run. */
const FILES_PER_THREAD = 3;

/** A thread that ended before its file did. */
function lost(file: string, error: unknown): FileResult {
	const message = error instanceof Error ? error.message : 'the thread that ran it ended';
	return { file, results: [], coverage: [], milliseconds: 0, failure: { message } };
}

/** What a test has beyond its own time, in milliseconds, to say itself that the time is up. */
const GRACE = 2000;

/**
 * A thread, and the file it runs. A test in JavaScript that loops without an end never looks at its own clock, so the
 * time is kept here too, and the thread is ended with the test.
 */
class Thread {
	readonly #worker: Worker;
	readonly #timeout: number;
	#done: (result: FileResult) => void = () => {};
	#file = '';
	#results: TestResult[] = [];
	#watch: NodeJS.Timeout | undefined;
	#stopped = false;

	constructor(options: FileOptions) {
		const url = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
		this.#timeout = options.timeout;
		this.#worker = new Worker(url, { workerData: options });
		this.#worker.on('message', (message: FileMessage) => this.#hear(message));
		this.#worker.on('error', (error) => this.#end(lost(this.#file, error)));
		this.#worker.on('exit', () => this.#end(lost(this.#file, undefined)));
	}

	/** True once the thread was ended in the middle of a test. */
	get stopped(): boolean {
		return this.#stopped;
	}

	run(file: string): Promise<FileResult> {
		return new Promise((resolve) => {
			this.#file = file;
			this.#results = [];
			this.#done = resolve;
			this.#worker.postMessage(file);
		});
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}

	#hear(message: FileMessage): void {
		clearTimeout(this.#watch);
		if (message.kind === 'ended') this.#results.push(message.result);
		else if (message.kind === 'file') this.#end(message.result);
		else this.#watch = setTimeout(() => this.#stop(message.name), this.#timeout + GRACE);
	}

	#stop(name: string | undefined): void {
		this.#stopped = true;
		const milliseconds = this.#timeout + GRACE;
		const what = name === undefined ? 'reading the file' : 'the test';
		const failure = {
			message: `${what} took longer than ${this.#timeout} ms and was stopped, since it never let go: a loop without an end? No test that follows it in the file has run`,
		};
		const results = name === undefined ? [] : [...this.#results, { name, milliseconds, failure }];
		this.#end({
			file: this.#file,
			results,
			coverage: [],
			milliseconds,
			...(name === undefined ? { failure } : {}),
		});
		void this.end();
	}

	#end(result: FileResult): void {
		clearTimeout(this.#watch);
		this.#done(result);
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
		if (!result.failure && !thread.stopped) continue;
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
	if (!again && threads <= 1 && files.every((file) => extname(file) === '.lua')) {
		const log = lateStderrSink('pretty');
		for (const file of files) ended(await runFile(file, fileOptions, log));
	} else {
		const queue = [...files];
		await Promise.all(Array.from({ length: threads }, () => serve(queue, fileOptions, ended)));
	}
	return files.map((file) => results.get(file) as FileResult);
}
