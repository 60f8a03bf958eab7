/**
 * Splits and formats dates as the C library does in the C locale.
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

/** A point in time, taken apart. Fields are C's struct tm with the real year and month. */
export interface BrokenDownTime {
	readonly year: number;
	/** 1 to 12 */
	readonly month: number;
	/** 1 to 31 */
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	/** 0 is Sunday. */
	readonly weekday: number;
	/** 1 to 366 */
	readonly yearday: number;
	readonly summertime: boolean;
	/** East of Greenwich, in minutes. */
	readonly offset: number;
	/** Unix time in seconds. */
	readonly epoch: number;
	readonly utc: boolean;
}

/**
 * Takes a time apart, in UTC or in the time zone of the process.
 * @param milliseconds Unix time; one that a Date can hold
 */
export function breakDown(milliseconds: number, utc: boolean): BrokenDownTime {
	const date = new Date(milliseconds);
	const offset = utc ? 0 : -date.getTimezoneOffset();
	// The UTC fields of a moment moved by the offset are the local fields of the moment itself.
	const shifted = new Date(milliseconds + offset * 60_000);
	const year = shifted.getUTCFullYear();
	return {
		year,
		month: shifted.getUTCMonth() + 1,
		day: shifted.getUTCDate(),
		hour: shifted.getUTCHours(),
		minute: shifted.getUTCMinutes(),
		second: shifted.getUTCSeconds(),
		weekday: shifted.getUTCDay(),
		yearday: Math.floor((shifted.getTime() - startOfYear(year)) / DAY) + 1,
		summertime: !utc && offset > Math.min(standardOffset(year, 0), standardOffset(year, 6)),
		offset,
		epoch: Math.floor(milliseconds / 1000),
		utc,
	};
}

const DAY = 86_400_000;

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999; this does not. */
function startOfYear(year: number): number {
	return new Date(0).setUTCFullYear(year, 0, 1);
}

function standardOffset(year: number, month: number): number {
	return -new Date(year, month, 1).getTimezoneOffset();
}

/** The abbreviation of the time zone: `CET`; `+03` where it has none in English. */
function zoneName(time: BrokenDownTime): string {
	if (time.utc) return 'GMT';
	for (const locale of ['en-US', 'en-GB', 'en-AU', 'en-IN']) {
		const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(time.epoch * 1000);
		const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
		if (/^[A-Z]+$/.test(name)) return name;
	}
	const text = zoneOffset(time);
	return text.endsWith('00') ? text.slice(0, 3) : text;
}

function zoneOffset({ offset }: BrokenDownTime): string {
	const minutes = Math.abs(offset);
	return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}

function pad(value: number, width: number, fill = '0'): string {
	return String(value).padStart(width, fill);
}

/** The week that a day is in: week 1 begins with the year's first such weekday. */
function weekOfYear(time: BrokenDownTime, firstWeekday: number): number {
	return Math.floor((time.yearday - 1 + 7 - ((time.weekday - firstWeekday + 7) % 7)) / 7);
}

/** ISO 8601: weeks begin on Monday, and the first is the one with the year's first Thursday. */
function isoWeek(time: BrokenDownTime): { year: number; week: number } {
	const thursday = new Date(Date.UTC(time.year, time.month - 1, time.day + 4 - (time.weekday || 7)));
	const year = thursday.getUTCFullYear();
	return { year, week: Math.floor((thursday.getTime() - startOfYear(year)) / (7 * DAY)) + 1 };
}

/** A number with the width and the filling that its conversion has by itself. */
type Piece = string | { value: number; width: number; fill?: string };

const two = (value: number): Piece => ({ value, width: 2 });
const blank = (value: number): Piece => ({ value, width: 2, fill: ' ' });
const plain = (value: number): Piece => ({ value, width: 1 });
const twelve = (hour: number): number => hour % 12 || 12;

/** The conversions: `%Y` and so on. */
const CONVERSIONS: Readonly<Record<string, (time: BrokenDownTime) => Piece>> = {
	a: (time) => (DAYS[time.weekday] as string).slice(0, 3),
	A: (time) => DAYS[time.weekday] as string,
	b: (time) => (MONTHS[time.month - 1] as string).slice(0, 3),
	B: (time) => MONTHS[time.month - 1] as string,
	c: (time) => strftime('%a %b %e %H:%M:%S %Y', time),
	C: (time) => two(Math.floor(time.year / 100)),
	d: (time) => two(time.day),
	D: (time) => strftime('%m/%d/%y', time),
	e: (time) => blank(time.day),
	F: (time) => strftime('%Y-%m-%d', time),
	g: (time) => two(isoWeek(time).year % 100),
	G: (time) => plain(isoWeek(time).year),
	h: (time) => (MONTHS[time.month - 1] as string).slice(0, 3),
	H: (time) => two(time.hour),
	I: (time) => two(twelve(time.hour)),
	j: (time) => ({ value: time.yearday, width: 3 }),
	k: (time) => blank(time.hour),
	l: (time) => blank(twelve(time.hour)),
	m: (time) => two(time.month),
	M: (time) => two(time.minute),
	n: () => '\n',
	p: (time) => (time.hour < 12 ? 'AM' : 'PM'),
	P: (time) => (time.hour < 12 ? 'am' : 'pm'),
	r: (time) => strftime('%I:%M:%S %p', time),
	R: (time) => strftime('%H:%M', time),
	s: (time) => plain(time.epoch),
	S: (time) => two(time.second),
	t: () => '\t',
	T: (time) => strftime('%H:%M:%S', time),
	u: (time) => plain(time.weekday || 7),
	U: (time) => two(weekOfYear(time, 0)),
	V: (time) => two(isoWeek(time).week),
	w: (time) => plain(time.weekday),
	W: (time) => two(weekOfYear(time, 1)),
	x: (time) => strftime('%m/%d/%y', time),
	X: (time) => strftime('%H:%M:%S', time),
	y: (time) => two(time.year % 100),
	Y: (time) => plain(time.year),
	z: zoneOffset,
	Z: zoneName,
	'%': () => '%',
};

/** Flags: `_` fills with blanks, `-` not at all, `0` with zeros, `^` and `#` write capitals. */
const CONVERSION = /%([_\-0^#]*)(\d{0,3})[EO]?([A-Za-z%])/g;

function filled(piece: Piece, flags: string, width: number): string {
	if (typeof piece === 'string')
		return (/[\^#]/.test(flags) ? piece.toUpperCase() : piece).padStart(
			width,
			flags.includes('0') ? '0' : ' ',
		);
	const fill = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : (piece.fill ?? '0');
	return pad(piece.value, flags.includes('-') ? 0 : Math.max(width, piece.width), fill);
}

/** Scripts may give no longer format, in bytes: each conversion takes a microsecond and more, which counts against no CPU limit. */
export const LONGEST_FORMAT = 1 << 16;

/** Writes a time as a format says. What is no conversion is copied. */
export function strftime(format: string, time: BrokenDownTime): string {
	return format.replace(CONVERSION, (whole, flags: string, width: string, letter: string) => {
		const convert = Object.hasOwn(CONVERSIONS, letter) ? CONVERSIONS[letter] : undefined;
		return convert ? filled(convert(time), flags, Number(width)) : whole;
	});
}
