/**
 * Times that recur, as iCalendar has them (RFC 2445; core/utils/tmrec.c): a first period, and the rule by which it comes back.
 *
 * @module
 */
import { type BrokenDownTime, breakDown } from '../../strftime.ts';

const FREQUENCIES = ['daily', 'weekly', 'monthly', 'yearly'] as const;
type Frequency = (typeof FREQUENCIES)[number];

/** A number of a list with its sign, as in `-1MO` or `-10`; `weekday` in lists of days. */
interface Entry {
	readonly number: number;
	readonly negative: boolean;
	/** 0 is Sunday; -1 if the list is none of days. */
	readonly weekday: number;
}

/** A rule. */
export interface Recurrence {
	/** The first period's beginning. */
	readonly start: BrokenDownTime;
	/** Its length, in seconds; 0 if none was given. */
	readonly duration: number;
	readonly frequency: Frequency | undefined;
	/** Unix time in seconds; 0 for no end. */
	readonly until: number;
	readonly interval: number;
	readonly days: readonly Entry[] | undefined;
	readonly monthDays: readonly Entry[] | undefined;
	readonly yearDays: readonly Entry[] | undefined;
	readonly weeks: readonly Entry[] | undefined;
	readonly months: readonly Entry[] | undefined;
}

/** A rule that is not well written. */
export class RecurrenceError extends Error {}

/** `20260131T093000`, in the time zone of the process. */
function parseTime(text: string): number {
	const [, year, month, day, hour, minute, second] =
		/^(\d{4})(\d\d)(\d\d).(\d\d)(\d\d)(\d\d)$/s.exec(text)?.map(Number) ?? [];
	const date = new Date(year ?? Number.NaN, (month ?? 1) - 1, day, hour, minute, second);
	const seconds = Math.floor(date.getTime() / 1000);
	if (!seconds) throw new RecurrenceError(`"${text}" is no date such as 20260131T093000`);
	return seconds;
}

