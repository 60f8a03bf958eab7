/**
 * A process that keeps a host for each case of the corpus while it is asked: to start a process for each takes several
 * times as long as its requests do. `target.ts` asks, over a socket, one connection for each host.
 *
 *     node hosts.ts SOCKET
 *
 * @module
 */
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import yargs from 'yargs';
import { type Plan, planOf, type RunArguments } from '../../src/cli/plan.ts';
import { runCommand } from '../../src/cli/run.ts';
import { KemihostError } from '../../src/errors.ts';
import { createHost, type Host } from '../../src/host.ts';
import type { LogRecord } from '../../src/log/logger.ts';

/** What is asked for, each as a line of JSON. */
export type Ask =
	/** A host that is started with these flags of `kemihost run`. */
	| { readonly kind: 'start'; readonly flags: readonly string[] }
	/** All that the host has logged so far is written: it may listen. */
	| { readonly kind: 'listen' };

/** What is said. The connection ends when the host is closed, which it is when whoever asked ends its side. */
export type Say =
	| { readonly kind: 'log'; readonly line: string }
	| { readonly kind: 'started' }
	| { readonly kind: 'failed'; readonly why: string };

function say(socket: Socket, message: Say): void {
	if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Reads flags as `kemihost run` does. */
async function read(flags: readonly string[]): Promise<Plan> {
	let plan: Promise<Plan> | undefined;
	const handler = (args: RunArguments) => {
		plan = planOf(args);
	};
	await yargs([...flags])
		.command({ ...runCommand, handler })
		.exitProcess(false)
		.fail((message, error) => {
			throw error ?? new Error(message);
		})
		.parseAsync();
	return plan as unknown as Promise<Plan>;
}

/** A host for one connection. */
async function serve(socket: Socket): Promise<void> {
	const log = ({ level, text, origin }: LogRecord) =>
		say(socket, { kind: 'log', line: JSON.stringify({ level, text, script: origin === 'script' }) });
	let plan: Plan | undefined;
	let host: Host | undefined;
	try {
		for await (const line of createInterface({ input: socket })) {
			const ask = JSON.parse(line) as Ask;
			if (ask.kind === 'start') {
				plan = await read(ask.flags);
				host = await createHost({ ...plan.settings.host, log });
				say(socket, { kind: 'started' });
			} else for (const endpoint of plan?.listen ?? []) await host?.listen(endpoint);
		}
	} catch (error) {
		const why = error instanceof KemihostError ? error.describe() : String((error as Error)?.stack ?? error);
		say(socket, { kind: 'failed', why });
	}
	await host?.close();
	socket.end();
}

if (import.meta.main) {
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		socket.on('error', () => socket.destroy());
		void serve(socket);
	});
	server.listen(process.argv[2], () => process.send?.('ready'));
	process.once('disconnect', () => process.exit());
}
