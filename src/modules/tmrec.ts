/**
 * KSR.tmrec: whether it is opening time (modules/tmrec). Times are those of the host's time zone.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule, str } from '../kemi/module.ts';
import { type BrokenDownTime, breakDown } from '../strftime.ts';
import { inPeriod, PeriodError } from './tmrec/period.ts';
import { isLeapYear, isRecurring, parseRecurrence, RecurrenceError } from './tmrec/recurrence.ts';

/** The time a timestamp means; 0 is now. */
function timeAt({ host: { clock } }: RequestContext, timestamp: number): BrokenDownTime {
	return breakDown(timestamp === 0 ? clock.now() : timestamp * 1000, false);
}

/** 1 if a check says yes, -1 if not, and `failed` after an error line. */
function check(ctx: RequestContext, caller: string, failed: -1 | -2, run: () => boolean): number {
	try {
		return run() ? 1 : -1;
	} catch (error) {
		if (!(error instanceof RecurrenceError || error instanceof PeriodError)) throw error;
		ctx.refuse(`KSR.tmrec.${caller}: ${error.message}`);
		return failed;
	}
}

function match(ctx: RequestContext, text: string, timestamp = 0): number {
	return check(ctx, 'match', -1, () => {
		const rule = parseRecurrence(text, ctx.state(tmrec).separator);
		return rule === undefined || isRecurring(rule, timeAt(ctx, timestamp));
	});
}

function matchPeriod(ctx: RequestContext, period: string, timestamp = 0): number {
	return check(ctx, 'time_period_match', -2, () => inPeriod(timeAt(ctx, timestamp), period));
}

const leap = (year: number) => (isLeapYear(year) ? 1 : -1);

/** The functions on KSR.tmrec. */
export const tmrec: KemiModule<{ separator: string }> = defineModule<{ separator: string }>({
	name: 'tmrec',
	doc: 'Times that recur.',
	params: [
		{
			name: 'separator',
			type: 'str',
			default: '|',
			doc: 'The character between the parts of a rule.',
		},
		{ name: 'wday', type: 'int', default: 0, doc: 'Changes nothing, as in Kamailio.' },
	],
	init(params) {
		const separator = params.str('separator')?.[0];
		if (separator === undefined)
			throw new KemihostError('KH_MODPARAM', 'parameter separator of module tmrec is empty');
		return { separator };
	},
	functions: [
		fn(
			'match',
			[str('rule')],
			'int',
			'1 if it is time by a rule of iCalendar, start|duration|frequency|until|interval|days|month days|year days|weeks|months, -1 if not or if the rule is not good.',
			(ctx, rule) => match(ctx, rule),
			{ cfg: 'tmrec_match' },
		),
		fn(
			'match_timestamp',
			[str('rule'), int('timestamp')],
			'int',
			'The same as match at a Unix time in seconds; 0 is now.',
			match,
			{ cfg: 'tmrec_match' },
		),
		fn(
			'is_leap_year',
			[int('year')],
			'int',
			'1 for a leap year, -1 for another.',
			(_ctx, year) => leap(year),
			{ cfg: 'is_leap_year' },
		),
		fn(
			'is_leap_year_now',
			[],
			'int',
			'1 in a leap year, -1 in another.',
			(ctx) => leap(timeAt(ctx, 0).year),
			{ cfg: 'is_leap_year' },
		),
		fn(
			'time_period_match',
			[str('period')],
			'int',
			'1 in a period such as wd {mo-fr} hr {9-16}, wd {sa} hr {10-12}, with the scales yr, mo, wk, md, wd, yd, hr, min and sec; -1 outside of it, -2 if it is not well written.',
			(ctx, period) => matchPeriod(ctx, period),
			{ cfg: 'time_period_match' },
		),
		fn(
			'time_period_match_timestamp',
			[str('period'), int('timestamp')],
			'int',
			'The same as time_period_match at a Unix time in seconds; 0 is now.',
			matchPeriod,
			{ cfg: 'time_period_match' },
		),
	],
});
