/**
 * What the timers of the benchmark module measure.
 *
 * @module
 */
import { requestLocal } from '../../kemi/context.ts';

/** Figures in microseconds. */
interface Figures {
	calls: number;
	sum: number;
	min: number;
	max: number;
}

/** A timer. */
export interface Timer {
	/** True if it measures although not all timers do. */
	enabled: boolean;
	/** Since its last line in the log. */
	current: Figures;
	/** What the last line in the log told. */
	period: Figures;
	/** Since the start. */
	readonly total: Figures;
}

/** What the module keeps, in each child. */
export interface BenchmarkState {
	/** 1 if all timers measure, 0 if some do, -1 if none does. */
	enabled: number;
	granularity: number;
	level: number;
	readonly timers: Map<string, Timer>;
}

/** Figures of nothing yet. */
export const startFigures = (): Figures => ({ calls: 0, sum: 0, min: 0xffffffff, max: 0 });

/** A timer that has not run yet. */
export const makeTimer = (): Timer => ({
	enabled: false,
	current: startFigures(),
	period: startFigures(),
	total: startFigures(),
});

/** True if a timer measures. */
export const isActive = (state: BenchmarkState, timer: Timer) =>
	state.enabled > 0 || (state.enabled === 0 && timer.enabled);

/** Adds a measurement. */
export function measure(figures: Figures, took: number): void {
	figures.calls++;
	figures.sum += took;
	figures.min = Math.min(figures.min, took);
	figures.max = Math.max(figures.max, took);
}

/** As in the log: calls, sum, least, most, average. */
export const show = ({ calls, sum, min, max }: Figures) =>
	`${calls}/${sum}/${min}/${max}/${(sum / calls).toFixed(6)}`;

/** When the request has started its timers, and how long the last one took. */
export const started = requestLocal(() => ({ at: new Map<string, number>(), took: 0 }));
