/**
 * Describes, for the host, a value that a script threw and nothing caught. `makeDescribe` runs inside the guest,
 * as `makeInspect` does.
 *
 * @module
 */

/** What is known of an uncaught value. Both are text of the guest. */
export interface FailureReport {
	/** The error's class and message; only the message where the class is plain `Error`. */
	message: string;
	/** The stack as the guest's engine prints it where the value had one, else empty. */
	stack: string;
}

/**
 * Gives the function that describes a thrown value as a FailureReport in JSON. It never throws: a value whose own
 * code fails is reported as one that cannot be shown.
 * @param inspect how values that are no Error are shown
 */
export function makeDescribe(inspect: (value: unknown) => string): (thrown: unknown) => string {
	const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
	const { stringify } = JSON;
	const { indexOf, slice, startsWith } = String.prototype;
	const { isPrototypeOf: isAncestor } = Object.prototype;
	const errorPrototype = Error.prototype;

	/** A stack without the frames of the error's own constructors, which QuickJS leaves on top of it. */
	function withoutConstructors(stack: string, error: object): string {
		const names: string[] = [];
		let count = 0;
		let made = getPrototypeOf(error);
		for (; made !== null && made !== errorPrototype; made = getPrototypeOf(made)) {
			const maker: unknown = getOwnPropertyDescriptor(made, 'constructor')?.value;
			const name = typeof maker === 'function' && getOwnPropertyDescriptor(maker, 'name')?.value;
			if (typeof name === 'string') names[count++] = name;
		}
		let rest = stack;
		while (--count >= 0)
			if (apply(startsWith, rest, [`    at ${names[count]} (`]))
				rest = apply(slice, rest, [apply(indexOf, rest, ['\n']) + 1]);
		return rest;
	}

	return (thrown) => {
		const report = { __proto__: null, message: 'a value was thrown that cannot be shown', stack: '' };
		try {
			if (typeof thrown === 'string') report.message = thrown;
			else if (apply(isAncestor, errorPrototype, [thrown])) {
				const { name, message, stack } = thrown as Error;
				report.message = name === 'Error' ? `${message}` : `${name}: ${message}`;
				if (typeof stack === 'string')
					report.stack = withoutConstructors(apply(slice, stack, [0, 20_000]), thrown as Error);
			} else report.message = `${inspect(thrown)} was thrown`;
			report.message = apply(slice, report.message, [0, 10_000]);
		} catch {} // its getters throw
		return stringify(report);
	};
}
