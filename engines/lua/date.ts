/**
 * Dates for the Lua engines' `os` library: what C's localtime, gmtime, mktime and strftime do, in the C locale.
 *
 * @module
 */

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];
const DAY_MS = 86_400_000;

/** A moment taken apart, as `os.date("*t")` shows it: months and days of the week and the year count from 1. */
export interface CalendarDate {
	year: number;
	month: number;
	day: number;
	hour: number;
	min: number;
	sec: number;
	/** Sunday is 1. */
	wday: number;
	yday: number;
	isdst: boolean;
	/** Minutes that local time is ahead of UTC. */
	offset: number;
	/** True where this is UTC rather than local time. */
	utc: boolean;
}

/** Minutes that a zone is ahead of UTC when it has no summer time: the smaller of the offsets in winter and summer. */
function standardOffset(year: number): number {
	return -Math.max(new Date(year, 0, 1).getTimezoneOffset(), new Date(year, 6, 1).getTimezoneOffset());
}

let zoneFormat: Intl.DateTimeFormat | undefined;

/** The name of the local time zone at a moment: `UTC`, `CET`, `GMT+1`, as the runtime's locale data has it. */
function zoneName(seconds: number): string {
	zoneFormat ??= new Intl.DateTimeFormat('en', { timeZoneName: 'short' });
	return (
		zoneFormat.formatToParts(new Date(seconds * 1000)).find((part) => part.type === 'timeZoneName')?.value ??
		''
	);
}

/**
 * A moment in local time or UTC.
 * @param seconds since 1970, cut to whole seconds
 * @returns undefined where the moment is too far away to have a date
 */
export function calendar(seconds: number, utc: boolean): CalendarDate | undefined {
	const date = new Date(Math.floor(seconds) * 1000);
	if (Number.isNaN(date.getTime())) return undefined;
	const offset = utc ? 0 : -date.getTimezoneOffset();
	// The UTC fields of a moment moved by the offset are the local fields of the moment itself.
	const moved = new Date(date.getTime() + offset * 60_000);
	const year = moved.getUTCFullYear();
	return {
		year,
		month: moved.getUTCMonth() + 1,
		day: moved.getUTCDate(),
		hour: moved.getUTCHours(),
		min: moved.getUTCMinutes(),
		sec: moved.getUTCSeconds(),
		wday: moved.getUTCDay() + 1,
		yday: Math.floor((moved.getTime() - startOfYear(year)) / DAY_MS) + 1,
		isdst: !utc && offset !== standardOffset(year),
		offset,
		utc,
	};
}

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999; this does not. */
function startOfYear(year: number): number {
	return new Date(0).setUTCFullYear(year, 0, 1);
}

/**
 * The moment of a date in local time. Fields out of range carry over: the 32nd of January is the 1st of February.
 * @returns seconds since 1970, or undefined where there is no such moment
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

/** The week that ISO 8601 puts a date into, and that week's year. */
function isoWeek(date: CalendarDate): { week: number; year: number } {
	const weekday = (date.wday + 5) % 7; // Monday is 0
	// A week belongs to the year that its Thursday is in.
	const thursday = startOfYear(date.year) + (date.yday - 1 - weekday + 3) * DAY_MS;
	const year = new Date(thursday).getUTCFullYear();
	return { year, week: Math.floor((thursday - startOfYear(year)) / DAY_MS / 7) + 1 };
}

const two = (value: number) => String(value).padStart(2, '0');
const blank = (value: number) => String(value).padStart(2, ' ');
const hour12 = (hour: number) => hour % 12 || 12;

/** The conversions of C99, and what they stand for where they are abbreviations of others. */
const CONVERSIONS: Readonly<Record<string, string | ((date: CalendarDate, seconds: number) => string)>> = {
	'%': () => '%',
	a: (date) => (DAYS[date.wday - 1] as string).slice(0, 3),
	A: (date) => DAYS[date.wday - 1] as string,
	b: (date) => (MONTHS[date.month - 1] as string).slice(0, 3),
	B: (date) => MONTHS[date.month - 1] as string,
	c: '%a %b %e %H:%M:%S %Y',
	C: (date) => two(Math.floor(date.year / 100)),
	d: (date) => two(date.day),
	D: '%m/%d/%y',
	e: (date) => blank(date.day),
	F: '%Y-%m-%d',
	g: (date) => two(isoWeek(date).year % 100),
	G: (date) => String(isoWeek(date).year),
	h: '%b',
	H: (date) => two(date.hour),
	I: (date) => two(hour12(date.hour)),
	j: (date) => String(date.yday).padStart(3, '0'),
	m: (date) => two(date.month),
	M: (date) => two(date.min),
	n: () => '\n',
	p: (date) => (date.hour < 12 ? 'AM' : 'PM'),
	r: '%I:%M:%S %p',
	R: '%H:%M',
	s: (_date, seconds) => String(Math.floor(seconds)),
	S: (date) => two(date.sec),
	t: () => '\t',
	T: '%H:%M:%S',
	u: (date) => String(date.wday === 1 ? 7 : date.wday - 1),
	U: (date) => two(Math.floor((date.yday + 7 - date.wday) / 7)),
	V: (date) => two(isoWeek(date).week),
	w: (date) => String(date.wday - 1),
	W: (date) => two(Math.floor((date.yday + 6 - ((date.wday + 5) % 7)) / 7)),
	x: '%m/%d/%y',
	X: '%H:%M:%S',
	y: (date) => two(((date.year % 100) + 100) % 100),
	Y: (date) => String(date.year),
	z: (date) =>
		`${date.offset < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(date.offset) / 60))}${two(Math.abs(date.offset) % 60)}`,
	Z: (date, seconds) => (date.utc ? 'GMT' : zoneName(seconds)),
};

/** A date that cannot be written, because its format holds a conversion that does not exist. */
export class UnknownConversion {
	/** As in the format: `%Q`. */
	readonly conversion: string;

	constructor(conversion: string) {
		this.conversion = conversion;
	}
}

/**
 * Writes a moment in the format of C's strftime.
 * @param seconds since 1970; a moment for which `calendar` has a date
 */
export function strftime(format: string, seconds: number, utc: boolean): string | UnknownConversion {
	const date = calendar(seconds, utc);
	if (!date) return '';
	let unknown: UnknownConversion | undefined;
	const write = (text: string): string =>
		// E and O ask for another alphabet, which the C locale does not have.
		text.replace(/%[EO]?(.|$)/gs, (conversion, letter: string) => {
			const how = CONVERSIONS[letter];
			if (typeof how === 'string') return write(how);
			if (how) return how(date, seconds);
			unknown ??= new UnknownConversion(conversion);
			return '';
		});
	const text = write(format);
	return unknown ?? text;
}
