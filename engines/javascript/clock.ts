/**
 * Replaces the time that scripts see, for tests that stop and move the clock.
 *
 * `installClock` runs inside the guest: its source text is compiled there, so it must not use anything from
 * outside its own body.
 *
 * @module
 */

/**
 * Puts a Date in the place of the guest's that asks the host for the time.
 * @param now gives Unix time in milliseconds
 */
export function installClock(now: () => number): void {
	const RealDate = Date;
	const { construct, defineProperty } = Reflect;
	function MovedDate(...parts: unknown[]): unknown {
		if (new.target === undefined) return new RealDate(now()).toString();
		return construct(RealDate, parts.length === 0 ? [now()] : parts, new.target);
	}
	const { prototype } = RealDate;
	const define = (target: object, name: string, value: unknown) =>
		defineProperty(target, name, { value, writable: true, configurable: true });
	define(MovedDate, 'name', 'Date');
	define(MovedDate, 'length', 7);
	define(MovedDate, 'now', () => now());
	define(MovedDate, 'parse', RealDate.parse);
	define(MovedDate, 'UTC', RealDate.UTC);
	MovedDate.prototype = prototype;
	define(prototype, 'constructor', MovedDate);
	define(globalThis, 'Date', MovedDate);
}
