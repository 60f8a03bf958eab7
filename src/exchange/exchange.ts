/**
 * One request and its outcome, without a socket.
 *
 * @module
 */

import type { HostOptions } from '../host/options.ts';
import { createHost } from '../host.ts';
import type { HttpReply } from '../http/reply.ts';
import type { HttpRequest } from '../http/request.ts';
import type { LogRecord } from '../log/logger.ts';
import { type Assignment, assign } from './assignment.ts';

/** What came of a request. */
export interface Exchange {
	readonly engine: string;
	readonly reply: HttpReply;
	/** The log lines of the request, as the threshold lets them through. */
	readonly logs: readonly LogRecord[];
	/** From the request to its reply, in milliseconds. */
	readonly milliseconds: number;
	/** Bytes that the engine's heap holds afterwards. */
	readonly memory: number;
}

/**
 * Loads a script, answers one request, and ends.
 * @throws KemihostError if the script cannot be loaded, or a variable cannot be set
 */
export async function exchange(
	options: HostOptions,
	request: HttpRequest,
	variables: readonly Assignment[] = [],
): Promise<Exchange> {
	const logs: LogRecord[] = [];
	await using host = await createHost({
		...options,
		ephemeral: true,
		withoutTls: true,
		log: (record) => void logs.push(record),
	});
	const ctx = host.context(request);
	for (const variable of variables) assign(ctx, variable);
	const started = performance.now();
	const reply = await host.answer(ctx);
	const milliseconds = performance.now() - started;
	// a copy: what the host logs while it closes is no part of the exchange
	return { engine: host.engineName, reply, logs: [...logs], milliseconds, memory: host.engineMemory };
}
