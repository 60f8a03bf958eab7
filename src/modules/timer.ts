/**
 * The timer module: timers that a script switches on and off (modules/timer/timer.c).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { defineModule, fn, int, type KemiModule, type ParamValues, str } from '../kemi/module.ts';
import { Ticker } from './rtimer/ticker.ts';

/** A timer as it is declared. */
interface Declaration {
	readonly name: string;
	readonly route: string;
	/** In milliseconds. */
	readonly interval: number;
	readonly enabled: boolean;
}

/** What the module keeps. */
interface TimerState {
	readonly declarations: readonly Declaration[];
	readonly tickers: Map<string, Ticker>;
}

function readDeclarations(params: ParamValues): Declaration[] {
	const found = new Map<string, Declaration>();
	for (const given of params.all('declare_timer')) {
		const [, name, route = '', interval, , enable] =
			/^\s*(\w+)\s*=\s*([^,\s]+)\s*,\s*(\d{1,9})\s*(?:,\s*(fast|slow)\s*(?:,\s*(enable)\s*)?)?$/i.exec(
				String(given),
			) ?? [];
		if (name === undefined)
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter declare_timer of module timer: "${given}" cannot be read`,
				{
					hint: 'write NAME=FUNCTION,MILLISECONDS,slow,enable; the last two may be left out',
				},
			);
		if (found.has(name))
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter declare_timer of module timer: there is a timer ${name} already`,
			);
		found.set(name, { name, route, interval: Number(interval), enabled: enable !== undefined });
	}
	return [...found.values()];
}

/** The functions on KSR.timer. */
export const timer: KemiModule<TimerState> = defineModule({
	name: 'timer',
	doc: 'Timers that a script switches on and off. Each child has its own.',
	params: [
		{
			name: 'declare_timer',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'A timer: NAME=FUNCTION,MILLISECONDS,slow,enable. Both fast and slow are the same here.',
		},
	],
	functions: [
		fn(
			'timer_enable',
			[str('timer'), int('enable')],
			'int',
			'Switches a timer on (1) or off (0). Gives 1, or -1 if there is none of that name.',
			(ctx, name, enable) => {
				const ticker = ctx.state(timer).tickers.get(name);
				if (!ticker) return ctx.refuse(`KSR.timer.timer_enable: there is no timer ${name}`);
				if (enable === 0) ticker.stop();
				else ticker.start();
				return 1;
			},
			{ cfg: 'timer_enable' },
		),
	],
	init: (params): TimerState => ({ declarations: readDeclarations(params), tickers: new Map() }),
	started({ declarations, tickers }, host) {
		for (const { name, route, interval, enabled } of declarations) {
			const ticker = new Ticker(interval, () => host.events.raise('timer', { callback: route }));
			tickers.set(name, ticker);
			if (enabled && host.leading) ticker.start();
		}
	},
	close({ tickers }) {
		for (const ticker of tickers.values()) ticker.stop();
	},
});
