/**
 * A kamailio.cfg on the command line: the flags that say how it is read.
 *
 * @module
 */
import { bytesOf } from '../bytes.ts';
import type { CfgSettings } from '../config/kamailio/compose.ts';
import type { ReadOptions } from '../config/kamailio/read.ts';
import { readSettings } from '../host/with-configuration.ts';

/** The arguments that say how a file is read. */
export interface ReadingArguments {
	readonly define: readonly string[];
	readonly subst?: readonly string[];
	readonly substdef?: readonly string[];
	readonly substdefs?: readonly string[];
}

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
 * Reads a configuration as the flags say.
 * @throws ConfigError with all that is wrong
 */
export function readCfg(path: string, args: ReadingArguments): Promise<CfgSettings> {
	return readSettings(path, readingOf(args));
}
