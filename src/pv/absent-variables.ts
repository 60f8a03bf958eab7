/**
 * The variables of Kamailio's modules that this host does not have. Scripts that hold them load, as they do with
 * functions that are not here; what they give is null, and the log says why.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { KNOWN_VARIABLES } from './known-variables.ts';
import { PvSyntaxError } from './syntax-error.ts';
import type { Accessor, Variable } from './variable.ts';

/** @param modules those that bring it */
function absentVariable(
	name: string,
	modules: readonly string[],
	sip: boolean,
	loaded: ReadonlySet<string> | undefined,
): Variable {
	const module = modules.find((one) => loaded?.has(one)) ?? modules[0] ?? '';
	const isUnknown = loaded !== undefined && module !== 'core' && !loaded.has(module);
	const text = `$${name} of module ${module} ${sip ? 'needs a SIP server' : 'is not available yet'}`;
	const complain = (ctx: RequestContext) => ctx.report('error', text);
	const accessor: Accessor = {
		get(ctx) {
			complain(ctx);
			return null;
		},
		set(ctx) {
			complain(ctx);
			return false;
		},
	};
	return {
		names: [name],
		doc: text,
		bind() {
			if (!isUnknown) return accessor;
			throw new PvSyntaxError(
				`$${name} belongs to the module ${modules.join(' or ')}, which is not loaded`,
				0,
			);
		},
	};
}

/**
 * A variable for each that Kamailio knows and that is not here.
 * @param here those that are
 * @param loaded the modules that a kamailio.cfg loads: the variables of others are errors in it, as in Kamailio;
 *     without it all of them are accepted
 */
export function absentVariables(here: readonly Variable[], loaded?: ReadonlySet<string>): Variable[] {
	const names = new Set(here.flatMap((variable) => variable.names));
	const absent = new Map<string, { readonly modules: string[]; readonly sip: boolean }>();
	for (const [module, list] of Object.entries(KNOWN_VARIABLES))
		for (const entry of list.split(' ')) {
			const [name = '', kind] = entry.split(':');
			if (names.has(name)) continue;
			const { modules, sip } = absent.get(name) ?? { modules: [], sip: kind === 'sip' };
			absent.set(name, { modules: [...modules, module], sip });
		}
	return [...absent].map(([name, { modules, sip }]) => absentVariable(name, modules, sip, loaded));
}
