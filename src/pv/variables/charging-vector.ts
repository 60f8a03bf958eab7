/**
 * `$pcv`: the parts of the P-Charging-Vector header (modules/siputils/chargingvector.c).
 *
 * @module
 */
import { findKey } from '../headers.ts';
import type { Variable } from '../variable.ts';
import { type Getter, wordVariable } from './names.ts';

/** What stands behind a name, which Kamailio looks for anywhere in the header. */
const partNamed = (header: string, name: string): string | undefined =>
	new RegExp(`${name}=([^;, \t\r\n]*)`).exec(header)?.[1];

function read(get: (header: string) => string | undefined): Getter {
	return (ctx) => {
		const header = findKey(ctx, 'p-charging-vector')?.trim();
		return (header && partNamed(header, 'icid-value') !== undefined && get(header)) || null;
	};
}

const part = (name: string) => read((header) => partNamed(header, name));

/** `$pcv`. Kamailio's goes on showing the vector of an earlier request. */
export const chargingVectorVariable: Variable = wordVariable(
	['pcv'],
	'A part of the P-Charging-Vector header, which has to have an icid-value: all, value, genaddr, orig or term; null without one.',
	{
		all: read((header) => header),
		value: part('icid-value'),
		genaddr: part('icid-generated-at'),
		orig: part('orig-ioi'),
		term: part('term-ioi'),
	},
);
