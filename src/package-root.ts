/**
 * The folder of the package, whose other files (docs, data) lie beside the code.
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
