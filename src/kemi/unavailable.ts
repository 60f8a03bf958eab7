/**
 * Functions of Kamailio that this host does not have. Scripts that contain them load; a call explains why it does
 * nothing.
 *
 * @module
 */
import { needsSip } from './cfg-names.ts';
import type { RequestContext } from './context.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';
import type { KemiFunction, ReturnType } from './module.ts';
import { ScriptThrow } from './throw.ts';

/** What a failing call gives by its return type. */
const FAILURE = { int: -1, bool: false, none: undefined, xval: null } as const;

/** @param called how scripts call it, for the log */
function unavailable(called: string, name: string, returns: ReturnType, sip: boolean): KemiFunction {
	const doc = sip ? 'Needs a SIP server.' : 'Not available yet.';
	const text = `${called} ${sip ? 'needs a SIP server' : 'is not available yet'}`;
	return {
		name,
		params: [],
		returns,
		doc,
		unchecked: true,
		run(ctx: RequestContext) {
			ctx.report('error', text);
			if (ctx.host.strict) throw new ScriptThrow(text);
			return FAILURE[returns];
		},
	};
}

/** A function of Kamailio's own language that this host does not have. */
export function unavailableCfgFunction(name: string, module: string): KemiFunction {
	return unavailable(`${name} of module ${module}`, name, 'int', needsSip(module));
}

/** A function for each name that Kamailio knows and `has` does not, with the sub-object it belongs to. */
export function unavailableFunctions(has: (path: string) => boolean): { module: string; fn: KemiFunction }[] {
	return Object.entries(KNOWN_FUNCTIONS).flatMap(([module, names]) =>
		names.split(' ').flatMap((entry) => {
			const [name = '', returns, kind] = entry.split(':');
			const path = module ? `KSR.${module}.${name}` : `KSR.${name}`;
			return has(path)
				? []
				: [{ module, fn: unavailable(path, name, returns as ReturnType, kind === 'sip') }];
		}),
	);
}
