/**
 * The modules that a configuration loads.
 *
 * @module
 */
import { basename } from 'node:path';
import type { ConfigFile } from './ast.ts';
import { presentName } from './known-modules.ts';

/** A module's name by what is written behind `loadmodule`: without path and ending, and as it is called today. */
export const moduleName = (path: string): string =>
	presentName(basename(path).replace(/\.(so|[cm]?js|ts)$/, ''));

/** The names of all of them. */
export function loadedModules({ settings }: ConfigFile): ReadonlySet<string> {
	return new Set(
		settings.flatMap((setting) => (setting.kind === 'load-module' ? [moduleName(setting.path)] : [])),
	);
}