const DURATION = /^[+-]?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/** `PT8H30M` in seconds. */
function parseDuration(text: string): number {
	const [, ...parts] = DURATION.exec(text) ?? [];
	const seconds = [604_800, 86_400, 3600, 60, 1].reduce(
		(sum, unit, i) => sum + unit * Number(parts[i] ?? 0),
		0,
	);
	if (!seconds) throw new RecurrenceError(`"${text}" is no duration such as PT8H30M`);
	return seconds;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** A list such as `1,-1` or, of days, `MO,-1FR`. One that is not well written is as none, as in Kamailio. */
function parseList(text: string, ofDays: boolean): Entry[] | undefined {
	const entries: Entry[] = [];
	for (const part of text.replace(/[ \t+]/g, '').split(',')) {
		const [, sign, digits = '', day = ''] = /^(-?)(\d*)([a-z]{2})?$/i.exec(part) ?? [];
		const weekday = WEEKDAYS.indexOf(day.toUpperCase());
		if (sign === undefined || (ofDays ? weekday < 0 : day !== '')) return undefined;
		entries.push({ number: Number(digits), negative: sign === '-', weekday });
	}
	return entries;
}

/**
 * Reads a rule: its start, duration, frequency, until, interval, and lists of days, days of the month, days of the year, weeks
 * and months, any of which may be empty.
 * @returns undefined if there is no start: such a rule is always met
 * @throws RecurrenceError
 */
export function parseRecurrence(text: string, separator: string): Recurrence | undefined {
	const [start = '', duration = '', frequency = '', until = '', interval = '', ...lists] =
		text.split(separator);
	// an empty text is no rule, while one that begins with a separator has no start
	if (start === '' && !text.includes(separator)) throw new RecurrenceError('there is no rule');
	const [days, monthDays, yearDays, weeks, months] = [0, 1, 2, 3, 4].map((i) =>
		lists[i] ? parseList(lists[i], i === 0) : undefined,
	);
	const begin = start === '' ? undefined : breakDown(parseTime(start) * 1000, false);
	const rule = {
		duration: duration === '' ? 0 : parseDuration(duration),
		frequency: FREQUENCIES.find((name) => name === frequency.toLowerCase()),
		until: until === '' ? 0 : parseTime(until),
		interval: Number(/^\d*/.exec(interval)?.[0] ?? 0),
		days,
		monthDays,
		yearDays,
		weeks,
		months,
	};
	return begin && { start: begin, ...rule };
}

/** True for a leap year. */
export const isLeapYear = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The day's number, counted from a Monday long ago: for weeks and days between dates. */
function dayNumber({ year, month, day }: BrokenDownTime): number {
	return Math.floor(Date.UTC(year, month - 1, day) / 86_400_000) + 3;
}

/** True if the interval comes round: every second week, every third month. */
function isInInterval({ start, frequency, interval }: Recurrence, time: BrokenDownTime): boolean {
	if (interval <= 1) return true;
	switch (frequency) {
		case 'daily':
			return (dayNumber(time) - dayNumber(start)) % interval === 0;
		case 'weekly':
			return (Math.floor(dayNumber(time) / 7) - Math.floor(dayNumber(start) / 7)) % interval === 0;
		case 'monthly':
			return (12 * (time.year - start.year) + time.month - start.month) % interval === 0;
		default:
			return (time.year - start.year) % interval === 0;
	}
}

/** True if the day, as far as the lists leave it to the start, and the time of day are those of the rule. */
function isAtStart(rule: Recurrence, time: BrokenDownTime): boolean {
	const { start, frequency, duration, days, monthDays, yearDays, weeks, months } = rule;
	if (!(frequency === 'daily' || days || monthDays || yearDays)) {
		if (frequency === 'weekly' || weeks) {
			if (start.weekday !== time.weekday) return false;
		} else if (start.day !== time.day) return false;
		else if (frequency === 'yearly' && !months && start.month !== time.month) return false;
	}
	const begin = start.hour * 3600 + start.minute * 60 + start.second;
	const now = time.hour * 3600 + time.minute * 60 + time.second;
	return now >= begin && now < begin + duration;
}

/** The week of the year, where Monday begins one; days before the first Monday are in week 0 (`%W`). */
const weekOfYear = ({ yearday, weekday }: BrokenDownTime) =>
	Math.floor((yearday - 1 + 7 - ((weekday + 6) % 7)) / 7);

/** True if the n-th from the beginning, or from the end, is a number that counts from 1 to `most`. */
const isNth = ({ number, negative }: Entry, nth: number, most: number) =>
	nth === (negative ? most + 1 - number : number);

/** True if the day is in all lists. */
function isListed(rule: Recurrence, time: BrokenDownTime): boolean {
	const { frequency, days, monthDays, yearDays, weeks, months } = rule;
	const yearLength = isLeapYear(time.year) ? 366 : 365;
	const monthLength = new Date(Date.UTC(time.year, time.month, 0)).getUTCDate();
	if (months && !months.some((entry) => isNth(entry, time.month, 12))) return false;
	if (weeks && frequency === 'yearly') {
		const last = weekOfYear(breakDown(Date.UTC(time.year, 11, 31), true));
		if (!weeks.some((entry) => isNth(entry, weekOfYear(time), last))) return false;
	}
	if (yearDays && !yearDays.some((entry) => isNth(entry, time.yearday, yearLength))) return false;
	if (monthDays && !monthDays.some((entry) => isNth(entry, time.day, monthLength))) return false;
	if (!days) return true;
	const [nth, left] =
		frequency === 'yearly'
			? [time.yearday, yearLength]
			: frequency === 'monthly'
				? [time.day, monthLength]
				: [0, 0];
	const place = Math.ceil(nth / 7);
	const most = place + Math.floor((left - nth) / 7);
	return days.some(
		(entry) =>
			entry.weekday === time.weekday && (nth === 0 || entry.number === 0 || isNth(entry, place, most)),
	);
}

/** True if a time is in the first period of a rule, or in one that has come back. */
export function isRecurring(rule: Recurrence, time: BrokenDownTime): boolean {
	const { start, duration, until, frequency } = rule;
	if (duration === 0 || time.epoch < start.epoch) return false;
	if (time.epoch <= start.epoch + duration) return true;
	if (until > 0 && time.epoch >= until + duration) return false;
	return frequency !== undefined && isInInterval(rule, time) && isAtStart(rule, time) && isListed(rule, time);
}
