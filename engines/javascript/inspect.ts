/**
 * How values look in `console.log` and in the report of an uncaught value that is no Error.
 *
 * `makeInspect` runs inside the guest: its source text is compiled there, so that it must not use anything from
 * outside of its own body. The script may replace every builtin, so what it needs is taken beforehand. A value's own
 * code runs as little as can be: getters are not called, but a proxy's traps are.
 *
 * @module
 */

/** Gives the function that shows a value as text, on one line unless the value is an Error. It never throws. */
export function makeInspect(): (value: unknown) => string {
	const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
	const { isArray } = Array;
	const { is } = Object;
	const { min } = Math;
	const { stringify } = JSON;
	const { isPrototypeOf: isAncestor, toString: tagOf } = Object.prototype;
	const { toString: symbolText } = Symbol.prototype;
	const { exec, toString: regExpText } = RegExp.prototype;
	const { slice, trimEnd } = String.prototype;
	const { toISOString: dateText } = Date.prototype;
	const { forEach: forEachInMap } = Map.prototype;
	const { forEach: forEachInSet } = Set.prototype;
	const errorPrototype = Error.prototype;
	const objectPrototype = Object.prototype;
	const identifier = /^[A-Za-z_$][\w$]*$/;
	const maxDepth = 3;
	const maxEntries = 100;

	const isError = (value: object): value is Error => apply(isAncestor, errorPrototype, [value]);

	function keyText(key: PropertyKey): string {
		if (typeof key === 'symbol') return `[${apply(symbolText, key, [])}]`;
		return apply(exec, identifier, [key]) ? (key as string) : stringify(key);
	}

	/** Entries between brackets; the first of them where there are many. */
	function list(open: string, close: string, count: number, entry: (index: number) => string): string {
		if (count === 0) return open + close;
		let text = `${open} `;
		const shown = min(count, maxEntries);
		for (let i = 0; i < shown; i++) text += (i === 0 ? '' : ', ') + entry(i);
		return `${text}${count > shown ? `, … ${count - shown} more` : ''} ${close}`;
	}

	function property(holder: object, key: PropertyKey, seen: readonly object[]): string {
		const descriptor = getOwnPropertyDescriptor(holder, key);
		if (descriptor === undefined) return 'undefined';
		return 'value' in descriptor ? show(descriptor.value, seen) : '[Getter]';
	}

	function properties(object: object, seen: readonly object[]): string {
		const keys = ownKeys(object);
		const shown: PropertyKey[] = [];
		let count = 0;
		for (let i = 0; i < keys.length; i++)
			if (getOwnPropertyDescriptor(object, keys[i] as PropertyKey)?.enumerable)
				shown[count++] = keys[i] as PropertyKey;
		const entry = (i: number) =>
			`${keyText(shown[i] as PropertyKey)}: ${property(object, shown[i] as PropertyKey, seen)}`;
		return list('{', '}', count, entry);
	}

	/** The entries of a Map or Set, by its internals. */
	function collection(
		forEach: (...args: never[]) => void,
		object: object,
		entry: (value: unknown, key: unknown) => string,
	): string {
		const entries: string[] = [];
		let count = 0;
		const add = (value: unknown, key: unknown) => {
			if (count < maxEntries) entries[count] = entry(value, key);
			count++;
		};
		apply(forEach, object, [add]);
		return list('{', '}', count, (i) => entries[i] as string);
	}

	/** Objects whose content is not in their properties. The tag can lie: then it throws, or gives undefined. */
	function special(object: object, seen: readonly object[]): string | undefined {
		switch (apply(tagOf, object, [])) {
			case '[object Date]':
				return apply(dateText, object, []);
			case '[object RegExp]':
				return apply(regExpText, object, []);
			case '[object Map]':
				return `Map ${collection(forEachInMap, object, (value, key) => `${show(key, seen)} => ${show(value, seen)}`)}`;
			case '[object Set]':
				return `Set ${collection(forEachInSet, object, (value) => show(value, seen))}`;
			default:
				return undefined;
		}
	}

	function show(value: unknown, outer: readonly object[]): string {
		switch (typeof value) {
			case 'string':
				return stringify(value);
			case 'bigint':
				return `${value}n`;
			case 'symbol':
				return apply(symbolText, value, []);
			case 'function': {
				const name = getOwnPropertyDescriptor(value, 'name')?.value;
				return typeof name === 'string' && name !== '' ? `[Function: ${name}]` : '[Function]';
			}
			case 'object':
				return value === null ? 'null' : showObject(value, outer);
			default:
				return is(value, -0) ? '-0' : `${value as number | boolean | undefined}`;
		}
	}

	function showObject(object: object, outer: readonly object[]): string {
		for (let i = 0; i < outer.length; i++) if (outer[i] === object) return '[Circular]';
		if (isError(object)) {
			const { stack } = object;
			const title = `${object.name}: ${object.message}`;
			if (typeof stack !== 'string' || stack === '') return title;
			// V8's stack begins with the title, QuickJS's with the first frame
			return apply(slice, stack, [0, 4]) === '    ' ? `${title}\n${apply(trimEnd, stack, [])}` : stack;
		}
		if (outer.length >= maxDepth) return isArray(object) ? '[Array]' : '[Object]';
		const seen: object[] = [object];
		for (let i = 0; i < outer.length; i++) seen[i + 1] = outer[i] as object;
		if (isArray(object)) return list('[', ']', object.length, (i) => property(object, i, seen));
		return special(object, seen) ?? className(object) + properties(object, seen);
	}

	function className(object: object): string {
		const prototype = getPrototypeOf(object);
		if (prototype === null || prototype === objectPrototype) return '';
		const made = getOwnPropertyDescriptor(prototype, 'constructor')?.value;
		const name = typeof made === 'function' ? getOwnPropertyDescriptor(made, 'name')?.value : undefined;
		return typeof name === 'string' && name !== '' ? `${apply(slice, name, [0, 100])} ` : '';
	}

	return (value) => {
		try {
			return show(value, []);
		} catch {
			return '[an object that cannot be shown]'; // a proxy's trap, a getter of an Error
		}
	};
}
