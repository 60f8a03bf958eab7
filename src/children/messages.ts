/**
 * What the primary and its children say to each other.
 *
 * @module
 */
import { type ErrorCode, KemihostError } from '../errors.ts';
import type { HostOptions } from '../host.ts';
import type { Endpoint } from '../http/request.ts';
import type { LogFormat } from '../log/formats.ts';
import type { ScriptSnapshot } from '../script/folder.ts';
import type { TraceFormat } from '../trace/format.ts';

/** What a child needs to start. All of it can be sent. */
export interface ChildSettings {
	readonly host: Omit<HostOptions, 'log' | 'modules' | 'snapshot' | 'store'>;
	readonly logFormat: LogFormat;
	/** How the KSR calls of each request are written to stderr, if they are. */
	readonly trace?: TraceFormat | undefined;
}

/** An error on its way to another process. */
export interface SentError {
	readonly code: ErrorCode;
	readonly message: string;
	readonly where: string | undefined;
	readonly hint: string | undefined;
}

/** From the primary to a child. */
export type ToChild =
	/** The first message: begin, with the child's number in logs and the script as the others have it. */
	| {
			type: 'start';
			index: number;
			settings: ChildSettings;
			/** The folder of the shared store. */
			stateFolder: string;
			addresses: readonly Endpoint[];
			snapshot: ScriptSnapshot | undefined;
	  }
	/** A connection to serve; it comes with the message. */
	| { type: 'connection' }
	/** Load the script anew beside the running one. */
	| { type: 'prepare'; snapshot: ScriptSnapshot | undefined }
	/** Swap in what was prepared, or drop it. */
	| { type: 'commit' }
	| { type: 'discard' }
	/** Finish what is in flight, and end. */
	| { type: 'drain' };

/** From a child to the primary. */
export type ToPrimary =
	/** The child's code is there and listens: what is sent before that is lost. */
	| { type: 'loaded' }
	| { type: 'ready'; engine: string; snapshot: ScriptSnapshot }
	/** A connection has arrived. */
	| { type: 'accepted' }
	| { type: 'failed'; error: SentError }
	| { type: 'prepared'; snapshot: ScriptSnapshot }
	| { type: 'refused'; error: SentError };

/** An error as it can be sent. */
export function toSent(error: unknown): SentError {
	if (!(error instanceof KemihostError))
		return { code: 'KH_CHILD', message: String(error), where: undefined, hint: undefined };
	const { code, message, where, hint } = error;
	return { code, message, where, hint };
}

/** An error that was sent. */
export function fromSent({ code, message, where, hint }: SentError): KemihostError {
	return new KemihostError(code, message, { where, hint });
}
