/**
 * Builds dist/ for publishing: JavaScript, type declarations, and the types of KSR for scripts (`kemihost/ksr`).
 *
 * @module
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { typescriptTypes } from '../src/types/typescript.ts';
import { runCommand } from './command.ts';

/** Builds from scratch. Gives the exit code of the compiler. */
export async function build(): Promise<number> {
	rmSync(fileURLToPath(new URL('../dist', import.meta.url)), { recursive: true, force: true });
	const code = await runCommand('npx', ['--no', '--', 'tsc', '-p', 'tsconfig.build.json']);
	mkdirSync(new URL('../dist/types/', import.meta.url), { recursive: true });
	writeFileSync(new URL('../dist/types/ksr.d.ts', import.meta.url), typescriptTypes());
	return code;
}

if (import.meta.main) process.exitCode = await build();
