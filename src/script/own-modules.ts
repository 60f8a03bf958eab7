/**
 * Modules of one's own, by the paths of their files: `loadmodule "./my-module.js"`.
 *
 * @module
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KemihostError } from '../errors.ts';
import type { KemiModule } from '../kemi/module.ts';

const isModule = (value: unknown): value is KemiModule =>
	typeof value === 'object' && value !== null && 'name' in value && 'doc' in value;

/**
 * The modules that files export, by default or by any name: what `defineModule` gives.
 * @throws KemihostError `KH_MODULE` where a file cannot be loaded or exports none
 */
export async function loadOwnModules(paths: readonly string[] = []): Promise<KemiModule[]> {
	const modules: KemiModule[] = [];
	for (const path of paths) {
		const found = Object.values(await exportsOf(path)).filter(isModule);
		if (found.length === 0)
			throw new KemihostError('KH_MODULE', 'the file exports no module', {
				where: path,
				hint: "export default defineModule({ name: 'greetings', doc: 'Greetings.', functions: [] })",
			});
		modules.push(...new Set(found));
	}
	return modules;
}

async function exportsOf(path: string): Promise<Record<string, unknown>> {
	try {
		return await import(pathToFileURL(resolve(path)).href);
	} catch (error) {
		throw new KemihostError('KH_MODULE', `cannot load the module: ${(error as Error).message}`, {
			where: path,
			cause: error,
		});
	}
}
