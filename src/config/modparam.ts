/**
 * Module parameters as they are written on the command line.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { ModParam } from '../kemi/params.ts';

/**
 * Reads `MODULE:NAME:TYPE:VALUE` as Kamailio's `--modparam` takes it: type `s` for a string, `i` for an integer. The
 * value may hold colons.
 * @throws KemihostError `KH_USAGE`
 */
export function parseModParam(text: string): ModParam {
	const [, module, name, type, value] = /^([^:]+):([^:]+):([si]):(.*)$/s.exec(text) ?? [];
	if (module === undefined || name === undefined || value === undefined)
		throw new KemihostError('KH_USAGE', `"${text}" is no module parameter`, {
			hint: '--modparam=MODULE:NAME:TYPE:VALUE, with TYPE s for a string and i for an integer',
		});
	const where = `--modparam=${text}`;
	if (type === 's') return { module, name, value, where };
	if (!/^[+-]?\d+$/.test(value))
		throw new KemihostError('KH_USAGE', `"${value}" is no integer`, { where, hint: 'type s is for strings' });
	return { module, name, value: Number(value), where };
}
