/**
 * RPC: administrative commands (core/rpc.h). Modules declare them beside their functions; a host runs them for a
 * handler (`jsonrpcs`) and for the command line (`kemihost rpc`).
 *
 * @module
 */
import type { HostServices } from './context.ts';

/**
 * The answer of a command: byte strings, numbers, lists, and structures whose members keep their order. A few
 * of Kamailio's commands answer null for a text that is not set.
 */
export type RpcValue = string | number | null | readonly RpcValue[] | { readonly [member: string]: RpcValue };

/** The answer of a command that failed: a code like HTTP's, and a text (rpc->fault). */
export class RpcFault extends Error {
	readonly code: number;

	constructor(code: number, message: string) {
		super(message);
		this.code = code;
	}
}

/** The fault for an error that a command threw: its own fault, or 500, with a log line, for an error of the host. */
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

	/** The next argument as a text; a number as its digits. Undefined if there are no more. */
	optionalStr(): string | undefined {
		const value = this.#args[this.#next++];
		return value === undefined ? undefined : String(value);
	}

	/** The next argument as an integer; 0 for a text that is not a number. Undefined if there are no more. */
	optionalInt(): number | undefined {
		const value = this.#args[this.#next++];
		if (value === undefined) return undefined;
		const number = Math.trunc(Number(value));
		return Number.isSafeInteger(number) ? number : 0;
	}

	/** The next argument as a text. Throws `missing` if there is none. */
	str(missing: RpcFault): string {
		const value = this.optionalStr();
		if (value === undefined) throw missing;
		return value;
	}

	/** The next argument as an integer. Throws `missing` if there is none. */
	int(missing: RpcFault): number {
		const value = this.optionalInt();
		if (value === undefined) throw missing;
		return value;
	}

	/** The next argument as a number with or without a fraction. Throws `missing` if there is none. */
	float(missing: RpcFault): number {
		const number = Number(this.str(missing));
		if (!Number.isFinite(number)) throw missing;
		return number;
	}

	/** All remaining arguments. */
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
	 * Runs the command. For undefined the answer is an empty structure, as Kamailio's for a command without output.
	 * @throws RpcFault
	 */
	readonly run: (call: RpcCall) => RpcValue | undefined | Promise<RpcValue | undefined>;
	/**
	 * For a command about state that each child has of its own: it runs in every child, and this combines their answers.
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

/** For a command about numbers that each child has of its own: adds them up. */
export const summed = {
	merge(answers: readonly RpcValue[]): RpcValue {
		const total: Record<string, number> = {};
		for (const answer of answers as readonly Record<string, number>[])
			for (const [name, value] of Object.entries(answer)) total[name] = (total[name] ?? 0) + value;
		return total;
	},
} as const;

/** For a command that does the same in every child: takes the first answer. */
export const sameEverywhere = {
	merge: (answers: readonly RpcValue[]): RpcValue => answers[0] ?? {},
} as const;
