/**
 * The work that every server is given: a handler for each language in `handlers/`, and how wrk asks.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';

/** One kind of work. */
export interface Workload {
	readonly name: string;
	readonly doc: string;
	/** Simultaneous connections, kept alive. */
	readonly connections: number;
	/** What wrk sends, a file in `wrk/`; `GET /` where there is none. */
	readonly script?: string;
	/** It needs the upstream that takes 50 ms. */
	readonly upstream?: true;
}

/** A file of the bench. */
export const benchFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** All work, in the order of the report. */
export const WORKLOADS: readonly Workload[] = [
	{ name: 'reply', doc: "the xhttp README's handler with one log call", connections: 16 },
	{
		name: 'rest',
		doc: 'route, query parameter, three headers, expression, JSON answer',
		connections: 16,
		script: 'rest.lua',
	},
	{ name: 'echo', doc: 'a body of 64 KiB sent back', connections: 16, script: 'echo.lua' },
	{ name: 'counter', doc: 'a counter in a hash table of all children', connections: 16 },
	{ name: 'fib', doc: 'fib(22), computed', connections: 16 },
	{ name: 'wait', doc: 'an upstream that takes 50 ms, 500 clients', connections: 500, upstream: true },
];
