/**
 * The version in package.json.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { packageRoot } from './package-root.ts';

/** kemihost's version, `1.2.3`. */
export const version: string = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')).version;
