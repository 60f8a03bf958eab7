/**
 * The modules that a configuration loads.
 *
 * @module
 */
import { basename } from 'node:path';
import type { ConfigFile } from './ast.ts';

/** Their names: without a path, and without `.so`. */
export function loadedModules({ settings }: ConfigFile): ReadonlySet<string> {
	return new Set(
		settings.flatMap((setting) =>
			setting.kind === 'load-module' ? [basename(setting.path).replace(/\.(so|[cm]?js|ts)$/, '')] : [],
		),
	);
}
