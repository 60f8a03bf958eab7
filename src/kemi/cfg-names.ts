/**
 * Looks up Kamailio's functions by their names in its own language: which modules have one, and whether that
 * module is about SIP.
 *
 * @module
 */
import { KNOWN_CFG_FUNCTIONS } from './known-cfg-functions.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';

/** A module's function of a name. */
export interface KnownCfgFunction {
	readonly module: string;
	/** How many parameters it takes. */
	readonly counts: readonly number[];
}

const KNOWN = new Map<string, KnownCfgFunction[]>();
for (const [module, list] of Object.entries(KNOWN_CFG_FUNCTIONS))
	for (const entry of list.split(' ').filter(Boolean)) {
		const [name = '', counts = ''] = entry.split(':');
		const known = KNOWN.get(name) ?? [];
		known.push({ module, counts: counts.split(',').map(Number) });
		KNOWN.set(name, known);
	}

/** All names. */
export const KNOWN_CFG_NAMES: readonly string[] = [...KNOWN.keys()];

/** The functions of a name, one for each module that has it; none where Kamailio has not. */
export function knownCfgFunctions(name: string): readonly KnownCfgFunction[] {
	return KNOWN.get(name) ?? [];
}

/** True for a module that is of no use without a SIP server; false for one that just is not here. */
export function needsSip(module: string): boolean {
	return !(KNOWN_FUNCTIONS[module]?.includes(':http') ?? false);
}
