/**
 * Builds dist/ for publishing: JavaScript and type declarations.
 *
 * @module
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.ts';

/** Builds from scratch. Gives the exit code of the compiler. */
export async function build(): Promise<number> {
	rmSync(fileURLToPath(new URL('../dist', import.meta.url)), { recursive: true, force: true });
	return runCommand('npx', ['--no', '--', 'tsc', '-p', 'tsconfig.build.json']);
}

if (import.meta.main) process.exitCode = await build();
