/**
 * The modules of one host: the list of them, their parameters and their state.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { ConnectionEnd, ConnectionInfo } from '../http/request.ts';
import type { HostServices } from '../kemi/context.ts';
import type { KemiModule, ParamValues } from '../kemi/module.ts';
import { type ModParam, withPlace } from '../kemi/params.ts';
import { STANDARD_MODULES } from '../modules/standard.ts';

/** The standard modules and behind them the host's own, with the state of each. */
export class HostModules {
	/** In the order they were loaded. */
	readonly list: readonly KemiModule[];
	readonly #states = new Map<KemiModule, unknown>();

	/**
	 * @param own modules beside those that ship
	 * @throws KemihostError `KH_MODULE` if one needs another that is not there
	 */
	constructor(own: readonly KemiModule[] = []) {
		this.list = [...STANDARD_MODULES, ...own];
		const names = new Set(this.list.map(({ name }) => name));
		for (const { name, depends = [] } of this.list)
			for (const needed of depends)
				if (!names.has(needed))
					throw new KemihostError('KH_MODULE', `module ${name} needs module ${needed}, which is not loaded`);
	}

	/**
	 * Makes each module's state.
	 * @param given where parameters were given, for what modules say of them
	 */
	init(params: (module: KemiModule) => ParamValues, host: HostServices, given: readonly ModParam[]): void {
		for (const module of this.list)
			try {
				this.#states.set(module, module.init?.(params(module), host));
			} catch (error) {
				throw withPlace(error, module.name, given);
			}
	}

	/** The script is there. */
	async started(host: HostServices): Promise<void> {
		for (const module of this.list) await module.started?.(this.#states.get(module), host);
	}

	/** Tells those that want to know of the end of a connection; undefined if none does. */
	whenConnectionEnds(
		host: HostServices,
	): ((connection: ConnectionInfo, how: ConnectionEnd) => void) | undefined {
		const told = this.list.filter(({ connectionEnded }) => connectionEnded);
		if (told.length === 0) return undefined;
		return (connection, how) => {
			for (const module of told) module.connectionEnded?.(connection, how, this.#states.get(module), host);
		};
	}

	/** The host is no more. */
	async close(): Promise<void> {
		for (const module of this.list) await module.close?.(this.#states.get(module));
	}

	/** A module's state. */
	state<S>(module: KemiModule<S>): S {
		return this.#states.get(module) as S;
	}

	/**
	 * What a module offers to others.
	 * @throws KemihostError `KH_MODULE` if it is not loaded or offers nothing
	 */
	api<A>(module: KemiModule<unknown, A>): NonNullable<A> {
		if (!this.list.includes(module) || module.api == null)
			throw new KemihostError('KH_MODULE', `module ${module.name} is not loaded or offers nothing to others`);
		return module.api;
	}
}
