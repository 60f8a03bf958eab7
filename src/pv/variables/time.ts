/**
 * The time: of the request, which stays the same while it is handled, and of now (modules/pv/pv_time.c).
 *
 * @module
 */
import { systemClock } from '../../clock.ts';
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import { type BrokenDownTime, breakDown, strftime } from '../../strftime.ts';
import type { PvValue, Variable } from '../variable.ts';
import { type Getter, literalVariable, wordVariable } from './names.ts';

let anchor = { wall: Date.now(), steady: performance.now() };

/** Unix time in microseconds. The steady clock gives what is finer than a millisecond; the wall clock leads. */
function microseconds({ host: { clock } }: RequestContext): number {
	if (clock !== systemClock) return Math.floor(clock.now() * 1000);
	const steady = performance.now();
	const wall = Date.now();
	let now = anchor.wall + (steady - anchor.steady);
	if (Math.abs(wall - now) > 2) {
		anchor = { wall, steady };
		now = wall;
	}
	return Math.floor(now * 1000);
}

/** When a request's time was first asked for, and the last `$TV(sn)`, in microseconds. */
const requestTime = requestLocal((ctx) => ({ first: microseconds(ctx), lastNow: 0 }));

/** The request's time in seconds: `$Ts`. */
export function requestSeconds(ctx: RequestContext): number {
	return Math.floor(ctx.get(requestTime).first / 1e6);
}

function requestBrokenDown(ctx: RequestContext, utc: boolean): BrokenDownTime {
	return breakDown(ctx.get(requestTime).first / 1000, utc);
}

const ctime = (time: BrokenDownTime) => strftime('%c', time);
const fraction = (micros: number) => String(micros % 1e6).padStart(6, '0');

/** The parts of `$time` and `$utime`; days of week and year count from 1. */
const PARTS: Readonly<Record<string, (time: BrokenDownTime) => number>> = {
	sec: (time) => time.second,
	min: (time) => time.minute,
	hour: (time) => time.hour,
	mday: (time) => time.day,
	mon: (time) => time.month,
	year: (time) => time.year,
	wday: (time) => time.weekday + 1,
	yday: (time) => time.yearday,
	isdst: (time) => Number(time.summertime),
};

function partsVariable(name: string, doc: string, utc: boolean): Variable {
	const words = Object.entries(PARTS).map(([part, of]): [string, Getter] => [
		part,
		(ctx) => of(requestBrokenDown(ctx, utc)),
	]);
	return wordVariable([name], doc, Object.fromEntries(words));
}

function formatVariable(name: string, doc: string, utc: boolean): Variable {
	return literalVariable([name], doc, (format) => ({
		get: (ctx): PvValue => strftime(format, requestBrokenDown(ctx, utc)) || null,
	}));
}

/** The time in many forms. */
export const timeVariables: readonly Variable[] = [
	{ names: ['TS'], doc: 'The time now, in seconds.', get: (ctx) => Math.floor(ctx.host.clock.now() / 1000) },
	{
		names: ['TF'],
		doc: 'The time now, as Mon Nov 23 02:03:10 2026.',
		get: (ctx) => ctime(breakDown(ctx.host.clock.now(), false)),
	},
	{ names: ['Ts'], doc: "The request's time, in seconds.", get: requestSeconds },
	{
		names: ['Tf'],
		doc: "The request's time, as Mon Nov 23 02:03:10 2026.",
		get: (ctx) => ctime(requestBrokenDown(ctx, false)),
	},
	{ names: ['Tb'], doc: 'When the host was started, in seconds.', get: (ctx) => ctx.host.startTime },
	partsVariable(
		'time',
		"A part of the request's local time: sec, min, hour, mday, mon, year, wday, yday, isdst.",
		false,
	),
	partsVariable('utime', "A part of the request's time in UTC, as in $time.", true),
	formatVariable('timef', "The request's local time, as a strftime format says.", false),
	formatVariable('utimef', "The request's time in UTC, as a strftime format says.", true),
	wordVariable(
		['TV'],
		'Seconds and microseconds: s, u of the request; sn now and un belonging to it; Sn, Fn as text.',
		{
			s: requestSeconds,
			u: (ctx) => ctx.get(requestTime).first % 1e6,
			sn(ctx) {
				const now = microseconds(ctx);
				ctx.get(requestTime).lastNow = now;
				return Math.floor(now / 1e6);
			},
			un: (ctx) => ctx.get(requestTime).lastNow % 1e6,
			Sn(ctx) {
				const now = microseconds(ctx);
				return `${Math.floor(now / 1e6)}.${fraction(now)}`;
			},
			Fn(ctx) {
				const now = microseconds(ctx);
				return `${strftime('%F %T', breakDown(now / 1000, false))}.${fraction(now)}`;
			},
		},
	),
];
