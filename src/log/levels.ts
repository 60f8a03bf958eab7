/**
 * Kamailio's log levels (core/dprint.h): the number a line is filtered by and the name it is printed with.
 *
 * @module
 */
import { words } from '../words.ts';

/** A level's name as Kamailio prints it, in lower case. */
export type LevelName = 'alert' | 'bug' | 'critical' | 'error' | 'warning' | 'notice' | 'info' | 'debug';

/** The numbers of the `debug` core parameter: a line is shown where its number is not above the threshold. */
export const LEVELS: Readonly<Record<LevelName, number>> = {
	alert: -5,
	bug: -4,
	critical: -2,
	error: -1,
	warning: 0,
	notice: 1,
	info: 2,
	debug: 3,
};

/** The level of a number: what is above debug counts as debug, what is below alert as alert. */
export function levelNamed(number: number): LevelName {
	return (Object.keys(LEVELS) as LevelName[]).find((name) => LEVELS[name] >= number) ?? 'debug';
}

/** Other names that users of Kamailio, syslog and Node type for a level. */
const ALIASES: Readonly<Record<string, LevelName>> = words({
	crit: 'critical',
	fatal: 'critical',
	err: 'error',
	warn: 'warning',
	dbg: 'debug',
	trace: 'debug',
});

/** All names that `parseLevel` takes, for help and error messages. */
export const LEVEL_NAMES = Object.keys(LEVELS) as LevelName[];

/**
 * The threshold for a `--log-level`: a level's name, an alias (`warn`, `err`, …) or a number as in Kamailio's
 * `debug=2`. Gives undefined for anything else.
 */
export function parseLevel(text: string): number | undefined {
	const name = text.toLowerCase();
	const level = LEVELS[(ALIASES[name] ?? name) as LevelName];
	if (level !== undefined) return level;
	return /^-?\d{1,3}$/.test(text) ? Number(text) : undefined;
}
