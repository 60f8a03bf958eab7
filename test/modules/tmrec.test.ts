/**
 * KSR.tmrec, at 9:00 on Tuesday, 25 November 2025. Unless a title says otherwise, Kamailio 5.6.3 gave the results.
 */
import { test } from 'node:test';
import { complains, gives, type Step, take } from '../support/context.ts';

const AT = Math.floor(new Date(2025, 10, 25, 9).getTime() / 1000);

const rule = (text: string, result: number) => gives('tmrec.match_timestamp', text, AT)(result);
const period = (text: string, result: number) => gives('tmrec.time_period_match_timestamp', text, AT)(result);
const bad = (text: string) => complains('tmrec.match_timestamp', text, AT)(-1);

/** A rule of nine hours from 9:00, from 2020 on. */
const nineHours = (rest: string, result: number) => rule(`20200101T090000|PT9H|${rest}`, result);

test('the first period, and a rule without one', () => {
	take([
		rule('|', 1),
		rule('|PT8H', 1),
		rule('20200101T090000', -1),
		rule('20251125T085500|PT5M', 1),
		rule('20251125T085500|PT4M59S', -1),
		rule('20251125T090001|PT5M', -1),
	]);
});

test('a rule matches at its time of day', () => {
	take([
		nineHours('daily', 1),
		nineHours('DAILY', 1),
		nineHours('hourly', -1),
		rule('20200101T090001|PT9H|daily', -1),
		rule('20200101T080000|PT1H|daily', -1),
		rule('20200101T080000|PT1H1S|daily', 1),
		rule('20200101T090000|P1D|daily', 1),
		rule('20200101T090000|-PT9H|daily', 1),
	]);
});

test('a rule with an interval or an end matches on its days only', () => {
	take([
		rule('20251124T090000|PT9H|daily||2', -1),
		rule('20251123T090000|PT9H|daily||2', 1),
		rule('20251118T090000|PT9H|weekly||2|TU', -1),
		rule('20251111T090000|PT9H|weekly||2|TU', 1),
		nineHours('daily|20251124T235959', -1),
		nineHours('daily|20251125T000000', -1),
		nineHours('daily|20251125T000001', 1),
	]);
});

test('days of the week, of the month and of the year', () => {
	take([
		nineHours('weekly|||TU,WE', 1),
		nineHours('weekly|||-1TU,3WE', 1),
		nineHours('weekly|||MO', -1),
		nineHours('weekly', -1),
		rule('20200125T090000|PT9H|monthly', 1),
		nineHours('monthly||||25', 1),
		nineHours('monthly||||-6', 1),
		nineHours('monthly||||-5', -1),
		rule('20201125T090000|PT9H|yearly', 1),
		rule('20201126T090000|PT9H|yearly', -1),
		nineHours('yearly|||||-37', 1),
		nineHours('yearly|||47TU', 1),
		rule('20200107T090000|PT9H|yearly||||||47', 1),
		rule('20200107T090000|PT9H|yearly||||||-5', -1),
	]);
});

test('what Kamailio 5.6.3 has one off is as its documentation says', () => {
	take([
		nineHours('daily|||||||11', 1),
		nineHours('daily|||||||-2', 1),
		nineHours('daily|||||||10', -1),
		nineHours('yearly|||||329', 1),
		nineHours('yearly|||||328', -1),
		nineHours('monthly|||TU', 1),
		nineHours('monthly|||4TU', 1),
		nineHours('monthly|||-1TU', 1),
		nineHours('monthly|||3TU', -1),
		nineHours('yearly|||TU', 1),
		nineHours('yearly|||-6TU', 1),
		nineHours('yearly|||-5TU', -1),
		rule('20251113T090000|PT9H|daily||12', 1),
		rule('20251122T090000|PT9H|daily||12', -1),
	]);
});

test('malformed rules are refused', () => {
	take([
		...['', 'x', '20200101T090000|PT0S', '20200101T090000|9H|daily', '2020-01-01|PT9H', '|P'].map(bad),
		bad('20200101T090000|PT9H|daily|x'),
		nineHours('weekly|||XX', -1),
	]);
});

test('a period matches by its scales', () => {
	const good: Step[] = [
		['', 1],
		['  ', 1],
		['never', -1],
		['None', -1],
		['wd {tuesday}', 1],
		['wd {3}', 1],
		['wd {fri-tue}', 1],
		['WD{TU}hr{9}', 1],
		['wd {mo} , hr {9}', 1],
		['wd {mo} wd {tu}', 1],
		['hr {}', -1],
		['yr {2020 - 2030}', 1],
		['yr {2026-2030}', -1],
		['yd {329}', 1],
		['min {30-10}', 1],
		['hr {17-8}', -1],
		['hour {8 9}', 1],
		['mo {november}', 1],
		['md {24-26}', 1],
	].map(([text, result]) => period(text as string, result as number));
	take(good);
});

test('periods that Kamailio misreads, or takes for always where they are not good', () => {
	take([
		period('yr {25}', 1),
		period('wk {5}', 1),
		period('wk {4}', -1),
		...[
			'xx {3}',
			'hr {99}',
			'hr 9',
			'hr {9',
			'hr {-9}',
			'hr {1-2-3}',
			'wd {xy}',
			'yr {1900}',
			'wd {mo},',
		].map((text) => complains('tmrec.time_period_match_timestamp', text, AT)(-2)),
	]);
});

test('is_leap_year knows leap years', () => {
	take([
		...(
			[
				[2024, 1],
				[2023, -1],
				[1900, -1],
				[2000, 1],
				[0, 1],
				[-4, 1],
			] as const
		).map(([year, result]) => gives('tmrec.is_leap_year', year)(result)),
	]);
});
