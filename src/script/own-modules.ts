/**
 * Loads the user's own modules from their files: `loadmodule "./my-module.js"`.
 *
 * @module
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KemihostError } from '../errors.ts';
import type { KemiModule } from '../kemi/module.ts';
import { type EntryGuard, LOADING_TIME } from './guard.ts';

const isModule = (value: unknown): value is KemiModule =>
	typeof value === 'object' && value !== null && 'name' in value && 'doc' in value;

/**
 * The modules that files export, by default or by any name: what `defineModule` gives.
 * @param guard told of each file, so that one which does not come back ends the child and not the host
 * @throws KemihostError `KH_MODULE` if a file cannot be loaded, waits for too long or exports none
 */
export async function loadOwnModules(
	paths: readonly string[] = [],
	guard?: EntryGuard,
): Promise<KemiModule[]> {
	const modules: KemiModule[] = [];
	for (const path of paths) {
		guard?.enter(path);
		const exported = await inTime(path, exportsOf(path)).finally(() => guard?.leave());
		const found = Object.values(exported).filter(isModule);
		if (found.length === 0)
			throw new KemihostError('KH_MODULE', 'the file exports no module', {
				where: path,
				hint: "export default defineModule({ name: 'greetings', doc: 'Greetings.', functions: [] })",
			});
		modules.push(...new Set(found));
	}
	return modules;
}

/** A file may wait at its top level, but not for ever. */
async function inTime<T>(path: string, loading: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			const text = `the file still waits at its top level after ${LOADING_TIME / 1000} s`;
			reject(new KemihostError('KH_MODULE', text, { where: path }));
		}, LOADING_TIME);
	});
	return Promise.race([loading, late]).finally(() => clearTimeout(timer));
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
