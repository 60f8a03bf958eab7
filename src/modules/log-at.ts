/**
 * Logging at a level that is a number, as routes of Kamailio's own language do: other than names, numbers go beyond debug.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { levelNamed } from '../log/levels.ts';

/** Logs a text of the script at a level, if the threshold is not below it: 4 is printed as debug from `debug=4` on. Gives 1. */
export function logAt(ctx: RequestContext, level: number, text: string): 1 {
	if (level <= ctx.host.log.threshold) ctx.log(levelNamed(level), text, 'script');
	return 1;
}
