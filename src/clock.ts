/**
 * The time as scripts see it, which a test can stop and move. Deadlines and limits have clocks of their own, which
 * nobody can move.
 *
 * @module
 */

/** Tells the time. */
export interface Clock {
	/** Unix time in milliseconds. */
	now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
