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
	 * Loads the script anew in every child, and swaps it in once all of them could.
	 * @throws KemihostError where one of them could not; the old script goes on in all of them
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
	 * For what the last one does when the host ends; called while this one closes. True in one of them, once all others have
	 * ended, and false in these at once.
	 */
	last(): Promise<boolean>;
	/**
	 * Runs an RPC command in one child, without waiting for its answer. Nothing happens where that child is gone.
	 * @param index the child's number
	 */
	tell(index: number, command: string, args: readonly (string | number)[]): void;
}
