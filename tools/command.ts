/**
 * Running commands from the repository's root.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Runs a command with its output where ours goes; gives its exit code. */
export async function runCommand(command: string, args: readonly string[], cwd = ROOT): Promise<number> {
	const child = spawn(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
}

/** Runs a command and gives what it printed. Throws where it fails. */
export async function outputOf(command: string, args: readonly string[], cwd = ROOT): Promise<string> {
	const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
	return output;
}
