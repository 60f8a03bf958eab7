/**
 * The limits, in one table: flags, defaults, help and docs come from it.
 *
 * @module
 */
import type { HttpLimits } from './http/limits.ts';

/** A limit as users see it. */
export interface LimitDeclaration {
	/** `--cpu-limit`; also `limits.cpu` of `createHost`. */
	readonly flag: string;
	readonly default: number;
	readonly unit: 'ms' | 'bytes' | 'connections' | 'handlers' | 'calls' | 'requests' | 'lines';
	readonly doc: string;
}

/** Every limit. */
export const LIMITS = {
	cpu: {
		flag: 'cpu-limit',
		default: 1000,
		unit: 'ms',
		doc: 'CPU time that a script may use for a request; counted from 0 again after each wait',
	},
	time: {
		flag: 'time-limit',
		default: 30_000,
		unit: 'ms',
		doc: 'time from the beginning of a request to its reply, waiting included',
	},
	inFlight: {
		flag: 'max-in-flight',
		default: 1024,
		unit: 'requests',
		doc: 'unanswered requests of one child',
	},
	waiting: {
		flag: 'max-waiting',
		default: 1024,
		unit: 'handlers',
		doc: 'waiting handlers of one script, in each child',
	},
	pending: {
		flag: 'max-pending',
		default: 4096,
		unit: 'calls',
		doc: 'unfinished calls of one child: those that handlers wait for, and those that they leave for later',
	},
	memory: { flag: 'memory-limit', default: 128 << 20, unit: 'bytes', doc: 'memory of one engine' },
	childMemory: {
		flag: 'child-memory',
		default: 512 << 20,
		unit: 'bytes',
		doc: 'memory of one child process',
	},
	shared: {
		flag: 'shared-memory',
		default: 256 << 20,
		unit: 'bytes',
		doc: 'memory for the shared state of all children: hash tables, $shv, counters, queues',
	},
	body: { flag: 'max-body', default: 1 << 20, unit: 'bytes', doc: 'size of a request body' },
	headers: {
		flag: 'max-headers',
		default: 16 << 10,
		unit: 'bytes',
		doc: 'size of all header fields of a request',
	},
	url: { flag: 'max-url', default: 8 << 10, unit: 'bytes', doc: 'length of a request target' },
	queue: {
		flag: 'queue',
		default: 1024,
		unit: 'connections',
		doc: 'connections that wait while all children are stuck',
	},
	headerTime: { flag: 'header-time', default: 10_000, unit: 'ms', doc: 'time for a client to send a header' },
	bodyTime: { flag: 'body-time', default: 30_000, unit: 'ms', doc: 'time for a client to send a body' },
	keepAlive: {
		flag: 'keep-alive',
		default: 5000,
		unit: 'ms',
		doc: 'idle time before a connection is closed',
	},
	drain: {
		flag: 'drain-time',
		default: 10_000,
		unit: 'ms',
		doc: 'time to finish requests when the host stops',
	},
	logLine: { flag: 'max-log-line', default: 8 << 10, unit: 'bytes', doc: 'length of a log line' },
	logLines: {
		flag: 'max-log-lines',
		default: 20_000,
		unit: 'lines',
		doc: 'log lines that the script of one child may write in a second',
	},
} as const satisfies Record<string, LimitDeclaration>;

/** The name of a limit. */
export type LimitKey = keyof typeof LIMITS;

/** A value for every limit. */
export type Limits = Readonly<Record<LimitKey, number>> & HttpLimits;

/** The defaults, with some of them changed. */
export function withDefaults(changes: Partial<Record<LimitKey, number>> = {}): Limits {
	const defaults = Object.fromEntries(Object.entries(LIMITS).map(([key, limit]) => [key, limit.default]));
	return { ...(defaults as Record<LimitKey, number>), ...changes };
}
