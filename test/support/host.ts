/**
 * Hosts for tests: a script as text, a host without sockets, and its log lines as an array.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { HostOptions } from '../../src/host/options.ts';
import { createHost, type Host } from '../../src/host.ts';
import type { HttpReply } from '../../src/http/reply.ts';
import { makeRequest, type RequestInit } from '../../src/http/request.ts';
import { LEVELS } from '../../src/log/levels.ts';
import type { LogRecord } from '../../src/log/logger.ts';

/** Writes files into a folder of their own, which goes with the test. Gives the folder's path. */
export function folderWith(t: TestContext, files: Readonly<Record<string, string | Buffer>>): string {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-test-'));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
	}
	return folder;
}

/** A host with what a test needs of it. */
export interface TestHost {
	host: Host;
	/** The path of the script. */
	script: string;
	/** Every log line so far. */
	logs: LogRecord[];
	/** Dispatches a request; the target is `/` where nothing else is said. */
	request(target?: string, init?: Omit<RequestInit, 'target'>): Promise<HttpReply>;
	/** The texts of the log lines of one origin, or of all. */
	lines(origin?: 'script' | 'core'): string[];
}

/** Options of `hostFor`: those of a host, and other files beside the script. */
export interface TestHostOptions extends Partial<HostOptions> {
	files?: Readonly<Record<string, string | Buffer>>;
	/** The script's file name; its ending chooses the language. */
	name?: string;
}

/** A host that runs a script given as text. It is closed with the test. */
export async function hostFor(
	t: TestContext,
	code: string | Buffer,
	options: TestHostOptions = {},
): Promise<TestHost> {
	const { files = {}, name = 'handler.lua', ...rest } = options;
	const folder = folderWith(t, { ...files, [name]: code });
	const logs: LogRecord[] = [];
	const host = await createHost({
		script: join(folder, name),
		log: (record) => void logs.push(record),
		logLevel: LEVELS.debug,
		...rest,
	});
	t.after(() => host.close());
	return {
		host,
		script: join(folder, name),
		logs,
		request: async (target = '/', init = {}) => host.dispatch(makeRequest({ target, ...init })),
		lines: (origin) => logs.filter((line) => !origin || line.origin === origin).map((line) => line.text),
	};
}
