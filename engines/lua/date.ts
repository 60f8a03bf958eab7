/**
 * Dates for the Lua engines' `os` library.
 *
 * @module
 */
import { breakDown, strftime } from '../../src/strftime.ts';

/** The fields of `os.date("*t")`, in this order. The week and the year begin with day 1. */
export type CalendarFields = readonly [
	year: number,
	month: number,
	day: number,
	hour: number,
	min: number,
	sec: number,
	wday: number,
	yday: number,
	isdst: boolean,
];

/** The time in milliseconds, cut to whole seconds; undefined if it is too far away to have a date. */
function milliseconds(seconds: number): number | undefined {
	const time = Math.floor(seconds) * 1000;
	return Number.isNaN(new Date(time).getTime()) ? undefined : time;
}

/**
 * A moment taken apart, in local time or UTC.
 * @param seconds since 1970
 * @returns undefined if the moment is too far away to have a date
 */
export function calendar(seconds: number, utc: boolean): CalendarFields | undefined {
	const time = milliseconds(seconds);
	if (time === undefined) return undefined;
	const { year, month, day, hour, minute, second, weekday, yearday, summertime } = breakDown(time, utc);
	return [year, month, day, hour, minute, second, weekday + 1, yearday, summertime];
}

/** A moment in the format of C's strftime; undefined if the moment is too far away to have a date. */
export function formatDate(format: string, seconds: number, utc: boolean): string | undefined {
	const time = milliseconds(seconds);
	return time === undefined ? undefined : strftime(format, breakDown(time, utc));
}

/**
 * The moment of a date in local time. Fields out of range carry over: the 32nd of January is the 1st of February.
 * @returns seconds since 1970, or undefined if there is no such moment
 */
export function mktime(
	year: number,
	month: number,
	day: number,
	hour: number,
	min: number,
	sec: number,
): number | undefined {
	const date = new Date(2000, 0, 1, 0, 0, 0);
	date.setFullYear(year, month - 1, day);
	date.setHours(hour, min, sec);
	const seconds = date.getTime() / 1000;
	return Number.isNaN(seconds) ? undefined : seconds;
}
