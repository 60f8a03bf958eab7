/**
 * The version in package.json.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';

/** From src/ in a checkout, from dist/src/ in a package. */
const [file] = ['../package.json', '../../package.json']
	.map((path) => new URL(path, import.meta.url))
	.filter((url) => existsSync(url));

/** kemihost's version, `1.2.3`. */
export const version: string = file ? JSON.parse(readFileSync(file, 'utf8')).version : '0.0.0';
