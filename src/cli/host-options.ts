/**
 * Turns the flags that all commands share into the options of a host.
 *
 * @module
 */
import type { InferredOptionTypes, PositionalOptions } from 'yargs';
import type { CfgSettings } from '../config/kamailio/compose.ts';
import { parseModParam } from '../config/modparam.ts';
import { KemihostError } from '../errors.ts';
import type { HostOptions } from '../host/options.ts';
import { hostSettings, isCfg } from '../host/with-configuration.ts';
import { LIMITS, type LimitKey } from '../limits.ts';
import { LEVEL_NAMES, LEVELS, parseLevel } from '../log/levels.ts';
import { loadOwnModules } from '../script/own-modules.ts';
import { definesOf, readCfg, readingOf } from './cfg-file.ts';
import type { HOST_OPTIONS } from './options.ts';

/** The values of `HOST_OPTIONS` and of the limits' flags, and the script. */
export type HostArguments = InferredOptionTypes<typeof HOST_OPTIONS> & { script: string };

/** The script, as a positional argument. */
export const SCRIPT_POSITIONAL = {
	type: 'string',
	demandOption: true,
	describe: 'the script: .lua, .js, .mjs, .ts, or a kamailio.cfg',
} as const satisfies PositionalOptions;

/** The limits that flags give. */
function limitsOf(args: HostArguments): Partial<Record<LimitKey, number>> {
	return Object.fromEntries(
		Object.entries(LIMITS).flatMap(([key, { flag }]) => {
			const value = (args as Record<string, unknown>)[flag];
			if (value === undefined) return [];
			if (typeof value !== 'number' || !(value > 0))
				throw new KemihostError('KH_USAGE', `--${flag} wants a number above 0`);
			return [[key, value]];
		}),
	);
}

/** The threshold that `--log-level` says. */
export function levelOf(text: string): number {
	const level = parseLevel(text);
	if (level !== undefined) return level;
	throw new KemihostError('KH_USAGE', `"${text}" is no log level`, {
		hint: `${LEVEL_NAMES.join(', ')}, or a number as in Kamailio's debug`,
	});
}

/** The flags that stand for parameters of the xhttp module. */
function xhttpParams(args: HostArguments) {
	return (['event-callback', 'url-skip', 'url-match'] as const).flatMap((flag) => {
		const value = args[flag];
		const name = flag.replace('-', '_');
		return value === undefined ? [] : [{ module: 'xhttp', name, value, where: `--${flag}` }];
	});
}

/** The threshold: a flag's, else the configuration's, which is 0 in Kamailio, else that of a script. */
function thresholdOf(args: HostArguments, cfg: CfgSettings | undefined): number {
	// other commands have other flags of these names
	const { debug, d } = args as { debug?: unknown; d?: unknown };
	if (args['log-level'] !== undefined) return levelOf(args['log-level']);
	if (typeof debug === 'number') return debug;
	if (typeof d === 'number' && d > 0) return d;
	return cfg ? (cfg.logLevel ?? 0) : LEVELS.info;
}

/** What can be sent to a child, too. */
export type SendableOptions = Omit<HostOptions, 'log' | 'modules' | 'snapshot'>;

/**
 * The options of a host, by the flags and by the kamailio.cfg where there is one. A flag wins.
 * @param cfg what the file says that stands where the script would
 */
export function hostOptionsOf(args: HostArguments, cfg?: CfgSettings): SendableOptions {
	const engine = args.engine ?? cfg?.engine;
	return {
		...(cfg
			? hostSettings(cfg)
			: { script: args.script, defines: Object.fromEntries(definesOf(args.define)) }),
		...(engine === undefined ? {} : { engine }),
		modparams: [...(cfg?.modparams ?? []), ...xhttpParams(args), ...args.modparam.map(parseModParam)],
		env: args.env.flatMap((names) => names.split(',')),
		...(args['allow-net'] ? { allowNet: args['allow-net'].flatMap((list) => list.split(',')) } : {}),
		limits: { ...cfg?.limits, ...limitsOf(args) },
		logLevel: thresholdOf(args, cfg),
		dev: args.dev,
		strict: args.strict,
		reading: readingOf(args),
	};
}

/** The options of a host for one script, or for the kamailio.cfg that stands in its place, with modules of one's own. */
export async function scriptOptionsOf(args: HostArguments): Promise<HostOptions> {
	const cfg = isCfg(args.script) ? await readCfg(args.script, args) : undefined;
	return {
		...hostOptionsOf(args, cfg),
		modules: await loadOwnModules(ownModulesOf(args, cfg)),
		...(cfg ? { addresses: cfg.listen } : {}),
	};
}

/** Paths of own modules, by the file and by flags. */
export function ownModulesOf(args: HostArguments, cfg?: CfgSettings): string[] {
	const wrong = args.loadmodule.find((path) => !/\.[cm]?[jt]s$/.test(path) && !/^[\w./-]+$/.test(path));
	if (wrong !== undefined) throw new KemihostError('KH_USAGE', `"${wrong}" is no path of a module`);
	return [...(cfg?.modules ?? []), ...args.loadmodule.filter((path) => /\.[cm]?[jt]s$/.test(path))];
}
