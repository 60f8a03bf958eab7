/**
 * Perl-compatible expressions that are made while scripts run, compiled once and kept.
 *
 * @module
 */
import { compilePcre, type Pcre, type PcreOptions } from './pcre.ts';

/** Scripts can build expressions without end; beyond this many the cache starts anew. */
const SIZE = 1024;

/** Compiled expressions of one set of options. */
export class PcreCache {
	readonly #options: PcreOptions;
	readonly #compiled = new Map<string, Pcre | string>();

	constructor(options: PcreOptions) {
		this.#options = options;
	}

	/** An expression, or what is wrong with it. */
	get(source: string): Pcre | string {
		let compiled = this.#compiled.get(source);
		if (compiled === undefined) {
			compiled = compilePcre(source, this.#options);
			if (this.#compiled.size >= SIZE) this.#compiled.clear();
			this.#compiled.set(source, compiled);
		}
		return compiled;
	}
}
