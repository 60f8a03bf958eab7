/**
 * Globals that are made when they are first used. `makeLazy` runs inside the guest, as `makeInspect` does.
 *
 * @module
 */

/**
 * Gives a function that defines names on the global object whose values `build` makes, all at once, when one of them is
 * read. A script may declare or assign the same names.
 */
export function makeLazy(): (names: readonly string[], build: () => Record<string, unknown>) => void {
	const { defineProperty } = Reflect;
	return (names, build) => {
		let built: Record<string, unknown> | undefined;
		for (let i = 0; i < names.length; i++) {
			const name = names[i] as string;
			const settle = (value: unknown) => {
				defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
				return value;
			};
			defineProperty(globalThis, name, {
				configurable: true,
				enumerable: false,
				get() {
					built ??= build();
					return settle(built[name]);
				},
				set: settle,
			});
		}
	};
}
