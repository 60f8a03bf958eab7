/**
 * The processes of a host, as its modules see them: the primary and its children, or this one process alone.
 *
 * @module
 */
import type { RpcValue } from './rpc.ts';

/** One process. */
export interface ProcessInfo {
	/** 0 for the primary or the only one; children count from 1. */
	readonly index: number;
	readonly pid: number;
	readonly description: string;
}

/** What a module may ask of the other processes. */
export interface Processes {
	/** All processes, by index, as they were last known here. */
	list(): readonly ProcessInfo[];
	/**
	 * Reloads the script in every child; they switch to it once all of them have loaded it.
	 * @throws KemihostError if one of them could not load it; all of them keep the old script
	 */
	reload(): Promise<void>;
	/** Asks the host to stop, as SIGTERM does. */
	stop(): void;
	/**
	 * Runs an RPC command in every child that serves.
	 * @returns their answers, by index
	 * @throws RpcFault the first of their faults
	 */
	everywhere(
		command: string,
		args: readonly (string | number)[],
	): readonly RpcValue[] | Promise<readonly RpcValue[]>;
	/**
	 * Tells whether this process is the last one of the host, for work that is done when the host ends; called
	 * while the process closes. True in one process, once all others have ended; false in the others at once.
	 */
	last(): Promise<boolean>;
	/**
	 * Runs an RPC command in one child, without waiting for its answer. If that child is gone, nothing happens.
	 * @param index the child's number
	 */
	tell(index: number, command: string, args: readonly (string | number)[]): void;
}
