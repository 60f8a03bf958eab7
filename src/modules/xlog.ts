/**
 * The xlog module: log lines with variables in them (modules/xlog/xlog.c).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fixed, fn, int, type KemiFunction, str } from '../kemi/module.ts';
import { LEVELS, type LevelName } from '../log/levels.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { words } from '../words.ts';
import { logAt } from './log-at.ts';

/** `L_DBG` and so on; any other word logs at level error, as in Kamailio. */
const LEVEL_WORDS: Readonly<Record<string, LevelName>> = words({
	L_DBG: 'debug',
	L_INFO: 'info',
	L_NOTICE: 'notice',
	L_WARN: 'warning',
	L_ERR: 'error',
	L_CRIT: 'critical',
	L_ALERT: 'alert',
});

/** Logs a format. Gives 1, or -1 after an error line if the format is not good. */
function log(ctx: RequestContext, level: LevelName, format: string): number {
	if (!ctx.host.log.shows(level)) return 1;
	const text = ctx.host.variables.text(format);
	if (text instanceof PvSyntaxError)
		return ctx.refuse(`xlog: ${text.message} (column ${text.column + 1} of "${format}")`);
	ctx.log(level, text.get(ctx), 'script');
	return 1;
}

function logFunction(name: string, level: LevelName): KemiFunction {
	return fn(
		name,
		[str('format')],
		'int',
		`Logs a text with variables at level ${level}.`,
		(ctx, format) => log(ctx, level, format),
		{ logs: level },
	);
}

/** Writes a text whose variables are put in already, as they are where the native language calls a function. */
function write(ctx: RequestContext, level: LevelName, text: string, withLine = false): number {
	ctx.log(level, withLine ? `${lineOf(ctx)}:${text}` : text, 'script');
	return 1;
}

/** The line of the file that the call is in: what the functions with an l at their end put in front. */
function lineOf(ctx: RequestContext): string {
	return /:(\d+)$/.exec(ctx.engine?.position() ?? '')?.[1] ?? '0';
}

/** Levels by the third letter of their words, which is all that Kamailio looks at in its own language. */
const LETTERS: Readonly<Record<string, LevelName>> = words({
	D: 'debug',
	I: 'info',
	N: 'notice',
	W: 'warning',
	E: 'error',
	C: 'critical',
	B: 'bug',
	A: 'alert',
});

/** The number of a level as the native language has it, `L_INFO`. */
function levelOfWord(word: string): number | undefined {
	const level = LETTERS[word[2] ?? ''];
	return level && LEVELS[level];
}

/** The facilities of syslog. */
const FACILITY = /^LOG_(?:AUTH|AUTHPRIV|CRON|DAEMON|FTP|KERN|LOCAL[0-7]|LPR|MAIL|NEWS|SYSLOG|USER|UUCP)$/;

function facilityProblem(text: string): string | undefined {
	return FACILITY.test(text) ? undefined : `"${text}" is no facility of syslog, as LOG_LOCAL0 is`;
}

/** The forms of the native language: `xlog("text")` logs at level error. */
function nativeForms(name: string, withLine: boolean): KemiFunction[] {
	const place = withLine ? ' with the line in front' : '';
	const run = (ctx: RequestContext, level: number, text: string) =>
		logAt(ctx, level, withLine ? `${lineOf(ctx)}:${text}` : text);
	return [
		fn(name, [str('format')], 'int', `Logs a text${place} at level error.`, (ctx, text) =>
			run(ctx, LEVELS.error, text),
		),
		fn(
			name,
			[int('level', levelOfWord), str('format')],
			'int',
			`Logs a text${place} at a level: L_DBG, L_INFO, L_NOTICE, L_WARN, L_ERR, L_CRIT or L_ALERT, or a variable with its number.`,
			run,
		),
		fn(
			name,
			[fixed('facility', facilityProblem), int('level', levelOfWord), str('format')],
			'int',
			`The same; the syslog facility is left aside.`,
			(ctx, _facility, level, text) => run(ctx, level, text),
		),
	];
}

function nativeLog(name: string, level: LevelName, withLine = false): KemiFunction {
	return fn(name, [str('format')], 'int', `Logs a text at level ${level}.`, (ctx, text) =>
		write(ctx, level, text, withLine),
	);
}

/** The functions on KSR.xlog. */
export const xlog = defineModule({
	name: 'xlog',
	doc: 'Log lines with variables.',
	cfgFunctions: [
		...nativeForms('xlog', false),
		...nativeForms('xlogl', true),
		fn(
			'xlogm',
			[int('level', levelOfWord), str('format')],
			'int',
			'Logs for requests of SIP only: nothing here.',
			() => 1,
		),
		nativeLog('xdbg', 'debug'),
		nativeLog('xdbgl', 'debug', true),
		nativeLog('xinfo', 'info'),
		nativeLog('xnotice', 'notice'),
		nativeLog('xwarn', 'warning'),
		nativeLog('xerr', 'error'),
		nativeLog('xbug', 'bug'),
		nativeLog('xcrit', 'critical'),
		nativeLog('xalert', 'alert'),
	],
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
