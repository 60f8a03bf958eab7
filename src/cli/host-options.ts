/**
 * From the flags that all commands share to the options of a host.
 *
 * @module
 */
import type { InferredOptionTypes, PositionalOptions } from 'yargs';
import { parseModParam } from '../config/modparam.ts';
import { KemihostError } from '../errors.ts';
import type { HostOptions } from '../host.ts';
import { LIMITS, type LimitKey } from '../limits.ts';
import { LEVEL_NAMES, parseLevel } from '../log/levels.ts';
import type { HOST_OPTIONS } from './options.ts';

/** The values of `HOST_OPTIONS` and of the limits' flags, and the script. */
export type HostArguments = InferredOptionTypes<typeof HOST_OPTIONS> & { script: string };

/** The script, as a positional argument. */
export const SCRIPT_POSITIONAL = {
	type: 'string',
	demandOption: true,
	describe: 'the script: .lua, .js, .mjs or .ts',
} as const satisfies PositionalOptions;

function limitsOf(args: HostArguments): Partial<Record<LimitKey, number>> {
	return Object.fromEntries(
		Object.entries(LIMITS).map(([key, { flag }]) => {
			const value = (args as Record<string, unknown>)[flag];
			if (typeof value !== 'number' || !(value > 0))
				throw new KemihostError('KH_USAGE', `--${flag} wants a number above 0`);
			return [key, value];
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

function definesOf(args: HostArguments): Record<string, string> {
	return Object.fromEntries(
		args.define.map((text) => {
			const equals = text.indexOf('=');
			return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
		}),
	);
}

/** What can be sent to a child, too. */
export function hostOptionsOf(args: HostArguments): Omit<HostOptions, 'log' | 'modules' | 'snapshot'> {
	return {
		script: args.script,
		...(args.engine === undefined ? {} : { engine: args.engine }),
		modparams: [...xhttpParams(args), ...args.modparam.map(parseModParam)],
		defines: definesOf(args),
		env: args.env.flatMap((names) => names.split(',')),
		...(args['allow-net'] ? { allowNet: args['allow-net'].flatMap((list) => list.split(',')) } : {}),
		limits: limitsOf(args),
		logLevel: levelOf(args['log-level']),
		dev: args.dev,
		strict: args.strict,
	};
}
