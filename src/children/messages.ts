/**
 * The messages between the primary and its children.
 *
 * @module
 */
import type { HostOptions } from '../host/options.ts';
import type { ListenEndpoint } from '../http/request.ts';
import type { ProcessInfo } from '../kemi/processes.ts';
import type { LogFormat } from '../log/formats.ts';
import type { ScriptSnapshot } from '../source/folder.ts';
import type { TraceFormat } from '../trace/format.ts';
import type { Identity } from './privileges.ts';
import type { AnswerMessage, QueryMessage } from './queries.ts';
import type { SentError } from './sent-error.ts';

/** What a child needs to start. All of it can be sent. */
export interface ChildSettings {
	readonly host: Omit<HostOptions, 'log' | 'modules' | 'snapshot' | 'store' | 'localStore'>;
	/** The URL of the store that several hosts share, if they do. */
	readonly store?: string | undefined;
	readonly logFormat: LogFormat;
	/** How the KSR calls of each request are written to stderr, if they are. */
	readonly trace?: TraceFormat | undefined;
	/** Who the processes are once the host listens. */
	readonly identity?: Identity;
	/** Paths of own modules. */
	readonly modules?: readonly string[];
}

/** What the primary may ask of a child: to run an RPC command, or to answer a JSON-RPC document. */
export type ChildQuery =
	| { readonly kind: 'command'; readonly command: string; readonly args: readonly (string | number)[] }
	| { readonly kind: 'document'; readonly document: string };

/** What a child may ask of the primary. */
export type PrimaryQuery =
	| { readonly kind: 'reload' }
	| { readonly kind: 'everywhere'; readonly command: string; readonly args: readonly (string | number)[] };

/** From the primary to a child. */
export type ToChild =
	/** The first message: begin, with the child's number in logs and the script as the others have it. */
	| {
			type: 'start';
			index: number;
			settings: ChildSettings;
			/** The folder of what the children share. */
			stateFolder: string;
			/** No other child opens it. */
			alone: boolean;
			/** Which host this is, among those that share a store. */
			home: string;
			addresses: readonly ListenEndpoint[];
			snapshot: ScriptSnapshot | undefined;
	  }
	/** A connection to serve, which may begin with TLS; it comes with the message. */
	| { type: 'connection'; secure: boolean }
	/** Which processes there are now. */
	| { type: 'processes'; list: readonly ProcessInfo[] }
	| QueryMessage<ChildQuery>
	| AnswerMessage
	/** The host listens: what was loaded before is told the addresses, and becomes who it is to be. */
	| { type: 'listening'; addresses: readonly ListenEndpoint[] }
	/** Load the script anew beside the running one. */
	| { type: 'prepare'; snapshot: ScriptSnapshot | undefined }
	/** Swap in what was prepared, or drop it. */
	| { type: 'commit' }
	| { type: 'discard' }
	/** Finish what is in flight, and end. Idle connections get some milliseconds for one more request. */
	| { type: 'drain'; patience: number };

/** From a child to the primary. */
export type ToPrimary =
	/** The child's code is there and listens: what is sent before that is lost. */
	| { type: 'loaded' }
	| { type: 'ready'; engine: string; snapshot: ScriptSnapshot }
	/** A connection has arrived. */
	| { type: 'accepted' }
	| { type: 'failed'; error: SentError }
	| { type: 'prepared'; snapshot: ScriptSnapshot }
	| { type: 'refused'; error: SentError }
	/** The host is to stop. */
	| { type: 'stop' }
	/** This child has something to do once the others have ended, for which it gets time. */
	| { type: 'last' }
	/** Have a child run an RPC command; nobody waits for the answer. */
	| { type: 'tell'; index: number; command: string; args: readonly (string | number)[] }
	| QueryMessage<PrimaryQuery>
	| AnswerMessage;
