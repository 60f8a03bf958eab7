/**
 * A kamailio.cfg on the command line: read when it is one, and what its flags say about reading it.
 *
 * @module
 */
import { bytesOf } from '../bytes.ts';
import type { CfgSettings } from '../config/kamailio/compose.ts';
import type { ReadOptions } from '../config/kamailio/read.ts';

/** The arguments that say how a file is read. */
export interface ReadingArguments {
	readonly define: readonly string[];
	readonly subst?: readonly string[];
	readonly substdef?: readonly string[];
	readonly substdefs?: readonly string[];
}

/** True for the path of a kamailio.cfg. */
export const isCfg = (path: string): boolean => /\.cfg$/i.test(path);

/** `-A NAME=VALUE` as names and values. */
export function definesOf(define: readonly string[]): [string, string][] {
	return define.map((text) => {
		const equals = text.indexOf('=');
		return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
	});
}

/** What the flags say about reading a configuration. It can be sent to children. */
export function readingOf(args: ReadingArguments): Omit<ReadOptions, 'readFile'> {
	const all = (['subst', 'substdef', 'substdefs'] as const).flatMap((how) =>
		(args[how] ?? []).map((text) => ({ how, text: bytesOf(text) })),
	);
	return {
		defines: definesOf(args.define).map(([name, value]) => [bytesOf(name), bytesOf(value)] as const),
		...(all.length > 0 ? { substitutions: all } : {}),
	};
}

/**
 * Reads a configuration. Its code is loaded only now: scripts start without it.
 * @throws ConfigError with all that is wrong
 */
export async function readCfg(path: string, args: ReadingArguments): Promise<CfgSettings> {
	const [{ readConfig }, { compose }, { STANDARD_MODULES }] = await Promise.all([
		import('../config/kamailio/read.ts'),
		import('../config/kamailio/compose.ts'),
		import('../modules/standard.ts'),
	]);
	return compose(readConfig(path, readingOf(args)), STANDARD_MODULES);
}
