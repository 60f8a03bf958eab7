/**
 * The file given by `--config`.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { KemihostError } from '../errors.ts';

/**
 * Reads a JSON object of flags.
 * @throws KemihostError `KH_CONFIG` if the file cannot be read or is no JSON object
 */
export function readConfigFile(path: string): Record<string, unknown> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(readFileSync(path, 'utf8'));
	} catch (error) {
		throw new KemihostError('KH_CONFIG', `cannot read the configuration: ${(error as Error).message}`, {
			where: path,
			cause: error,
		});
	}
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
		throw new KemihostError('KH_CONFIG', 'the configuration is no JSON object', { where: path });
	return parsed as Record<string, unknown>;
}
