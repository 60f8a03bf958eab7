/**
 * A host that is given a kamailio.cfg instead of a script: the options that follow from the file.
 *
 * @module
 */
import { resolve } from 'node:path';
import type { CfgSettings } from '../config/kamailio/compose.ts';
import { loadOwnModules } from '../script/own-modules.ts';
import { endingOf } from '../source/ending.ts';
import type { HostOptions } from './options.ts';

/** True for the path of a kamailio.cfg. */
export const isCfg = (path: string): boolean => endingOf(path) === '.cfg';

/** The options of a host that a configuration gives, without engine, parameters and own modules. */
export function hostSettings(cfg: CfgSettings) {
	const { script, scriptsBefore, guests, routes, eventCallback, defines, serverHeader, servesHttp, loaded } =
		cfg;
	return {
		script,
		eventCallback,
		defines,
		loaded,
		...(scriptsBefore.length > 0 ? { scriptsBefore } : {}),
		...(guests === undefined ? {} : { guests }),
		...(routes === undefined ? {} : { routes: resolve(routes) }),
		...(serverHeader === undefined ? {} : { serverHeader }),
		...(servesHttp ? {} : { requireHandlers: false }),
	} satisfies Partial<HostOptions>;
}

/**
 * Reads a configuration. Its code is loaded only now: scripts start without it.
 * @throws ConfigError with all that is wrong
 */
export async function readSettings(path: string, reading: HostOptions['reading'] = {}): Promise<CfgSettings> {
	const [{ readConfig }, { compose }, { STANDARD_MODULES }] = await Promise.all([
		import('../config/kamailio/read.ts'),
		import('../config/kamailio/compose.ts'),
		import('../modules/standard.ts'),
	]);
	return compose(readConfig(path, reading), STANDARD_MODULES);
}

/**
 * Options as they are, or for a kamailio.cfg with what it says. What the options say themselves wins; parameters and
 * modules come on top of those of the file.
 * @throws ConfigError with all that is wrong with the file
 */
export async function withConfiguration<T extends HostOptions>(options: T): Promise<T> {
	if (!isCfg(options.script)) return options;
	const cfg = await readSettings(options.script, options.reading);
	const { script, ...settings } = hostSettings(cfg);
	return {
		...settings,
		engine: cfg.engine,
		...options,
		script,
		modparams: [...cfg.modparams, ...(options.modparams ?? [])],
		modules: [...(await loadOwnModules(cfg.modules)), ...(options.modules ?? [])],
		limits: { ...cfg.limits, ...options.limits },
		defines: { ...settings.defines, ...options.defines },
	};
}
