/**
 * RPC: the commands of administrators (core/rpc.h, core/rpc_lookup.c). Modules declare them beside their functions; a
 * host runs them for a handler (`jsonrpcs`) and for the command line (`kemihost rpc`).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { chain } from './chain.ts';
import type { HostServices } from './context.ts';
import type { KemiModule } from './module.ts';
import { suggest } from './suggest.ts';

/** What a command answers: byte strings, numbers, lists, and structures whose members keep their order. */
export type RpcValue = string | number | readonly RpcValue[] | { readonly [member: string]: RpcValue };

/** An answer that says why not: a code as of HTTP, and a text (rpc->fault). */
export class RpcFault extends Error {
	readonly code: number;

	constructor(code: number, message: string) {
		super(message);
		this.code = code;
	}
}

/** Why a command gave nothing: its own fault, or 500 behind a log line for an error of the host. */
export function faultOf(host: HostServices, error: unknown): RpcFault {
	if (error instanceof RpcFault) return error;
	host.log.log('bug', `an RPC command failed inside the host: ${(error as Error)?.stack ?? error}`);
	return new RpcFault(500, 'Internal Server Error');
}

/** One call of a command: its arguments, and the host it runs in. */
export class RpcCall {
	readonly host: HostServices;
	readonly #args: readonly (string | number)[];
	#next = 0;

	/** @param args in order; strings are byte strings */
	constructor(host: HostServices, args: readonly (string | number)[]) {
		this.host = host;
		this.#args = args;
	}

	/** The next argument as a text; a number as its digits. Undefined where there are no more. */
	optionalStr(): string | undefined {
		const value = this.#args[this.#next++];
		return value === undefined ? undefined : String(value);
	}

	/** The next argument as an integer: 0 for a text that is none. Undefined where there are no more. */
	optionalInt(): number | undefined {
		const value = this.#args[this.#next++];
		if (value === undefined) return undefined;
		const number = Math.trunc(Number(value));
		return Number.isSafeInteger(number) ? number : 0;
	}

	/** The next argument as a text. Throws `missing` where there is none. */
	str(missing: RpcFault): string {
		const value = this.optionalStr();
		if (value === undefined) throw missing;
		return value;
	}

	/** The next argument as an integer. Throws `missing` where there is none. */
	int(missing: RpcFault): number {
		const value = this.optionalInt();
		if (value === undefined) throw missing;
		return value;
	}

	/** All arguments that were not taken yet. */
	rest(): readonly (string | number)[] {
		const rest = this.#args.slice(this.#next);
		this.#next = this.#args.length;
		return rest;
	}
}

/** A command. */
export interface RpcCommand {
	/** `htable.dump` */
	readonly name: string;
	/** The arguments for a reader, `TABLE KEY [SECONDS]`; empty for none. */
	readonly usage: string;
	readonly doc: string;
	/**
	 * Runs it. Undefined answers with an empty structure, as Kamailio does for a command that says nothing.
	 * @throws RpcFault
	 */
	readonly run: (call: RpcCall) => RpcValue | undefined | Promise<RpcValue | undefined>;
	/**
	 * For a command about what each child has of its own: it runs in every child, and this makes one answer of theirs.
	 */
	readonly merge?: (answers: readonly RpcValue[]) => RpcValue | Promise<RpcValue>;
}

/** Declares a command. */
export function rpc(
	name: string,
	usage: string,
	doc: string,
	run: RpcCommand['run'],
	more: Pick<RpcCommand, 'merge'> = {},
): RpcCommand {
	return { name, usage, doc, run, ...more };
}

const EMPTY: RpcValue = Object.freeze({});

/** All commands of a host's modules. */
export class RpcTable {
	readonly #commands = new Map<string, RpcCommand>();

	/** @throws KemihostError `KH_MODULE` where two modules declare the same command */
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
