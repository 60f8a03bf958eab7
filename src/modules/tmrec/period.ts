/**
 * Periods of time as Perl's Time::Period writes them: `wd {mo-fr} hr {9-16}, wd {sa}` (modules/tmrec/period.c).
 *
 * @module
 */
import type { BrokenDownTime } from '../../strftime.ts';

/** One scale: what it looks at, and its values. */
interface Scale {
	readonly names: readonly string[];
	/** The time's value on this scale. */
	readonly of: (time: BrokenDownTime) => number;
	readonly least: number;
	readonly most: number;
	/** Words for values from 1 on, of which the first letters do. */
	readonly words?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa'];

/** The week of the month: Sunday begins one. */
const weekOfMonth = ({ day, weekday }: BrokenDownTime) => Math.floor((day - 1 - weekday + 6) / 7) + 1;

const SCALES: readonly Scale[] = [
	{ names: ['year', 'yr'], of: (time) => time.year, least: 0, most: Number.POSITIVE_INFINITY },
	{ names: ['month', 'mo'], of: (time) => time.month, least: 1, most: 12, words: MONTHS },
	{ names: ['week', 'wk'], of: weekOfMonth, least: 1, most: 6 },
	{ names: ['mday', 'md'], of: (time) => time.day, least: 1, most: 31 },
	{ names: ['wday', 'wd'], of: (time) => time.weekday + 1, least: 1, most: 7, words: WEEKDAYS },
	{ names: ['yday', 'yd'], of: (time) => time.yearday, least: 1, most: 366 },
	{ names: ['hour', 'hr'], of: (time) => time.hour, least: 0, most: 23 },
	{ names: ['minute', 'min'], of: (time) => time.minute, least: 0, most: 59 },
	{ names: ['second', 'sec'], of: (time) => time.second, least: 0, most: 60 },
];

const YEAR = SCALES[0];

/** A period that is not well written. */
export class PeriodError extends Error {}

/** A value of a scale. */
function numberOf(scale: Scale, text: string): number {
	const digits = /^\d+/.exec(text)?.[0];
	const word = scale.words?.findIndex((name) => text.startsWith(name)) ?? -1;
	if (digits !== undefined && (!scale.words || Number(digits) > 0)) return Number(digits);
	if (word >= 0) return word + 1;
	throw new PeriodError(`"${text}" is no ${scale.names[0]}`);
}

/** A year of two digits belongs to this century. */
function yearOf(year: number, now: number): number {
	if (year <= 99) return Math.floor(now / 100) * 100 + year;
	if (year < 1970) throw new PeriodError(`the year ${year} is before 1970`);
	return year;
}

function inRange(scale: Scale, time: BrokenDownTime, from: number, to: number): boolean {
	const now = scale.of(time);
	if (scale === YEAR) return yearOf(from, now) <= now && now <= yearOf(to, now);
	for (const value of [from, to])
		if (value < scale.least || value > scale.most)
			throw new PeriodError(`${value} is no ${scale.names[0]}: it is ${scale.least} to ${scale.most}`);
	// from Friday to Monday, as it were
	return from > to ? now >= from || now <= to : from <= now && now <= to;
}

/** The longest value; it has to do for September. */
const LONGEST_VALUE = 15;

/** True if the time is one of the values between the braces: `mo-we fr`. */
function matchesValues(scale: Scale, time: BrokenDownTime, source: string): boolean {
	let found = false;
	for (const range of source.replace(/ *- */g, '-').split(' ')) {
		if (range === '') continue;
		const [from = '', to, more] = range.toLowerCase().split('-');
		if (from === '' || more !== undefined) throw new PeriodError(`"${range}" is no range`);
		if (from.length > LONGEST_VALUE || (to?.length ?? 0) > LONGEST_VALUE)
			throw new PeriodError(`"${range}" is too long`);
		const first = numberOf(scale, from);
		if (inRange(scale, time, first, to ? numberOf(scale, to) : first)) found = true;
	}
	return found;
}

/** Reads one `scale {values}`. */
const SCALE = / *([a-z]+) *\{([^}]*)\} */iy;

/**
 * True if a time is in a period. An empty period is any time; `none` and `never` are no time. Parts are looked at up to the
 * first that matches.
 * @throws PeriodError
 */
export function inPeriod(time: BrokenDownTime, period: string): boolean {
	const source = period.replace(/^ +/, '');
	if (source === '') return true;
	if (/^(?:none|never)$/i.test(source)) return false;
	for (let at = 0; ; ) {
		const scales = new Map<Scale, boolean>();
		do {
			SCALE.lastIndex = at;
			const match = SCALE.exec(source);
			const scale = SCALES.find(({ names }) => names.includes((match?.[1] ?? '').toLowerCase()));
			if (!match || !scale) throw new PeriodError(`"${source.slice(at)}" is no scale {values}`);
			const before = scales.get(scale) ?? false;
			scales.set(scale, before || matchesValues(scale, time, match[2] as string));
			at = SCALE.lastIndex;
		} while (at < source.length && source[at] !== ',');
		if ([...scales.values()].every(Boolean)) return true;
		if (source[at] !== ',') return false;
		at++;
	}
}
