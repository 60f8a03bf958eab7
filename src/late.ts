/**
 * Values that are made, and libraries that are loaded, when they are first asked for: a host's start only costs
 * what its script uses, and a command only what it does.
 *
 * @module
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Gives what it stands for, and makes it with the first call. */
export interface Late<T extends object> {
	(): T;
	/** It, where it was made already. */
	readonly made: T | undefined;
}

/** Stands for what `make` will make, once. */
export function late<T extends object>(make: () => T): Late<T> {
	const get = Object.assign(
		(): T => {
			get.made ??= make();
			return get.made;
		},
		{ made: undefined as T | undefined },
	);
	return get;
}

/** The libraries that are loaded late where code cannot wait for them. What can wait says `await import(…)`. */
interface Libraries {
	'@xmldom/xmldom': typeof import('@xmldom/xmldom');
	'libphonenumber-js/max': typeof import('libphonenumber-js/max');
	luaparse: typeof import('luaparse');
	'mmdb-lib': typeof import('mmdb-lib');
	pino: typeof import('pino');
	'pino-pretty': typeof import('pino-pretty');
	'prom-client': typeof import('prom-client');
	re2js: typeof import('re2js');
	undici: typeof import('undici');
	ws: typeof import('ws');
	xpath: typeof import('xpath');
}

/**
 * A library, which is loaded with the first call of what this gives.
 * @example
 * const undici = library('undici');
 * new (undici().Agent)(options);
 */
export function library<Name extends keyof Libraries>(name: Name): Late<Libraries[Name]> {
	return late(() => require(name) as Libraries[Name]);
}
