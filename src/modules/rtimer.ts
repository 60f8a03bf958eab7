/**
 * The rtimer module: functions of the script that are called again and again (modules/rtimer/rtimer_mod.c).
 *
 * In Kamailio timers run in processes of their own. Here they run in one child, the leading one, beside its requests.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { type HostServices, requestLocal } from '../kemi/context.ts';
import { defineModule, type KemiModule, type ParamValues } from '../kemi/module.ts';
import { readParts } from './rtimer/parts.ts';
import { Ticker } from './rtimer/ticker.ts';

/** A timer, and the functions that it calls, one after the other. */
interface Timer {
	readonly name: string;
	/** In milliseconds. */
	readonly interval: number;
	/** How often it runs side by side. */
	readonly workers: number;
	readonly routes: string[];
}

/** What the module keeps. */
interface RtimerState {
	readonly timers: readonly Timer[];
	tickers: Ticker[];
}

/** Which of a timer's workers runs, for `$rtimer_worker`. */
const worker = requestLocal(() => ({ number: 0 }));

function wrong(text: string, why: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `module rtimer: "${text}" ${why}`);
}

function readTimers(params: ParamValues): Timer[] {
	const timers: Timer[] = [];
	const find = (name: string) => timers.find((timer) => timer.name.toLowerCase() === name.toLowerCase());
	for (const given of params.all('timer')) {
		const text = String(given);
		const {
			name = '',
			interval = '',
			mode = '0',
		} = readParts('rtimer', 'timer', text, ['name', 'interval', 'mode']);
		if (name === '') throw wrong(text, 'names no timer');
		if (find(name)) throw wrong(text, 'declares a timer a second time');
		const [, digits, micro] = /^(\d{0,10})(u?)$/i.exec(interval) ?? [];
		if (digits === undefined) throw wrong(text, 'has an interval that is no number');
		if (!/^\d{1,3}$/.test(mode)) throw wrong(text, 'has a mode that is no number of workers');
		const count = Number(digits) || params.int('default_interval');
		timers.push({
			name,
			interval: micro ? count / 1000 : count * 1000,
			workers: Math.max(1, Number(mode)),
			routes: [],
		});
	}
	for (const given of params.all('exec')) {
		const text = String(given);
		const { timer = '', route = '' } = readParts('rtimer', 'exec', text, ['timer', 'route']);
		if (route === '') throw wrong(text, 'names no route');
		const found = find(timer);
		if (!found) throw wrong(text, `names a timer that is not declared: ${timer}`);
		found.routes.push(route);
	}
	return timers;
}

async function run(host: HostServices, { routes }: Timer, number: number): Promise<void> {
	for (const callback of routes)
		await host.events.raise('rtimer', {
			callback,
			prepare: (ctx) => {
				ctx.get(worker).number = number;
			},
		});
}

/** Timers of the script. */
export const rtimer: KemiModule<RtimerState> = defineModule({
	name: 'rtimer',
	doc: 'Functions of the script that are called again and again, with the argument "rtimer".',
	params: [
		{
			name: 'timer',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'A timer: name=NAME;interval=SECONDS (MICROSECONDSu);mode=WORKERS.',
		},
		{
			name: 'exec',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'What a timer calls: timer=NAME;route=FUNCTION.',
		},
		{
			name: 'default_interval',
			type: 'int',
			default: 120,
			doc: 'The interval of timers without one, in seconds.',
		},
	],
	variables: [
		{
			names: ['rtimer_worker'],
			doc: "The number of the timer's worker that runs, from 0.",
			get: (ctx) => ctx.get(worker).number,
		},
	],
	init: (params): RtimerState => ({ timers: readTimers(params), tickers: [] }),
	started(state, host) {
		if (!host.leading) return;
		state.tickers = state.timers.flatMap((timer) =>
			Array.from(
				{ length: timer.workers },
				(_, number) => new Ticker(timer.interval, () => run(host, timer, number)),
			),
		);
		for (const ticker of state.tickers) ticker.start();
	},
	close({ tickers }) {
		for (const ticker of tickers) ticker.stop();
	},
});
