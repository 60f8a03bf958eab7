/**
 * The functions that the host can call in a script by their names: globals, constants of the top level, and what a module
 * exports. `makeFunctionNames` runs inside the guest, as `makeInspect` does.
 *
 * @module
 */

/** Tells the script's functions from those that were there before it. */
export interface FunctionNames {
	/** Ends the building of the global object: what comes later is the script's. */
	seal(): void;
	/** How constants of the script's top level are read, which are no properties of the global object. */
	readonly constants: Record<string, () => unknown>;
	/** The names, one a line. */
	list(exported: Record<string, unknown> | undefined): string;
}

/** @param lazy globals of the host that are made when they are first read, which is not to be now */
export function makeFunctionNames(lazy: readonly string[]): FunctionNames {
	const global = globalThis as unknown as Record<PropertyKey, unknown>;
	const { ownKeys } = Reflect;
	const isLazy: Record<PropertyKey, true> = Object.create(null);
	for (const name of lazy) isLazy[name] = true;
	const builtins: Record<PropertyKey, unknown> = Object.create(null);
	const constants: Record<string, () => unknown> = Object.create(null);

	return {
		seal() {
			for (const name of ownKeys(global)) if (!isLazy[name]) builtins[name] = global[name];
		},
		constants,
		list(exported) {
			let names = '';
			const add = (name: string, read: () => unknown) => {
				try {
					if (typeof read() === 'function') names += `${name}\n`;
				} catch {} // a constant without a value, a getter that throws
			};
			const keys = ownKeys(global);
			for (let i = 0; i < keys.length; i++) {
				const name = keys[i] as string;
				if (typeof name === 'string' && !isLazy[name] && global[name] !== builtins[name])
					add(name, () => global[name]);
			}
			for (const name in constants) add(name, constants[name] as () => unknown);
			for (const name in exported) add(name, () => exported?.[name]);
			return names;
		},
	};
}
