/**
 * The xlog module: log lines with variables in them (modules/xlog/xlog.c).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiFunction, str } from '../kemi/module.ts';
import type { LevelName } from '../log/levels.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';

/** `L_DBG` and so on; any other word logs at level error, as in Kamailio. */
const LEVEL_WORDS: Readonly<Record<string, LevelName>> = {
	L_DBG: 'debug',
	L_INFO: 'info',
	L_NOTICE: 'notice',
	L_WARN: 'warning',
	L_ERR: 'error',
	L_CRIT: 'critical',
	L_ALERT: 'alert',
};

/** Logs a format. Gives 1, or -1 behind an error line where the format is not good. */
function log(ctx: RequestContext, level: LevelName, format: string): number {
	if (!ctx.host.log.shows(level)) return 1;
	const text = ctx.host.variables.text(format);
	if (text instanceof PvSyntaxError)
		return ctx.refuse(`xlog: ${text.message} (column ${text.column + 1} of "${format}")`);
	ctx.host.log.log(level, text.get(ctx), 'script');
	return 1;
}

function logFunction(name: string, level: LevelName): KemiFunction {
	return fn(name, [str('format')], 'int', `Logs a text with variables at level ${level}.`, (ctx, format) =>
		log(ctx, level, format),
	);
}

/** The functions on KSR.xlog. */
export const xlog = defineModule({
	name: 'xlog',
	doc: 'Log lines with variables.',
	functions: [
		logFunction('xdbg', 'debug'),
		logFunction('xinfo', 'info'),
		logFunction('xnotice', 'notice'),
		logFunction('xwarn', 'warning'),
		logFunction('xerr', 'error'),
		logFunction('xcrit', 'critical'),
		logFunction('xalert', 'alert'),
		fn(
			'xlog',
			[str('level'), str('format')],
			'int',
			'Logs a text with variables at a level: L_DBG, L_INFO, L_NOTICE, L_WARN, L_ERR, L_CRIT or L_ALERT. Any other word logs at level error.',
			(ctx, level, format) => log(ctx, LEVEL_WORDS[level] ?? 'error', format),
			{ cfg: 'xlog' },
		),
		fn(
			'xlog_facility',
			[str('facility'), str('level'), str('format')],
			'int',
			'The same as xlog; the syslog facility is left aside, since the log goes to stderr.',
			(ctx, _facility, level, format) => log(ctx, LEVEL_WORDS[level] ?? 'error', format),
		),
	],
});
