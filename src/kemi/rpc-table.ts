/**
 * The RPC commands of a host, by their names (core/rpc_lookup.c).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { chain } from './chain.ts';
import type { HostServices } from './context.ts';
import type { KemiModule } from './module.ts';
import { RpcCall, type RpcCommand, RpcFault, type RpcValue } from './rpc.ts';
import { suggest } from './suggest.ts';

const EMPTY: RpcValue = Object.freeze({});

/** All commands of a host's modules. */
export class RpcTable {
	readonly #commands = new Map<string, RpcCommand>();

	/** @throws KemihostError `KH_MODULE` if two modules declare the same command */
	constructor(modules: readonly KemiModule[]) {
		for (const module of modules)
			for (const command of module.rpc ?? []) {
				if (this.#commands.has(command.name))
					throw new KemihostError('KH_MODULE', `the RPC command ${command.name} is declared twice`);
				this.#commands.set(command.name, command);
			}
	}

	/** The names of all commands, sorted. */
	get names(): string[] {
		return [...this.#commands.keys()].sort();
	}

	/** A command by its name. */
	find(name: string): RpcCommand | undefined {
		return this.#commands.get(name);
	}

	/** The name nearest to one that does not exist. */
	suggest(name: string): string | undefined {
		return suggest(name, this.names);
	}

	/**
	 * Runs a command, in every child where it is about them. The answer is there at once, unless another process has to
	 * be asked: handlers in JavaScript need not await what does not wait.
	 * @throws RpcFault, also as a rejection: for what the command refuses, and with 500 for a name that does not exist
	 */
	run(host: HostServices, name: string, args: readonly (string | number)[]): RpcValue | Promise<RpcValue> {
		const command = this.#commands.get(name);
		if (!command?.merge) return this.runHere(host, name, args);
		return chain(host.processes.everywhere(name, args), command.merge);
	}

	/** Runs a command in this process only. Throws as `run` does. */
	runHere(
		host: HostServices,
		name: string,
		args: readonly (string | number)[],
	): RpcValue | Promise<RpcValue> {
		const command = this.#commands.get(name);
		// Kamailio's text and code, which clients match
		if (!command) throw new RpcFault(500, 'Method Not Found');
		return chain(command.run(new RpcCall(host, args)), (answer) => answer ?? EMPTY);
	}
}
