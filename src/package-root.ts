/**
 * The folder of the package, where the files that are not code (docs, data) are.
 *
 * @module
 */
import { existsSync } from 'node:fs';

/** From src/ in a checkout, from dist/src/ in a package. */
const [found] = ['../', '../../']
	.map((path) => new URL(path, import.meta.url))
	.filter((url) => existsSync(new URL('package.json', url)));

/** The folder that holds package.json. */
export const packageRoot: URL = found ?? new URL('../', import.meta.url);
