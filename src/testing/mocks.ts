/**
 * Functions that replace KSR functions during one test.
 *
 * @module
 */
import type { Interceptor, KsrCall } from '../kemi/exports.ts';
import { ScriptThrow } from '../kemi/throw.ts';
import { ForeignValue, type KemiValue, type RawValue } from '../kemi/value.ts';

/** What stands in for a function. Gets the arguments as the script passed them; byte strings. */
export type Stand = (args: readonly KemiValue[]) => KemiValue | Promise<KemiValue>;

/** One function that is watched or replaced. */
export interface Watched {
	/** The arguments of each call, in order. Byte strings. */
	readonly calls: (readonly KemiValue[])[];
	/** Undefined if calls go to the function itself. */
	readonly stand: Stand | undefined;
}

/** An argument as a test sees it: what is no KEMI value is shown by the name of its type. */
function plain(value: RawValue): KemiValue {
	if (value === undefined) return null;
	if (value instanceof ForeignValue) return `<${value.type}>`;
	return typeof value === 'bigint' ? Number(value) : value;
}

/** The mocks of one host. */
export class Mocks {
	readonly #watched = new Map<string, Watched>();

	/** For the host's options: asks for each call whether it is watched. */
	readonly interceptor: Interceptor = ({ path }, call): KsrCall => {
		return (ctx, args, language) => {
			const watched = this.#watched.get(path);
			if (!watched) return call(ctx, args, language);
			const given = args.map(plain);
			watched.calls.push(given);
			if (!watched.stand) return call(ctx, args, language);
			try {
				return watched.stand(given);
			} catch (error) {
				throw new ScriptThrow((error as Error)?.message ?? String(error));
			}
		};
	};

	/** Watches a function from now on; one of Kamailio's own language may have several paths. */
	watch(paths: readonly string[], stand?: Stand): Watched {
		const watched: Watched = { calls: [], stand };
		for (const path of paths) this.#watched.set(path, watched);
		return watched;
	}

	/** Ends the watch on a function, or on all. */
	restore(paths?: readonly string[]): void {
		if (paths === undefined) this.#watched.clear();
		else for (const path of paths) this.#watched.delete(path);
	}
}
