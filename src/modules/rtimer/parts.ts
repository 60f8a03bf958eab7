/**
 * Parameters of the form `name=value;name=value`, as timers are declared.
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';

/**
 * Reads one.
 * @param known the names that there are
 * @throws KemihostError `KH_MODPARAM`
 */
export function readParts(
	module: string,
	param: string,
	text: string,
	known: readonly string[],
): Record<string, string> {
	const parts: Record<string, string> = {};
	for (const part of text.replace(/;\s*$/, '').split(';')) {
		const [, name = '', quoted, plain = ''] = /^\s*(\w+)\s*=\s*(?:"([^"]*)"|(.*?))\s*$/.exec(part) ?? [];
		if (!known.includes(name.toLowerCase()))
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter ${param} of module ${module}: "${text}" holds "${part.trim()}"`,
				{
					hint: `write ${known.map((word) => `${word}=VALUE`).join(';')}`,
				},
			);
		parts[name.toLowerCase()] = quoted ?? plain;
	}
	return parts;
}
