/**
 * How a host loads its script, at the start and at each reload.
 *
 * @module
 */
import { chooseEngine } from '../../engines/list.ts';
import type { HostServices } from '../kemi/context.ts';
import { eventCallbacks } from '../kemi/events.ts';
import type { KemiModule, ParamValues } from '../kemi/module.ts';
import type { Limits } from '../limits.ts';
import type { EntryGuard } from '../script/guard.ts';
import type { ScriptSetup } from '../script/loaded-script.ts';
import type { HostOptions } from './options.ts';

/**
 * Puts together what a script needs.
 * @param modules those of the host
 * @param params their parameters, some of which name functions of the script
 * @param guard told of every call into the engine
 * @throws KemihostError if no engine runs such a script
 */
export function scriptSetup(
	options: HostOptions,
	host: HostServices,
	modules: readonly KemiModule[],
	params: (module: KemiModule) => ParamValues,
	limits: Limits,
	guard: EntryGuard | undefined,
): ScriptSetup {
	const { script, scriptsBefore, guests, routes, clock, transform, reading = {} } = options;
	const { probe, watchRoute } = options;
	return {
		path: script,
		...(scriptsBefore ? { before: scriptsBefore } : {}),
		definition: chooseEngine(script, options.engine),
		exports: host.exports,
		native: { functions: host.exports, variables: host.variables, reading, probe, watchRoute },
		limits: { cpuMs: limits.cpu, memoryBytes: limits.memory },
		log: (level, text) => host.log.log(level, text, 'script'),
		...(guests === undefined ? {} : { guests }),
		...(routes === undefined ? {} : { routes }),
		callbacks: eventCallbacks(modules, params, 'callbackParam'),
		eventRoutes: eventCallbacks(modules, params, 'routeParam'),
		required: (options.requireHandlers === false ? [] : modules).flatMap((module) =>
			(module.events ?? []).filter(({ required }) => required).map(({ name }) => name),
		),
		guard,
		...(clock ? { clock } : {}),
		...(transform ? { transform } : {}),
	};
}
