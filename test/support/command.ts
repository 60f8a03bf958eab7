/**
 * The command line as a child process.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/kemihost.js', import.meta.url));

/** A running command. */
export interface Command {
	child: ChildProcess;
	/** What it printed so far. */
	stdout: () => string;
	stderr: () => string;
	/** Waits until the output holds something. Fails where the command ends before. */
	until(pattern: RegExp): Promise<RegExpExecArray>;
	/** Waits for its end; gives the exit code. */
	ended: Promise<number | null>;
}

/**
 * Starts `kemihost` with arguments. It is killed with the test.
 * @param options `stderr` is an open file that takes the place of the pipe, `socket` the descriptor of a socket that is handed over
 * as systemd does it
 */
export function kemihost(
	t: TestContext,
	args: readonly string[],
	options: { cwd?: string; env?: Record<string, string>; stderr?: number; socket?: number } = {},
): Command {
	const { socket } = options;
	const command = [process.execPath, BIN, ...args];
	// LISTEN_PID is known once the process is there
	const handOver = ['sh', '-c', 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', 'sh'];
	const [program = '', ...rest] = socket === undefined ? command : [...handOver, ...command];
	const child = spawn(program, rest, {
		stdio: ['ignore', 'pipe', options.stderr ?? 'pipe', ...(socket === undefined ? [] : [socket])],
		cwd: options.cwd ?? fileURLToPath(new URL('../../', import.meta.url)),
		env: { ...process.env, NO_COLOR: '1', ...options.env },
	});
	t.after(() => child.kill('SIGKILL'));
	let stdout = '';
	let stderr = '';
	const waiting = new Set<() => void>();
	const onOutput = () => {
		for (const wake of waiting) wake();
	};
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		onOutput();
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
		onOutput();
	});
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	return {
		child,
		stdout: () => stdout,
		stderr: () => stderr,
		ended,
		until: (pattern) =>
			new Promise((resolve, reject) => {
				const look = () => {
					const found = pattern.exec(stdout + stderr);
					if (!found) return;
					waiting.delete(look);
					resolve(found);
				};
				waiting.add(look);
				void ended.then((code) =>
					reject(new Error(`ended with ${code} before ${pattern}:\n${stdout}${stderr}`)),
				);
				look();
			}),
	};
}
